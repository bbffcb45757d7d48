/** `Symbol.asyncDispose`, which is younger than the first releases of Node 20. */
export const ASYNC_DISPOSE: typeof Symbol.asyncDispose =
    (Symbol as { asyncDispose?: typeof Symbol.asyncDispose }).asyncDispose ??
    (Symbol.for("nodejs.asyncDispose") as typeof Symbol.asyncDispose);
