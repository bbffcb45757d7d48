"""A running Wassette, spoken to over stdio as an agent's client does: one line of JSON for each message."""

import json
import os
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from support.processes import INHERITED
from support.simulator import APP_ID, APP_SECRET

PROTOCOL = "2025-11-25"

# The time in which an answer must come, or the program is ended. The longest call here waits 30 s for a publication.
ANSWER_SECONDS = 60


def credentials(api_base):
    """Returns the environment of a host with the simulator's first account."""
    return {"WECHAT_APP_ID": APP_ID, "WECHAT_APP_SECRET": APP_SECRET, "WECHAT_API_BASE": api_base}


@dataclass
class Answer:
    """The result of a tool: its value or its error, and the time that the call took."""

    value: dict
    error: dict
    milliseconds: float
    size: int


class Host:
    """Wassette with one component and a policy. Everything that it prints stays in `folder`."""

    def __init__(self, tools, folder: Path, component, policy: Path, environment, log=None):
        components = folder / "components"
        components.mkdir(parents=True)
        shutil.copy(tools.components / f"{component}.wasm", components)
        if policy:
            shutil.copy(policy, components / f"{component}.policy.yaml")
        # Without its own tools a model can neither load components nor change policies.
        command = [*tools.wassette, "run", "--component-dir", components, "--disable-builtin-tools"]
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        own = {"HOME": str(folder), **({"RUST_LOG": log} if log else {})}
        self._stdout = (folder / "stdout").open("w")
        with (folder / "stderr").open("w") as stderr:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                env={**inherited, **own, **environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                cwd=folder,
            )
        self._last = 0
        client = {"name": "wassette.sh", "version": "1"}
        self.request("initialize", protocolVersion=PROTOCOL, capabilities={}, clientInfo=client)
        self._send({"method": "notifications/initialized"})

    def stop(self):
        self._process.kill()
        self._process.wait()
        # What nobody has read is searched for secrets, too.
        self._stdout.write(self._process.stdout.read())
        self._process.stdin.close()
        self._process.stdout.close()
        self._stdout.close()

    def _send(self, message):
        self._process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self._process.stdin.flush()

    def request(self, method, **params):
        """Sends a request, and returns its result and the length of the line."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        # A line is waited for without an end, unless the program ends.
        timer = threading.Timer(ANSWER_SECONDS, self._process.kill)
        timer.start()
        try:
            for line in self._process.stdout:
                self._stdout.write(line)
                message = json.loads(line)
                if message.get("id") == self._last:
                    if "error" in message:
                        raise RuntimeError(f"{method}: {message['error']}")
                    return message["result"], len(line)
        finally:
            timer.cancel()
        raise RuntimeError(f"Wassette did not answer {method}")

    def tools(self):
        """Returns the tools, once the component is loaded: Wassette does that after its start."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            tools = self.request("tools/list")[0]["tools"]
            if tools:
                return tools
            time.sleep(0.05)
        raise RuntimeError("Wassette has loaded no component")

    def call(self, tool, **arguments):
        """Calls a tool. Wassette hands on errors of the component as values, not as `isError`."""
        arguments = {name.replace("_", "-"): value for name, value in arguments.items()}
        begun = time.monotonic()
        result, size = self.request("tools/call", name=tool, arguments=arguments)
        milliseconds = (time.monotonic() - begun) * 1000
        if result.get("isError"):
            raise RuntimeError(f"{tool}: {result}")
        outcome = result["structuredContent"]["result"]
        return Answer(outcome.get("ok"), outcome.get("err"), milliseconds, size)
