// The workers: their start, their end, and the accounts that are open in them.

import assert from "node:assert/strict";
import { syncBuiltinESMExports } from "node:module";
import { after, before, beforeEach, test } from "node:test";
import worker_threads from "node:worker_threads";
import { WeChat } from "wechat-official-account";
import { GuestWorker } from "../lib/guest-worker.js";
import { Simulator, jpeg, news } from "./simulator.mjs";

const COUNT = "/cgi-bin/draft/count";
const TOKEN = "/cgi-bin/stable_token";
const UPLOAD = "/cgi-bin/material/add_material";
const SLOW = { delay: { ms: 500 } };

let simulator, cover;
before(async () => {
    simulator = await Simulator.start();
    await withWorkers(1, async (wechat) => {
        const account = await wechat.account(simulator.config());
        cover = (await account.material.uploadImage({ name: "cover.jpg", bytes: jpeg() })).mediaId;
    });
});
after(() => simulator.stop());
beforeEach(() => simulator.clear());

/** Runs a test with a WeChat of so many workers. */
async function withWorkers(workers, action) {
    const wechat = new WeChat({ allowedOrigins: [simulator.base], workers });
    try {
        await action(wechat);
    } finally {
        await wechat.close();
    }
}

/** Runs an action with `run` of workers replaced; the replacement gets the worker, its `run`, and the command. */
async function watching(replacement, action) {
    const { run } = GuestWorker.prototype;
    GuestWorker.prototype.run = function (command, transfer) {
        return replacement(this, () => run.call(this, command, transfer), command);
    };
    try {
        await action();
    } finally {
        GuestWorker.prototype.run = run;
    }
}

/** Lets threads fail to start as often as `failures` says. */
async function withoutThreads(action) {
    const { Worker } = worker_threads;
    const state = { failures: 0 };
    worker_threads.Worker = class extends Worker {
        constructor(...parameters) {
            if (state.failures-- > 0) {
                throw Object.assign(new Error("no thread"), { code: "ERR_WORKER_INIT_FAILED" });
            }
            super(...parameters);
        }
    };
    syncBuiltinESMExports();
    try {
        await action(state);
    } finally {
        worker_threads.Worker = Worker;
        syncBuiltinESMExports();
    }
}

test("a call for which no thread could be started is not made later", () =>
    withWorkers(2, async (wechat) => {
        const account = await wechat.account(simulator.config());
        const { drafts } = await simulator.stored();
        await simulator.faults({ rules: [{ path: COUNT, fault: SLOW, times: 1 }] });
        await withoutThreads(async (state) => {
            const slow = account.draft.count();
            state.failures = 1;
            const error = await account.draft.add([news(cover)]).catch((reason) => reason);
            assert.equal(error.kind, "crashed");
            assert.match(error.message, /ERR_WORKER_INIT_FAILED/);
            assert.match(error.advice, /Nothing was sent/);
            await slow;
            assert.equal(typeof (await account.draft.count()), "number");
        });
        assert.equal((await simulator.stored()).drafts, drafts);
    }));

test("a thread that can't be started after another one ended leaves no call waiting", () =>
    withWorkers(1, async (wechat) => {
        const account = await wechat.account(simulator.config());
        await account.draft.count();
        await simulator.faults({ rules: [{ path: COUNT, fault: SLOW, times: 1 }] });
        await withoutThreads(async (state) => {
            const workers = new Set();
            await watching((worker, run) => workers.add(worker) && run(), async () => {
                const running = account.draft.count().catch(({ kind }) => kind);
                const waiting = account.draft.add([news(cover)]).catch(({ kind }) => kind);
                while (workers.size === 0) await new Promise(setImmediate);
                state.failures = 1;
                await [...workers][0].terminate();
                assert.deepEqual([await running, await waiting], ["crashed", "crashed"]);
            });
            assert.equal(typeof (await account.draft.count()), "number");
        });
    }));

test("a command that can't be handed to a worker fails, and the next call is made", () =>
    withWorkers(1, async (wechat) => {
        const account = await wechat.account(simulator.config());
        const refusing = (_, run, { type }) => (type === "call" ? Promise.reject(new Error("no clone")) : run());
        await watching(refusing, () => assert.rejects(account.draft.count(), { message: "no clone" }));
        assert.equal(typeof (await account.draft.count()), "number");
    }));

test("a worker that traps while it opens an account is replaced", () =>
    withWorkers(1, async (wechat) => {
        const trapped = [];
        const trap = (worker, run, { type }) => {
            if (type !== "open") return run();
            trapped.push(worker);
            return Promise.resolve({ type: "crash", reason: "RuntimeError" });
        };
        await watching(trap, () => assert.rejects(wechat.account(simulator.config()), { kind: "crashed" }));
        assert.deepEqual(trapped.map(({ hasEnded }) => hasEnded), [true]);
    }));

test("a worker takes the place of the first, and forces a token as soon as that can't be the 21st of a day", () =>
    withWorkers(2, async (wechat) => {
        const workers = new Set();
        let account;
        await watching((worker, run) => workers.add(worker) && run(), async () => {
            account = await wechat.account(simulator.config());
            await simulator.faults({ rules: [{ path: COUNT, fault: SLOW }] });
            await Promise.all([account.draft.count(), account.draft.count()]);
            await simulator.clear();
        });
        await [...workers][0].terminate();
        const before = await account.accessToken();
        const upload = async () => {
            // Refused twice, though WeChat returns the same token: only a forced one helps.
            await simulator.faults({ rules: [{ path: UPLOAD, fault: { errcode: { code: 40001 } }, times: 2 }] });
            return await account.material.uploadImage({ name: "a.jpg", bytes: jpeg() });
        };
        await assert.rejects(upload(), { kind: "credentials" });
        assert.equal((await account.accessToken()).value, before.value);
        const { now } = performance;
        performance.now = () => now.call(performance) + 73 * 60_000;
        try {
            assert.equal(typeof (await upload()).mediaId, "string");
        } finally {
            performance.now = now;
        }
        assert.notEqual((await account.accessToken()).value, before.value);
    }));

test("a new worker that takes the place of the first forces a token, too", () =>
    withWorkers(1, async (wechat) => {
        const account = await wechat.account(simulator.config());
        const workers = new Set();
        await watching((worker, run) => workers.add(worker) && run(), () => account.draft.count());
        await [...workers][0].terminate();
        // Another account was not open in the worker that ended.
        const other = await wechat.account(simulator.config());
        await simulator.faults({ rules: [{ path: UPLOAD, fault: { errcode: { code: 40001 } }, times: 2 }] });
        assert.equal(typeof (await other.material.uploadImage(jpeg())).mediaId, "string");
    }));

/** Returns how many tokens were asked for during an action. */
async function tokensAskedFor(action) {
    const before = (await simulator.requests(TOKEN)).length;
    await action();
    return (await simulator.requests(TOKEN)).length - before;
}

test("a token is forgotten in every worker", () =>
    withWorkers(2, async (wechat) => {
        const account = await wechat.account(simulator.config());
        await simulator.faults({ rules: [{ path: COUNT, fault: SLOW }] });
        const two = () => Promise.all([account.draft.count(), account.draft.count()]);
        assert.equal(await tokensAskedFor(two), 2);
        assert.equal(await tokensAskedFor(two), 0);
        await account.forgetToken();
        assert.equal(await tokensAskedFor(two), 2);
        // A worker that is busy forgets it after its call.
        let calls = 0;
        const forgetting = (_, run, { type }) => {
            const outcome = run();
            if (type === "call" && ++calls === 2) void account.forgetToken();
            return outcome;
        };
        await watching(forgetting, async () => assert.equal(await tokensAskedFor(two), 0));
        assert.equal(await tokensAskedFor(two), 2);
        await assert.rejects(account.forgetToken({ signal: AbortSignal.abort() }), { name: "AbortError" });
        await account.close();
        await assert.rejects(account.forgetToken(), { kind: "closed" });
    }));

test("a worker that opens an account later does not begin with the token that was forgotten", () =>
    withWorkers(2, async (wechat) => {
        const token = await (await wechat.account(simulator.config())).accessToken();
        const account = await wechat.account(simulator.config({ token }));
        assert.equal(await tokensAskedFor(() => account.draft.count()), 0);
        await account.forgetToken();
        await simulator.faults({ rules: [{ path: COUNT, fault: SLOW }] });
        const two = () => Promise.all([account.draft.count(), account.draft.count()]);
        assert.equal(await tokensAskedFor(two), 2);
    }));

test("a token that is forgotten while a worker opens the account is forgotten there, too", () =>
    withWorkers(1, async (wechat) => {
        const token = await (await wechat.account(simulator.config())).accessToken();
        const account = await wechat.account(simulator.config({ token }));
        const workers = new Set();
        await watching((worker, run) => workers.add(worker) && run(), () => account.draft.count());
        await [...workers][0].terminate();
        const forgetting = (_, run, { type }) => {
            const outcome = run();
            if (type === "open") void account.forgetToken();
            return outcome;
        };
        await watching(forgetting, async () => {
            assert.equal(await tokensAskedFor(() => account.draft.count()), 1);
        });
    }));

test("an account that is closed while a worker opens it is forgotten there, too", () =>
    withWorkers(2, async (wechat) => {
        const account = await wechat.account(simulator.config());
        const log = [];
        const closing = (worker, run, { type }) => {
            log.push([worker, type]);
            const outcome = run();
            if (type === "open") void account.close();
            return outcome;
        };
        await simulator.faults({ rules: [{ path: COUNT, fault: SLOW }] });
        await watching(closing, async () => {
            await Promise.allSettled([account.draft.count(), account.draft.count()]);
            await new Promise((resolve) => setTimeout(resolve, 100));
        });
        const of = (wanted) => log.filter(([, type]) => type === wanted).map(([worker]) => worker);
        assert.equal(of("open").length, 1);
        assert.ok(of("open").every((worker) => of("drop").includes(worker)));
    }));

test("an account whose opening was given up is forgotten", () =>
    withWorkers(1, async (wechat) => {
        const controller = new AbortController();
        const types = [];
        const aborting = (_, run, { type }) => {
            types.push(type);
            const outcome = run();
            controller.abort();
            return outcome;
        };
        await watching(aborting, async () => {
            const { signal } = controller;
            await assert.rejects(wechat.account(simulator.config(), { signal }), { name: "AbortError" });
        });
        assert.deepEqual(types, ["open", "drop"]);
    }));
