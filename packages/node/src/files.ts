// Files to upload. A file is looked at before it is read: a FIFO or device may never end, and a large file would only
// be refused after it had filled the memory.

import { constants, type Stats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { WeChatError, invalidInput } from "./error.js";

/**
 * A file to upload:
 * - a path, or a `file:` URL;
 * - `{ name, bytes }` with the whole file, or `{ name, path }` for a file that has another name for people;
 * - a `Blob` or `File`;
 * - a `Uint8Array` alone, whose name is `file`.
 *
 * The name is for people: errors have it in `subject`. It decides nothing apart from `content.prepare`, where it is the
 * address of the picture in the HTML; the name of a path is the path as it is given. The bytes are copied, so they can
 * be used again at once.
 */
export type FileInput =
    | string
    | URL
    | Uint8Array
    | Blob
    | { name: string; bytes: Uint8Array }
    | { name: string; path: string | URL };

/** A file as the component takes it. Its bytes are this package's own. */
export interface GuestFile {
    name: string;
    bytes: Uint8Array<ArrayBuffer>;
}

/** A file that has this many bytes is refused: WeChat takes 10 MiB at most, and the component holds it in memory. */
const TOO_LARGE = 128 * 1024 * 1024;

/** Reads a file. `path` is the name of the argument, for errors. */
export async function readFile(input: unknown, argument: string): Promise<GuestFile> {
    if (typeof input === "string") return { name: input, bytes: await readPath(input, input, argument) };
    if (input instanceof URL) return readUrl(input, undefined, argument);
    if (input instanceof Uint8Array) return { name: "file", bytes: copy(input, "file") };
    if (input instanceof Blob) return readBlob(input);
    if (typeof input === "object" && input !== null && "name" in input && typeof input.name === "string") {
        const { name } = input;
        if ("bytes" in input && input.bytes instanceof Uint8Array) return { name, bytes: copy(input.bytes, name) };
        if ("path" in input && typeof input.path === "string") {
            return { name, bytes: await readPath(input.path, name, argument) };
        }
        if ("path" in input && input.path instanceof URL) return readUrl(input.path, name, argument);
    }
    const forms = "a path, a file: URL, { name, bytes: Uint8Array }, { name, path }, a Blob or a Uint8Array";
    throw invalidInput(argument, `${argument} is not a file.`, `It has to be ${forms}.`);
}

function copy(bytes: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
    checkSize(bytes.byteLength, name);
    try {
        return new Uint8Array(bytes);
    } catch {
        // The only reason for which bytes can't be copied.
        throw rejected(name, "has no bytes: its buffer was transferred", "Hand over a copy, or upload it first.");
    }
}

async function readBlob(blob: Blob): Promise<GuestFile> {
    const name = "name" in blob && typeof blob.name === "string" && blob.name !== "" ? blob.name : "file";
    checkSize(blob.size, name);
    try {
        return { name, bytes: new Uint8Array(await blob.arrayBuffer()) };
    } catch (error) {
        throw unreadable(name, error, "If it is of a file, that may have changed: make the Blob again.");
    }
}

function readUrl(url: URL, name: string | undefined, argument: string): Promise<GuestFile> {
    if (url.protocol !== "file:") {
        const advice = "Only file: URLs are read: fetch the file, and hand over its bytes.";
        throw invalidInput(argument, `${argument} is a ${url.protocol} URL.`, advice);
    }
    const path = pathOf(url, argument);
    return readPath(path, name ?? path, argument).then((bytes) => ({ name: name ?? path, bytes }));
}

function pathOf(url: URL, argument: string): string {
    try {
        return fileURLToPath(url);
    } catch {
        const advice = "It has to be as pathToFileURL makes it: without a host, and without an escaped slash.";
        throw invalidInput(argument, `${argument} is a file: URL without a path on this machine.`, advice);
    }
}

async function readPath(path: string, name: string, argument: string): Promise<Uint8Array<ArrayBuffer>> {
    if (path === "") throw invalidInput(argument, `${argument} has an empty path.`, "Name the file to read.");
    let handle: FileHandle;
    try {
        // Without O_NONBLOCK a FIFO blocks until somebody writes to it.
        handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
        throw unreadable(name, error, path.startsWith("file:") ? AS_URL : undefined);
    }
    try {
        const stats = await handle.stat();
        if (!stats.isFile()) throw rejected(name, `is ${kindOf(stats)}`, "Only regular files are read.");
        checkSize(stats.size, name);
        return await readAll(handle, stats.size, name);
    } catch (error) {
        throw error instanceof WeChatError ? error : unreadable(name, error);
    } finally {
        await handle.close();
    }
}

/** Reads up to the end, which may be beyond the size that the file had. */
async function readAll(handle: FileHandle, size: number, name: string): Promise<Uint8Array<ArrayBuffer>> {
    // One byte more finds the end without a second buffer.
    let buffer = new Uint8Array(size + 1);
    let length = 0;
    for (;;) {
        const { bytesRead } = await handle.read(buffer, length, buffer.byteLength - length, null);
        if (bytesRead === 0) return buffer.subarray(0, length);
        length += bytesRead;
        checkSize(length, name);
        if (length === buffer.byteLength) {
            const larger = new Uint8Array(length * 2);
            larger.set(buffer);
            buffer = larger;
        }
    }
}

function checkSize(size: number, name: string): void {
    if (size >= TOO_LARGE) {
        throw rejected(name, `has ${size} bytes, and 128 MiB are too many`, "WeChat accepts 10 MiB at most.");
    }
}

function kindOf(stats: Stats): string {
    if (stats.isDirectory()) return "a folder";
    if (stats.isFIFO()) return "a FIFO";
    if (stats.isSocket()) return "a socket";
    return "a device";
}

function rejected(name: string, reason: string, advice: string): WeChatError {
    return new WeChatError({ kind: "file-rejected", message: `${name} ${reason}.`, advice, subject: name });
}

const AS_URL = "A text is a path. For a URL, hand over a URL object: new URL(…).";

function unreadable(name: string, error: unknown, advice = "Check the path and its permissions."): WeChatError {
    const message = `${name} can't be read: ${reasonOf(error)}.`;
    return new WeChatError({ kind: "file-rejected", subject: name, message, advice }, { cause: error });
}

function reasonOf(error: unknown): string {
    if (!(error instanceof Error)) return "unknown error";
    // The code of a DOMException is a number that says nothing.
    return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
