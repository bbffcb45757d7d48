"""The run: see README.md beside this folder.

    tests/engines/mcp.sh            run, and compare the list of the tools with docs/mcp.md
    tests/engines/mcp.sh --write    write that list anew
"""

import argparse
import json
import os
import secrets
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from support import canary, install, script
from support.generated import Part, difference, head, row
from support.simulator import Simulator

# The official client. It speaks both lives of the protocol.
MCP = "2.3.0"
# The client itself checks results against schemas, and the script checks the schemas and the errors.
JSONSCHEMA = "4.26.0"

CLIENT = Path(__file__).with_name("client.py")
PAGE = install.ROOT / "docs" / "mcp.md"
TABLE = Part("tools", "tests/engines/mcp.sh")

TRANSPORTS = ["stdio", "http"]
# By version, by `initialize`, and by asking for the version first.
MODES = ["2026-07-28", "legacy", "auto"]

# What the client says about the end of a session, which the server accepts with a status that it does not expect.
HARMLESS = "Session termination failed: 202\n"

# A whole conversation takes seconds; a busy machine may need more.
TIMEOUT = 300


def start_http(stack, command, folder, token):
    """Starts the server at a free port, and returns its address."""
    stderr = stack.enter_context(open(folder / "stderr", "w"))
    environment = {**os.environ, "WECHAT_MCP_TOKEN": token}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True)
    stack.callback(server.wait)
    stack.callback(server.terminate)
    first = server.stdout.readline().strip()
    if not first.startswith("listening on "):
        raise RuntimeError(f"the server did not start: {first!r}")
    return first.removeprefix("listening on ")


def converse(report, context, transport, mode):
    """Makes an article public over this transport. Returns the list of the tools."""
    report.title(f"One article from nothing to public over {transport}, mode {mode}")
    folder = context.folder / f"{transport}-{mode}"
    root = folder / "root"
    root.mkdir(parents=True)
    fixtures = install.ROOT / "host-test" / "fixtures"
    shutil.copy(fixtures / "photo-1.jpg", root / "photo.jpg")
    (root / "article.html").write_text('<p>Hello.</p><img src="photo.jpg">')
    token = secrets.token_hex(32)
    with ExitStack() as stack:
        simulator = Simulator(context.programs["wechat-simulator"], folder, tls=False)
        stack.callback(simulator.stop)
        server = [context.programs["wechat-oa"], "--api-base", simulator.base, "mcp"]
        server += ["--root", str(root), "--allow-publish"]
        if transport == "http":
            address = [start_http(stack, [*server, "--http", "127.0.0.1:0"], folder, token)]
        else:
            address = [str(folder / "stderr"), *server]
        environment = {**os.environ, "WECHAT_MCP_TOKEN": token}
        environment.pop("PYTHONPATH")
        # Without the folder of the script on its path, where the name of the client's package means this one.
        command = [context.python, "-P", CLIENT, transport, mode, folder / "tools.json", *address]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT)
    print(done.stdout, end="", flush=True)
    is_calm = done.returncode == 0 and done.stderr in ("", HARMLESS)
    report.check("the client ends without a surprise", is_calm, done.stderr[-600:])
    (folder / "client").write_text(done.stdout + done.stderr)
    found = canary.found_in(folder)
    report.equal("no secret in any output", found, {})
    texts = [path.read_text() for path in (folder / "client", folder / "stderr")]
    report.check("no bearer token in any output", not any(token in text for text in texts))
    tools = folder / "tools.json"
    return json.loads(tools.read_text()) if tools.exists() else []


HINTS = {
    "readOnlyHint": "read-only",
    "destructiveHint": "destructive",
    "idempotentHint": "idempotent",
    "openWorldHint": "open world",
}


def annotations(tool):
    """Names those annotations of a tool that are true."""
    return ", ".join(name for hint, name in HINTS.items() if tool["annotations"][hint])


def size(value):
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def table(tools):
    text = head("Tool", "Title", "Annotations", "Bytes of the arguments' schema", "Bytes in the list")
    for tool in tools:
        sizes = [str(size(tool["inputSchema"])), str(size(tool))]
        text += row([f"`{tool['name']}`", tool["title"], annotations(tool), *sizes])
    inputs = sum(size(tool["inputSchema"]) + size(tool["description"]) for tool in tools)
    return text + (
        f"\nAll {len(tools)} together have {size(tools)} bytes. Names, descriptions and arguments, which are what models "
        f"commonly get to see, are {inputs} bytes of these."
    )


class Context:
    """What all conversations share."""

    def __init__(self, folder):
        self.programs = install.programs()
        self.folder = folder
        packages = [f"mcp=={MCP}", f"jsonschema=={JSONSCHEMA}"]
        self.python = install.python_packages(install.target_folder("mcp") / "python", *packages)


def run(report, folder, write):
    """Makes the conversations, and compares the list of the tools with the page or writes it there."""
    context = Context(folder)
    lists = [converse(report, context, transport, mode) for transport in TRANSPORTS for mode in MODES]
    report.title("The list of the tools")
    report.check("it is the same everywhere", all(tools == lists[0] for tools in lists))
    old = PAGE.read_text()
    new = TABLE.replaced(old, table(lists[0]))
    if write:
        PAGE.write_text(new)
    else:
        report.equal("docs/mcp.md has it (--write writes it)", difference(old, new, "as it should be"), "")
    print(table(lists[0]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the list of the tools in docs/mcp.md anew")
    options = parser.parse_args()
    folder = install.target_folder("mcp") / "run"
    return script.run(lambda report, _: run(report, folder, options.write), folder, keep=True)


if __name__ == "__main__":
    sys.exit(main())
