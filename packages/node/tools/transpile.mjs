// Turns the component into ES modules and core WebAssembly: `transpile.mjs COMPONENT FOLDER`.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { transpileBytes } from "@bytecodealliance/jco-transpile";
import { transform } from "esbuild";

const [component, folder] = process.argv.slice(2);

// jco's bindings write every argument, the AppSecret too, to the console if JCO_DEBUG is set. Even if it is not, they
// look that up at every step, which takes time. As calls of the console they can be left out.
const DEBUG_LOG = "_debugLog(";
// Without this option a text loses a byte order mark at its beginning.
const DECODER = ["new TextDecoder()", 'new TextDecoder("utf-8", { ignoreBOM: true })'];

function replaced(code, from, to) {
    if (!code.includes(from)) throw new Error(`the bindings have no ${from}: look at what this version of jco writes`);
    return code.replaceAll(from, to);
}

async function smaller(code) {
    const silent = replaced(replaced(code, DEBUG_LOG, "console.debug("), ...DECODER);
    const options = { format: "esm", target: "node20", minify: true, drop: ["console"], legalComments: "none" };
    return (await transform(silent, options)).code;
}

const { files } = await transpileBytes(readFileSync(component), {
    name: "component",
    outDir: ".",
    instantiation: "async",
    noTypescript: true,
    // The record of an error is thrown as it is, and so differs from a trap.
    noComponentErrorWrapping: true,
    wasiShim: false,
});
mkdirSync(folder, { recursive: true });
for (const [path, bytes] of Object.entries(files)) {
    const name = basename(path);
    if (name.endsWith(".js")) writeFileSync(join(folder, name), await smaller(Buffer.from(bytes).toString("utf8")));
    else if (name.endsWith(".wasm")) writeFileSync(join(folder, name), bytes);
}
