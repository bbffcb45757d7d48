import type { Language } from "./generated/types.js";

let accounts = 0;

/** An account as workers open it. */
export class AccountEntry {
    readonly id = ++accounts;
    /** Its configuration as the bindings take it; none when the account is closed, as it holds the secret. */
    config: AccountConfig | undefined;
    /** The time from which a worker that opens it may force a token, by `performance.now()`. */
    mayForceFrom = 0;

    constructor(config: AccountConfig) {
        this.config = config;
    }
}

/** The fields of a configuration that are read outside of the component. */
export interface AccountConfig {
    readonly mayForceToken?: boolean | undefined;
    readonly token?: unknown;
    readonly publishPollMilliseconds?: number | undefined;
    readonly language?: Language | undefined;
}
