// The network of one worker: its requests come over a port, and the replies go back.

import { MessageChannel, receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { ABORTED, COUNT, type FromNetwork, type ToNetwork } from "../messages.js";
import type { Agents } from "./agents.js";
import { Exchange } from "./exchange.js";

/** The exchanges of one worker. */
export class Network {
    /** Node's name for the failure of TLS in which the newest exchange ended, if it did. */
    tlsFailure: string | undefined;
    /** The worker's end of the port. */
    readonly workerPort: MessagePort;
    readonly #port: MessagePort;
    readonly #exchanges = new Map<number, Exchange>();

    constructor(
        private readonly agents: Agents,
        private readonly signal: Int32Array,
    ) {
        const { port1, port2 } = new MessageChannel();
        this.#port = port1;
        this.workerPort = port2;
        this.#port.on("message", (message: ToNetwork) => this.#take(message));
        // The worker keeps the program alive during calls, and nothing else does.
        this.#port.unref();
    }

    /** Takes the messages that have arrived, and for which the event loop had no time yet. */
    receive(): void {
        for (;;) {
            const received = receiveMessageOnPort(this.#port) as { message: ToNetwork } | undefined;
            if (received === undefined) return;
            this.#take(received.message);
        }
    }

    /** Ends all exchanges, and tells the worker. Requests that wait in the port are not sent. */
    abort(): void {
        this.receive();
        for (const exchange of [...this.#exchanges.values()]) exchange.abort();
    }

    /** Ends all exchanges of a worker that is gone. */
    close(): void {
        for (const exchange of this.#exchanges.values()) exchange.cancel();
        this.#exchanges.clear();
        this.#port.close();
    }

    /** Wakes the worker. */
    wake(): void {
        Atomics.add(this.signal, COUNT, 1);
        Atomics.notify(this.signal, COUNT);
    }

    #take(message: ToNetwork): void {
        if (message.type === "send") return this.#send(message.exchange, message.request);
        const exchange = this.#exchanges.get(message.exchange);
        if (message.type === "read") return exchange?.hasRead(message.bytes);
        exchange?.cancel();
        this.#exchanges.delete(message.exchange);
    }

    #send(id: number, request: Extract<ToNetwork, { type: "send" }>["request"]): void {
        const deliver = (part: Omit<FromNetwork, "exchange">): void => {
            if (part.ended) {
                this.tlsFailure = this.#exchanges.get(id)?.tlsFailure;
                this.#exchanges.delete(id);
            }
            this.#deliver({ exchange: id, ...part });
        };
        const denied = { pieces: [], ended: true, error: { tag: "HTTP-request-denied" } };
        // The call has ended meanwhile.
        if (Atomics.load(this.signal, ABORTED) === 1) return deliver(denied);
        try {
            this.#exchanges.set(id, new Exchange(request, this.agents, deliver));
        } catch {
            // Node refused to make the request. Its text may have the path, and with it the token.
            deliver(denied);
        }
    }

    #deliver(message: FromNetwork): void {
        this.#port.postMessage(
            message,
            message.pieces.map(({ buffer }) => buffer),
        );
        this.wake();
    }
}
