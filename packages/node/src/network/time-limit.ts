/** A limit on a wait for the network. */
export class TimeLimit {
    #timer: NodeJS.Timeout | undefined;
    #immediate: NodeJS.Immediate | undefined;

    constructor(
        private readonly milliseconds: number | undefined,
        private readonly onOver: () => void,
    ) {}

    /** Begins to wait, from now on. */
    start(): void {
        this.stop();
        if (this.milliseconds === undefined) return;
        this.#timer = setTimeout(() => {
            // If the program was busy, what came meanwhile is still to be read: it is read before this.
            this.#immediate = setImmediate(this.onOver);
        }, this.milliseconds);
    }

    stop(): void {
        clearTimeout(this.#timer);
        clearImmediate(this.#immediate);
    }
}
