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
    if (options === undefined || options === null) return undefined;
    if (typeof options !== "object" || Array.isArray(options)) {
        throw invalidInput("options", "The options of the call are no object.", FORM);
    }
    if (isSignal(options)) throw invalidInput("options", "The options of the call are a signal themselves.", FORM);
    const unknown = Object.keys(options).find((key) => key !== "signal");
    if (unknown !== undefined) {
        throw invalidInput(`options.${unknown}`, `The options of the call have no ${unknown}.`, FORM);
    }
    const signal = options.signal ?? undefined;
    if (signal === undefined || isSignal(signal)) return signal;
    throw invalidInput("signal", "signal is no AbortSignal.", "Hand over the signal of an AbortController.");
}

const FORM = "They have to be { signal }, or left out.";

/** Not by its class: a signal may come from another realm. */
const isSignal = (value: object): boolean => typeof (value as Partial<AbortSignal>).throwIfAborted === "function";

/** Makes a call of the contract; the classes of `generated/interfaces.ts` are made of it. */
// Its result is the one that the contract gives the function, which the callers' types state.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Invoke = (name: FunctionName, parameters: unknown[], options?: CallOptions) => Promise<any>;
