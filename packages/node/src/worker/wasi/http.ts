// `wasi:http`: requests, which the caller's thread sends, and their replies.

import type { MessagePort } from "node:worker_threads";
import { ERROR_CODES } from "../../generated/error-codes.js";
import type { ErrorCode, HttpRequest, Timeouts } from "../../messages.js";
import { Exchange } from "../exchange.js";
import { Pollable, type Waiting } from "../waiting.js";
import { InputStream, IoError, OutputStream } from "./io.js";
import type { Handles, Memory } from "./memory.js";

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;
/** Bytes of an `error-code`, whose payloads all stay 0: none of them is known. */
const ERROR_CODE_SIZE = 32;
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];
const SCHEMES = ["http:", "https:"];

class Fields {
    constructor(readonly list: readonly (readonly [string, Uint8Array])[]) {}
}

class RequestOptions {
    readonly timeouts: Timeouts = { connect: undefined, firstByte: undefined, betweenBytes: undefined };
}

class OutgoingBody {
    readonly pieces: Uint8Array<ArrayBuffer>[] = [];
    /** Called when the body is complete. */
    onFinish: (() => void) | undefined;
}

class OutgoingRequest {
    method = "GET";
    scheme = "https:";
    authority = "";
    path = "/";
    readonly body = new OutgoingBody();

    constructor(readonly fields: Fields) {}

    /** The origin as URLs spell it; empty if it is none. */
    origin(): string {
        const base = `${this.scheme}//${this.authority}`;
        return URL.canParse(base) && !this.authority.includes("@") ? new URL(base).origin : "";
    }

    asMessage(timeouts: Timeouts): HttpRequest {
        // Header values are bytes, which Node has as the characters of Latin-1.
        const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
        const headers = this.fields.list.map(([name, value]): [string, string] => [name, text(value)]);
        const { method, path, body } = this;
        return { method, origin: this.origin(), path, headers, body: body.pieces, timeouts };
    }
}

class FutureIncomingResponse {
    constructor(readonly exchange: Exchange) {}
}

class IncomingResponse {
    constructor(
        readonly exchange: Exchange,
        readonly head: { status: number; headers: string[] },
    ) {}

    fields(): Fields {
        const { headers } = this.head;
        const list: [string, Uint8Array][] = [];
        for (let index = 0; index + 1 < headers.length; index += 2) {
            list.push([headers[index] ?? "", Buffer.from(headers[index + 1] ?? "", "latin1")]);
        }
        return new Fields(list);
    }
}

class IncomingBody {
    constructor(readonly exchange: Exchange) {}
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

type Functions = Record<string, (...parameters: never[]) => unknown>;

function setErrorCode(memory: Memory, pointer: number, { tag }: ErrorCode): void {
    memory.setU8(pointer, ERROR_CODES.indexOf(tag));
}

/** Returns the functions of `wasi:http/outgoing-handler`. `mayUse` decides on each destination. */
export function handler(
    memory: Memory,
    handles: Handles,
    waiting: Waiting,
    port: MessagePort,
    mayUse: (origin: string) => boolean,
): Functions {
    return {
        // result<future-incoming-response, error-code>
        handle: (handle: number, hasOptions: number, options: number, result: number) => {
            const request = handles.take(handle, OutgoingRequest);
            const { timeouts } = hasOptions === 1 ? handles.take(options, RequestOptions) : new RequestOptions();
            memory.clear(result, 8 + ERROR_CODE_SIZE);
            if (!mayUse(request.origin())) {
                memory.setU8(result, 1);
                return setErrorCode(memory, result + 8, { tag: "HTTP-request-denied" });
            }
            const exchange = new Exchange(waiting, port);
            request.body.onFinish = () => exchange.send(request.asMessage(timeouts));
            memory.setU32(result + 8, handles.add(new FutureIncomingResponse(exchange)));
        },
    };
}

/** Returns the functions of `wasi:http/types`. */
export function types(memory: Memory, handles: Handles): Functions {
    return { ...outgoing(memory, handles), ...incoming(memory, handles), ...fields(memory, handles) };
}

function fields(memory: Memory, handles: Handles): Functions {
    return {
        // result<fields, header-error>
        "[static]fields.from-list": (list: number, length: number, result: number) => {
            const entries = Array.from({ length }, (_, index): [string, Uint8Array] => {
                const entry = list + 16 * index;
                const name = memory.text(memory.u32(entry), memory.u32(entry + 4));
                return [name, memory.bytes(memory.u32(entry + 8), memory.u32(entry + 12))];
            });
            memory.clear(result, 8);
            memory.setU32(result + 4, handles.add(new Fields(entries)));
        },
        // list<tuple<string, list<u8>>>
        "[method]fields.entries": (handle: number, result: number) => {
            const { list } = handles.get(handle, Fields);
            const entries = memory.allocate(16 * list.length, 4);
            list.forEach(([name, value], index) => {
                memory.setText(entries + 16 * index, name);
                memory.setBytes(entries + 16 * index + 8, value);
            });
            memory.setU32(result, entries, list.length);
        },
        "[resource-drop]fields": (handle: number) => void handles.take(handle, Fields),
    };
}

function outgoing(memory: Memory, handles: Handles): Functions {
    const request = (handle: number): OutgoingRequest => handles.get(handle, OutgoingRequest);
    const timeouts = (handle: number): Timeouts => handles.get(handle, RequestOptions).timeouts;
    const milliseconds = (isSome: number, duration: bigint): number | undefined =>
        isSome === 1 ? Number(BigInt.asUintN(64, duration) / NANOSECONDS_PER_MILLISECOND) : undefined;
    // The setters return 0, which means that they took the value.
    return {
        "[constructor]outgoing-request": (handle: number) =>
            handles.add(new OutgoingRequest(handles.take(handle, Fields))),
        "[method]outgoing-request.set-method": (handle: number, method: number, other: number, length: number) => {
            request(handle).method = METHODS[method] ?? memory.text(other, length);
            return 0;
        },
        "[method]outgoing-request.set-scheme": (
            handle: number,
            some: number,
            scheme: number,
            other: number,
            length: number,
        ) => {
            request(handle).scheme = some === 0 ? "https:" : (SCHEMES[scheme] ?? `${memory.text(other, length)}:`);
            return 0;
        },
        "[method]outgoing-request.set-authority": (handle: number, some: number, text: number, length: number) => {
            request(handle).authority = some === 0 ? "" : memory.text(text, length);
            return 0;
        },
        "[method]outgoing-request.set-path-with-query": (
            handle: number,
            some: number,
            text: number,
            length: number,
        ) => {
            request(handle).path = some === 0 ? "/" : memory.text(text, length);
            return 0;
        },
        // result<outgoing-body>
        "[method]outgoing-request.body": (handle: number, result: number) => {
            memory.clear(result, 8);
            memory.setU32(result + 4, handles.add(request(handle).body));
        },
        "[resource-drop]outgoing-request": (handle: number) => void handles.take(handle, OutgoingRequest),
        // result<output-stream>
        "[method]outgoing-body.write": (handle: number, result: number) => {
            memory.clear(result, 8);
            memory.setU32(result + 4, handles.add(new OutputStream(handles.get(handle, OutgoingBody).pieces)));
        },
        // result<_, error-code>
        "[static]outgoing-body.finish": (handle: number, _some: number, _trailers: number, result: number) => {
            handles.take(handle, OutgoingBody).onFinish?.();
            memory.clear(result, 8 + ERROR_CODE_SIZE);
        },
        "[resource-drop]outgoing-body": (handle: number) => void handles.take(handle, OutgoingBody),
        "[constructor]request-options": () => handles.add(new RequestOptions()),
        "[method]request-options.set-connect-timeout": (handle: number, some: number, duration: bigint) => {
            timeouts(handle).connect = milliseconds(some, duration);
            return 0;
        },
        "[method]request-options.set-first-byte-timeout": (handle: number, some: number, duration: bigint) => {
            timeouts(handle).firstByte = milliseconds(some, duration);
            return 0;
        },
        "[method]request-options.set-between-bytes-timeout": (handle: number, some: number, duration: bigint) => {
            timeouts(handle).betweenBytes = milliseconds(some, duration);
            return 0;
        },
        "[resource-drop]request-options": (handle: number) => void handles.take(handle, RequestOptions),
    };
}

function incoming(memory: Memory, handles: Handles): Functions {
    const future = (handle: number): Exchange => handles.get(handle, FutureIncomingResponse).exchange;
    return {
        "[method]future-incoming-response.subscribe": (handle: number) => handles.add(new Replied(future(handle))),
        // option<result<result<incoming-response, error-code>>>
        "[method]future-incoming-response.get": (handle: number, result: number) => {
            const exchange = future(handle);
            memory.clear(result, 24 + ERROR_CODE_SIZE);
            if (!exchange.hasReplied()) return;
            memory.setU8(result, 1);
            if (exchange.head !== undefined) {
                return memory.setU32(result + 24, handles.add(new IncomingResponse(exchange, exchange.head)));
            }
            memory.setU8(result + 16, 1);
            setErrorCode(memory, result + 24, exchange.error ?? { tag: "internal-error" });
        },
        // The component drops this after the reply's body.
        "[resource-drop]future-incoming-response": (handle: number) =>
            handles.take(handle, FutureIncomingResponse).exchange.close(),
        "[method]incoming-response.status": (handle: number) => handles.get(handle, IncomingResponse).head.status,
        "[method]incoming-response.headers": (handle: number) =>
            handles.add(handles.get(handle, IncomingResponse).fields()),
        // result<incoming-body>
        "[method]incoming-response.consume": (handle: number, result: number) => {
            const { exchange } = handles.get(handle, IncomingResponse);
            memory.clear(result, 8);
            memory.setU32(result + 4, handles.add(new IncomingBody(exchange)));
        },
        "[resource-drop]incoming-response": (handle: number) => void handles.take(handle, IncomingResponse),
        // result<input-stream>
        "[method]incoming-body.stream": (handle: number, result: number) => {
            memory.clear(result, 8);
            memory.setU32(result + 4, handles.add(new InputStream(handles.get(handle, IncomingBody).exchange)));
        },
        "[resource-drop]incoming-body": (handle: number) => void handles.take(handle, IncomingBody),
        // option<error-code>
        "http-error-code": (handle: number, result: number) => {
            memory.clear(result, 8 + ERROR_CODE_SIZE);
            memory.setU8(result, 1);
            setErrorCode(memory, result + 8, handles.get(handle, IoError).code);
        },
    };
}
