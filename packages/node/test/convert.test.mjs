import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { WeChatError } from "wechat-official-account";
import { errorFromGuest, fromGuest, toGuest } from "../lib/convert.js";
import { SCHEMA } from "../lib/generated/schema.js";

const root = new URL("../../../", import.meta.url);

test("a variant with a record has its fields, any other payload is `value`, and an error `error`", () => {
    const publication = { articleId: "a", urls: ["u"] };
    assert.deepEqual(fromGuest({ tag: "published", val: publication }, "publish-status"), {
        type: "published",
        ...publication,
    });
    assert.deepEqual(fromGuest({ tag: "publishing" }, "publish-status"), { type: "publishing" });
    assert.deepEqual(fromGuest({ tag: "review-refused", val: new Uint32Array([0, 2]) }, "publish-status"), {
        type: "review-refused",
        value: [0, 2],
    });
    assert.deepEqual(fromGuest({ tag: "unknown", val: -7n }, "publish-status"), { type: "unknown", value: -7 });
    const failed = { tag: "failed", val: { kind: "busy", message: "m", advice: "a" } };
    const { type, error } = fromGuest(failed, "image-result");
    assert.ok(type === "failed" && error instanceof WeChatError && error.kind === "busy");
});

test("an argument goes the same way back", () => {
    assert.deepEqual(toGuest({ type: "all" }, "delete-which", "which"), { tag: "all" });
    assert.deepEqual(toGuest({ type: "one", value: 3 }, "delete-which", "which"), { tag: "one", val: 3 });
    const news = { title: "t", content: "c", thumbMediaId: "m" };
    const { tag, val } = toGuest(news, "article", "article");
    assert.equal(tag, "news");
    assert.deepEqual([val.coverCrops, val.comments, val.author], [[], "closed", undefined]);
    assert.deepEqual(toGuest({ ...news, type: "news" }, "article", "article"), { tag, val });
});

test("numbers are numbers: integers in their range, and 64 bits as far as they are exact", () => {
    assert.equal(toGuest(4294967295, "u32", "n"), 4294967295);
    assert.equal(toGuest(Number.MAX_SAFE_INTEGER, "u64", "n"), BigInt(Number.MAX_SAFE_INTEGER));
    for (const value of [-1, 4294967296, 1.5, NaN, "1", null]) {
        assert.throws(() => toGuest(value, "u32", "n"), { kind: "invalid-input", subject: "n" });
    }
    assert.throws(() => toGuest(-1, "u64", "n"), { kind: "invalid-input", subject: "n" });
    assert.equal(fromGuest(1700000000n, "u64"), 1700000000);
    // Beyond 2^53 the nearest number.
    assert.equal(fromGuest(2n ** 63n, "u64"), 2 ** 63);
});

test("what is wrong is named by its path, and its value is not repeated", () => {
    const article = { title: "t", content: "c", thumbMediaId: "m" };
    const cases = [
        [[{ ...article, title: 1 }], "articles[0].title"],
        [[{ ...article, title: undefined }], "articles[0].title"],
        [[article, { ...article, tilte: "x" }], "articles[1].tilte"],
        [[{ ...article, comments: "all" }], "articles[0].comments"],
        [[{ ...article, coverCrops: [{ ratio: "wide", x1: "0" }] }], "articles[0].coverCrops[0].x1"],
        [[{ type: "video" }], "articles[0].type"],
        [article, "articles"],
        [undefined, "articles"],
        [["text"], "articles[0]"],
        [[{ ...article, coverCrops: [{ type: "crop", ratio: "wide" }] }], "articles[0].coverCrops[0].type"],
    ];
    for (const [value, subject] of cases) {
        assert.throws(() => toGuest(value, { list: ["article"] }, "articles"), { kind: "invalid-input", subject });
    }
    const typed = { appId: "wx", appSecret: "hush", type: "x" };
    assert.throws(() => toGuest(typed, "config", "config"), { kind: "invalid-input", subject: "config.type" });
    const error = assert.throws(() => toGuest({ appId: 7, appSecret: "hush" }, "config", "config"), (error) => {
        assert.doesNotMatch(String(error), /hush/);
        return true;
    });
    assert.equal(error, undefined);
});

test("a property that a case does not have is refused", () => {
    const cases = [
        [{ type: "all", value: 0 }, "which.value"],
        [{ type: "all", index: 3 }, "which.index"],
        [{ type: "one", value: 1, extra: 2 }, "which.extra"],
    ];
    for (const [value, subject] of cases) {
        assert.throws(() => toGuest(value, "delete-which", "which"), { kind: "invalid-input", subject });
    }
});

test("a subject that is a field has its name in JavaScript, and one that is the caller's text stays", () => {
    const subject = (kind, given) => errorFromGuest({ kind, message: "m", advice: "a", subject: given }).subject;
    assert.equal(subject("invalid-input", "media-id"), "mediaId");
    assert.equal(subject("invalid-input", "timeouts.first-byte-milliseconds"), "timeouts.firstByteMilliseconds");
    for (const name of ["constructor", "__proto__", "toString", "media-id", "a.media-id"]) {
        assert.equal(subject("file-rejected", name), name);
    }
    for (const name of ["constructor", "__proto__"]) assert.equal(subject("invalid-input", name), name);
});

test("every function of docs/embedding.md is there", () => {
    const embedding = readFileSync(new URL("docs/embedding.md", root), "utf8");
    const table = embedding.slice(embedding.indexOf("| Interface | Function"));
    let owner;
    const found = [];
    for (const [, link, name] of table.matchAll(/^\| (?:\[`([a-z]+)`\]\S+)? *\| (`?[a-z-]+`?) \|/gm)) {
        owner = link ?? owner;
        if (name.startsWith("`")) found.push(`${owner}.${name.replaceAll("`", "")}`);
    }
    assert.deepEqual(found.sort(), Object.keys(SCHEMA.functions).sort());
});

test("the calls that are not to be repeated are those whose contract says so", () => {
    const unsafe = Object.entries(SCHEMA.functions).filter(([, { unsafe }]) => unsafe).map(([name]) => name);
    for (const file of ["account", "material", "media", "draft", "content", "publish"]) {
        const text = readFileSync(new URL(`wit/${file}.wit`, root), "utf8");
        for (const [, docs, name] of text.matchAll(/((?: *\/\/\/.*\n)+) *%?([a-z-]+): func/g)) {
            const unsafeDocs =
                /Not safe to repeat|Do not repeat|Otherwise as\s+\/*\s*`upload-image`|stores a second time/;
            const says = unsafeDocs.test(docs);
            assert.equal(unsafe.includes(`${file}.${name}`), says, `${file}.${name}`);
        }
    }
});
