// Calls that end early: by a signal, by `close`, and because the worker is gone.

import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { WeChat } from "wechat-official-account";
import { GuestWorker } from "../lib/guest-worker.js";
import { Simulator, jpeg, news } from "./simulator.mjs";

const ADD = "/cgi-bin/draft/add";
const COUNT = "/cgi-bin/draft/count";
const DELETE = "/cgi-bin/draft/delete";
/** A reply that comes long after its call should have ended. */
const SLOW = { delay: { ms: 30_000 } };
/** Milliseconds for a call that ends early, on a busy machine, too. One that waits for `SLOW` takes twice as long. */
const EARLY = 15_000;

let simulator, wechat, account, cover;
before(async () => {
    simulator = await Simulator.start();
    wechat = new WeChat({ allowedOrigins: [simulator.base], workers: 1 });
    account = await wechat.account(simulator.config());
    cover = (await account.material.uploadImage({ name: "cover.jpg", bytes: jpeg() })).mediaId;
});
after(async () => {
    await wechat.close();
    await simulator.stop();
});
beforeEach(() => simulator.clear());

async function within(limit, promise) {
    const began = performance.now();
    const result = await promise.then(
        (value) => ({ value }),
        (error) => ({ error }),
    );
    assert.ok(performance.now() - began < limit, `${performance.now() - began} ms`);
    return result;
}

/** Returns how many requests to this path were executed. Their replies may be still to come. */
const executed = async (path) => (await simulator.requests(path)).filter((request) => request.executed).length;

/** Waits until more than `before` requests to this path were executed: then the call of the newest is under way. */
async function underWay(path, before) {
    const began = performance.now();
    while ((await executed(path)) <= before) {
        assert.ok(performance.now() - began < EARLY, `no request to ${path}`);
        await pause(10);
    }
}

/** Does this while workers can't be ended. A call that sees no signal would end with its worker, after a second. */
async function withoutEndOfWorkers(action) {
    const { terminate } = GuestWorker.prototype;
    GuestWorker.prototype.terminate = async () => undefined;
    try {
        await action();
    } finally {
        GuestWorker.prototype.terminate = terminate;
    }
}

test("a call whose signal has aborted is not made", async () => {
    const reason = new Error("no more");
    const { error } = await within(EARLY, account.draft.count({ signal: AbortSignal.abort(reason) }));
    assert.equal(error, reason);
});

test("an unsafe call under way is left open, with the signal's reason as its cause", async () => {
    const { drafts } = await simulator.stored();
    await simulator.faults({ rules: [{ path: ADD, fault: SLOW }] });
    const before = await executed(ADD);
    const controller = new AbortController();
    const adding = within(EARLY, account.draft.add([news(cover)], { signal: controller.signal }));
    await underWay(ADD, before);
    const reason = new Error("no more");
    controller.abort(reason);
    const { error } = await adding;
    assert.equal(error.kind, "outcome-unknown");
    assert.equal(error.cause, reason);
    assert.match(error.advice, /draft.list/);
    assert.equal((await simulator.stored()).drafts, drafts + 1);
    await simulator.clear();
    assert.equal(typeof (await account.draft.count()), "number");
});

test("a safe call under way rejects with the reason, and so does one that waits for the worker", async () => {
    await simulator.faults({ rules: [{ path: COUNT, fault: SLOW }] });
    const sent = (await simulator.requests(ADD)).length;
    const before = await executed(COUNT);
    const first = new AbortController();
    const second = new AbortController();
    await withoutEndOfWorkers(async () => {
        const slow = within(EARLY, account.draft.count({ signal: first.signal }));
        const waiting = within(EARLY, account.draft.add([news(cover)], { signal: second.signal }));
        await underWay(COUNT, before);
        second.abort();
        assert.equal((await waiting).error.name, "AbortError");
        first.abort();
        assert.equal((await slow).error.name, "AbortError");
    });
    assert.equal((await simulator.requests(ADD)).length, sent);
    await simulator.clear();
    assert.equal(typeof (await account.draft.count()), "number");
});

test("a pause before a repetition ends early", async () => {
    await simulator.faults({ rules: [{ path: COUNT, fault: "close-before-body" }] });
    const patient = await wechat.account(simulator.config({ retryPausesMilliseconds: [60_000] }));
    await patient.verify();
    const { error } = await within(EARLY, patient.draft.count({ signal: AbortSignal.timeout(500) }));
    assert.equal(error.name, "TimeoutError");
    await simulator.clear();
    assert.equal(typeof (await account.draft.count()), "number");
});

test("an unsafe call that was not sent yet rejects with the reason", async () => {
    // A server that never says a word: the handshake of TLS stands still.
    const sockets = [];
    const mute = net.createServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1");
    await once(mute, "listening");
    const base = `https://127.0.0.1:${mute.address().port}`;
    const other = new WeChat({ allowedOrigins: [base] });
    const token = await account.accessToken();
    const owner = await other.account(simulator.config({ apiBase: base, token }));
    const { error } = await within(EARLY, owner.draft.add([news(cover)], { signal: AbortSignal.timeout(500) }));
    assert.equal(error.name, "TimeoutError");
    await other.close();
    for (const socket of sockets) socket.destroy();
    mute.close();
});

test("a result that is there already is not lost by a late signal", async () => {
    const controller = new AbortController();
    const count = await account.draft.count({ signal: controller.signal });
    controller.abort();
    assert.equal(typeof count, "number");
});

test("close ends calls at once: unsafe ones are left open, those that wait are not made", async () => {
    const other = new WeChat({ allowedOrigins: [simulator.base], workers: 1 });
    const owner = await other.account(simulator.config());
    await owner.verify();
    await simulator.faults({ rules: [{ path: ADD, fault: SLOW }] });
    const before = await executed(ADD);
    const running = within(EARLY, owner.draft.add([news(cover)]));
    const waiting = within(EARLY, owner.draft.add([news(cover)]));
    const asking = within(EARLY, owner.publish.wait("1", 60));
    await underWay(ADD, before);
    const sent = (await simulator.requests(ADD)).length;
    await other.close();
    assert.equal((await running).error.kind, "outcome-unknown");
    assert.doesNotMatch((await running).error.cause.advice, /Nothing was sent/);
    assert.equal((await waiting).error.kind, "closed");
    assert.match((await waiting).error.advice, /Nothing was sent/);
    assert.equal((await asking).error.kind, "closed");
    assert.equal((await simulator.requests(ADD)).length, sent);
    for (const call of [owner.draft.count(), other.draft.check([]), other.account(simulator.config())]) {
        await assert.rejects(call, { kind: "closed" });
    }
    await other.close();
});

test("a safe call under way is not called unsent when all is closed", async () => {
    const other = new WeChat({ allowedOrigins: [simulator.base], workers: 1 });
    const owner = await other.account(simulator.config());
    const draft = await owner.draft.add([news(cover)]);
    const { drafts } = await simulator.stored();
    await simulator.faults({ rules: [{ path: DELETE, fault: SLOW }] });
    const before = await executed(DELETE);
    const deleting = within(EARLY, owner.draft.delete(draft));
    await underWay(DELETE, before);
    await other.close();
    const { error } = await deleting;
    assert.equal((await simulator.stored()).drafts, drafts - 1);
    assert.equal(error.kind, "closed");
    assert.match(error.advice, /may have been executed, and repeating it does no harm/);
    assert.doesNotMatch(error.advice, /Nothing was sent/);
});

test("an account that is closed ends its own calls, and takes back no other end", async () => {
    // A command that is queued behind the end of a call takes it back in some of the runs only.
    for (let time = 0; time < 8; time++) {
        const other = await wechat.account(simulator.config());
        const own = await wechat.account(simulator.config());
        await other.draft.count();
        await own.draft.count();
        await simulator.faults({ rules: [{ path: COUNT, fault: SLOW }] });
        const before = await executed(COUNT);
        await withoutEndOfWorkers(async () => {
            const closed = within(EARLY, own.draft.count());
            await underWay(COUNT, before);
            await own.close();
            assert.equal((await closed).error.kind, "closed");
            const controller = new AbortController();
            const aborted = within(EARLY, account.draft.count({ signal: controller.signal }));
            await underWay(COUNT, before + 1);
            controller.abort();
            await other.close();
            assert.equal((await aborted).error.name, "AbortError");
        });
        await simulator.clear();
        assert.equal(typeof (await account.draft.count()), "number");
    }
});

test("a request that waits for the caller's thread when its call ends is not sent", async () => {
    await account.draft.count();
    const sent = (await simulator.requests(ADD)).length;
    const controller = new AbortController();
    const { run } = GuestWorker.prototype;
    GuestWorker.prototype.run = function (...parameters) {
        const outcome = run.apply(this, parameters);
        // Meanwhile the worker hands over the request, which nobody takes.
        for (const end = performance.now() + 300; performance.now() < end; );
        controller.abort();
        return outcome;
    };
    try {
        const adding = account.draft.add([news(cover)], { signal: controller.signal });
        assert.equal((await within(EARLY, adding)).error.name, "AbortError");
    } finally {
        GuestWorker.prototype.run = run;
    }
    assert.equal(typeof (await account.draft.count()), "number");
    assert.equal((await simulator.requests(ADD)).length, sent);
});

/** Articles that take many seconds to check: tags that are open all the way down, up to the length that is looked at. */
const endless = () => Array(8).fill({ ...news("cover"), content: "<b>".repeat(330_000) });

test("a call that only computes ends by a signal, too", { timeout: 30_000 }, async () => {
    const articles = endless();
    const { error } = await within(5_000, wechat.draft.check(articles, undefined, { signal: AbortSignal.timeout(300) }));
    assert.equal(error.name, "TimeoutError");
    assert.equal(typeof (await account.draft.count()), "number");
});

test("a call that only computes ends by close, too", { timeout: 30_000 }, async () => {
    const other = new WeChat();
    const computing = within(5_000, other.draft.check(endless()));
    await pause(300);
    await other.close();
    assert.equal((await computing).error.kind, "closed");
});

test("a worker that is gone is replaced, and calls under way say what is known", async () => {
    const other = new WeChat({ allowedOrigins: [simulator.base], workers: 1 });
    const owner = await other.account(simulator.config());
    await owner.verify();
    const workers = [];
    const { run } = GuestWorker.prototype;
    GuestWorker.prototype.run = function (...parameters) {
        workers.push(this);
        return run.apply(this, parameters);
    };
    try {
        await simulator.faults({ rules: [{ path: ADD, fault: SLOW }, { path: COUNT, fault: SLOW }] });
        const before = { add: await executed(ADD), count: await executed(COUNT) };
        const unsafe = within(EARLY, owner.draft.add([news(cover)]));
        await underWay(ADD, before.add);
        await workers.at(-1).terminate();
        assert.equal((await unsafe).error.kind, "outcome-unknown");
        const safe = within(EARLY, owner.draft.count());
        await underWay(COUNT, before.count);
        await workers.at(-1).terminate();
        assert.equal((await safe).error.kind, "crashed");
        await simulator.clear();
        assert.equal(typeof (await owner.draft.count()), "number");
    } finally {
        GuestWorker.prototype.run = run;
        await other.close();
    }
});

test("an account and a WeChat can be disposed of", async () => {
    const other = new WeChat({ allowedOrigins: [simulator.base], workers: 1 });
    const owner = await other.account(simulator.config());
    await owner[Symbol.asyncDispose]();
    await assert.rejects(owner.draft.count(), { kind: "closed" });
    await other[Symbol.asyncDispose]();
});
