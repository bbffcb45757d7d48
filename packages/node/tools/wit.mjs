// Reads the WIT of this repository: interfaces with their types, functions and doc comments.
//
// No npm package gives WIT with its doc comments as data: jco writes TypeScript of another shape than this package's.

import { readFileSync } from "node:fs";

const TOKEN = /\/\/\/ ?(?<doc>.*)|\/\/.*|(?<name>%?[A-Za-z][A-Za-z0-9-]*)|(?<mark>->|[{}()<>,:;=.@/_]|[0-9.]+)|\s+/y;

function tokens(text) {
    const found = [];
    for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
        const at = TOKEN.lastIndex;
        const match = TOKEN.exec(text);
        if (match === null) throw new Error(`unknown WIT at: ${text.slice(at, at + 40)}`);
        const { doc, name, mark } = match.groups;
        if (doc !== undefined) found.push({ doc });
        else if (name !== undefined) found.push({ name: name.replace("%", "") });
        else if (mark !== undefined) found.push({ mark });
    }
    return found;
}

/** A position among the tokens of a file. */
class Reader {
    constructor(text) {
        this.tokens = tokens(text);
        this.at = 0;
    }

    docs() {
        const lines = [];
        for (; this.tokens[this.at]?.doc !== undefined; this.at++) lines.push(this.tokens[this.at].doc);
        return lines.join("\n");
    }

    name() {
        const { name } = this.tokens[this.at++] ?? {};
        if (name === undefined) throw new Error(`a name is missing at ${JSON.stringify(this.tokens[this.at - 1])}`);
        return name;
    }

    is(mark) {
        const token = this.tokens[this.at];
        return token?.mark === mark || token?.name === mark;
    }

    take(mark) {
        const is = this.is(mark);
        if (is) this.at++;
        return is;
    }

    expect(mark) {
        if (!this.take(mark)) throw new Error(`${mark} is missing at ${JSON.stringify(this.tokens[this.at])}`);
    }

    /** Reads items up to the closing mark; a comma after the last one is allowed. */
    list(close, item) {
        const items = [];
        while (!this.take(close)) {
            items.push(item());
            if (!this.take(",")) {
                this.expect(close);
                break;
            }
        }
        return items;
    }

    type() {
        if (this.take("_")) return null;
        const name = this.name();
        if (!this.take("<")) return name;
        const parameters = this.list(">", () => this.type());
        return { [name]: parameters };
    }

    parameters() {
        this.expect("(");
        return this.list(")", () => {
            const name = this.name();
            this.expect(":");
            return { name, type: this.type() };
        });
    }

    result() {
        return this.take("->") ? this.type() : null;
    }

    func(name, docs) {
        this.expect("func");
        const parameters = this.parameters();
        const result = this.result();
        this.expect(";");
        return { name, docs, parameters, result };
    }
}

const FIELDS = {
    record: (reader, docs) => {
        const name = reader.name();
        reader.expect(":");
        return { name, docs, type: reader.type() };
    },
    enum: (reader, docs) => ({ name: reader.name(), docs }),
    variant: (reader, docs) => {
        const name = reader.name();
        const type = reader.take("(") ? reader.type() : null;
        if (type !== null) reader.expect(")");
        return { name, docs, type };
    },
};

function resource(reader, name, docs) {
    const functions = [];
    let constructor;
    reader.expect("{");
    while (!reader.take("}")) {
        const inner = reader.docs();
        const method = reader.name();
        if (method === "constructor") {
            constructor = { docs: inner, parameters: reader.parameters(), result: reader.result() };
            reader.expect(";");
        } else {
            reader.expect(":");
            functions.push(reader.func(method, inner));
        }
    }
    return { name, docs, constructor, functions };
}

function readInterface(reader, docs) {
    const found = { name: reader.name(), docs, types: [], functions: [], resources: [], aliases: {} };
    reader.expect("{");
    while (!reader.take("}")) {
        const inner = reader.docs();
        const word = reader.name();
        if (word === "use") {
            reader.name();
            reader.expect(".");
            reader.expect("{");
            reader.list("}", () => {
                const name = reader.name();
                if (reader.take("as")) found.aliases[reader.name()] = name;
            });
            reader.expect(";");
        } else if (word in FIELDS) {
            const name = reader.name();
            reader.expect("{");
            const fields = reader.list("}", () => FIELDS[word](reader, reader.docs()));
            found.types.push({ kind: word, name, docs: inner, fields });
        } else if (word === "resource") {
            found.resources.push(resource(reader, reader.name(), inner));
        } else {
            reader.expect(":");
            found.functions.push(reader.func(word, inner));
        }
    }
    return found;
}

/** Reads one WIT file and returns its interfaces. */
export function readWit(path) {
    const reader = new Reader(readFileSync(path, "utf8"));
    reader.expect("package");
    while (!reader.take(";")) reader.at++;
    const interfaces = [];
    while (reader.at < reader.tokens.length) {
        const docs = reader.docs();
        reader.expect("interface");
        interfaces.push(readInterface(reader, docs));
    }
    return interfaces;
}
