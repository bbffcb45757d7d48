// The waiting of the component. A worker has no event loop while the component runs, so it sleeps on the shared signal
// and reads the port by itself.

import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { ABORTED, COUNT, type FromNetwork } from "../messages.js";

const NANOSECONDS_PER_MILLISECOND = 1e6;

/** A `pollable` of `wasi:io`. */
export abstract class Pollable {
    constructor(protected readonly waiting: Waiting) {}

    /** Returns whether there is something to do. */
    abstract ready(): boolean;

    /** The time at which it becomes ready by itself, in nanoseconds. */
    get readyAt(): bigint | undefined {
        return undefined;
    }

    block(): void {
        this.waiting.poll([this]);
    }
}

/** A moment of the clock. A call that is to end early does not wait for it. */
export class Moment extends Pollable {
    constructor(
        waiting: Waiting,
        private readonly at: bigint,
    ) {
        super(waiting);
    }

    override get readyAt(): bigint {
        return this.at;
    }

    ready(): boolean {
        return this.waiting.isAborted() || now() >= this.at;
    }
}

/** Returns the time of the monotonic clock in nanoseconds. */
export function now(): bigint {
    return process.hrtime.bigint();
}

/** Receives the messages for the exchanges under way, and sleeps if there are none. */
export class Waiting {
    readonly #receivers = new Map<number, (message: FromNetwork) => void>();

    constructor(
        private readonly port: MessagePort,
        private readonly signal: Int32Array,
    ) {}

    /** Hands the messages of an exchange to this function. */
    register(exchange: number, receiver: (message: FromNetwork) => void): void {
        this.#receivers.set(exchange, receiver);
    }

    unregister(exchange: number): void {
        this.#receivers.delete(exchange);
    }

    /** Returns whether the call under way is to end early. */
    isAborted(): boolean {
        return Atomics.load(this.signal, ABORTED) === 1;
    }

    /** Takes the messages that have arrived. */
    receive(): void {
        for (;;) {
            const received = receiveMessageOnPort(this.port) as { message: FromNetwork } | undefined;
            if (received === undefined) return;
            this.#receivers.get(received.message.exchange)?.(received.message);
        }
    }

    /** Waits until some of these are ready, and returns their positions. */
    poll(pollables: readonly Pollable[]): Uint32Array {
        for (;;) {
            // Read first: a message that comes after this changes the count, and the sleep ends at once.
            const count = Atomics.load(this.signal, COUNT);
            this.receive();
            const ready = pollables.flatMap((pollable, index) => (pollable.ready() ? [index] : []));
            if (ready.length > 0) return Uint32Array.from(ready);
            Atomics.wait(this.signal, COUNT, count, this.#milliseconds(pollables));
        }
    }

    #milliseconds(pollables: readonly Pollable[]): number {
        const times = pollables.map(({ readyAt }) => readyAt).filter((time) => time !== undefined);
        if (times.length === 0) return Infinity;
        const first = times.reduce((one, other) => (one < other ? one : other));
        return Math.max(0, Number(first - now()) / NANOSECONDS_PER_MILLISECOND);
    }
}
