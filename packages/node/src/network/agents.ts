// The connections: one pool for all workers of a `WeChat`.

import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import http, { type Agent } from "node:http";
import https from "node:https";
import tls from "node:tls";

/** The time for which an idle connection is kept. Servers close theirs after a minute or so without a word, and a
 * request that meets the closing is lost. */
const IDLE_MILLISECONDS = 15_000;

/** A certificate in PEM, or several. */
export type Certificates = string | Uint8Array | readonly (string | Uint8Array)[];

/** Gives each request its agent. */
export class Agents {
    readonly #own: Agent[] = [];
    readonly #http: Agent;
    readonly #https: Agent;

    constructor(agent: Agent | undefined, ca: Certificates | undefined) {
        if (agent !== undefined) {
            this.#http = this.#https = agent;
            return;
        }
        const options = { keepAlive: true, timeout: IDLE_MILLISECONDS };
        // As a context, and not as `ca`: the agent would put all roots into the name of each connection.
        const secureContext = ca === undefined ? undefined : tls.createSecureContext({ ca: withRoots(ca) });
        this.#http = new http.Agent(options);
        this.#https = new https.Agent(secureContext === undefined ? options : { ...options, secureContext });
        this.#own = [this.#http, this.#https];
    }

    for(protocol: string): Agent {
        return protocol === "https:" ? this.#https : this.#http;
    }

    /** Closes the connections, unless the agent is the caller's. */
    close(): void {
        for (const agent of this.#own) agent.destroy();
    }
}

/** Adds certificates to the roots that Node trusts by itself. */
function withRoots(ca: Certificates): string[] {
    const more = (Array.isArray(ca) ? ca : [ca]) as (string | Uint8Array)[];
    if (more.length === 0) throw new TypeError("ca is an empty array: leave it out to trust Node's roots alone");
    return [...roots(), ...more.flatMap(certificates)];
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** Returns the certificates of a text in PEM. OpenSSL would pass over what it can't read. */
function certificates(pem: unknown): string[] {
    if (typeof pem !== "string" && !(pem instanceof Uint8Array)) throw new TypeError("ca is neither text nor bytes");
    const found = Buffer.from(pem).toString("latin1").match(CERTIFICATE) ?? [];
    if (found.length === 0) throw new TypeError("ca has no certificate in PEM: is it the path of a file?");
    for (const certificate of found) readable(certificate);
    return found;
}

function readable(certificate: string): void {
    try {
        new X509Certificate(certificate);
    } catch (cause) {
        throw new TypeError("ca has a certificate that can't be read", { cause });
    }
}

function roots(): string[] {
    // Node 22.15 and later; the only one that knows `--use-system-ca`.
    const { getCACertificates } = tls as { getCACertificates?: () => string[] };
    if (getCACertificates !== undefined) return getCACertificates();
    return [...tls.rootCertificates, ...extraRoots()];
}

function extraRoots(): string[] {
    const path = process.env["NODE_EXTRA_CA_CERTS"];
    if (path === undefined || path === "") return [];
    try {
        return [readFileSync(path, "utf8")];
    } catch {
        // Node has warned of it.
        return [];
    }
}
