import { later } from "../later.js";

/** A limit on a wait for the network. */
export class TimeLimit {
    #stopTimer: (() => void) | undefined;
    #immediate: NodeJS.Immediate | undefined;

    constructor(
        private readonly milliseconds: number | undefined,
        private readonly onOver: () => void,
    ) {}

    /** Begins to wait, from now on. */
    start(): void {
        this.stop();
        if (this.milliseconds === undefined) return;
        this.#stopTimer = later(this.milliseconds, () => {
            // If the program was busy, what came meanwhile is still to be read: it is read before this.
            this.#immediate = setImmediate(this.onOver);
        });
    }

    stop(): void {
        this.#stopTimer?.();
        clearImmediate(this.#immediate);
    }
}
