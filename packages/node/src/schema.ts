/** The name of a function of the contract, such as `draft.product-card`. */
export type FunctionName = string;

/** A type of the contract: a primitive's or named type's name, or a list, option or result of others. */
export type Type =
    | string
    | null
    | { readonly list?: readonly Type[]; readonly option?: readonly Type[]; readonly result?: readonly Type[] };

/** A named type of the contract. Fields have the names of JavaScript, cases those of WIT. */
export interface NamedType {
    readonly record?: readonly (readonly [string, Type])[];
    readonly enum?: readonly string[];
    readonly variant?: readonly (readonly [string, Type])[];
    /** Values for fields of a record that an argument may leave out. */
    readonly defaults?: Readonly<Record<string, unknown>>;
    /** The case of a variant that an argument without `type` is. */
    readonly defaultCase?: string;
}

/** A function of the contract. */
export interface FunctionType {
    /** Its name in JavaScript. */
    readonly method: string;
    /** Its way to the account: it is a method of the resource, has it as its first argument, or needs none. */
    readonly account: "method" | "argument" | "none";
    /** Names and types of its parameters, without the account. */
    readonly parameters: readonly (readonly [string, Type])[];
    /** The type of its result, if it succeeds. */
    readonly result: Type;
    /** True if it must not be repeated blindly. */
    readonly unsafe: boolean;
}

/** The contract. */
export interface Schema {
    readonly types: Readonly<Record<string, NamedType>>;
    readonly functions: Readonly<Record<FunctionName, FunctionType>>;
    /** The names of fields and parameters that differ in JavaScript, by those of WIT. */
    readonly names: Readonly<Record<string, string>>;
}
