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
        for (const signal of this.#signals) signal.addEventListener("abort", listener, { once: true });
        return () => {
            for (const signal of this.#signals) signal.removeEventListener("abort", listener);
        };
    }

    /** Waits for this time, or rejects with the reason as soon as the call is to end. */
    async pause(milliseconds: number): Promise<void> {
        this.throwIfAborted();
        await new Promise<void>((resolve, reject) => {
            const timer = setTimeout(() => {
                forget();
                resolve();
            }, milliseconds);
            const forget = this.listen(() => {
                clearTimeout(timer);
                forget();
                // The reason is the program's own, and may be anything.
                reject(this.reason as Error);
            });
        });
    }
}
