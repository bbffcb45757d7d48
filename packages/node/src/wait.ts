// `publish.wait` without a worker that waits: the pauses are made here, and each question is a call of its own.

import type { Ending } from "./ending.js";
import { WeChatError } from "./error.js";
import type { PublishStatus } from "./generated/types.js";

/** The pause before the first question, if `config.publishPollMilliseconds` does not say otherwise. */
export const DEFAULT_POLL_MILLISECONDS = 5000;
/** The longest pause, as a multiple of the first. */
const LONGEST_PAUSE = 12;
/** WeChat's code for an allowance of a minute that is used up. */
const MINUTE_LIMIT = 45011;
/** The kinds of failures that are over by themselves: a question that fails so is asked again. */
const PASSING = new Set(["network", "busy", "malformed-reply"]);

/** Asks for the status until it is final or the time is over, at the pace that the contract promises. */
export async function wait(
    ask: () => Promise<PublishStatus>,
    timeoutSeconds: number,
    pollMilliseconds: number,
    ending: Ending,
): Promise<PublishStatus> {
    const deadline = performance.now() + timeoutSeconds * 1000;
    for (let next = pollMilliseconds; ; next = Math.min(next * 2, pollMilliseconds * LONGEST_PAUSE)) {
        await ending.pause(Math.max(0, Math.min(next, deadline - performance.now())));
        try {
            const status = await ask();
            if (status.type !== "publishing" || performance.now() >= deadline) return status;
        } catch (error) {
            if (performance.now() >= deadline || !isPassing(error)) throw error;
        }
    }
}

function isPassing(error: unknown): boolean {
    return error instanceof WeChatError && (PASSING.has(error.kind) || error.errcode === MINUTE_LIMIT);
}
