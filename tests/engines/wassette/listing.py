"""The list of the tools as a model gets it, compared with the one that was seen last."""

import difflib
import json
from pathlib import Path

# Written anew by `wassette.sh --update`. A change is a change for every model.
SNAPSHOT = Path(__file__).parent / "tools.json"

PUBLISH = "publish-draft"

# A model reads every word of the list in every conversation.
LARGEST = 30_000


def _snapshot(tools):
    """Returns the tools as JSON with a line for each of their parts."""
    parts = ["name", "description", "inputSchema", "outputSchema"]
    lines = [
        ",\n".join(f"{json.dumps(part)}: {json.dumps(tool[part], ensure_ascii=False)}" for part in parts)
        for tool in sorted(tools, key=lambda tool: tool["name"])
    ]
    return "[{\n" + "\n},{\n".join(lines) + "\n}]\n"


def run(report, host, publishing, update):
    report.title("The tools as a model gets them")
    quiet, all_tools = host.tools(), publishing.tools()
    names = [tool["name"] for tool in quiet]
    report.check("the quiet component has no tool that publishes", PUBLISH not in names, names)
    report.equal("the other has one tool more", {tool["name"] for tool in all_tools} - set(names), {PUBLISH})
    for tool in all_tools:
        report.check(f"{tool['name']} has a text", len(tool.get("description") or "") > 40, tool)
    text = json.dumps(all_tools)
    for word in ["SECRET", "secret", "app-id", "WECHAT_"]:
        report.check(f"no tool has an argument or a text with {word}", word not in text)
    size = len(json.dumps({"tools": all_tools}, separators=(",", ":"), ensure_ascii=False).encode())
    inputs = [{name: tool[name] for name in ("name", "description", "inputSchema")} for tool in all_tools]
    report.check(f"the list has at most {LARGEST:,} bytes", size <= LARGEST, size)
    report.figure("the list of all tools", f"{size:,} bytes")
    without = len(json.dumps(inputs, separators=(",", ":"), ensure_ascii=False).encode())
    report.figure("without the schemas of the results", f"{without:,} bytes")
    seen = _snapshot(all_tools)
    if update:
        SNAPSHOT.write_text(seen)
    expected = SNAPSHOT.read_text() if SNAPSHOT.is_file() else ""
    difference = "\n".join(difflib.unified_diff(expected.splitlines(), seen.splitlines(), lineterm="", n=1))
    report.check("the list is that of tools.json (--update writes it)", seen == expected, difference)
