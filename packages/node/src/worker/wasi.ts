// The interfaces of WASI that the component imports: HTTP requests, which the caller's thread sends, and a clock.
//
// They are written here because preview2-shim's took longer (docs/performance.md) and reports a slow reply as a failed
// connection. Names and methods are those that jco's bindings call.

import type { MessagePort } from "node:worker_threads";
import type { ErrorCode, HttpRequest, Timeouts } from "../messages.js";
import { Exchange } from "./exchange.js";
import { Moment, Pollable, now, type Waiting } from "./waiting.js";

/** `Symbol.dispose` is younger than Node 20. This is how jco's bindings spell it. */
const DISPOSE: symbol = (Symbol as { dispose?: symbol }).dispose ?? Symbol.for("dispose");

/** The most bytes that a body may be given at once. They are kept until the body is complete. */
const PERMIT = 1024n * 1024n;
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

class Fields {
    constructor(private readonly list: [string, Uint8Array][]) {}

    static fromList(list: [string, Uint8Array][]): Fields {
        return new Fields(list);
    }

    entries(): [string, Uint8Array][] {
        return this.list;
    }
}

/** Header values are bytes, which Node has as the characters of Latin-1. */
const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const asBytes = (text: string): Uint8Array => Buffer.from(text, "latin1");

class OutputStream {
    constructor(
        private readonly waiting: Waiting,
        private readonly pieces: Uint8Array<ArrayBuffer>[],
    ) {}

    checkWrite(): bigint {
        return PERMIT;
    }

    write(bytes: Uint8Array): void {
        // The bindings hand over a copy of their own, which can go to the other thread as it is.
        const isOwn = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
        this.pieces.push(isOwn ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes));
    }

    subscribe(): Pollable {
        return new Moment(this.waiting, 0n);
    }
}

class OutgoingBody {
    readonly pieces: Uint8Array<ArrayBuffer>[] = [];
    /** Called when the body is complete. */
    onFinish: (() => void) | undefined;

    constructor(private readonly waiting: Waiting) {}

    write(): OutputStream {
        return new OutputStream(this.waiting, this.pieces);
    }

    static finish(body: OutgoingBody): void {
        body.onFinish?.();
    }
}

class RequestOptions {
    readonly timeouts: Timeouts = { connect: undefined, firstByte: undefined, betweenBytes: undefined };

    setConnectTimeout(duration: bigint | undefined): void {
        this.timeouts.connect = milliseconds(duration);
    }

    setFirstByteTimeout(duration: bigint | undefined): void {
        this.timeouts.firstByte = milliseconds(duration);
    }

    setBetweenBytesTimeout(duration: bigint | undefined): void {
        this.timeouts.betweenBytes = milliseconds(duration);
    }
}

function milliseconds(duration: bigint | undefined): number | undefined {
    return duration === undefined ? undefined : Number(duration / NANOSECONDS_PER_MILLISECOND);
}

/** An error of a stream, which `httpErrorCode` explains. */
class IoError {
    constructor(readonly code: ErrorCode) {}
}

class Readable extends Pollable {
    constructor(private readonly exchange: Exchange) {
        super(exchange.waiting);
    }

    ready(): boolean {
        this.waiting.receive();
        return this.exchange.isReadable();
    }
}

class InputStream {
    constructor(private readonly exchange: Exchange) {}

    read(most: bigint): Uint8Array {
        this.exchange.waiting.receive();
        const piece = this.exchange.read(Number(most));
        if (piece !== undefined) return piece;
        if (this.exchange.error) throw { tag: "last-operation-failed", val: new IoError(this.exchange.error) };
        if (this.exchange.hasEnded) throw { tag: "closed" };
        return new Uint8Array();
    }

    subscribe(): Pollable {
        return new Readable(this.exchange);
    }
}

class IncomingBody {
    constructor(private readonly exchange: Exchange) {}

    stream(): InputStream {
        return new InputStream(this.exchange);
    }
}

class IncomingResponse {
    constructor(
        private readonly exchange: Exchange,
        private readonly head: { status: number; headers: string[] },
    ) {}

    status(): number {
        return this.head.status;
    }

    headers(): Fields {
        const list: [string, Uint8Array][] = [];
        for (let index = 0; index + 1 < this.head.headers.length; index += 2) {
            list.push([this.head.headers[index] ?? "", asBytes(this.head.headers[index + 1] ?? "")]);
        }
        return new Fields(list);
    }

    consume(): IncomingBody {
        return new IncomingBody(this.exchange);
    }
}

class Replied extends Pollable {
    constructor(private readonly exchange: Exchange) {
        super(exchange.waiting);
    }

    ready(): boolean {
        this.waiting.receive();
        return this.exchange.hasReplied();
    }
}

class FutureIncomingResponse {
    constructor(private readonly exchange: Exchange) {}

    subscribe(): Pollable {
        return new Replied(this.exchange);
    }

    get(): unknown {
        const { head, error } = this.exchange;
        if (head !== undefined) {
            return { tag: "ok", val: { tag: "ok", val: new IncomingResponse(this.exchange, head) } };
        }
        return error === undefined ? undefined : { tag: "ok", val: { tag: "err", val: error } };
    }

    /** The component drops this after the reply's body. */
    [DISPOSE](): void {
        this.exchange.close();
    }
}

/** Returns the imports of the component. `mayUse` decides on each destination. */
export function imports(waiting: Waiting, port: MessagePort, mayUse: (origin: string) => boolean): object {
    class OutgoingRequest {
        method = "GET";
        scheme = "https:";
        authority = "";
        path = "/";
        readonly outgoingBody = new OutgoingBody(waiting);

        constructor(readonly fields: Fields) {}

        body(): OutgoingBody {
            return this.outgoingBody;
        }

        setMethod({ tag, val }: { tag: string; val?: string }): void {
            this.method = val ?? tag.toUpperCase();
        }

        setScheme(scheme: { tag: string; val?: string } | undefined): void {
            this.scheme = scheme === undefined ? "https:" : `${(scheme.val ?? scheme.tag).toLowerCase()}:`;
        }

        setAuthority(authority: string | undefined): void {
            this.authority = authority ?? "";
        }

        setPathWithQuery(path: string | undefined): void {
            this.path = path ?? "/";
        }

        /** The origin as URLs spell it; empty if it is none. */
        origin(): string {
            const base = `${this.scheme}//${this.authority}`;
            return URL.canParse(base) && !this.authority.includes("@") ? new URL(base).origin : "";
        }

        asMessage(timeouts: Timeouts): HttpRequest {
            const headers = this.fields.entries().map(([name, value]): [string, string] => [name, asText(value)]);
            const { method, path } = this;
            return { method, origin: this.origin(), path, headers, body: this.outgoingBody.pieces, timeouts };
        }
    }

    function handle(request: OutgoingRequest, options: RequestOptions | undefined): FutureIncomingResponse {
        if (!mayUse(request.origin())) throw { tag: "HTTP-request-denied" };
        const exchange = new Exchange(waiting, port);
        const { timeouts } = options ?? new RequestOptions();
        request.outgoingBody.onFinish = () => exchange.send(request.asMessage(timeouts));
        return new FutureIncomingResponse(exchange);
    }

    return {
        "wasi:clocks/monotonic-clock": { now, subscribeInstant: (at: bigint) => new Moment(waiting, at) },
        "wasi:http/outgoing-handler": { handle },
        "wasi:http/types": {
            Fields,
            FutureIncomingResponse,
            IncomingBody,
            IncomingResponse,
            OutgoingBody,
            OutgoingRequest,
            RequestOptions,
            httpErrorCode: ({ code }: IoError) => code,
        },
        "wasi:io/error": { Error: IoError },
        "wasi:io/poll": { Pollable, poll: (pollables: Pollable[]) => waiting.poll(pollables) },
        "wasi:io/streams": { InputStream, OutputStream },
    };
}
