// Nothing blocks: neither the event loop, nor the calls of others.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { WeChat } from "wechat-official-account";
import { Simulator, jpeg, news } from "./simulator.mjs";

const STATUS = "/cgi-bin/freepublish/get";
const COUNT = "/cgi-bin/draft/count";
/** WeChat's answer for a task that is not decided. */
const PUBLISHING = { status: { code: 200, body: { text: '{"publish_id":"1","publish_status":1}' } } };
const POLL = 50;

let simulator, wechat, account;
before(async () => {
    // A fast machine makes more calls in the time of a test than an account may make in a day.
    simulator = await Simulator.start({ options: ["--unlimited"] });
    wechat = new WeChat({ allowedOrigins: [simulator.base], workers: 1 });
    account = await wechat.account(simulator.config({ publishPollMilliseconds: POLL }));
    await account.verify();
});
after(async () => {
    await wechat.close();
    await simulator.stop();
});
beforeEach(() => simulator.clear());

const questions = async () => (await simulator.requests(STATUS)).length;
const fails = (fault, times) => simulator.faults({ rules: [{ path: STATUS, fault, ...(times ? { times } : {}) }] });

test("a wait asks after 1, 2, 4, 8 and then every 12 pauses, and a last time when the time is over", async () => {
    await fails(PUBLISHING);
    const before = await questions();
    const began = performance.now();
    assert.deepEqual(await account.publish.wait("1", 2), { type: "publishing" });
    const time = performance.now() - began;
    assert.ok(time >= 2_000 && time < 4_000, `${time} ms`);
    // After 50, 150, 350, 750, 1350, 1950 and 2000 ms; slow answers may take the place of one.
    const asked = (await questions()) - before;
    assert.ok(asked >= 5 && asked <= 7, `${asked} questions`);
});

test("the pace is a bigint, too, and that of the configuration as it was", async () => {
    const config = simulator.config({ publishPollMilliseconds: BigInt(POLL), language: "zh" });
    const opening = wechat.account(config);
    // A wait at this pace would not end.
    Object.assign(config, { publishPollMilliseconds: 4294967295, language: "en" });
    const other = await opening;
    await simulator.faults({ rules: [{ path: STATUS, fault: PUBLISHING, times: 2 }] });
    // Then the simulator itself answers: this is no task.
    await assert.rejects(other.publish.wait("1", 30), { errcode: 40002 });
    const [{ message }] = await other.draft.check([{ ...news("M"), title: "" }]);
    assert.match(message, /为空/);
    await other.close();
});

test("a wait of no time is one question, at once", async () => {
    await fails(PUBLISHING);
    const before = await questions();
    assert.deepEqual(await account.publish.wait("1", 0), { type: "publishing" });
    assert.equal((await questions()) - before, 1);
});

test("a failure that passes ends a wait only at its last question", async () => {
    for (const fault of ["lost-reply", { errcode: { code: -1 } }, { errcode: { code: 45011 } }]) {
        await fails(fault, 2);
        // Then the simulator itself answers: this is no task.
        await assert.rejects(account.publish.wait("1", 30), { errcode: 40002 });
        await fails(fault);
        await assert.rejects(account.publish.wait("1", 0));
        await simulator.clear();
    }
});

test("a wrong id or time is refused at once", async () => {
    const patient = await wechat.account(simulator.config({ publishPollMilliseconds: 60_000 }));
    const before = await questions();
    await assert.rejects(patient.publish.wait("no id!", 600), { kind: "invalid-input", subject: "publishId" });
    await assert.rejects(patient.publish.wait("", 600), { kind: "invalid-input", subject: "publishId" });
    await assert.rejects(patient.publish.wait("1", -1), { kind: "invalid-input", subject: "timeoutSeconds" });
    assert.equal(await questions(), before);
});

test("a signal ends a wait between two questions", async () => {
    const patient = await wechat.account(simulator.config({ publishPollMilliseconds: 60_000 }));
    const began = performance.now();
    const signal = AbortSignal.timeout(200);
    await assert.rejects(patient.publish.wait("1", 600, { signal }), { name: "TimeoutError" });
    assert.ok(performance.now() - began < 5_000);
});

test("a wait blocks neither the event loop nor the calls of another account in the same worker", async () => {
    await fails(PUBLISHING);
    const other = await wechat.account(simulator.config());
    await other.draft.count();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const wait = account.publish.wait("1", 2);
    let calls = 0;
    const end = performance.now() + 1_500;
    for (; performance.now() < end; calls++) await other.draft.count();
    delay.disable();
    assert.ok(calls > 20, `${calls} calls`);
    assert.ok(delay.percentile(50) < 20e6, `${delay.percentile(50) / 1e6} ms`);
    await wait;
});

test("a pause beyond 24 days is no pause of no time", async () => {
    const patient = await wechat.account(simulator.config({ publishPollMilliseconds: 3e9 }));
    const before = await questions();
    const signal = AbortSignal.timeout(500);
    await assert.rejects(patient.publish.wait("1", 4e9, { signal }), { name: "TimeoutError" });
    assert.equal(await questions(), before);
});

test("a limit beyond 24 days is no limit of no time", async () => {
    const warnings = [];
    const warned = (warning) => warnings.push(warning);
    process.on("warning", warned);
    const milliseconds = 2 ** 31;
    const timeouts = {
        connectMilliseconds: milliseconds,
        firstByteMilliseconds: milliseconds,
        betweenBytesMilliseconds: milliseconds,
        callMilliseconds: milliseconds,
    };
    const patient = await wechat.account(simulator.config({ timeouts, retryPausesMilliseconds: [] }));
    await simulator.faults({ rules: [{ path: COUNT, fault: { delay: { ms: 300 } } }] });
    assert.equal(typeof (await patient.draft.count()), "number");
    process.off("warning", warned);
    assert.deepEqual(warnings, []);
});

test("a reply that came while the program was busy is in time", async () => {
    const timeouts = { connectMilliseconds: 1_000, firstByteMilliseconds: 1_000 };
    const limits = { ...timeouts, betweenBytesMilliseconds: 1_000, callMilliseconds: 20_000 };
    const hasty = await wechat.account(simulator.config({ timeouts: limits, retryPausesMilliseconds: [] }));
    await hasty.verify();
    await simulator.faults({ rules: [{ path: COUNT, fault: { delay: { ms: 300 } } }] });
    const count = hasty.draft.count();
    await pause(150);
    // In the phase before that of the timers: they come next, and the sockets after them.
    setImmediate(() => {
        for (const end = performance.now() + 1_500; performance.now() < end; );
    });
    assert.equal(typeof (await count), "number");
});

/** Milliseconds that are longer than all that a busy machine does in a call. */
const DELAY = 4_000;

test("with several workers calls run at the same time, and one token is enough", async () => {
    const several = new WeChat({ allowedOrigins: [simulator.base], workers: 3 });
    const owner = await several.account(simulator.config());
    await owner.verify();
    await simulator.faults({ rules: [{ path: COUNT, fault: { delay: { ms: 1_000 } }, times: 3 }] });
    await Promise.all([1, 2, 3].map(() => owner.draft.count()));
    await simulator.faults({ rules: [{ path: COUNT, fault: { delay: { ms: DELAY } } }] });
    const began = performance.now();
    await Promise.all([1, 2, 3].map(() => owner.draft.count()));
    // If one of them waited for another, it would take twice as long as one.
    assert.ok(performance.now() - began < 2 * DELAY, `${performance.now() - began} ms`);
    await several.close();
});

test("a worker that may not force a token hands its call on to the one that may", async () => {
    const several = new WeChat({ allowedOrigins: [simulator.base], workers: 2 });
    const owner = await several.account(simulator.config());
    const [first] = await Promise.all([owner.accessToken(), owner.accessToken()]);
    // A token that is refused twice, though WeChat returns it: only a forced one helps.
    const refused = { errcode: { code: 40001 } };
    await simulator.faults({ rules: [{ path: "/cgi-bin/material/add_material", fault: refused, skip: 0, times: 4 }] });
    const file = { name: "a.jpg", bytes: jpeg() };
    const uploads = await Promise.allSettled([1, 2].map(() => owner.material.uploadImage(file)));
    assert.deepEqual(uploads.map(({ status }) => status), ["fulfilled", "fulfilled"]);
    assert.notEqual((await owner.accessToken()).value, first.value);
    await several.close();
});
