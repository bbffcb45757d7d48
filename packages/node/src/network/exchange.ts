// One HTTP exchange on the caller's thread, for a worker that waits for it.

import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import type { ErrorCode, FromNetwork, HttpRequest } from "../messages.js";
import type { Agents } from "./agents.js";
import { errorCode, tlsFailure } from "./error-code.js";
import { TimeLimit } from "./time-limit.js";

/** Bytes of a reply that may wait for the component, which refuses replies that are too long. */
const MOST_UNREAD = 4 * 1024 * 1024;

/** The sockets whose errors have a listener of this package. */
const heard = new WeakSet<Socket>();

/** The part of a reply that has not gone to the worker yet. */
type Part = Omit<FromNetwork, "exchange">;

/** A request, and the reply that is handed on as it comes. */
export class Exchange {
    /** Node's name for the failure of TLS in which it ended. */
    tlsFailure: string | undefined;
    readonly #request: http.ClientRequest;
    readonly #connecting: TimeLimit;
    readonly #firstByte: TimeLimit;
    readonly #betweenBytes: TimeLimit;
    #reply: http.IncomingMessage | undefined;
    #isSent = false;
    #hasEnded = false;
    #unread = 0;
    #part: Part = { pieces: [], ended: false };
    #flushing: NodeJS.Immediate | undefined;

    /** Begins the exchange. Throws if Node takes the request for none. `deliver` gets the reply, part by part. */
    constructor(
        message: HttpRequest,
        agents: Agents,
        private readonly deliver: (part: Part) => void,
    ) {
        const { connect, firstByte, betweenBytes } = message.timeouts;
        this.#connecting = new TimeLimit(connect, () => this.#fail({ tag: "connection-timeout" }));
        this.#firstByte = new TimeLimit(firstByte, () => this.#fail({ tag: "HTTP-response-timeout" }));
        this.#betweenBytes = new TimeLimit(betweenBytes, () => this.#fail({ tag: "connection-read-timeout" }));
        const { protocol, hostname, port } = new URL(message.origin);
        const { request } = protocol === "https:" ? https : http;
        this.#request = request({
            agent: agents.for(protocol),
            protocol,
            // An IPv6 address has brackets in a URL, and none here.
            hostname: hostname.replace(/^\[|\]$/g, ""),
            port,
            method: message.method,
            path: message.path,
            headers: Object.fromEntries(message.headers),
        });
        this.#connecting.start();
        this.#firstByte.start();
        this.#request.once("socket", (socket) => this.#whenConnected(socket, () => this.#send(message.body)));
        this.#request.once("response", (reply) => this.#receive(reply));
        this.#request.on("error", (error) => {
            this.tlsFailure = tlsFailure(error);
            this.#fail(errorCode(error, this.#isSent));
        });
        this.#request.once("close", () => this.#fail({ tag: "connection-terminated" }));
    }

    /** Counts bytes that the component has read, and goes on if the reply was held back. */
    hasRead(bytes: number): void {
        this.#unread -= bytes;
        if (this.#reply?.isPaused() && this.#unread < MOST_UNREAD) {
            this.#reply.resume();
            this.#betweenBytes.start();
        }
    }

    /** Ends the exchange, of which the worker wants no more. */
    cancel(): void {
        this.#end();
    }

    /** Ends the exchange, and tells the worker. If nothing was sent yet, it gets to know that. */
    abort(): void {
        this.#fail({ tag: this.#isSent ? "connection-terminated" : "HTTP-request-denied" });
    }

    /** Nothing is written before the connection stands: until then it is certain that nothing was sent. */
    #whenConnected(socket: Socket, send: () => void): void {
        if (!heard.has(socket)) {
            heard.add(socket);
            // Node takes its own listener away with the end of the reply. A server that replies before it has read the
            // request, and closes, breaks the sending after that: without a listener the program would end.
            socket.on("error", () => undefined);
        }
        const isSecuring = (socket as { secureConnecting?: boolean }).secureConnecting === true;
        if (!socket.connecting && !isSecuring) send();
        else socket.once("encrypted" in socket ? "secureConnect" : "connect", send);
    }

    #send(body: Uint8Array[]): void {
        if (this.#hasEnded) return;
        this.#connecting.stop();
        this.#isSent = true;
        for (const piece of body) this.#request.write(piece);
        this.#request.end();
    }

    #receive(reply: http.IncomingMessage): void {
        this.#reply = reply;
        this.#firstByte.stop();
        this.#betweenBytes.start();
        this.#part.head = { status: reply.statusCode ?? 0, headers: reply.rawHeaders };
        this.#flushSoon();
        reply.on("data", (piece: Buffer) => this.#add(piece));
        reply.once("end", () => {
            if (!reply.complete) return this.#fail({ tag: "HTTP-response-incomplete" });
            this.#part.ended = true;
            this.#flush();
            // The connection goes back to the agent, unless the rest of the request still waits for the server.
            this.#stopTimers();
            this.#hasEnded = true;
            if (!this.#request.writableFinished) this.#request.destroy();
        });
        // After the whole reply nothing can break any more.
        reply.on("error", () => this.#fail({ tag: "HTTP-response-incomplete" }));
    }

    #add(piece: Buffer): void {
        this.#betweenBytes.start();
        // A piece of the socket's own buffer, which several pieces share.
        this.#part.pieces.push(new Uint8Array(piece));
        this.#unread += piece.byteLength;
        if (this.#unread >= MOST_UNREAD) {
            this.#reply?.pause();
            this.#betweenBytes.stop();
        }
        this.#flushSoon();
    }

    #fail(error: ErrorCode): void {
        if (this.#hasEnded) return;
        this.#part.ended = true;
        this.#part.error = error;
        this.#flush();
        this.#end();
    }

    #end(): void {
        this.#hasEnded = true;
        this.#stopTimers();
        clearImmediate(this.#flushing);
        this.#request.destroy();
    }

    #stopTimers(): void {
        for (const limit of [this.#connecting, this.#firstByte, this.#betweenBytes]) limit.stop();
    }

    /** A short reply comes at once, with head and end: it is worth one message. */
    #flushSoon(): void {
        this.#flushing ??= setImmediate(() => this.#flush());
    }

    #flush(): void {
        clearImmediate(this.#flushing);
        this.#flushing = undefined;
        const part = this.#part;
        this.#part = { pieces: [], ended: false };
        if (!this.#hasEnded) this.deliver(part);
    }
}
