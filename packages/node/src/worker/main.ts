// The entry of a worker: one instance of the component, and the accounts that are open in it.

import { parentPort, workerData } from "node:worker_threads";
import type { Command, Outcome, WorkerData } from "../messages.js";
import { Waiting } from "./waiting.js";
import { UNUSED, withWasi, type Instantiate } from "./wasi/index.js";

/** `Symbol.dispose` is younger than Node 20. This is how jco's bindings spell it. */
const DISPOSE: symbol = (Symbol as { dispose?: symbol }).dispose ?? Symbol.for("dispose");

type AnyFunction = (...parameters: unknown[]) => unknown;
type Resource = Record<string | symbol, AnyFunction | undefined>;
type Exports = Record<string, Record<string, AnyFunction>>;

const { modules, allowed, network, signal } = workerData as WorkerData;
const waiting = new Waiting(network, signal);
const accounts = new Map<number, Resource>();
let isOffline = false;

const mayUse = (origin: string): boolean => !isOffline && !waiting.isAborted() && allowed.includes(origin);

// The bindings are generated, so the compiler can't see them.
const bindings = (await import("../component/component.js" as string)) as {
    instantiate: (
        getModule: (name: string) => WebAssembly.Module | undefined,
        imports: object,
        instantiateCore: Instantiate,
    ) => Promise<Exports>;
};
const instantiateCore = withWasi(waiting, network, mayUse);
const component = await bindings.instantiate((name) => modules[name], UNUSED, instantiateCore);

function open(config: unknown): Resource {
    const Account = component["account"]?.["Account"] as unknown as new (config: unknown) => Resource;
    return new Account(config);
}

function call(command: Extract<Command, { type: "call" }>): unknown {
    isOffline = command.offline;
    const account = command.account === undefined ? undefined : accounts.get(command.account);
    if (command.isMethod) return account?.[command.method]?.(...command.parameters);
    const first = account === undefined ? [] : [account];
    return component[command.interface]?.[command.method]?.(...first, ...command.parameters);
}

function execute(command: Command): unknown {
    switch (command.type) {
        case "open":
            accounts.set(command.account, open(command.config));
            return undefined;
        case "drop":
            accounts.get(command.account)?.[DISPOSE]?.();
            accounts.delete(command.account);
            return undefined;
        case "forget-token":
            accounts.get(command.account)?.["forgetToken"]?.();
            return undefined;
        case "call":
            return call(command);
    }
}

function outcome(command: Command): Outcome {
    try {
        return { type: "value", value: execute(command) };
    } catch (error) {
        // The bindings throw the record of an error. An `Error` is a trap, or a fault of this package, and the instance
        // can't go on.
        return error instanceof Error ? { type: "crash", reason: error.name } : { type: "error", error };
    }
}

/** Returns the buffers of a downloaded file, which go to the caller's thread without a copy. */
function buffers(value: unknown): ArrayBuffer[] {
    if (typeof value !== "object" || value === null) return [];
    const { bytes, val } = value as { bytes?: unknown; val?: unknown };
    if (bytes instanceof Uint8Array && bytes.buffer instanceof ArrayBuffer) return [bytes.buffer];
    return buffers(val);
}

parentPort?.on("message", (command: Command) => {
    const result = outcome(command);
    parentPort?.postMessage(result, result.type === "value" ? buffers(result.value) : []);
});
