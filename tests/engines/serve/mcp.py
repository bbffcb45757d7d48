"""The Model Context Protocol, by its official client, in both forms of the protocol."""

import os
import subprocess
from pathlib import Path

from .service import TOKEN

CLIENT = Path(__file__).with_name("mcp_client.py")

MODES = ["2026-07-28", "legacy", "auto"]


def run(report, service, tools):
    for mode in MODES:
        report.title(f"One article from nothing to public, by the official client of MCP, mode {mode}")
        # A module here has the name of the client's package, so this folder is on no path of it.
        environment = {"PATH": os.environ["PATH"], "EDGE_TOKEN": TOKEN}
        command = [tools.mcp_python, "-P", CLIENT, f"{service.base}/mcp", mode]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        print(done.stdout, end="", flush=True)
        report.equal("the client ends without a surprise", (done.returncode, done.stderr), (0, ""))
        # Searched for secrets like the service's own output: these are its replies.
        (service.folder / f"mcp-{mode}").write_text(done.stdout + done.stderr)
    report.title("What the client of MCP does not try")
    for method in ("GET", "DELETE"):
        reply = service.request(method, "/mcp")
        seen = (reply.status, reply.headers.get("allow"))
        report.equal(f"{method} /mcp is refused", seen, (405, "POST"))
    listing = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    reply = service.request("POST", "/mcp", listing, Origin="https://page.example")
    report.equal("a web page is refused", reply.kind, "origin-not-allowed")
    reply = service.request("POST", "/mcp", listing, token=None)
    report.equal("a caller without the token is refused", reply.kind, "unauthenticated")
