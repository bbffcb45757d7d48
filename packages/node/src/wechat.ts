import type { Agent } from "node:http";
import { Account } from "./account.js";
import { signalOf, type CallOptions, type Invoke } from "./call.js";
import { call } from "./caller.js";
import { closed } from "./closed.js";
import { ContentWithoutAccount, DraftWithoutAccount } from "./generated/interfaces.js";
import type { Config } from "./generated/types.js";
import { ASYNC_DISPOSE } from "./dispose.js";
import { Ending } from "./ending.js";
import { Agents, type Certificates } from "./network/agents.js";
import { Pool } from "./pool.js";

/** The only origin that may be reached unless `allowedOrigins` says otherwise. */
const API = "https://api.weixin.qq.com";
/** Slow calls do not hold up the others then. A worker that is not needed is not started; each takes some 12 MB. */
const DEFAULT_WORKERS = 4;

/** The options of a `WeChat`. */
export interface WeChatOptions {
    /**
     * The origins that the component may reach: scheme, host, and the port if it is not the scheme's own. A request to
     * any other ends in `network`, and nothing is sent. Default: `["https://api.weixin.qq.com"]`. It replaces the
     * default.
     */
    allowedOrigins?: readonly string[] | undefined;
    /** Certificates in PEM to trust besides Node's own roots and those of `NODE_EXTRA_CA_CERTS`. */
    ca?: Certificates | undefined;
    /**
     * The agent for all connections, such as one for a proxy. It is not destroyed by `close`. Default: one that keeps
     * idle connections for 15 seconds.
     */
    agent?: Agent | undefined;
    /**
     * The most workers, and so the most calls at the same time; further calls wait, in their order. A worker is started
     * when all others are busy. Each asks WeChat for an account's token once, and gets the same one. With 1, calls are
     * made one after the other. Default: 4.
     */
    workers?: number | undefined;
}

/**
 * The component in workers of its own: nothing of it blocks the event loop. It holds any number of accounts.
 *
 * A program ends by itself while no call is under way, also without `close`.
 */
export class WeChat {
    /** The functions of `draft` that need no account. */
    readonly draft: DraftWithoutAccount;
    /** The functions of `content` that need no account. */
    readonly content: ContentWithoutAccount;
    readonly #pool: Pool;
    readonly #closing = new AbortController();
    readonly #ending = new Ending(this.#closing.signal);

    /** Throws a `TypeError` for an option of the wrong form. Contacts nobody, and starts no worker yet. */
    constructor(options: WeChatOptions = {}) {
        if (typeof options !== "object" || options === null || Array.isArray(options)) {
            throw new TypeError("the options of WeChat have to be an object");
        }
        const { workers = DEFAULT_WORKERS, agent, ca, allowedOrigins = [API], ...unknown } = options;
        for (const name of Object.keys(unknown)) throw new TypeError(`${name} is not an option of WeChat`);
        if (!Number.isInteger(workers) || workers < 1) throw new TypeError("workers has to be an integer from 1");
        if (agent !== undefined && ca !== undefined) {
            throw new TypeError("ca is for the package's own agent: give the certificates to your agent instead");
        }
        if (!Array.isArray(allowedOrigins)) {
            throw new TypeError(`allowedOrigins has to be an array of origins, such as ["${API}"]`);
        }
        const origins = Array.from(allowedOrigins as readonly unknown[], origin);
        if (agent !== undefined) checkAgent(agent, origins);
        this.#pool = new Pool(workers, origins, new Agents(agent, ca));
        const invoke: Invoke = async (name, parameters, asked) => {
            return await call(this.#pool, undefined, name, parameters, this.#ending.or(signalOf(asked)));
        };
        this.draft = new DraftWithoutAccount(invoke);
        this.content = new ContentWithoutAccount(invoke);
    }

    /**
     * Opens an account from its configuration; contacts nobody.
     *
     * Rejects with `invalid-input` for a field of the wrong form.
     */
    async account(config: Config, options?: CallOptions): Promise<Account> {
        return await Account.open(this.#pool, config, this.#ending, options);
    }

    /**
     * Ends the workers. Calls that are not finished reject as if their signals had aborted, with a `WeChatError` of the
     * kind `closed`, or `outcome-unknown`.
     */
    async close(): Promise<void> {
        if (this.#closing.signal.aborted) return;
        this.#closing.abort(closed());
        await this.#pool.close();
    }

    /** As `close`. */
    [ASYNC_DISPOSE](): Promise<void> {
        return this.close();
    }
}

function origin(given: unknown, index: number): string {
    const option = `allowedOrigins[${index}]`;
    if (typeof given !== "string") throw new TypeError(`${option} has to be a string, such as "${API}"`);
    // A text with an @ may have a password.
    const shown = given.includes("@") ? "" : ` (${given})`;
    if (!URL.canParse(given)) throw new TypeError(`${option}${shown} is not an origin, such as ${API}`);
    const url = new URL(given);
    if (!/^https?:$/.test(url.protocol)) throw new TypeError(`${option} is not of http or https, such as ${API}`);
    if (url.href !== `${url.origin}/` || !/^[^/]*\/\/[^/?#@]+\/?$/.test(given)) {
        throw new TypeError(`${option} has more than an origin, such as ${url.origin}`);
    }
    return url.origin;
}

/** Node would refuse each request of such an agent. */
function checkAgent(agent: Agent, origins: readonly string[]): void {
    if (typeof (agent as Partial<Record<"addRequest", unknown>> | null)?.addRequest !== "function") {
        throw new TypeError("agent is no http.Agent");
    }
    // Node's own agents have it as a property, and those that serve both by looking at the request don't.
    const protocol: unknown = Object.getOwnPropertyDescriptor(agent, "protocol")?.value;
    const other = origins.find((allowed) => typeof protocol === "string" && !allowed.startsWith(`${protocol}//`));
    if (other !== undefined) throw new TypeError(`agent is for ${String(protocol)}, and can't reach ${other}`);
}
