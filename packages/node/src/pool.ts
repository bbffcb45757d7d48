// The workers of a `WeChat`, and the calls that wait for one.

import { compile } from "./component.js";
import type { Ending } from "./ending.js";
import { WeChatError } from "./error.js";
import { GuestWorker } from "./guest-worker.js";
import type { Command, Outcome } from "./messages.js";
import type { Agents } from "./network/agents.js";

/** An account as workers open it. */
export interface AccountEntry {
    readonly id: number;
    /** Its configuration, as the bindings take it. */
    readonly config: { mayForceToken?: boolean | undefined };
}

/** A call. */
export interface Request {
    readonly command: Command;
    readonly account: AccountEntry | undefined;
    /** The buffers of its files. */
    readonly buffers: ArrayBuffer[];
    /** Ends it early. */
    readonly ending: Ending;
}

/** A call that waits for a worker, or is under way. */
interface Job extends Request {
    /** True if only the first worker may execute it. */
    onFirst: boolean;
    readonly resolve: (outcome: Outcome) => void;
    readonly reject: (reason: unknown) => void;
}

/** The time that calls under way have to end when all is closed. Then their workers end. */
const CLOSING_MILLISECONDS = 1000;

/** Starts workers when they are needed, and gives each one call at a time. */
export class Pool {
    readonly #waiting: Job[] = [];
    readonly #running = new Map<GuestWorker, Job>();
    readonly #workers: GuestWorker[] = [];
    #modules: Promise<Record<string, WebAssembly.Module>> | undefined;
    #isClosed = false;

    constructor(
        private readonly size: number,
        private readonly allowed: string[],
        private readonly agents: Agents,
    ) {}

    /** Executes a call as soon as a worker is free, in the order of the calls. Rejects if it was not made at all. */
    async run(request: Request): Promise<Outcome> {
        // Rejects if the files of the package are damaged or not there.
        this.#modules ??= compile();
        const modules = await this.#modules;
        request.ending.throwIfAborted();
        let forget: (() => void) | undefined;
        try {
            return await new Promise<Outcome>((resolve, reject) => {
                const job = { ...request, onFirst: false, resolve, reject };
                forget = request.ending.listen(() => this.#abort(job));
                this.#waiting.push(job);
                this.#assign(modules);
            });
        } finally {
            forget?.();
        }
    }

    /** Makes the workers forget an account. */
    forget(account: number): void {
        for (const worker of this.#workers) {
            // After the call under way, if there is one.
            if (worker.accounts.delete(account)) void worker.run({ type: "drop", account }, []);
        }
    }

    /** Ends everything: calls that wait are not made, and those under way end early. */
    async close(): Promise<void> {
        this.#isClosed = true;
        for (const job of this.#waiting.splice(0)) job.reject(closed());
        const idle = this.#workers.filter((worker) => !this.#running.has(worker));
        const ending = [...this.#running.keys()].map((worker) => this.#finish(worker));
        await Promise.all([...idle.map((worker) => worker.terminate()), ...ending]);
        this.agents.close();
    }

    async #finish(worker: GuestWorker): Promise<void> {
        worker.abort();
        const end = Date.now() + CLOSING_MILLISECONDS;
        while (this.#running.has(worker) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
        await worker.terminate();
    }

    #drop(job: Job): boolean {
        const index = this.#waiting.indexOf(job);
        if (index >= 0) this.#waiting.splice(index, 1);
        return index >= 0;
    }

    #abort(job: Job): void {
        if (this.#drop(job)) return job.reject(job.ending.reason);
        for (const [worker, running] of this.#running) if (running === job) worker.abort();
    }

    #assign(modules: Record<string, WebAssembly.Module>): void {
        for (let index = 0; index < this.#waiting.length; ) {
            const job = this.#waiting[index];
            const worker = job && this.#freeWorker(job, modules);
            if (job === undefined || worker === undefined) {
                index++;
                continue;
            }
            this.#waiting.splice(index, 1);
            this.#running.set(worker, job);
            void this.#execute(worker, job).then(() => {
                this.#running.delete(worker);
                if (worker.hasEnded) this.#workers.splice(this.#workers.indexOf(worker), 1);
                if (!this.#isClosed) this.#assign(modules);
            });
        }
    }

    #freeWorker(job: Job, modules: Record<string, WebAssembly.Module>): GuestWorker | undefined {
        const isFree = (worker: GuestWorker): boolean => !this.#running.has(worker) && !worker.hasEnded;
        for (let index = this.#workers.length - 1; index >= 0; index--) {
            if (this.#workers[index]?.hasEnded) this.#workers.splice(index, 1);
        }
        const [first] = this.#workers;
        if (job.onFirst && first !== undefined) return isFree(first) ? first : undefined;
        const free = this.#workers.filter(isFree);
        const id = job.account?.id;
        const found = free.find(({ accounts }) => id === undefined || accounts.has(id)) ?? free[0];
        if (found !== undefined || this.#workers.length >= this.size) return found;
        const worker = new GuestWorker(modules, this.allowed, this.agents);
        this.#workers.push(worker);
        return worker;
    }

    async #execute(worker: GuestWorker, job: Job): Promise<void> {
        const isFirst = worker === this.#workers[0];
        const opened = await this.#open(worker, job, isFirst);
        if (opened.type !== "value") return job.resolve(opened.type === "crash" ? { ...opened, began: false } : opened);
        if (job.ending.aborted) return job.reject(job.ending.reason);
        if (job.command.type === "open") return job.resolve(opened);
        // Another worker may have to hand the call on to the first, files included.
        const outcome = await worker.run(job.command, isFirst ? job.buffers : []);
        if (outcome.type === "crash") await worker.terminate();
        if (!isFirst && isCredentials(outcome) && !job.ending.aborted && !this.#isClosed) {
            // Only the first worker may force a new token. Nothing was executed.
            job.onFirst = true;
            this.#waiting.unshift(job);
            return;
        }
        job.resolve(outcome);
    }

    /** Opens the account of a call, if it is not open there. */
    async #open(worker: GuestWorker, { account }: Job, isFirst: boolean): Promise<Outcome> {
        if (account === undefined || worker.accounts.has(account.id)) return { type: "value", value: undefined };
        const config = isFirst ? account.config : { ...account.config, mayForceToken: false };
        const outcome = await worker.run({ type: "open", account: account.id, config }, []);
        if (outcome.type === "value") worker.accounts.add(account.id);
        return outcome;
    }
}

function isCredentials(outcome: Outcome): boolean {
    return outcome.type === "error" && (outcome.error as { kind?: unknown }).kind === "credentials";
}

/** Makes the error of a call that is not made any more. */
export function closed(): WeChatError {
    const advice = "Nothing was sent. Make another WeChat, or close it later.";
    return new WeChatError({ kind: "closed", message: "The WeChat or the account was closed.", advice });
}
