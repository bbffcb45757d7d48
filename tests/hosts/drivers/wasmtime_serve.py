"""`wasmtime serve` with a component that is composed of a web service and the plugin.

The arguments are the program and the component. The service takes calls in JSON (`tests/consumer`).
"""

import base64
import json
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

from lines import serve, shown

# Longer than any cell: the comparison ends a call that hangs.
TIMEOUT = 600

program, component = sys.argv[1:3]
server = subprocess.Popen([program, "serve", "--addr", "127.0.0.1:0", component], stderr=subprocess.PIPE, text=True)


def address():
    """Returns the address from the line in which the server announces it, and passes everything on to stderr."""
    for line in server.stderr:
        sys.stderr.write(line)
        if found := re.search(r"http://[0-9.]+:[0-9]+", line):
            return found[0]
    raise SystemExit("wasmtime serve ended")


def pass_on():
    for line in server.stderr:
        sys.stderr.write(line)
        sys.stderr.flush()


def operation(call, cover=None, file=None, draft=None):
    match call:
        case "draft.add":
            fields = {"title": "Hello", "content": "<p>Written by a program.</p>", "thumb_media_id": cover}
        case "material.upload-image":
            picture = base64.b64encode(Path(file).read_bytes()).decode()
            fields = {"name": "cover.jpg", "base64": picture}
        case "publish.submit":
            fields = {"media_id": draft}
        case _:
            fields = {}
    return {"operation": call, **fields}


def ask(body):
    """Returns the service's answer in the form of a driver's reply, and the error if the service failed."""
    request = urllib.request.Request(base + "/call", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with opener.open(request, timeout=TIMEOUT) as reply:
            answer = json.loads(reply.read())
    except (OSError, urllib.error.HTTPError) as error:
        return {"ok": False, "kind": "trap", "message": str(error)}, error
    if "error" in answer:
        return {"ok": False, "kind": answer["error"]["kind"], "message": answer["error"]["message"]}, answer
    return {"ok": True, "value": answer["ok"]}, None


def perform(request):
    config = {name: request["config"][name] for name in ("app_id", "app_secret", "api_base")}
    verified, first = ask({**config, "operation": "verify"})
    result, second = ask({**config, **operation(request["call"], **request["arguments"])})
    result["verified"] = verified.get("kind", "ok")
    result["shown"] = shown(*(error for error in (first, second) if error))
    return result


try:
    base = address()
    threading.Thread(target=pass_on, daemon=True).start()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    serve({}, perform)
finally:
    server.kill()
