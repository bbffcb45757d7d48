import { invalidInput } from "./error.js";
import type { FunctionName } from "./schema.js";

/** The options of one call. */
export interface CallOptions {
    /**
     * Ends the call early. Its connection is closed, and the promise rejects with the signal's reason. If the call must
     * not be repeated blindly (`draft.add`, `publish.submit` and so on) and may have been executed, the promise rejects
     * with a `WeChatError` of the kind `outcome-unknown` instead, whose `cause` is the reason. A call whose result is
     * already there resolves.
     */
    signal?: AbortSignal | undefined;
}

/** Returns the signal of a call, if it has one. Throws `invalid-input` for anything else. */
export function signalOf(options: CallOptions | undefined): AbortSignal | undefined {
    const signal = options?.signal ?? undefined;
    // Not by its class: a signal may come from another realm.
    if (signal === undefined || typeof (signal as Partial<AbortSignal>).throwIfAborted === "function") return signal;
    throw invalidInput("signal", "signal is no AbortSignal.", "Hand over the signal of an AbortController.");
}

/** Makes a call of the contract; the classes of `generated/interfaces.ts` are made of it. */
// Its result is the one that the contract gives the function, which the callers' types state.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Invoke = (name: FunctionName, parameters: unknown[], options?: CallOptions) => Promise<any>;
