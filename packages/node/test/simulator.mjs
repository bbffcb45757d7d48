// WeChat's server in memory, for tests: the program `wechat-simulator`, which WECHAT_SIMULATOR names.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export { jpeg } from "./jpeg.mjs";

/** The account that the simulator has. */
export const APP_ID = "wx0123456789abcdef";
export const APP_SECRET = "0123456789abcdef0123456789abcdef";

/** A running simulator. */
export class Simulator {
    /** Starts one. With `tls` it serves HTTPS, and `ca` is the file of its root certificate. */
    static async start({ tls = false, options = [] } = {}) {
        const program = process.env.WECHAT_SIMULATOR;
        if (!program) throw new Error("WECHAT_SIMULATOR has to name the program wechat-simulator");
        const simulator = new Simulator();
        simulator.folder = mkdtempSync(join(tmpdir(), "wechat-simulator-"));
        simulator.ca = join(simulator.folder, "ca.pem");
        const how = tls ? ["--ca", simulator.ca] : ["--plain-http"];
        simulator.child = spawn(program, [...how, ...options], { stdio: ["ignore", "pipe", "inherit"] });
        const [line] = await once(createInterface(simulator.child.stdout), "line");
        simulator.base = /https?:\/\/[^\s/]+/.exec(line)[0];
        return simulator;
    }

    /** The configuration of the account. */
    config(more = {}) {
        return { appId: APP_ID, appSecret: APP_SECRET, apiBase: this.base, ...more };
    }

    async #control(path, init) {
        const reply = await fetch(this.base.replace("https:", "http:") + path, init);
        const text = await reply.text();
        if (!reply.ok) throw new Error(`${path}: ${text}`);
        return text;
    }

    /** Lays faults: an object with `rules`, `connections` or `random`. */
    async faults(faults) {
        await this.#control("/__faults", { method: "POST", body: JSON.stringify(faults) });
    }

    async clear() {
        await this.#control("/__faults", { method: "DELETE" });
    }

    /** Returns the requests to this path that have arrived. */
    async requests(path) {
        const { requests } = JSON.parse(await this.#control("/__requests"));
        return requests.filter((request) => request.path === path);
    }

    /** Returns the counts of what is stored. */
    async stored() {
        return JSON.parse(await this.#control("/__stored"));
    }

    async stop() {
        this.child.kill();
        await once(this.child, "exit");
        rmSync(this.folder, { recursive: true });
    }
}

/** An article with this cover. */
export function news(thumbMediaId, more = {}) {
    return { title: "Hello", content: "<p>Written by a test.</p>", thumbMediaId, ...more };
}
