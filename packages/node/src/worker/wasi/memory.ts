// The component's memory and its handles, as the canonical ABI has them.

/** The exports of the component's core module by which the host reads and writes its memory. */
export interface CoreExports {
    readonly memory: { readonly buffer: ArrayBuffer };
    readonly cabi_realloc: (pointer: number, size: number, align: number, newSize: number) => number;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/** The linear memory of the component. It may move with each call of the component, so nothing of it is kept. */
export class Memory {
    #core: CoreExports | undefined;

    /** Sets the instance, which exists after the functions that need its memory. */
    set core(core: CoreExports) {
        this.#core = core;
    }

    /** Returns a copy of bytes. */
    bytes(pointer: number, length: number): Uint8Array<ArrayBuffer> {
        return new Uint8Array(this.#buffer.slice(pointer, pointer + length));
    }

    text(pointer: number, length: number): string {
        return decoder.decode(new Uint8Array(this.#buffer, pointer, length));
    }

    u32(pointer: number): number {
        return this.#view.getUint32(pointer, true);
    }

    /** Sets bytes to 0, as which results begin: then only what is not 0 is written. */
    clear(pointer: number, length: number): void {
        new Uint8Array(this.#buffer, pointer, length).fill(0);
    }

    setU8(pointer: number, value: number): void {
        this.#view.setUint8(pointer, value);
    }

    setU32(pointer: number, ...values: number[]): void {
        const view = this.#view;
        values.forEach((value, index) => view.setUint32(pointer + 4 * index, value, true));
    }

    setU64(pointer: number, value: bigint): void {
        this.#view.setBigUint64(pointer, value, true);
    }

    /** Copies bytes into new memory of the component, and writes the list at `pointer`. */
    setBytes(pointer: number, bytes: Uint8Array): void {
        const list = this.allocate(bytes.byteLength, 1);
        new Uint8Array(this.#buffer, list, bytes.byteLength).set(bytes);
        this.setU32(pointer, list, bytes.byteLength);
    }

    setText(pointer: number, text: string): void {
        this.setBytes(pointer, encoder.encode(text));
    }

    /** Returns new memory of the component, which then owns it. */
    allocate(size: number, align: number): number {
        return this.#exports.cabi_realloc(0, 0, align, size);
    }

    get #exports(): CoreExports {
        if (this.#core === undefined) throw new Error("the component is not instantiated");
        return this.#core;
    }

    get #buffer(): ArrayBuffer {
        return this.#exports.memory.buffer;
    }

    get #view(): DataView {
        return new DataView(this.#buffer);
    }
}

/** The resources that the component holds: it has numbers for them. */
export class Handles {
    // Handle 0 means none.
    readonly #resources: unknown[] = [undefined];
    readonly #free: number[] = [];

    add(resource: unknown): number {
        const handle = this.#free.pop() ?? this.#resources.length;
        this.#resources[handle] = resource;
        return handle;
    }

    /** Returns the resource that a handle borrows. Throws, and so traps, if it is none of this class. */
    get<T>(handle: number, type: abstract new (...parameters: never[]) => T): T {
        const resource = this.#resources[handle];
        if (resource instanceof type) return resource;
        throw new Error(`handle ${handle} is no ${type.name}`);
    }

    /** Returns the resource of a handle that the component gives away. */
    take<T>(handle: number, type: abstract new (...parameters: never[]) => T): T {
        const resource = this.get(handle, type);
        this.#resources[handle] = undefined;
        this.#free.push(handle);
        return resource;
    }
}
