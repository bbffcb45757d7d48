import { AccountEntry, type AccountConfig } from "./account-entry.js";
import { signalOf, type CallOptions, type Invoke } from "./call.js";
import { call } from "./caller.js";
import { REPEATABLE, closed, withFate } from "./closed.js";
import { toGuest } from "./convert.js";
import { WeChatError } from "./error.js";
import { failure } from "./failure.js";
import { AccountOperations, Content, Draft, Material, Media, Publish } from "./generated/interfaces.js";
import type { Config, Language, PublishStatus } from "./generated/types.js";
import { ASYNC_DISPOSE } from "./dispose.js";
import type { Ending } from "./ending.js";
import type { Pool } from "./pool.js";
import { DEFAULT_POLL_MILLISECONDS, wait } from "./wait.js";

/** One Official Account of a `WeChat`. `WeChat.account` makes it. */
export class Account extends AccountOperations {
    /** Permanent material. */
    readonly material: Material;
    /** Temporary media. */
    readonly media: Media;
    /** Drafts. */
    readonly draft: Draft;
    /** The pictures of articles. */
    readonly content: Content;
    /** Publishing. */
    readonly publish: Publish;
    readonly #pool: Pool;
    readonly #entry: AccountEntry;
    readonly #closing: AbortController;

    private constructor(pool: Pool, entry: AccountEntry, closing: AbortController, invoke: Invoke) {
        super(invoke);
        this.#pool = pool;
        this.#entry = entry;
        this.#closing = closing;
        this.material = new Material(invoke);
        this.media = new Media(invoke);
        this.draft = new Draft(invoke);
        this.content = new Content(invoke);
        this.publish = new Publish(invoke);
    }

    /** @internal */
    static async open(pool: Pool, config: Config, closing: Ending, options?: CallOptions): Promise<Account> {
        const ending = closing.or(signalOf(options));
        const converted = toGuest(config, "config", "config") as AccountConfig;
        const entry = new AccountEntry(converted);
        try {
            const outcome = await pool.run({ command: undefined, account: entry, buffers: [], ending });
            if (outcome.type !== "value") throw failure(outcome, false, ending);
        } catch (error) {
            pool.forget(entry);
            throw error;
        }
        const own = new AbortController();
        return new Account(pool, entry, own, invoker(pool, entry, converted, closing.or(own.signal)));
    }

    /**
     * Forgets the secret and the token. Calls that are not finished reject as if their signals had aborted, with a
     * `WeChatError` of the kind `closed`, or `outcome-unknown`.
     */
    close(): Promise<void> {
        this.#closing.abort(closed());
        this.#pool.forget(this.#entry);
        return Promise.resolve();
    }

    /** As `close`. */
    [ASYNC_DISPOSE](): Promise<void> {
        return this.close();
    }
}

/** Returns the function that makes the calls of an account. */
function invoker(pool: Pool, account: AccountEntry, config: AccountConfig, closing: Ending): Invoke {
    // The configuration itself has the secret, and is not kept.
    const { publishPollMilliseconds: poll = DEFAULT_POLL_MILLISECONDS, language } = config;
    return async (name, given, options) => {
        const ending = closing.or(signalOf(options));
        const parameters = name === "draft.check" || name === "draft.compare" ? inLanguage(given, language) : given;
        if (name === "account.forget-token") {
            ending.throwIfAborted();
            return pool.forgetToken(account);
        }
        // Awaited, so that the stack of an error leads to the caller.
        if (name !== "publish.wait") return await call(pool, account, name, parameters, ending);
        return await waitFor(pool, account, parameters, poll, ending);
    };
}

/** Gives a function that needs no account the account's language, unless its last parameter names one. */
function inLanguage(parameters: unknown[], language: Language | undefined): unknown[] {
    return [...parameters.slice(0, -1), parameters.at(-1) ?? language];
}

async function waitFor(
    pool: Pool,
    account: AccountEntry,
    [publishId, timeoutSeconds]: unknown[],
    poll: number,
    ending: Ending,
): Promise<PublishStatus> {
    // A wait of no time at all is one question.
    const ask = (): Promise<unknown> => call(pool, account, "publish.wait", [publishId, 0], ending);
    const seconds = toGuest(timeoutSeconds, "u32", "timeoutSeconds") as number;
    // A wrong id is refused now, and not after the first pause.
    const refused = await call(pool, account, "publish.wait", [publishId, 0], ending, { offline: true }).catch(
        (error: unknown) => error,
    );
    if (refused instanceof WeChatError && refused.kind === "invalid-input") throw refused;
    ending.throwIfAborted();
    return await wait(ask as () => Promise<PublishStatus>, seconds, poll, ending).catch((error: unknown) => {
        // It may have asked before.
        throw withFate(error, REPEATABLE);
    });
}
