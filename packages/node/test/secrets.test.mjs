// Neither the app id, nor the secret, nor the token is in anything that a failing program prints.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { WeChat } from "wechat-official-account";
import { APP_ID, APP_SECRET, Simulator, jpeg } from "./simulator.mjs";

const entry = JSON.stringify(new URL("../lib/index.js", import.meta.url).href);
const COUNT = "/cgi-bin/draft/count";
const FAULTS = [
    "close-before-body",
    "lost-reply",
    "truncated-body",
    "two-content-lengths",
    "huge-header",
    "garbled-json",
    "mislabelled",
    { status: { code: 500, body: "html" } },
    { status: { code: 404, body: "garbage" } },
    { redirect: { code: 302, location: "https://elsewhere.example/" } },
    { errcode: { code: 40001 } },
    { errcode: { code: 40164 } },
    { errcode: { code: -1 } },
];

let simulator, wechat, account, token;
before(async () => {
    simulator = await Simulator.start();
    wechat = new WeChat({ allowedOrigins: [simulator.base] });
    account = await wechat.account(simulator.config({ retryPausesMilliseconds: [] }));
    token = (await account.accessToken()).value;
});
after(async () => {
    await wechat.close();
    await simulator.stop();
});
beforeEach(() => simulator.clear());

function assertClean(text, more = []) {
    for (const secret of [APP_ID, APP_SECRET, token, "access_token=", ...more]) assert.ok(!text.includes(secret), text);
}

function texts(error) {
    const options = { depth: Infinity, showHidden: true, getters: true };
    return [
        error.message,
        String(error),
        error.stack,
        JSON.stringify(error),
        inspect(error),
        inspect(error, options),
        inspect({ nested: [error] }, options),
        inspect(Object.getOwnPropertyDescriptors(error), options),
    ].join("\n");
}

test("no error of any fault shows a secret", async () => {
    for (const path of [COUNT, "/cgi-bin/material/add_material", "/cgi-bin/stable_token"]) {
        for (const fault of FAULTS) {
            await account.forgetToken();
            await simulator.faults({ rules: [{ path, fault, times: 4 }] });
            const error = await account.draft.count().catch((reason) => reason);
            const other = await account.material.uploadImage(jpeg()).catch((reason) => reason);
            for (const result of [error, other]) if (result instanceof Error) assertClean(texts(result));
            await simulator.clear();
        }
    }
});

test("no error of a wrong account, host, port or argument shows a secret", async () => {
    const wrong = { appSecret: "fedcba9876543210fedcba9876543210" };
    const base = "http://127.0.0.1:9";
    const strict = new WeChat({ allowedOrigins: [base] });
    const errors = [
        await wechat.account(simulator.config(wrong)).then((other) => other.draft.count()).catch((reason) => reason),
        await strict.account(simulator.config()).then((other) => other.draft.count()).catch((reason) => reason),
        await strict.account(simulator.config({ apiBase: base })).then((other) => other.draft.count()).catch((r) => r),
        await wechat.account(simulator.config({ appSecret: `${APP_SECRET}!` })).catch((reason) => reason),
        await wechat.account(simulator.config({ apiBase: `https://${APP_SECRET}@a` })).catch((reason) => reason),
        await wechat.account({ ...simulator.config(), appId: { secret: APP_SECRET } }).catch((reason) => reason),
        await wechat.account(APP_SECRET).catch((reason) => reason),
    ];
    await strict.close();
    for (const error of errors) {
        assert.ok(error instanceof Error);
        assertClean(texts(error), [wrong.appSecret]);
    }
});

test("no object of the package shows a secret", () => {
    for (const object of [wechat, account, account.draft]) {
        assertClean(inspect(object, { depth: Infinity, showHidden: true, getters: true }));
        assertClean(JSON.stringify(object));
    }
});

test("a program that fails in every way prints no secret, with debug variables neither", async () => {
    const code = `
        import { WeChat } from ${entry};
        const wechat = new WeChat({ allowedOrigins: [${JSON.stringify(simulator.base)}] });
        const account = await wechat.account(JSON.parse(await new Response(process.stdin).text()));
        for (let call = 0; call < 4; call++) await account.draft.count().catch((error) => console.log(error));
        await account.draft.get("unknown").catch((error) => console.error("%o", error));
        void account.draft.count();
        await account.draft.add([{ title: "" }]);`;
    await simulator.faults({ rules: [{ path: COUNT, fault: "lost-reply" }] });
    const env = { ...process.env, JCO_DEBUG: "1", DEBUG: "*", NODE_DEBUG: "*" };
    const child = spawn(process.execPath, ["--input-type=module", "-e", code], { env });
    child.stdin.end(JSON.stringify(simulator.config({ retryPausesMilliseconds: [] })));
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (output += piece));
    const [status] = await once(child, "exit");
    assert.equal(status, 1);
    assert.match(output, /WeChatError \[network\]/);
    assert.match(output, /WeChatError: articles\[0\]\.content is missing/);
    assertClean(output);
});

test("an error reads well", async () => {
    const error = await account.draft.get("unknown").catch((reason) => reason);
    assert.equal(error.name, "WeChatError");
    assert.match(String(error), /^WeChatError \[not-found\]: .+ \(errcode 40007, rid .+\) .+$/);
    assert.match(inspect(error), /^WeChatError \[not-found\]: .+\n {4}at /);
    const fields = Object.keys(JSON.parse(JSON.stringify(error)));
    assert.deepEqual(fields.sort(), ["advice", "errcode", "kind", "message", "rid"]);
});

test("the stack of an error leads to the caller's line", async () => {
    async function theCaller(action) {
        await action();
    }
    const actions = [
        () => account.draft.get("unknown"),
        () => account.draft.add([{ title: 1 }]),
        () => account.material.uploadImage("/missing.jpg"),
        () => account.publish.wait("no id!", 1),
    ];
    for (const action of actions) {
        const error = await theCaller(action).catch((reason) => reason);
        assert.match(error.stack, /theCaller/, error.stack);
    }
});
