// TLS, roots, agents, and the life of a program.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import { after, before, beforeEach, test } from "node:test";
import { promisify } from "node:util";
import { WeChat } from "wechat-official-account";
import { Simulator, jpeg, news } from "./simulator.mjs";

const entry = JSON.stringify(new URL("../lib/index.js", import.meta.url).href);
const TOKEN = "/cgi-bin/stable_token";

let simulator, ca;
before(async () => {
    simulator = await Simulator.start({ tls: true });
    ca = readFileSync(simulator.ca, "utf8");
});
after(() => simulator.stop());
beforeEach(() => simulator.clear());

/** Runs a test with an account over these options. */
async function withAccount(options, action, config = {}) {
    const wechat = new WeChat({ allowedOrigins: [simulator.base], ...options });
    try {
        await action(await wechat.account(simulator.config({ retryPausesMilliseconds: [], ...config })));
    } finally {
        await wechat.close();
    }
}

test("a certificate that is not trusted ends the call before anything is sent", async () => {
    await withAccount({}, async (account) => {
        await assert.rejects(account.draft.count(), (error) => {
            assert.equal(error.kind, "tls");
            assert.match(error.message, /certificate/);
            assert.match(error.message, /UNABLE_TO_VERIFY|SELF_SIGNED/);
            return true;
        });
    });
    assert.equal((await simulator.requests(TOKEN)).length, 0);
});

for (const [form, of] of [["text", (pem) => pem], ["bytes", (pem) => Buffer.from(pem)], ["a list", (pem) => [pem]]]) {
    test(`an extra root is trusted: ${form}`, () =>
        withAccount({ ca: of(ca) }, async (account) => {
            assert.equal(typeof (await account.draft.count()), "number");
        }));
}

test("a certificate for another name is not accepted", async () => {
    const base = simulator.base.replace("127.0.0.1", "[::ffff:127.0.0.1]");
    await withAccount({ ca, allowedOrigins: [base] }, async (account) => {
        await assert.rejects(account.draft.count(), { kind: "tls" });
    }, { apiBase: base });
});

test("connections are kept, also over TLS", () =>
    withAccount({ ca }, async (account) => {
        await account.draft.count();
        // Every new connection would fail.
        await simulator.faults({ connections: [{ fault: "closed-at-once" }] }).catch(() => undefined);
        for (let call = 0; call < 3; call++) assert.equal(typeof (await account.draft.count()), "number");
        await simulator.clear().catch(() => undefined);
    }));

for (const fault of ["closed-at-once", "handshake-cut"]) {
    test(`${fault}: a connection that never stood is made again, even for an unsafe call`, async () => {
        let cover, token;
        await withAccount({ ca }, async (account) => {
            cover = (await account.material.uploadImage({ name: "cover.jpg", bytes: jpeg() })).mediaId;
            token = await account.accessToken();
        });
        const { drafts } = await simulator.stored();
        await withAccount(
            { ca },
            async (account) => {
                await simulator.faults({ connections: [{ fault, times: 1 }] });
                assert.equal(typeof (await account.draft.add([news(cover)])), "string");
            },
            { token, retryPausesMilliseconds: [10, 10] },
        );
        assert.equal((await simulator.stored()).drafts, drafts + 1);
    });
}

test("a connection that is not made in time is left open for an unsafe call", async () => {
    const sockets = [];
    const mute = net.createServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1");
    await once(mute, "listening");
    const base = `https://127.0.0.1:${mute.address().port}`;
    const limits = { firstByteMilliseconds: 60_000, betweenBytesMilliseconds: 60_000, callMilliseconds: 60_000 };
    const timeouts = { connectMilliseconds: 300, ...limits };
    const token = { value: "75_token", secondsLeft: 7000 };
    const began = performance.now();
    await withAccount({ allowedOrigins: [base] }, async (account) => {
        await assert.rejects(account.draft.add([news("m")]), { kind: "outcome-unknown" });
        await assert.rejects(account.draft.count(), { kind: "network" });
    }, { apiBase: base, timeouts, token });
    assert.ok(performance.now() - began < 5_000);
    for (const socket of sockets) socket.destroy();
    mute.close();
});

test("an agent of the program makes the connections: a proxy by CONNECT", async () => {
    const asked = [];
    const proxy = http.createServer();
    proxy.on("connect", (request, socket) => {
        asked.push(request.url);
        const [host, port] = request.url.split(":");
        const upstream = net.connect(port, host, () => {
            socket.write("HTTP/1.1 200 Connected\r\n\r\n");
            upstream.pipe(socket).pipe(upstream);
        });
        upstream.on("error", () => socket.destroy());
        socket.on("error", () => upstream.destroy());
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const agent = new https.Agent({ keepAlive: true });
    agent.createConnection = (options, created) => {
        const { port } = proxy.address();
        const path = `${options.host}:${options.port}`;
        const connect = http.request({ port, host: "127.0.0.1", method: "CONNECT", path });
        connect.once("connect", (_, socket) => {
            const { hostname } = new URL(simulator.base);
            created(null, tls.connect({ socket, ca, host: hostname }));
        });
        connect.end();
    };
    await withAccount({ agent }, async (account) => {
        assert.equal(typeof (await account.draft.count()), "number");
        assert.equal(typeof (await account.draft.count()), "number");
    });
    assert.deepEqual(asked, [new URL(simulator.base).host]);
    agent.destroy();
    proxy.closeAllConnections();
    proxy.close();
});

test("options of the wrong form are refused, and show no password", () => {
    for (const wrong of ["api.weixin.qq.com", "ftp://a", "https://a/path", "https://a?x=1", "", "https://u:pw@a"]) {
        assert.throws(() => new WeChat({ allowedOrigins: [wrong] }), (error) => {
            assert.ok(error instanceof TypeError);
            assert.doesNotMatch(error.message, /pw/);
            return true;
        });
    }
    const texts = ["//user:pw@a", "https://u:pw@a:99999", "mailto:u:pw@a", "user:pw@a"];
    for (const wrong of [...texts, 5, null, undefined, {}]) {
        const refused = { name: "TypeError", message: /^allowedOrigins\[1\] (?!.*pw)/ };
        assert.throws(() => new WeChat({ allowedOrigins: ["https://a", wrong] }), refused);
    }
    for (const wrong of ["https://a", null, {}, 5, new Set(["https://a"])]) {
        const refused = { name: "TypeError", message: /^allowedOrigins has to be an array/ };
        assert.throws(() => new WeChat({ allowedOrigins: wrong }), refused);
    }
    for (const wrong of [5, null, "https://a", ["https://a"], true]) {
        assert.throws(() => new WeChat(wrong), { name: "TypeError", message: /^the options of WeChat/ });
    }
    assert.throws(() => new WeChat({ workers: 0 }), TypeError);
    assert.throws(() => new WeChat({ ca, agent: new https.Agent() }), TypeError);
    assert.throws(() => new WeChat({ allowedOrigin: [] }), TypeError);
    const broken = ca.replace(/\n[A-Za-z0-9+/]{20}/, "\nAAAA");
    for (const wrong of ["no PEM", "", Buffer.from("no PEM"), [ca, "no PEM"], broken, 5, [], null]) {
        assert.throws(() => new WeChat({ ca: wrong }), { name: "TypeError", message: /^ca / });
    }
});

test("an agent that can't serve the origins is refused, and one that looks at each request is not", () => {
    const https_ = ["https://api.weixin.qq.com"];
    assert.throws(() => new WeChat({ agent: new http.Agent() }), { name: "TypeError", message: /http:.*https:/ });
    assert.throws(() => new WeChat({ agent: new https.Agent(), allowedOrigins: ["http://a"] }), TypeError);
    for (const agent of [{}, 5, null]) assert.throws(() => new WeChat({ agent }), TypeError);
    new WeChat({ agent: new https.Agent(), allowedOrigins: https_ });
    // As packages for proxies do.
    class Either extends http.Agent {
        get protocol() {
            return "http:";
        }
        set protocol(_) {}
    }
    new WeChat({ agent: new Either(), allowedOrigins: https_ });
});

const run = (code, env = {}) =>
    promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], {
        env: { ...process.env, ...env },
        timeout: 20_000,
    });
const program = (rest) => `
    import { WeChat } from ${entry};
    const wechat = new WeChat({ allowedOrigins: [${JSON.stringify(simulator.base)}] });
    const account = await wechat.account(${JSON.stringify(simulator.config())});
    ${rest}`;

test("NODE_EXTRA_CA_CERTS is trusted, beside `ca` too, and a program ends by itself without close", async () => {
    const env = { NODE_EXTRA_CA_CERTS: simulator.ca };
    const { stdout } = await run(program("console.log(await account.draft.count());"), env);
    assert.match(stdout, /^\d+\n$/);
    const plain = program("console.log(await account.draft.count());");
    // A root of another server, in place of the simulator's own.
    const code = plain.replace("] });", `], ca: ${JSON.stringify(tls.rootCertificates[0])} });`);
    assert.match((await run(code, env)).stdout, /^\d+\n$/);
});

test("NODE_EXTRA_CA_CERTS that is not there is no failure of `ca`", async () => {
    const code = program("console.log(await account.draft.count());");
    const own = code.replace("] });", `], ca: ${JSON.stringify(ca)} });`);
    assert.match((await run(own, { NODE_EXTRA_CA_CERTS: "/missing.pem" })).stdout, /^\d+\n$/);
});

test("a program stays alive until its calls are done", async () => {
    const code = program("account.draft.count().then((count) => console.log(count));");
    await simulator.faults({ rules: [{ path: "/cgi-bin/draft/count", fault: { delay: { ms: 1_000 } }, times: 1 }] });
    const { stdout } = await run(code, { NODE_EXTRA_CA_CERTS: simulator.ca });
    assert.match(stdout, /^\d+\n$/);
});

test("many calls at once print no warning", async () => {
    const code = program(`
        const { signal } = new AbortController();
        for (const options of [undefined, { signal }]) {
            await Promise.all(Array.from({ length: 50 }, () => account.draft.count(options)));
        }`);
    const { stdout, stderr } = await run(code, { NODE_EXTRA_CA_CERTS: simulator.ca });
    assert.deepEqual([stdout, stderr], ["", ""]);
});

test("the package loads with hooks and options of the program", () => {
    const args = ["--input-type=module", "--expose-gc", "--max-old-space-size=200", "-e", `await import(${entry})`];
    assert.equal(spawnSync(process.execPath, args).status, 0);
});
