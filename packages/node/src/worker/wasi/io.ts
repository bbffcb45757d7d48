// `wasi:io` and `wasi:clocks`: waiting, streams and the clock.

import type { ErrorCode } from "../../messages.js";
import type { Exchange } from "../exchange.js";
import { Moment, Pollable, now, type Waiting } from "../waiting.js";
import type { Handles, Memory } from "./memory.js";

/** The most bytes that a body may be given at once. They are kept until the body is complete. */
const PERMIT = 1024n * 1024n;

/** The cases of `stream-error`. */
const LAST_OPERATION_FAILED = 0;
const CLOSED = 1;

/** An error of a stream, which `http-error-code` explains. */
export class IoError {
    constructor(readonly code: ErrorCode) {}
}

/** The way into a request's body: its pieces are collected. */
export class OutputStream {
    constructor(readonly pieces: Uint8Array<ArrayBuffer>[]) {}
}

/** The way out of a reply's body. */
export class InputStream {
    constructor(readonly exchange: Exchange) {}
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

type Functions = Record<string, (...parameters: never[]) => unknown>;

/** Returns the functions of `wasi:clocks/monotonic-clock`. */
export function clock(handles: Handles, waiting: Waiting): Functions {
    return {
        now,
        "subscribe-instant": (at: bigint) => handles.add(new Moment(waiting, BigInt.asUintN(64, at))),
    };
}

/** Returns the functions of `wasi:io/poll`. */
export function poll(memory: Memory, handles: Handles, waiting: Waiting): Functions {
    return {
        poll: (list: number, length: number, result: number) => {
            const pollables = Array.from({ length }, (_, index) => handles.get(memory.u32(list + 4 * index), Pollable));
            const ready = waiting.poll(pollables);
            const indices = memory.allocate(4 * ready.length, 4);
            memory.setU32(indices, ...ready);
            memory.setU32(result, indices, ready.length);
        },
        "[method]pollable.block": (pollable: number) => handles.get(pollable, Pollable).block(),
        "[method]pollable.ready": (pollable: number) => Number(handles.get(pollable, Pollable).ready()),
        "[resource-drop]pollable": (pollable: number) => void handles.take(pollable, Pollable),
    };
}

/** Returns the functions of `wasi:io/error`. */
export function error(handles: Handles): Functions {
    return { "[resource-drop]error": (handle: number) => void handles.take(handle, IoError) };
}

/** Returns the functions of `wasi:io/streams`. */
export function streams(memory: Memory, handles: Handles, waiting: Waiting): Functions {
    return {
        // result<list<u8>, stream-error>
        "[method]input-stream.read": (stream: number, most: bigint, result: number) => {
            const { exchange } = handles.get(stream, InputStream);
            waiting.receive();
            const piece = exchange.read(Number(BigInt.asUintN(64, most)));
            memory.clear(result, 12);
            if (piece !== undefined) return memory.setBytes(result + 4, piece);
            if (!exchange.hasEnded) return memory.setBytes(result + 4, new Uint8Array());
            memory.setU8(result, 1);
            memory.setU8(result + 4, exchange.error === undefined ? CLOSED : LAST_OPERATION_FAILED);
            if (exchange.error !== undefined) memory.setU32(result + 8, handles.add(new IoError(exchange.error)));
        },
        "[method]input-stream.subscribe": (stream: number) =>
            handles.add(new Readable(handles.get(stream, InputStream).exchange)),
        "[resource-drop]input-stream": (stream: number) => void handles.take(stream, InputStream),
        // result<u64, stream-error>
        "[method]output-stream.check-write": (_: number, result: number) => {
            memory.clear(result, 16);
            memory.setU64(result + 8, PERMIT);
        },
        // result<_, stream-error>
        "[method]output-stream.write": (stream: number, bytes: number, length: number, result: number) => {
            handles.get(stream, OutputStream).pieces.push(memory.bytes(bytes, length));
            memory.clear(result, 12);
        },
        "[method]output-stream.subscribe": () => handles.add(new Moment(waiting, 0n)),
        "[resource-drop]output-stream": (stream: number) => void handles.take(stream, OutputStream),
    };
}
