// One request and its reply, as the worker sees them.

import type { MessagePort } from "node:worker_threads";
import type { ErrorCode, FromNetwork, HttpRequest, ToNetwork } from "../messages.js";
import type { Waiting } from "./waiting.js";

let exchanges = 0;

/** A request under way. It is sent as a whole, after the component has written its body. */
export class Exchange {
    readonly #id = ++exchanges;
    readonly #pieces: Uint8Array<ArrayBuffer>[] = [];
    #isSent = false;
    head: { status: number; headers: string[] } | undefined;
    /** True if no more of the reply comes. */
    hasEnded = false;
    /** The reason why no more comes, unless the reply is whole. */
    error: ErrorCode | undefined;

    constructor(
        readonly waiting: Waiting,
        private readonly port: MessagePort,
    ) {}

    send(request: HttpRequest): void {
        if (this.waiting.isAborted()) return this.fail({ tag: "HTTP-request-denied" });
        this.waiting.register(this.#id, (message) => this.#receive(message));
        const buffers = request.body.map(({ buffer }) => buffer);
        this.#post({ type: "send", exchange: this.#id, request }, buffers);
        this.#isSent = true;
    }

    /** Ends the exchange without a request. */
    fail(error: ErrorCode): void {
        this.error = error;
        this.hasEnded = true;
    }

    /** Returns whether the head of the reply is there, or will never come. */
    hasReplied(): boolean {
        return this.head !== undefined || this.hasEnded;
    }

    /** Returns whether `read` has something, or never will. */
    isReadable(): boolean {
        return this.#pieces.length > 0 || this.hasEnded;
    }

    /** Returns the next piece of the reply, of at most this length; none if nothing is there. */
    read(most: number): Uint8Array | undefined {
        const piece = this.#pieces[0];
        if (piece === undefined) return undefined;
        const taken = piece.byteLength <= most ? piece : piece.subarray(0, most);
        if (taken === piece) this.#pieces.shift();
        else this.#pieces[0] = piece.subarray(most);
        if (!this.hasEnded) this.#post({ type: "read", exchange: this.#id, bytes: taken.byteLength });
        return taken;
    }

    /** Ends all interest in the reply. */
    close(): void {
        this.waiting.unregister(this.#id);
        if (this.#isSent && !this.hasEnded) this.#post({ type: "cancel", exchange: this.#id });
        this.hasEnded = true;
        this.#pieces.length = 0;
    }

    #receive({ head, pieces, ended, error }: FromNetwork): void {
        this.head ??= head;
        this.#pieces.push(...pieces);
        this.hasEnded = ended;
        this.error = error;
    }

    #post(message: ToNetwork, transfer: ArrayBuffer[] = []): void {
        this.port.postMessage(message, transfer);
    }
}
