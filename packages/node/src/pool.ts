// The workers of a `WeChat`, and the calls that wait for one.

import type { AccountEntry } from "./account-entry.js";
import { closed } from "./closed.js";
import { compile } from "./component.js";
import type { Ending } from "./ending.js";
import { WeChatError } from "./error.js";
import { GuestWorker } from "./guest-worker.js";
import type { Command, Outcome } from "./messages.js";
import type { Agents } from "./network/agents.js";

/** A call. */
export interface Request {
    /** None if the account is only to be opened. */
    readonly command: Command | undefined;
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

/** The time that calls have to end early. Then their workers end: while it computes, the component sees no signal. */
const ENDING_MILLISECONDS = 1000;
/**
 * The component forces a token at most once in this time, as WeChat allows 20 a day. A worker that is lost takes its
 * memory of that with it, so the next one may not force for as long.
 */
const FORCE_PAUSE_MILLISECONDS = 72 * 60 * 1000;

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
        this.#modules ??= compile().catch((error: unknown) => {
            this.#modules = undefined;
            throw notStarted("The component can't be read", error);
        });
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

    /** Forgets an account, and makes the workers forget it. */
    forget(account: AccountEntry): void {
        account.config = undefined;
        for (const worker of this.#workers) if (worker.accounts.has(account)) drop(worker, account);
    }

    /** Makes the workers forget the token of an account; a busy one after its call. */
    forgetToken(account: AccountEntry): void {
        // A worker that opens the account later is not to begin with it again.
        if (account.config !== undefined) account.config = { ...account.config, token: undefined };
        for (const worker of this.#workers) if (worker.accounts.has(account)) forgetToken(worker, account);
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
        const end = Date.now() + ENDING_MILLISECONDS;
        while (this.#running.has(worker) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
        await worker.terminate();
    }

    #withdraw(job: Job): boolean {
        const index = this.#waiting.indexOf(job);
        if (index >= 0) this.#waiting.splice(index, 1);
        return index >= 0;
    }

    #abort(job: Job): void {
        if (this.#withdraw(job)) return job.reject(job.ending.reason);
        for (const [worker, running] of this.#running) {
            if (running !== job) continue;
            worker.abort();
            setTimeout(() => {
                if (this.#running.get(worker) === job) void worker.terminate();
            }, ENDING_MILLISECONDS).unref();
        }
    }

    #assign(modules: Record<string, WebAssembly.Module>): void {
        for (let index = 0; index < this.#waiting.length; ) {
            const job = this.#waiting[index];
            let worker: GuestWorker | undefined;
            try {
                worker = job && this.#freeWorker(job, modules);
            } catch (error) {
                this.#waiting.splice(index, 1);
                job?.reject(notStarted("No worker could be started", error));
                continue;
            }
            if (job === undefined || worker === undefined) {
                index++;
                continue;
            }
            this.#waiting.splice(index, 1);
            void this.#occupy(worker, job).then(() => {
                if (!this.#isClosed) this.#assign(modules);
            });
        }
    }

    async #occupy(worker: GuestWorker, job: Job): Promise<void> {
        this.#running.set(worker, job);
        await this.#execute(worker, job).catch(job.reject);
        this.#running.delete(worker);
    }

    #freeWorker(job: Job, modules: Record<string, WebAssembly.Module>): GuestWorker | undefined {
        const isFree = (worker: GuestWorker): boolean => !this.#running.has(worker) && !worker.hasEnded;
        this.#removeEnded();
        const [first] = this.#workers;
        if (job.onFirst && first !== undefined) return isFree(first) ? first : undefined;
        const free = this.#workers.filter(isFree);
        const { account } = job;
        const found = free.find(({ accounts }) => account === undefined || accounts.has(account)) ?? free[0];
        if (found !== undefined || this.#workers.length >= this.size) return found;
        const worker = new GuestWorker(modules, this.allowed, this.agents);
        this.#workers.push(worker);
        return worker;
    }

    #removeEnded(): void {
        for (const ended of this.#workers.filter(({ hasEnded }) => hasEnded)) {
            this.#workers.splice(this.#workers.indexOf(ended), 1);
            for (const [account, forces] of ended.accounts) {
                if (forces) account.mayForceFrom = performance.now() + FORCE_PAUSE_MILLISECONDS;
            }
        }
    }

    async #execute(worker: GuestWorker, job: Job): Promise<void> {
        const isFirst = worker === this.#workers[0];
        const opened = await this.#open(worker, job, isFirst);
        if (opened.type === "crash") await worker.terminate();
        if (opened.type !== "value") return job.resolve(opened.type === "crash" ? { ...opened, began: false } : opened);
        if (job.ending.aborted) return job.reject(job.ending.reason);
        if (job.command === undefined) return job.resolve(opened);
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

    /** Opens the account of a call, if it is not open there; again if it may force a token by now. */
    async #open(worker: GuestWorker, { account }: Job, isFirst: boolean): Promise<Outcome> {
        if (account === undefined) return { type: "value", value: undefined };
        const isOpen = worker.accounts.get(account);
        const forces = isOpen === true || (isFirst && performance.now() >= account.mayForceFrom);
        if (isOpen === forces) return { type: "value", value: undefined };
        if (isOpen !== undefined) drop(worker, account);
        const given = account.config;
        if (given === undefined) throw closed();
        const config = forces ? given : { ...given, mayForceToken: false };
        const outcome = await worker.run({ type: "open", account: account.id, config }, []);
        if (outcome.type !== "value") return outcome;
        worker.accounts.set(account, forces);
        // It was closed, or the token was forgotten, meanwhile.
        if (account.config === undefined) drop(worker, account);
        else if (account.config !== given) forgetToken(worker, account);
        return outcome;
    }
}

/** Makes a worker forget an account, after the command under way if there is one. */
function drop(worker: GuestWorker, account: AccountEntry): void {
    worker.accounts.delete(account);
    void worker.run({ type: "drop", account: account.id }, []);
}

/** Makes a worker forget the token of an account, after the command under way if there is one. */
function forgetToken(worker: GuestWorker, account: AccountEntry): void {
    void worker.run({ type: "forget-token", account: account.id }, []);
}

function isCredentials(outcome: Outcome): boolean {
    return outcome.type === "error" && (outcome.error as { kind?: unknown }).kind === "credentials";
}

/** Makes the error of a call that could not be made: there is no thread, or no permission, for a worker. */
function notStarted(what: string, cause: unknown): WeChatError {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown error";
    const advice = "Nothing was sent. Try again when the system and Node's permissions allow it.";
    return new WeChatError({ kind: "crashed", message: `${what} (${code}).`, advice }, { cause });
}
