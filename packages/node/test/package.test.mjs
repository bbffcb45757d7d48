// What the package says of itself.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as index from "wechat-official-account";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");

test("the version is that of the workspace", () => {
    const table = /^\[workspace\.package\]\n(?:[^[\n].*\n)*/m;
    const [, version] = /^version = "([^"]+)"/m.exec(table.exec(read("../../../Cargo.toml"))[0]);
    assert.equal(JSON.parse(read("../package.json")).version, version);
});

test("the licences of the libraries in the component are there", () => {
    const text = read("../LICENSE-THIRD-PARTY");
    for (const name of ["serde_json", "base64", "memchr", "wit-bindgen"]) {
        assert.match(text, new RegExp(`^${name} [0-9.]+: `, "m"));
    }
    assert.match(text, /Permission is hereby granted/);
    assert.ok(JSON.parse(read("../package.json")).files.includes("LICENSE-THIRD-PARTY"));
    // The program that runs it in tests is not in the package.
    assert.doesNotMatch(text, /^wasmtime /m);
});

test("only what a program can use is there at run time", () => {
    assert.deepEqual(Object.keys(index).sort(), ["Account", "WeChat", "WeChatError"]);
});
