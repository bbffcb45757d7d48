// The interfaces of WASI that the component imports: HTTP requests, which the caller's thread sends, and a clock.
//
// They take the place of jco's in the core module, by the canonical ABI. jco makes objects of promises and tasks for
// each of the thirty crossings of a call, which took longer than all else (docs/performance.md). And preview2-shim's
// HTTP client reports a slow reply as a failed connection.

import type { MessagePort } from "node:worker_threads";
import type { Waiting } from "../waiting.js";
import * as http from "./http.js";
import * as io from "./io.js";
import { Handles, Memory, type CoreExports } from "./memory.js";

type Imports = Record<string, Record<string, unknown>>;
interface Instance {
    readonly exports: unknown;
}
/** Instantiates a core module, as the bindings ask for it. */
export type Instantiate = (module: WebAssembly.Module, imports?: Imports) => Promise<Instance>;

/** Returns the function that gives the component its imports. `mayUse` decides on each destination. */
export function withWasi(waiting: Waiting, port: MessagePort, mayUse: (origin: string) => boolean): Instantiate {
    const memory = new Memory();
    const handles = new Handles();
    const own: Imports = {
        "wasi:clocks/monotonic-clock": io.clock(handles, waiting),
        "wasi:http/outgoing-handler": http.handler(memory, handles, waiting, port, mayUse),
        "wasi:http/types": http.types(memory, handles),
        "wasi:io/error": io.error(handles),
        "wasi:io/poll": io.poll(memory, handles, waiting),
        "wasi:io/streams": io.streams(memory, handles, waiting),
    };
    return async (module, imports = {}) => {
        const names = Object.keys(imports);
        const isComponent = names.some((name) => name.startsWith("wasi:"));
        const replaced = names.map((name) => [name, replacement(name, imports[name] ?? {}, own)]);
        const instance = await WebAssembly.instantiate(module, Object.fromEntries(replaced) as Imports);
        if (isComponent) memory.core = instance.exports as CoreExports;
        return instance;
    };
}

/** Returns this file's functions for an interface of WASI, whatever its version, and others as they are. */
function replacement(name: string, given: Record<string, unknown>, own: Imports): Record<string, unknown> {
    if (!name.startsWith("wasi:")) return given;
    const functions = own[name.replace(/@.*/, "")] ?? {};
    const missing = Object.keys(given).find((key) => functions[key] === undefined);
    if (missing !== undefined) throw new Error(`the component imports ${name} ${missing}, which this package lacks`);
    return functions;
}

/** Stands for the imports that the bindings ask for, and never call. */
export const UNUSED: object = new Proxy({}, { get: () => new Proxy({}, { get: () => class {} }) });
