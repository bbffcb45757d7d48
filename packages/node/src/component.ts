import { readFile, readdir } from "node:fs/promises";

const FOLDER = new URL("./component/", import.meta.url);

/** Compiles the core modules of the component. Workers share the code. */
export async function compile(): Promise<Record<string, WebAssembly.Module>> {
    const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".wasm"));
    const modules = names.map(async (name): Promise<[string, WebAssembly.Module]> => {
        return [name, await WebAssembly.compile(await readFile(new URL(name, FOLDER)))];
    });
    return Object.fromEntries(await Promise.all(modules));
}
