import { later } from "./later.js";

/**
 * The early end of a call: the signal of the caller, and those of the account and the `WeChat` that are closed.
 * (`AbortSignal.any` is not used, as Node 20 keeps something of each call for as long as the longest of them lives.)
 */
export class Ending {
    readonly #signals: readonly AbortSignal[];

    constructor(...signals: readonly (AbortSignal | undefined)[]) {
        this.#signals = signals.filter((signal) => signal !== undefined);
    }

    /** Returns the same with another signal. */
    or(signal: AbortSignal | undefined): Ending {
        return signal === undefined ? this : new Ending(...this.#signals, signal);
    }

    /** True if the call is to end. */
    get aborted(): boolean {
        return this.#signals.some(({ aborted }) => aborted);
    }

    /** The reason of the end. */
    get reason(): unknown {
        return this.#signals.find(({ aborted }) => aborted)?.reason;
    }

    throwIfAborted(): void {
        for (const signal of this.#signals) signal.throwIfAborted();
    }

    /** Calls this function when the call is to end. Returns the function that takes it back. */
    listen(listener: () => void): () => void {
        const forgets = this.#signals.map((signal) => listen(signal, listener));
        return () => {
            for (const forget of forgets) forget();
        };
    }

    /** Waits for this time, or rejects with the reason as soon as the call is to end. */
    async pause(milliseconds: number): Promise<void> {
        this.throwIfAborted();
        await new Promise<void>((resolve, reject) => {
            const stop = later(milliseconds, () => {
                forget();
                resolve();
            });
            const forget = this.listen(() => {
                stop();
                forget();
                // The reason is the program's own, and may be anything.
                reject(this.reason as Error);
            });
        });
    }
}

/** Those who listen to a signal. */
interface Listeners {
    readonly all: Set<() => void>;
    readonly call: () => void;
}

/** Each signal has one listener of this package, however many calls it ends: Node warns from the eleventh. */
const listeners = new WeakMap<AbortSignal, Listeners>();

function listen(signal: AbortSignal, listener: () => void): () => void {
    const { all, call } = listeners.get(signal) ?? firstListeners(signal);
    // A function of its own: the same one may listen twice.
    const own = (): void => listener();
    all.add(own);
    return () => {
        all.delete(own);
        if (all.size > 0 || listeners.get(signal)?.all !== all) return;
        signal.removeEventListener("abort", call);
        listeners.delete(signal);
    };
}

function firstListeners(signal: AbortSignal): Listeners {
    const all = new Set<() => void>();
    const call = (): void => {
        for (const listener of [...all]) listener();
    };
    signal.addEventListener("abort", call, { once: true });
    listeners.set(signal, { all, call });
    return { all, call };
}
