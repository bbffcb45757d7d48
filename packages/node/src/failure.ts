// The reasons for which a call rejects.

import { REPEATABLE, withFate } from "./closed.js";
import { errorFromGuest } from "./convert.js";
import type { Ending } from "./ending.js";
import { WeChatError } from "./error.js";
import type { Outcome } from "./messages.js";

const FIND_OUT =
    "Find out before you repeat it: material.list, draft.list and publish.list, newest first, show if it was done.";

/** Makes the reason of a call that failed. One that was to end early and did nothing has the signal's reason. */
export function failure(outcome: Exclude<Outcome, { type: "value" }>, unsafe: boolean, ending: Ending): unknown {
    const cause = withFate(ending.reason, "It was under way.");
    const ended = withFate(ending.reason, unsafe ? "It was not executed." : REPEATABLE);
    const options = cause === undefined ? undefined : { cause };
    if (outcome.type === "error") {
        const error = errorFromGuest(withTlsFailure(outcome), options);
        return ending.aborted && error.kind !== "outcome-unknown" ? ended : error;
    }
    const message = `The component's worker ended during the call (${outcome.reason}).`;
    if (unsafe && outcome.began !== false) {
        return new WeChatError({ kind: "outcome-unknown", message, advice: FIND_OUT }, options);
    }
    if (ending.aborted) return ended;
    const advice = "Repeating this call does no harm: try again, which starts another worker.";
    return new WeChatError({ kind: "crashed", message, advice }, options);
}

/** WASI has no words for the reason why TLS failed, and Node has. */
function withTlsFailure({ error, tlsFailure }: Extract<Outcome, { type: "error" }>): unknown {
    const { kind, message } = error as { kind: string; message: string };
    if (kind !== "tls" || tlsFailure === undefined) return error;
    return { ...(error as object), message: `${message} (${tlsFailure})` };
}
