// The messages between the caller's thread and a worker.

import type { MessagePort } from "node:worker_threads";

/** What a worker is made of. */
export interface WorkerData {
    /** The compiled core modules of the component, by their file names. */
    modules: Record<string, WebAssembly.Module>;
    /** The origins that requests may go to, as `URL.origin` spells them. */
    allowed: string[];
    /** The port for requests and replies. The worker reads it while the component waits. */
    network: MessagePort;
    /** Its parts are `COUNT` and `ABORTED`. */
    signal: Int32Array;
}

/** The part of the signal that counts the messages on the port, and so wakes the worker. */
export const COUNT = 0;
/** The part of the signal that is 1 while the call under way is to end early. */
export const ABORTED = 1;

/** The caller's wish. */
export type Command =
    | { type: "open"; account: number; config: unknown }
    | { type: "drop" | "forget-token"; account: number }
    | {
          type: "call";
          interface: string;
          method: string;
          /** The account, if the function has one. */
          account: number | undefined;
          isMethod: boolean;
          parameters: unknown[];
          /** True if the call must not send anything. */
          offline: boolean;
      };

/** The outcome of a command. */
export type Outcome =
    | { type: "value"; value: unknown }
    | { type: "error"; error: unknown; tlsFailure?: string | undefined }
    /** The component, or the worker around it, ended. `began` is false if that was before the call. */
    | { type: "crash"; reason: string; began?: boolean };

/** The component's limits on one request, in milliseconds. */
export interface Timeouts {
    connect: number | undefined;
    firstByte: number | undefined;
    betweenBytes: number | undefined;
}

/** A request of the component. */
export interface HttpRequest {
    method: string;
    origin: string;
    path: string;
    headers: [string, string][];
    body: Uint8Array<ArrayBuffer>[];
    timeouts: Timeouts;
}

/** An error code of `wasi:http`. */
export interface ErrorCode {
    tag: string;
    val?: unknown;
}

/** From the worker: a request, the number of bytes of the reply that have been read, or the end of all interest. */
export type ToNetwork =
    | { type: "send"; exchange: number; request: HttpRequest }
    | { type: "read"; exchange: number; bytes: number }
    | { type: "cancel"; exchange: number };

/** To the worker: the next part of a reply. */
export interface FromNetwork {
    exchange: number;
    head?: { status: number; headers: string[] };
    pieces: Uint8Array<ArrayBuffer>[];
    /** True if nothing follows. */
    ended: boolean;
    /** The reason why nothing follows, unless the reply is whole. */
    error?: ErrorCode;
}
