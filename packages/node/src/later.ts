/** The longest time that `setTimeout` takes; a longer one would be over at once. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;

/** Calls `action` after this time, however long it is. Returns the function that takes it back. */
export function later(milliseconds: number, action: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    const wait = (left: number): void => {
        const step = Math.min(left, LONGEST_MILLISECONDS);
        timer = setTimeout(() => (left > step ? wait(left - step) : action()), step);
    };
    wait(milliseconds);
    return () => clearTimeout(timer);
}
