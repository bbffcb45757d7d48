// A call of the contract: its arguments are converted, a worker executes it, and its result is converted back.

import type { AccountEntry } from "./account-entry.js";
import { fromGuest, toGuest } from "./convert.js";
import type { Ending } from "./ending.js";
import { WeChatError, invalidInput } from "./error.js";
import { failure } from "./failure.js";
import { readFile, type GuestFile } from "./files.js";
import { SCHEMA } from "./generated/schema.js";
import type { Pool } from "./pool.js";
import type { FunctionName, FunctionType, Type } from "./schema.js";

/** The most bytes of all files of one call: the component holds them in memory. */
const MOST_BYTES = 128 * 1024 * 1024;

/** The way in which a call is made. */
export interface How {
    /** True if it must not send anything: a call that would ends in `network`. */
    offline?: boolean;
}

/** Makes a call of the contract. */
export async function call(
    pool: Pool,
    account: AccountEntry | undefined,
    name: FunctionName,
    given: unknown[],
    ending: Ending,
    how: How = {},
): Promise<unknown> {
    const type = SCHEMA.functions[name];
    if (type === undefined) throw new TypeError(`${name} is not a function of the contract`);
    ending.throwIfAborted();
    const { parameters, buffers } = await convert(type, given).catch((error: unknown) => {
        // Of the caller's line, and not of the conversion's depth.
        if (error instanceof Error) Error.captureStackTrace(error, call);
        throw error;
    });
    ending.throwIfAborted();
    const [owner = ""] = name.split(".");
    const used = type.account === "none" ? undefined : account;
    const command = {
        type: "call" as const,
        interface: owner,
        method: type.method,
        account: used?.id,
        isMethod: type.account === "method",
        parameters,
        offline: how.offline ?? false,
    };
    const outcome = await pool.run({ command, account: used, buffers, ending });
    if (outcome.type !== "value") throw failure(outcome, type.unsafe, ending);
    return fromGuest(outcome.value, type.result);
}

async function convert(
    type: FunctionType,
    given: unknown[],
): Promise<{ parameters: unknown[]; buffers: ArrayBuffer[] }> {
    const files: GuestFile[] = [];
    const parameters: unknown[] = [];
    for (const [index, [name, parameter]] of type.parameters.entries()) {
        if (parameter === "file") {
            const file = await readFile(given[index], name);
            files.push(file);
            parameters.push(file);
        } else if (isFiles(parameter)) {
            const read = await readFiles(given[index], name);
            files.push(...read);
            parameters.push(read);
        } else {
            parameters.push(toGuest(given[index], parameter, name));
        }
    }
    return { parameters, buffers: files.map(({ bytes }) => bytes.buffer) };
}

const isFiles = (type: Type): boolean => typeof type === "object" && type?.list?.[0] === "file";

async function readFiles(given: unknown, name: string): Promise<GuestFile[]> {
    if (!Array.isArray(given)) throw invalidInput(name, `${name} is no list.`, "It has to be an array of files.");
    const files: GuestFile[] = [];
    let bytes = 0;
    for (const [index, input] of (given as unknown[]).entries()) {
        const file = await readFile(input, `${name}[${index}]`);
        bytes += file.bytes.byteLength;
        if (bytes >= MOST_BYTES) {
            const message = `${name} have more than 128 MiB together.`;
            throw new WeChatError({ kind: "file-rejected", message, advice: "Hand over fewer files.", subject: name });
        }
        files.push(file);
    }
    return files;
}
