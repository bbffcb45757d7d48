"""The cells in which a host differs from the Rust host, each with its reason."""

# (host, faults, calls, reason); None for every call.
DIFFERENCES = [
    (
        "jco",
        ["first byte after 12 s"],
        None,
        "preview2-shim takes the limit on connecting (10 s) for one on silence, so a slow reply is lost. The plugin "
        "does not believe the code that it reports, and repeats safe calls only. A program that makes "
        "`RequestOptions.prototype.setConnectTimeout` throw avoids it.",
    ),
    (
        "jco",
        ["truncated reply"],
        None,
        "preview2-shim reports the end of the connection as an error for which `wasi:http` has no code, and jco throws "
        "a `TypeError` over it. Nobody knows if the call was executed, as with `outcome-unknown`.",
    ),
    (
        "wasmtime-serve",
        ["40001 each time"],
        None,
        "the service opens its account anew for each request, and so must not force a token (`may-force-token`): there "
        "is no third attempt.",
    ),
]
