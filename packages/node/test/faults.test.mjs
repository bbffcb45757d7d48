// The faults that other ways of running the component in Node meet. Nothing may be done twice, and nothing may be
// called "not sent" that was.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { WeChat } from "wechat-official-account";
import { Simulator, jpeg, news } from "./simulator.mjs";

const ADD = "/cgi-bin/draft/add";
const COUNT = "/cgi-bin/draft/count";
const UPLOAD = "/cgi-bin/material/add_material";

let simulator, wechat, account, cover;
const opened = (more) => wechat.account(simulator.config({ retryPausesMilliseconds: [1, 1, 1], ...more }));
before(async () => {
    simulator = await Simulator.start();
    wechat = new WeChat({ allowedOrigins: [simulator.base] });
    account = await opened({});
    cover = (await account.material.uploadImage({ name: "cover.jpg", bytes: jpeg() })).mediaId;
});
after(async () => {
    await wechat.close();
    await simulator.stop();
});
beforeEach(() => simulator.clear());

const LIMITS = {
    connectMilliseconds: 10_000,
    firstByteMilliseconds: 120_000,
    betweenBytesMilliseconds: 30_000,
    callMilliseconds: 300_000,
};

/** Makes a draft under this fault. Returns how it ended, and how often it was sent and done. */
async function add(fault, more = {}, { times = 1 } = {}) {
    const before = { drafts: (await simulator.stored()).drafts, sent: (await simulator.requests(ADD)).length };
    await simulator.faults({ rules: [{ path: ADD, fault, times }] });
    const owner = await opened(more);
    await owner.verify();
    const outcome = await owner.draft.add([news(cover)]).then(
        () => "success",
        (error) => error.kind,
    );
    await simulator.clear();
    const sent = (await simulator.requests(ADD)).length - before.sent;
    return [outcome, sent, (await simulator.stored()).drafts - before.drafts];
}

test("a first byte after 12 s with the default limits makes one draft", { timeout: 60_000 }, async () => {
    const began = performance.now();
    assert.deepEqual(await add({ delay: { ms: 12_000 } }), ["success", 1, 1]);
    assert.ok(performance.now() - began >= 12_000);
});

/** Milliseconds in which a busy machine connects, and sends and executes a request, too. */
const SENT = 3_000;

test("a reply that is slower than the limit leaves it open", async () => {
    for (const limit of ["firstByteMilliseconds", "callMilliseconds"]) {
        const timeouts = { ...LIMITS, [limit]: SENT };
        assert.deepEqual(await add({ delay: { ms: 20_000 } }, { timeouts }), ["outcome-unknown", 1, 1], limit);
    }
});

test("the connect limit is no limit on the reply", async () => {
    const timeouts = { ...LIMITS, connectMilliseconds: SENT };
    assert.deepEqual(await add({ delay: { ms: 2 * SENT } }, { timeouts }), ["success", 1, 1]);
});

test("a reply that stalls ends after the limit between two pieces", async () => {
    const timeouts = { ...LIMITS, betweenBytesMilliseconds: 300 };
    const began = performance.now();
    assert.deepEqual(await add("stall", { timeouts }), ["outcome-unknown", 1, 1]);
    assert.ok(performance.now() - began < 10_000);
});

const BROKEN = [
    ["close-before-body", 0],
    ["close-in-body", 0],
    ["close-after-body", 0],
    ["lost-reply", 1],
    ["truncated-body", 1],
    ["content-length-too-large", 1],
    ["two-content-lengths", 1],
    // Node's parser refuses it.
    ["content-length-twice", 1],
    ["huge-header", 1],
];
for (const [fault, done] of BROKEN) {
    test(`${fault}: an unsafe call is sent once, and left open`, async () => {
        const key = fault === "close-in-body" ? { [fault]: {} } : fault;
        assert.deepEqual(await add(key, {}, { times: 4 }), ["outcome-unknown", 1, done]);
    });

    test(`${fault}: a safe call is repeated`, async () => {
        const key = fault === "close-in-body" ? { [fault]: {} } : fault;
        await simulator.faults({ rules: [{ path: COUNT, fault: key, times: 1 }] });
        assert.equal(typeof (await account.draft.count()), "number");
    });
}

test("a connection that is closed at once or in the handshake was not used", async () => {
    const owner = await opened({ retryPausesMilliseconds: [1] });
    await owner.verify();
    const drafts = (await simulator.stored()).drafts;
    const other = new WeChat({ allowedOrigins: [simulator.base] });
    const fresh = await other.account({ ...simulator.config(), token: await owner.accessToken() });
    await simulator.faults({ connections: [{ fault: "closed-at-once", times: 1 }] });
    const outcome = await fresh.draft.add([news(cover)]).then(() => "success", ({ kind }) => kind);
    await other.close();
    // Over plain HTTP the connection stands before it is closed: only the request shows that.
    assert.ok(["success", "outcome-unknown"].includes(outcome), outcome);
    assert.ok((await simulator.stored()).drafts - drafts <= 1);
});

test("an upload that the server cuts ends at once", async () => {
    const stored = (await simulator.stored()).materials;
    await simulator.faults({ rules: [{ path: UPLOAD, fault: { "close-in-body": {} } }] });
    const began = performance.now();
    const file = { name: "large.jpg", bytes: jpeg(10 * 1024 * 1024 - 1) };
    await assert.rejects(account.material.uploadImage(file), { kind: "outcome-unknown" });
    assert.ok(performance.now() - began < 20_000, `${performance.now() - began} ms`);
    assert.equal((await simulator.stored()).materials, stored);
});

test("a reply of 50 MiB is refused, and the next call works", async () => {
    const fault = { "huge-body": { content_length: false } };
    await simulator.faults({ rules: [{ path: COUNT, fault, times: 1 }] });
    await assert.rejects(account.draft.count(), { kind: "malformed-reply" });
    assert.equal(typeof (await account.draft.count()), "number");
});

test("a redirect is not followed", async () => {
    const fault = { redirect: { code: 301, location: "https://elsewhere.example/" } };
    assert.deepEqual(await add(fault), ["malformed-reply", 1, 0]);
});

test("a host that is not allowed gets nothing", async () => {
    const sent = (await simulator.requests("/cgi-bin/stable_token")).length;
    const strict = new WeChat();
    const owner = await strict.account(simulator.config());
    await assert.rejects(owner.draft.count(), { kind: "network" });
    await strict.close();
    assert.equal((await simulator.requests("/cgi-bin/stable_token")).length, sent);
});

test("a port that nobody listens on is not sent", async () => {
    const base = "http://127.0.0.1:9";
    const other = new WeChat({ allowedOrigins: [base] });
    const owner = await other.account(simulator.config({ apiBase: base, retryPausesMilliseconds: [] }));
    await assert.rejects(owner.draft.add([news(cover)]), { kind: "network", advice: /^Nothing was sent/ });
    await other.close();
});
