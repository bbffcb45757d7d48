// The errors of calls that `close` ends, which say what is known of each.

import { WeChatError } from "./error.js";

/** Makes the error of a call that is not made any more. */
export function closed(fate = "Nothing was sent."): WeChatError {
    const advice = `${fate} Make another WeChat, or close it later.`;
    return new WeChatError({ kind: "closed", message: "The WeChat or the account was closed.", advice });
}

/** What is known of a safe call that was under way. */
export const REPEATABLE = "It may have been executed, and repeating it does no harm.";

/** Returns the reason for the end of a call that was under way: that of `close` speaks of calls that were not made. */
export function withFate(reason: unknown, fate: string): unknown {
    return reason instanceof WeChatError && reason.kind === "closed" ? closed(fate) : reason;
}
