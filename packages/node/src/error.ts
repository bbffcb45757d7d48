import { inspect, type InspectOptions } from "node:util";
import type { ErrorKind } from "./generated/types.js";

/** The kinds of a `WeChatError` that come from this package instead of the component. */
export type PackageErrorKind =
    /** The `WeChat` or `Account` was closed. Nothing was sent, or repeating the call does no harm: `advice` says it. */
    | "closed"
    /**
     * The component's worker ended during the call, which is safe to repeat, or could not be started, and nothing was
     * sent. The next call starts another one.
     */
    | "crashed";

/** The fields of a `WeChatError`. */
export interface ErrorFields {
    kind: ErrorKind | PackageErrorKind;
    message: string;
    advice: string;
    errcode?: number | undefined;
    rid?: string | undefined;
    subject?: string | undefined;
    retryAfterSeconds?: number | undefined;
}

/** The options of an error. TypeScript's own type of them needs the library of ES2022. */
export interface ErrorCause {
    cause?: unknown;
}

const FIELDS = ["kind", "message", "advice", "errcode", "rid", "subject", "retryAfterSeconds"] as const;

/**
 * The failure of a call. It never holds the app id, the secret, the token or the URL of the request: not in its fields,
 * text, stack, JSON or `inspect`.
 */
export class WeChatError extends Error {
    static {
        // Visible in stacks; on the prototype, so that it is not listed among the fields.
        WeChatError.prototype.name = "WeChatError";
    }

    /** The kind of the failure: enough for a program to decide on its next step. */
    readonly kind: ErrorKind | PackageErrorKind;
    /** A sentence with advice to the user. */
    readonly advice: string;
    // Declared only, so that what is not known is not there, and not listed as `undefined`.
    /** WeChat's errcode, if WeChat refused. */
    declare readonly errcode?: number;
    /** WeChat's request id, for `account.explain` and for WeChat's support; valid for 7 days. */
    declare readonly rid?: string;
    /** The field, id or IP address concerned, if one is known. */
    declare readonly subject?: string;
    /** The number of seconds after which it makes sense to try again, if that is known. */
    declare readonly retryAfterSeconds?: number;

    constructor(fields: ErrorFields, options?: ErrorCause) {
        super(fields.message, options);
        this.kind = fields.kind;
        this.advice = fields.advice;
        const { errcode, rid, subject, retryAfterSeconds } = fields;
        if (errcode !== undefined) this.errcode = errcode;
        if (rid !== undefined) this.rid = rid;
        if (subject !== undefined) this.subject = subject;
        if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Returns the kind, the message, what is known of WeChat's refusal, and the advice. */
    override toString(): string {
        const facts = [
            this.errcode === undefined ? [] : [`errcode ${this.errcode}`],
            this.rid === undefined ? [] : [`rid ${this.rid}`],
            this.subject === undefined ? [] : [`subject ${this.subject}`],
            this.retryAfterSeconds === undefined ? [] : [`retry after ${this.retryAfterSeconds} s`],
        ].flat();
        const details = facts.length === 0 ? "" : ` (${facts.join(", ")})`;
        return `WeChatError [${this.kind}]: ${this.message}${details} ${this.advice}`.trimEnd();
    }

    /** Returns the fields, so that an error can be part of a JSON document. */
    toJSON(): ErrorFields {
        const present = FIELDS.filter((field) => this[field] !== undefined).map((field) => [field, this[field]]);
        return Object.fromEntries(present) as ErrorFields;
    }

    /** The text of `console.log` and of uncaught errors: `toString` and the stack. */
    [inspect.custom](_depth: number, options: InspectOptions): string {
        const frames = this.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
        const cause = this.cause === undefined ? [] : [`  [cause]: ${inspect(this.cause, options)}`];
        return [this.toString(), ...frames, ...cause].join("\n");
    }
}

/** Makes an error for an argument that the contract does not accept. */
export function invalidInput(subject: string, message: string, advice: string): WeChatError {
    return new WeChatError({ kind: "invalid-input", message, advice, subject });
}
