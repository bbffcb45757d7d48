"""No secret in anything that a host prints or leaves behind."""

from support import canary


def run(report, folder, debug):
    report.title("Secrets")
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".wasm", ".cwasm")]
    size = sum(path.stat().st_size for path in files)
    report.check("there is something to search", size > 50_000, size)
    report.figure("searched", f"{len(files)} files, {size / 1e6:.1f} MB: stdout, stderr and what Wassette wrote")
    report.equal("no app id, secret or access token", canary.found_in(folder), {})
    report.title("A host that logs everything (RUST_LOG=debug)")
    found = canary.found_in(debug)
    report.check("no secret", "the secret" not in found, found)
    report.figure("what docs/tools.md warns of", f"{', '.join(found) or 'nothing'} in the log")
