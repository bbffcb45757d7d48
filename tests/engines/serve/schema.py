"""schemathesis: requests made from docs/openapi.yaml, and replies compared with it. All checks are on."""

import subprocess

from support import install

from .service import ALIAS, TOKEN

# For each operation, in each phase that draws examples: enough for a minute.
EXAMPLES = 8

# Always the same requests: a failure can be repeated.
SEED = 1

# It takes some two minutes on two busy cores.
TIMEOUT = 600

# In CPython 3.11 before 3.11.8, threads that read source code disturb each other, and schemathesis does in all of them:
# https://github.com/python/cpython/issues/106905
WORKERS = 1

CONFIG = f"""
[parameters]
alias = "{ALIAS}"
# The plugin waits before it asks, for a task that nobody has as well: 5 s or more for each such request.
wait_seconds = 0

# A request that fits the schema may still be refused with 422: no schema tells that an id names a permanent image of the
# account, which links WeChat rejects in HTML, or that only a video has a title. All other statuses are the default.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429", "5xx"]
"""


def run(report, service, simulator, tools, folder):
    report.title("schemathesis against docs/openapi.yaml")
    (folder / "schemathesis.toml").write_text(CONFIG)
    document = install.ROOT / "docs" / "openapi.yaml"
    command = [tools.schemathesis, "--config-file", folder / "schemathesis.toml", "--no-color", "run", document]
    command += ["--url", service.base, "--header", f"Authorization: Bearer {TOKEN}", "--checks", "all"]
    # It would end the run if the generator throws too many of its own examples away, before they are sent.
    command += ["--suppress-health-check", "filter_too_much"]
    command += ["--max-examples", str(EXAMPLES), "--seed", str(SEED), "--workers", str(WORKERS), "--warnings", "off"]
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, timeout=TIMEOUT)
    lines = (done.stdout + done.stderr).splitlines()
    summary = [line.strip() for line in lines if "passed" in line or "Operations:" in line or "generated" in line]
    for line in summary:
        report.figure("schemathesis", line)
    report.check("no failure", done.returncode == 0, "\n".join(lines))
    # A simulator that is gone would leave problems to be compared, and nothing else.
    report.check("there are drafts", simulator.stored()["drafts"] > 0)
    traps = [line for line in (service.folder / "stderr").read_text().splitlines() if "wasm trap" in line]
    report.equal("no request has trapped the component", traps, [])
