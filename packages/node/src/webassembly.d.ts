// The part of WebAssembly's API that is used here. Its types are otherwise in the library for browsers.
declare namespace WebAssembly {
    // A handle without visible members.
    interface Module {
        readonly [Symbol.toStringTag]: "WebAssembly.Module";
    }
    function instantiate(module: Module, imports: object): Promise<{ readonly exports: unknown }>;
    function compile(bytes: Uint8Array): Promise<Module>;
}
