// Values between JavaScript and the form that jco's bindings take and give. The rules are in the README: names in
// camelCase, numbers as `number`, none as a missing property, and variants as objects with a `type`.

import { WeChatError, invalidInput, type ErrorCause, type ErrorFields } from "./error.js";
import { SCHEMA } from "./generated/schema.js";
import type { NamedType, Type } from "./schema.js";

/** The form of a variant or result in jco's bindings. */
interface Tagged {
    tag: string;
    val?: unknown;
}

const INTEGERS: Readonly<Record<string, readonly [number, number]>> = {
    u32: [0, 2 ** 32 - 1],
    s32: [-(2 ** 31), 2 ** 31 - 1],
    u64: [0, Number.MAX_SAFE_INTEGER],
    s64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/** Returns an argument as the bindings take it, or throws the `invalid-input` that names what is wrong. */
export function toGuest(value: unknown, type: Type, path: string): unknown {
    if (type === null) return undefined;
    if (typeof type === "string") return primitiveToGuest(value, type, path);
    if (type.option) return value === undefined || value === null ? undefined : inner(value, type.option, path);
    if (type.list) {
        if (!Array.isArray(value) && !(value instanceof Uint32Array)) throw wrong(path, value, "an array");
        return Array.from(value, (item, index) => inner(item, type.list, `${path}[${index}]`));
    }
    throw new TypeError(`${path} has a type without a conversion`);
}

function inner(value: unknown, types: readonly Type[] | undefined, path: string): unknown {
    return toGuest(value, types?.[0] ?? null, path);
}

function primitiveToGuest(value: unknown, type: string, path: string): unknown {
    if (type === "string") return expect(value, "string", path, "a string");
    if (type === "bool") return expect(value, "boolean", path, "true or false");
    if (type === "f64") return expect(value, "number", path, "a number");
    if (type === "bytes") {
        if (!(value instanceof Uint8Array)) throw wrong(path, value, "a Uint8Array");
        return value;
    }
    const range = INTEGERS[type];
    if (range !== undefined) return integerToGuest(value, type, range, path);
    const named = SCHEMA.types[type];
    if (named === undefined) throw new TypeError(`${path} has the unknown type ${type}`);
    if (named.enum) return enumToGuest(value, named.enum, path);
    const fields = object(value, path);
    if (named.record) return recordToGuest(fields, named, named.record, path);
    return variantToGuest(fields, named, path);
}

function expect(value: unknown, is: "string" | "boolean" | "number", path: string, what: string): unknown {
    if (typeof value !== is) throw wrong(path, value, what);
    return value;
}

function integerToGuest(value: unknown, type: string, [least, most]: readonly [number, number], path: string): unknown {
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number) || number < least || number > most) {
        throw wrong(path, value, `an integer from ${least} to ${most}`);
    }
    return type.endsWith("64") ? BigInt(number) : number;
}

function enumToGuest(value: unknown, cases: readonly string[], path: string): unknown {
    if (typeof value !== "string" || !cases.includes(value)) throw wrong(path, value, oneOf(cases));
    return value;
}

function object(value: unknown, path: string): Record<string, unknown> {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(path, value, "an object");
    return value as Record<string, unknown>;
}

function recordToGuest(
    value: Record<string, unknown>,
    { defaults }: NamedType,
    fields: readonly (readonly [string, Type])[],
    path: string,
): Record<string, unknown> {
    refuseOthers(value, fields.map(([name]) => name), path);
    const converted = fields.map(([name, type]) => {
        const given = value[name] ?? defaults?.[name];
        return [name, toGuest(given, type, `${path}.${name}`)];
    });
    return Object.fromEntries(converted) as Record<string, unknown>;
}

function refuseOthers(value: Record<string, unknown>, known: readonly string[], path: string): void {
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown === undefined) return;
    const message = `${path} has the field ${unknown}, which is not known.`;
    const advice = known.length === 1 ? `Its only field is ${known[0]}.` : `Its fields are ${known.join(", ")}.`;
    throw invalidInput(`${path}.${unknown}`, message, advice);
}

function variantToGuest(value: Record<string, unknown>, named: NamedType, path: string): Tagged {
    const cases = named.variant ?? [];
    const tag = value["type"] ?? named.defaultCase;
    const found = cases.find(([name]) => name === tag);
    if (found === undefined) throw wrong(`${path}.type`, tag, oneOf(cases.map(([name]) => name)));
    const [name, type] = found;
    if (type === null) {
        refuseOthers(value, ["type"], path);
        return { tag: name };
    }
    if (!isRecord(type)) {
        refuseOthers(value, ["type", "value"], path);
        return { tag: name, val: toGuest(value["value"], type, `${path}.value`) };
    }
    const { type: _, ...fields } = value;
    return { tag: name, val: toGuest(fields, type, path) };
}

const isRecord = (type: Type): type is string => typeof type === "string" && SCHEMA.types[type]?.record !== undefined;

const oneOf = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(" or ");

/** Names the value by its type alone: it may be a secret in the wrong place. */
function wrong(path: string, value: unknown, what: string): WeChatError {
    const is = value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
    const message = value === undefined ? `${path} is missing.` : `${path} is not right: ${is}.`;
    return invalidInput(path, message, `It has to be ${what}.`);
}

/** Returns a result of the bindings as this package gives it. */
export function fromGuest(value: unknown, type: Type): unknown {
    if (type === null || value === undefined) return undefined;
    if (typeof type === "string") return primitiveFromGuest(value, type);
    if (type.option) return fromGuest(value, type.option[0] ?? null);
    if (type.list) return Array.from(value as Iterable<unknown>, (item) => fromGuest(item, type.list?.[0] ?? null));
    const { tag, val } = value as Tagged;
    if (tag === "err") return { type: "error", error: errorFromGuest(val) };
    return { type: "ok", value: fromGuest(val, type.result?.[0] ?? null) };
}

function primitiveFromGuest(value: unknown, type: string): unknown {
    if (type === "error") return errorFromGuest(value);
    if (typeof value === "bigint") return Number(value);
    const named = SCHEMA.types[type];
    if (named?.record) {
        const record = recordFromGuest(value as Record<string, unknown>, named.record);
        return type === "finding" ? { ...record, field: fieldName(String(record["field"])) } : record;
    }
    if (named?.variant) return variantFromGuest(value as Tagged, named.variant);
    return value;
}

/** None is a property that is not there, in `Object.keys` and in JSON alike. */
function recordFromGuest(
    value: Record<string, unknown>,
    fields: readonly (readonly [string, Type])[],
): Record<string, unknown> {
    const converted: Record<string, unknown> = {};
    for (const [name, type] of fields) {
        if (value[name] !== undefined) converted[name] = fromGuest(value[name], type);
    }
    return converted;
}

function variantFromGuest({ tag, val }: Tagged, cases: readonly (readonly [string, Type])[]): unknown {
    const type = cases.find(([name]) => name === tag)?.[1] ?? null;
    if (type === null) return { type: tag };
    if (type === "error") return { type: tag, error: errorFromGuest(val) };
    const value = fromGuest(val, type);
    return isRecord(type) ? { type: tag, ...(value as object) } : { type: tag, value };
}

/** The component names fields as WIT does, and parts of them after a dot: `timeouts.first-byte-milliseconds`. */
function fieldName(name: string): string {
    const { names } = SCHEMA;
    return name
        .split(".")
        .map((part) => (Object.hasOwn(names, part) ? (names[part] ?? part) : part))
        .join(".");
}

/** Makes the error that a call throws of the component's record. */
export function errorFromGuest(value: unknown, options?: ErrorCause): WeChatError {
    const fields = value as ErrorFields;
    const { kind, subject } = fields;
    // The subject of other kinds is the name of a file or an address, which stays as it is.
    if (kind !== "invalid-input" || subject === undefined) return new WeChatError(fields, options);
    return new WeChatError({ ...fields, subject: fieldName(subject) }, options);
}
