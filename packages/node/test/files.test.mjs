import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, openAsBlob, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { WeChat } from "wechat-official-account";
import { Simulator, jpeg } from "./simulator.mjs";

const folder = mkdtempSync(join(tmpdir(), "files-"));
const bytes = jpeg(5_000);
const path = join(folder, "cover.jpg");
writeFileSync(path, bytes);

let simulator, wechat, account;
before(async () => {
    simulator = await Simulator.start();
    wechat = new WeChat({ allowedOrigins: [simulator.base] });
    account = await wechat.account(simulator.config());
});
after(async () => {
    await wechat.close();
    await simulator.stop();
    rmSync(folder, { recursive: true });
});

const FORMS = {
    "a path": path,
    "a URL": pathToFileURL(path),
    "a Uint8Array": bytes,
    "a Buffer of the pool": Buffer.from(bytes),
    "a name with bytes": { name: "cover.jpg", bytes },
    "a name with a path": { name: "cover.jpg", path },
    "a name with a URL": { name: "cover.jpg", path: pathToFileURL(path) },
    "a Blob": new Blob([bytes]),
};
for (const [form, file] of Object.entries(FORMS)) {
    test(`${form} is uploaded as it is, and can be used again`, async () => {
        for (let time = 0; time < 2; time++) {
            const { mediaId } = await account.material.uploadImage(file);
            const found = await account.material.get(mediaId);
            assert.equal(Buffer.compare(found.bytes, bytes), 0);
        }
    });
}

const rejects = (file, subject, message) =>
    assert.rejects(account.material.uploadImage(file), { kind: "file-rejected", subject, message });

test("a FIFO, a device and a folder are refused without a wait", { timeout: 10_000 }, async () => {
    const fifo = join(folder, "fifo");
    execFileSync("mkfifo", [fifo]);
    await rejects(fifo, fifo, `${fifo} is a FIFO.`);
    await rejects("/dev/zero", "/dev/zero", "/dev/zero is a device.");
    mkdirSync(join(folder, "sub"));
    await rejects(join(folder, "sub"), join(folder, "sub"), /is a folder|can't be read: EISDIR/);
    await rejects({ name: "n.jpg", path: fifo }, "n.jpg", "n.jpg is a FIFO.");
});

test("a file of 128 MiB is refused before it is read, and one below by the component", async () => {
    const large = join(folder, "large.jpg");
    writeFileSync(large, bytes);
    truncateSync(large, 128 * 1024 * 1024);
    const before = process.memoryUsage().rss;
    await rejects(large, large, /134217728 bytes, and 128 MiB are too many/);
    assert.ok(process.memoryUsage().rss - before < 64 * 1024 * 1024);
    truncateSync(large, 11 * 1024 * 1024);
    await rejects(large, large, /./);
    await rejects({ name: "x", bytes: new Uint8Array(128 * 1024 * 1024) }, "x", /128 MiB/);
    const half = { name: "half", bytes: new Uint8Array(65 * 1024 * 1024) };
    await assert.rejects(account.content.prepare("<p>", [half, { ...half, name: "other" }], false), {
        kind: "file-rejected",
        subject: "attachments",
    });
});

test("a file that is not there, and an argument that is no file, are named", async () => {
    const missing = join(folder, "missing.jpg");
    await rejects(missing, missing, `${missing} can't be read: ENOENT.`);
    for (const wrong of [undefined, null, 1, {}, { name: "a" }, { name: 1, bytes }, { name: "a", bytes: [1] }]) {
        await assert.rejects(account.material.uploadImage(wrong), { kind: "invalid-input", subject: "file" });
    }
    await assert.rejects(account.material.uploadImage(new URL("https://example.com/a.jpg")), {
        kind: "invalid-input",
        message: "file is a https: URL.",
    });
    await assert.rejects(account.content.prepare("<p>", [1], false), { subject: "attachments[0]" });
    await assert.rejects(account.content.prepare("<p>", "a.jpg", false), { subject: "attachments" });
});

test("a buffer that is gone, and a URL without a path here, are named", async () => {
    const gone = new Uint8Array(bytes);
    structuredClone(gone, { transfer: [gone.buffer] });
    await rejects(gone, "file", /its buffer was transferred/);
    await rejects({ name: "a.jpg", bytes: gone }, "a.jpg", /its buffer was transferred/);
    for (const url of ["file://host/a.jpg", "file:///a%2Fb.jpg"]) {
        const error = { kind: "invalid-input", subject: "file" };
        await assert.rejects(account.material.uploadImage(new URL(url)), error);
        await assert.rejects(account.material.uploadImage({ name: "a.jpg", path: new URL(url) }), error);
    }
});

test("a Blob that can't be read is named", async () => {
    class Broken extends Blob {
        arrayBuffer() {
            return Promise.reject(new DOMException("The blob could not be read", "NotReadableError"));
        }
    }
    await rejects(new Broken([bytes]), "file", /can't be read/);
});

test("a Blob of a file that changed, an empty path and the text of a URL are explained", async () => {
    const changed = join(folder, "changed.jpg");
    writeFileSync(changed, bytes);
    const blob = await openAsBlob(changed);
    writeFileSync(changed, jpeg(9_000));
    const error = await account.material.uploadImage(blob).catch((reason) => reason);
    assert.equal(error.message, "file can't be read: NotReadableError.");
    assert.match(error.advice, /changed/);
    for (const file of ["", { name: "a.jpg", path: "" }]) {
        const empty = { kind: "invalid-input", subject: "file", message: "file has an empty path." };
        await assert.rejects(account.material.uploadImage(file), empty);
    }
    const { href } = pathToFileURL(path);
    const advice = /URL object/;
    await assert.rejects(account.material.uploadImage(href), { kind: "file-rejected", subject: href, advice });
});

test("an attachment has the name of its path", async () => {
    const html = `<img src="${path}">`;
    const prepared = await account.content.prepare(html, [path], false);
    assert.equal(prepared.images[0].outcome.type, "uploaded");
});
