// A worker with one instance of the component, seen from the caller's thread.

import { Worker } from "node:worker_threads";
import type { AccountEntry } from "./account-entry.js";
import { ABORTED, type Command, type Outcome, type WorkerData } from "./messages.js";
import type { Agents } from "./network/agents.js";
import { Network } from "./network/index.js";

/** A worker. It executes one command after the other. */
export class GuestWorker {
    /** The accounts that are open in it, and whether it may force their tokens. */
    readonly accounts = new Map<AccountEntry, boolean>();
    readonly #signal = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
    readonly #network: Network;
    readonly #worker: Worker;
    /** Who waits for an outcome, in the order of the commands. */
    readonly #waiting: ((outcome: Outcome) => void)[] = [];
    #hasEnded = false;

    /** Throws if no thread can be started. */
    constructor(modules: Record<string, WebAssembly.Module>, allowed: string[], agents: Agents) {
        this.#network = new Network(agents, this.#signal);
        const { workerPort } = this.#network;
        const data: WorkerData = { modules, allowed, network: workerPort, signal: this.#signal };
        try {
            this.#worker = start(data);
        } catch (error) {
            this.#network.close();
            throw error;
        }
        this.#worker.unref();
        this.#worker.on("message", (outcome: Outcome) => {
            // What the command still asked for is not to be taken for a wish of the next one.
            this.#network.receive();
            const { tlsFailure } = this.#network;
            this.#done(outcome.type === "error" ? { ...outcome, tlsFailure } : outcome);
        });
        this.#worker.on("error", (error) => this.#end(error instanceof Error ? error.name : "error"));
        this.#worker.on("exit", () => this.#end("exit"));
    }

    /** True if it is gone, and can't execute anything. */
    get hasEnded(): boolean {
        return this.#hasEnded;
    }

    /** Executes a command. The program stays alive meanwhile. */
    run(command: Command, transfer: ArrayBuffer[]): Promise<Outcome> {
        if (this.#hasEnded) return Promise.resolve({ type: "crash", reason: "exit" });
        // An account or token may be forgotten while another command is under way, which may be ending early.
        if (command.type === "open" || command.type === "call") Atomics.store(this.#signal, ABORTED, 0);
        this.#worker.postMessage(command, transfer);
        this.#worker.ref();
        return new Promise((resolve) => this.#waiting.push(resolve));
    }

    /** Makes the command under way end early: its exchange is ended, and it makes no other one and no pause. */
    abort(): void {
        Atomics.store(this.#signal, ABORTED, 1);
        this.#network.abort();
        this.#network.wake();
    }

    /** Ends the worker at once. A command under way ends as a crash. */
    async terminate(): Promise<void> {
        this.#end("terminated");
        await this.#worker.terminate();
    }

    #done(outcome: Outcome): void {
        this.#waiting.shift()?.(outcome);
        if (this.#waiting.length === 0) this.#worker.unref();
    }

    #end(reason: string): void {
        if (this.#hasEnded) return;
        this.#hasEnded = true;
        this.#network.close();
        while (this.#waiting.length > 0) this.#done({ type: "crash", reason });
    }
}

function start(data: WorkerData): Worker {
    return new Worker(new URL("./worker/main.js", import.meta.url), {
        name: "wechat-official-account",
        workerData: data,
        transferList: [data.network],
        // The component has no use for them, and hooks of the program none for the worker.
        env: {},
        execArgv: [],
    });
}
