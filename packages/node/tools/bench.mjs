// Measures the package beside co-wechat-api, which `bench` installs. Both sides take turns of one kind of call each, on
// loopback, and each figure is the median of its turns.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { APP_ID, APP_SECRET, Simulator, jpeg, news } from "../test/simulator.mjs";

const KIB = 1024;
/** Turns of each side, and calls in a turn. */
const WORK = [
    { name: "small call (material.counts)", turns: 60, calls: 20 },
    { name: "upload of 200 KiB", size: 200 * KIB, turns: 30, calls: 3 },
    { name: "upload of 10 MiB", size: 10 * KIB * KIB - 1, turns: 15, calls: 1 },
];
const WAIT_SECONDS = 3;

const median = (figures) => figures.sort((a, b) => a - b)[Math.floor(figures.length / 2)];
const milliseconds = (figure) => (figure < 10 ? figure.toFixed(2) : figure.toFixed(1));
const row = (...cells) => console.log(`| ${cells.join(" | ")} |`);

async function sides(base) {
    const { WeChat } = await import("wechat-official-account");
    const wechat = new WeChat({ allowedOrigins: [base], workers: 1 });
    const account = await wechat.account({ appId: APP_ID, appSecret: APP_SECRET, apiBase: base });
    const Other = createRequire(import.meta.url)("co-wechat-api");
    const other = new Other(APP_ID, APP_SECRET);
    other.prefix = `${base}/cgi-bin/`;
    return {
        close: () => wechat.close(),
        account,
        package: {
            count: () => account.material.counts(),
            upload: async (path) => (await account.material.uploadImage(path)).mediaId,
        },
        other: {
            count: () => other.getMaterialCount(),
            upload: async (path) => (await other.uploadImageMaterial(path)).media_id,
        },
    };
}

/** Makes the calls of a turn one after the other, and returns the time of one. */
async function turn(side, { calls }, path, account) {
    const began = performance.now();
    const stored = [];
    for (let call = 0; call < calls; call++) {
        if (path === undefined) await side.count();
        else stored.push(await side.upload(path));
    }
    const time = (performance.now() - began) / calls;
    for (const id of stored) await account.material.delete(id);
    return time;
}

async function measure(base) {
    const both = await sides(base);
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    const rows = [];
    for (const work of WORK) {
        const path = work.size === undefined ? undefined : join(folder, `${work.size}.jpg`);
        if (path !== undefined) writeFileSync(path, jpeg(work.size));
        const times = { package: [], other: [] };
        for (let number = -5; number < work.turns; number++) {
            for (const name of ["package", "other"]) {
                const time = await turn(both[name], work, path, both.account);
                // The first turns warm up.
                if (number >= 0) times[name].push(time);
            }
        }
        rows.push([work.name, median(times.package), median(times.other)]);
    }
    await both.close();
    rmSync(folder, { recursive: true });
    return rows;
}

async function delays(action) {
    const histogram = monitorEventLoopDelay({ resolution: 1 });
    histogram.enable();
    await action();
    histogram.disable();
    return [histogram.percentile(50), histogram.percentile(99), histogram.max].map((figure) => figure / 1e6);
}

async function waits(base) {
    const { WeChat } = await import("wechat-official-account");
    const wechat = new WeChat({ allowedOrigins: [base], workers: 1 });
    const config = { appId: APP_ID, appSecret: APP_SECRET, apiBase: base };
    const account = await wechat.account({ ...config, publishPollMilliseconds: 100 });
    const { mediaId } = await account.material.uploadImage({ name: "cover.jpg", bytes: jpeg() });
    const { publishId } = await account.publish.submit(await account.draft.add([news(mediaId)]));
    const fault = { path: "/cgi-bin/freepublish/get", fault: { errcode: { code: -1 } } };
    const faults = { method: "POST", body: JSON.stringify({ rules: [fault] }) };
    await fetch(`${base}/__faults`, faults);
    const idle = await delays(() => new Promise((resolve) => setTimeout(resolve, WAIT_SECONDS * 1000)));
    const waiting = await delays(() => account.publish.wait(publishId, WAIT_SECONDS).catch(() => undefined));
    const other = await wechat.account(config);
    await other.material.counts();
    const wait = account.publish.wait(publishId, WAIT_SECONDS).catch(() => undefined);
    let calls = 0;
    let isOver = false;
    void wait.then(() => (isOver = true));
    for (; !isOver; calls++) await other.material.counts();
    await wechat.close();
    return { idle, waiting, calls };
}

/** Runs a part in a process of its own, which trusts the simulator. */
function inProcess(part, simulator, isTls) {
    const env = { ...process.env, ...(isTls ? { NODE_EXTRA_CA_CERTS: simulator.ca } : {}) };
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), part, simulator.base], {
        env,
        stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (piece) => (output += piece));
    return once(child, "exit").then(() => JSON.parse(output));
}

async function main() {
    const tables = [];
    for (const tls of [false, true]) {
        const simulator = await Simulator.start({ tls, options: ["--lenient"] });
        tables.push([tls ? "TLS" : "plain HTTP", await inProcess("calls", simulator, tls)]);
        await simulator.stop();
    }
    const simulator = await Simulator.start();
    const { idle, waiting, calls } = await inProcess("waits", simulator, false);
    await simulator.stop();

    const [{ model }] = cpus();
    console.log(`Node ${process.versions.node}, ${cpus().length} × ${model}, co-wechat-api 3.11.0\n`);
    row("call", "over", "package", "co-wechat-api", "package ÷ co-wechat-api");
    row("---", "---", "---", "---", "---");
    for (const [over, rows] of tables) {
        for (const [name, own, other] of rows) {
            const ratio = (own / other).toFixed(2);
            row(name, over, `${milliseconds(own)} ms`, `${milliseconds(other)} ms`, ratio);
        }
    }
    console.log("");
    row("delay of the event loop", "median", "99 %", "most");
    row("---", "---", "---", "---");
    const cells = (figures) => figures.map((figure) => `${milliseconds(figure)} ms`);
    row(`idle for ${WAIT_SECONDS} s`, ...cells(idle));
    row(`in publish.wait for ${WAIT_SECONDS} s`, ...cells(waiting));
    console.log(`\nCalls of another account in the same worker during ${WAIT_SECONDS} s of publish.wait: ${calls}`);
}

const [part, base] = process.argv.slice(2);
if (part === undefined) {
    if (spawnSync(process.env.WECHAT_SIMULATOR, ["--version"]).status !== 0) throw new Error("no WECHAT_SIMULATOR");
    await main();
} else {
    process.stdout.write(JSON.stringify(await { calls: measure, waits }[part](base)));
}
