// Writes the TypeScript of the contract from wit/: types and functions with their doc comments, and a description of
// them by which values are converted.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Names } from "./names.mjs";
import { readWit } from "./wit.mjs";

const WIT = fileURLToPath(new URL("../../../wit/", import.meta.url));
const OUT = fileURLToPath(new URL("../src/generated/", import.meta.url));
const INTERFACES = ["account", "material", "media", "draft", "content", "publish"];

// The fields of articles that the contract wants and that have an obvious value.
const DEFAULTS = {
    news: { "cover-crops": [], comments: "closed" },
    pictures: { "cover-crops": [], comments: "closed" },
};
// The case of a variant that an argument without `type` is.
const DEFAULT_CASES = { article: "news" };
// Types that are written by hand: files come from paths, too, and errors are thrown.
const BY_HAND = { file: "FileInput", error: "WeChatError" };
// The functions that must not be repeated blindly, by their doc comments. A test reads those again.
const UNSAFE = [
    "material.upload-image",
    "material.upload-voice",
    "material.upload-video",
    "material.upload-thumb",
    "draft.add",
    "content.prepare",
    "publish.submit",
    "publish.delete",
];

const NUMBERS = new Set(["u32", "s32", "u64", "s64", "f64"]);
const HEAD = "// Generated from wit/ by tools/generate.mjs. Do not edit.\n\n";

const [{ types }] = readWit(`${WIT}types.wit`);
const interfaces = INTERFACES.flatMap((name) => readWit(`${WIT}${name}.wit`));
const names = new Names(types, interfaces);
const { camel, pascal } = names;

/** Returns the TypeScript of a WIT type. */
function typescript(type, aliases = {}) {
    if (type === null) return "void";
    if (typeof type === "string") {
        const name = aliases[type] ?? type;
        if (name === "string") return "string";
        if (name === "bool") return "boolean";
        return NUMBERS.has(name) ? "number" : (BY_HAND[name] ?? pascal(name));
    }
    const [[outer, parameters]] = Object.entries(type);
    const inner = parameters.map((parameter) => typescript(parameter, aliases));
    if (outer === "list" && parameters[0] === "u8") return "Uint8Array";
    if (outer === "list") return `${inner[0]}[]`;
    if (outer === "option") return `${inner[0]} | undefined`;
    if (outer === "result") return `Result<${inner[0]}>`;
    throw new Error(`the type ${outer} has no TypeScript yet`);
}

/** Returns a WIT type for the schema, with aliases resolved. */
function plain(type, aliases = {}) {
    if (type === null || typeof type === "string") return aliases[type] ?? type;
    const [[outer, parameters]] = Object.entries(type);
    if (outer === "list" && parameters[0] === "u8") return "bytes";
    return { [outer]: parameters.map((parameter) => plain(parameter, aliases)) };
}

const isOption = (type) => type !== null && typeof type === "object" && "option" in type;

function comment(docs, indent = "", more = []) {
    const text = [names.inDocs(docs), ...more].filter((part) => part !== "").join("\n\n").replaceAll("*/", "*\\/");
    if (text === "") return "";
    const lines = text.split("\n").map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`);
    return `${indent}/**\n${lines.join("")}${indent} */\n`;
}

function record({ name, docs, fields }) {
    const lines = fields.map((field) => {
        const fallback = DEFAULTS[name]?.[field.name];
        const optional = isOption(field.type) || fallback !== undefined;
        const more = fallback === undefined ? [] : [`Default: \`${JSON.stringify(fallback)}\`.`];
        const type = typescript(field.type);
        const mark = optional ? "?" : "";
        const undefinable = optional && !isOption(field.type) ? " | undefined" : "";
        return `${comment(field.docs, "    ", more)}    ${camel(field.name)}${mark}: ${type}${undefinable};\n`;
    });
    return `${comment(docs)}export interface ${pascal(name)} {\n${lines.join("")}}\n`;
}

function enumeration({ name, docs, fields }) {
    const cases = fields.map((field) => `- \`"${field.name}"\`: ${names.inDocs(field.docs).replaceAll("\n", "\n  ")}`);
    const union = fields.map((field) => `\n    | "${field.name}"`).join("");
    return `${comment(docs, "", [cases.join("\n")])}export type ${pascal(name)} =${union};\n`;
}

function variant({ name, docs, fields }) {
    const isRecord = (type) => types.some((found) => found.kind === "record" && found.name === type);
    const cases = fields.map((field) => {
        const own = `${pascal(name)}${pascal(field.name)}`;
        const spread = isRecord(field.type) && !(field.type in BY_HAND);
        const mark = DEFAULT_CASES[name] === field.name ? "?" : "";
        const tag = `    type${mark}: "${field.name}"${mark === "?" ? " | undefined" : ""};\n`;
        const value = field.type === null || spread ? "" : `    ${payload(field.type)}: ${typescript(field.type)};\n`;
        const base = spread ? ` extends ${pascal(field.type)}` : "";
        return [own, `${comment(field.docs)}export interface ${own}${base} {\n${tag}${value}}\n`];
    });
    const union = `${comment(docs)}export type ${pascal(name)} =${cases.map(([own]) => `\n    | ${own}`).join("")};\n`;
    return [union, ...cases.map(([, text]) => text)].join("\n");
}

const payload = (type) => (type === "error" ? "error" : "value");

function typesFile() {
    const write = { record, enum: enumeration, variant };
    const written = types.filter((type) => !(type.name in BY_HAND)).map((type) => write[type.kind](type));
    const result =
        "/** The outcome of a part of a call. */\n" +
        'export type Result<T> = { type: "ok"; value: T } | { type: "error"; error: WeChatError };\n';
    return `${HEAD}import type { WeChatError } from "../error.js";\n\n${[...written, result].join("\n")}`;
}

const takesAccount = (func) => func.parameters[0]?.name === "account";

function method(owner, func, aliases) {
    const parameters = func.parameters.filter((parameter) => parameter.name !== "account");
    const list = parameters.map(({ name, type }, index) => {
        const mayBeLeftOut = parameters.slice(index).every((parameter) => isOption(parameter.type));
        return `${camel(name)}${mayBeLeftOut ? "?" : ""}: ${typescript(type, aliases)}`;
    });
    const ok = func.result?.result ? func.result.result[0] : func.result;
    const sent = parameters.map(({ name }) => camel(name)).join(", ");
    return (
        comment(func.docs, "    ") +
        `    ${camel(func.name)}(${[...list, "options?: CallOptions"].join(", ")}): ` +
        `Promise<${typescript(ok, aliases)}> {\n` +
        `        return this.#invoke("${owner}.${func.name}", [${sent}], options);\n    }\n`
    );
}

function classOf(name, base, docs, owner, functions, aliases) {
    const head = base === null ? "" : "        super(invoke);\n";
    return (
        `${comment(docs)}export class ${name}${base === null ? "" : ` extends ${base}`} {\n` +
        "    readonly #invoke: Invoke;\n\n" +
        `    /** @internal */\n    constructor(invoke: Invoke) {\n${head}        this.#invoke = invoke;\n    }\n\n` +
        `${functions.map((func) => method(owner, func, aliases)).join("\n")}}\n`
    );
}

/** JavaScript drops no resources: `Account.close` does it. */
function withClose(docs) {
    const dropping = /Dropping the resource(\s+forgets)/;
    if (!dropping.test(docs)) throw new Error("the contract says in other words that dropping forgets the secret");
    return docs.replace(dropping, "`close`$1");
}

function classes({ name, docs, functions, resources, aliases }) {
    if (resources.length > 0) {
        const [{ docs: inner, functions: methods }] = resources;
        return [classOf("AccountOperations", null, withClose(inner), name, methods, aliases)];
    }
    const free = functions.filter((func) => !takesAccount(func));
    const own = functions.filter(takesAccount);
    if (free.length === 0) return [classOf(pascal(name), null, docs, name, own, aliases)];
    const base = `${pascal(name)}WithoutAccount`;
    const about = `The functions of \`${name}\` that need no account and contact nobody.`;
    return [
        classOf(base, null, about, name, free, aliases),
        classOf(pascal(name), base, docs, name, own, aliases),
    ];
}

function interfacesFile() {
    const written = interfaces.flatMap(classes).join("\n");
    const code = written.replace(/\/\*\*[^]*?\*\//g, "");
    const used = types
        .filter((type) => !(type.name in BY_HAND) && new RegExp(`\\b${pascal(type.name)}\\b`).test(code))
        .map((type) => pascal(type.name));
    return (
        `${HEAD}import type { CallOptions, Invoke } from "../call.js";\n` +
        'import type { FileInput } from "../files.js";\n' +
        `import type {\n    ${used.sort().join(",\n    ")},\n} from "./types.js";\n\n${written}`
    );
}

function schema() {
    const described = {};
    for (const { kind, name, fields } of types) {
        const entries = fields.map((field) => [field.name, plain(field.type ?? null)]);
        if (kind === "enum") described[name] = { enum: fields.map((field) => field.name) };
        else if (kind === "record") {
            described[name] = { record: entries.map(([field, type]) => [camel(field), type]) };
            const defaults = Object.entries(DEFAULTS[name] ?? {});
            if (defaults.length > 0) {
                described[name].defaults = Object.fromEntries(defaults.map(([field, value]) => [camel(field), value]));
            }
        } else {
            described[name] = { variant: entries };
            if (name in DEFAULT_CASES) described[name].defaultCase = DEFAULT_CASES[name];
        }
    }
    const functions = {};
    for (const { name, functions: free, resources, aliases } of interfaces) {
        const methods = resources.flatMap((resource) => resource.functions);
        for (const func of [...free, ...methods]) {
            const ok = func.result?.result ? func.result.result[0] : func.result;
            functions[`${name}.${func.name}`] = {
                method: camel(func.name),
                account: methods.includes(func) ? "method" : takesAccount(func) ? "argument" : "none",
                parameters: func.parameters
                    .filter((parameter) => parameter.name !== "account")
                    .map((parameter) => [camel(parameter.name), plain(parameter.type, aliases)]),
                result: plain(ok, aliases),
                unsafe: UNSAFE.includes(`${name}.${func.name}`),
            };
        }
    }
    for (const name of UNSAFE) if (!(name in functions)) throw new Error(`${name} is not in the contract`);
    return { types: described, functions, names: names.fields() };
}

function schemaFile() {
    return (
        `${HEAD}import type { Schema } from "../schema.js";\n\n/** The types and functions of the contract. */\n` +
        `export const SCHEMA: Schema = ${JSON.stringify(schema(), null, 4)};\n`
    );
}

/** The cases of WASI's error codes, in their order, which is that of their numbers. */
function errorCodesFile() {
    const http = readdirSync(`${WIT}deps`, { recursive: true })
        .filter((name) => name.endsWith(".wit"))
        .map((name) => readFileSync(`${WIT}deps/${name}`, "utf8"))
        .find((text) => /^package wasi:http@/m.test(text));
    const [, cases] = /variant error-code \{([^}]*)\}/.exec(http);
    const found = cases.replace(/\/\/.*/g, "").matchAll(/([A-Za-z][A-Za-z-]*)(?:\([^,]*\))?,?\s/g);
    const codes = JSON.stringify([...found].map(([, name]) => name), null, 4);
    return `${HEAD}/** The error codes of wasi:http by their numbers. */\nexport const ERROR_CODES = ${codes};\n`;
}

mkdirSync(OUT, { recursive: true });
writeFileSync(`${OUT}types.ts`, typesFile());
writeFileSync(`${OUT}interfaces.ts`, interfacesFile());
writeFileSync(`${OUT}error-codes.ts`, errorCodesFile());
writeFileSync(`${OUT}schema.ts`, schemaFile());
