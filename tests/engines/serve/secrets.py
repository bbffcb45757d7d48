"""No secret in any reply, header or line of output."""

from support import canary

from .service import TOKEN


def run(report, folder):
    report.title("Secrets")
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    report.check("there is something to search", size > 100_000, size)
    report.figure("searched", f"{len(files)} files, {size / 1e6:.1f} MB: replies with their headers, stdout and stderr")
    report.equal("no app id, secret, access token or bearer token", canary.found_in(folder, {"the bearer": TOKEN}), {})
