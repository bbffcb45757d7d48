// The names of the contract in JavaScript, and in doc comments.

/** `media-id` is `mediaId`. */
const camel = (name) => name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
/** `media-id` is `MediaId`. */
const pascal = (name) => camel(`-${name}`);

/** The names of all types and functions. */
export class Names {
    camel = camel;
    pascal = pascal;
    #spellings = new Map();
    #fields;

    constructor(types, interfaces) {
        const cases = types.flatMap(({ kind, fields }) => (kind === "record" ? [] : fields));
        const fields = types.flatMap(({ kind, fields }) => (kind === "record" ? fields : []));
        const resources = interfaces.flatMap(({ resources }) => resources);
        const functions = [...interfaces, ...resources].flatMap(({ functions }) => functions);
        const parameters = functions.flatMap(({ parameters }) => parameters);
        this.#fields = [...parameters, ...fields].map(({ name }) => name);
        for (const { name } of types) this.#spellings.set(name, pascal(name));
        for (const { name } of [...parameters, ...fields, ...functions]) this.#spellings.set(name, camel(name));
        // Cases are texts, which stay as they are.
        for (const { name } of cases) this.#spellings.set(name, name);
    }

    /** Returns the fields and parameters that have another name here. */
    fields() {
        const differ = this.#fields.filter((name) => camel(name) !== name);
        return Object.fromEntries(differ.map((name) => [name, camel(name)]));
    }

    /** Returns a doc comment with the names of this language in its code: `material.uploadImage`. */
    inDocs(docs) {
        return docs.replace(/`([a-z0-9.-]+)`/g, (_, code) => {
            const [first, ...rest] = code.split(".");
            const spelled = (part) => this.#spellings.get(part) ?? part;
            // Before a dot stands an interface or a value, never a type: `config.token`.
            return `\`${[rest.length === 0 ? spelled(first) : first, ...rest.map(spelled)].join(".")}\``;
        });
    }
}
