"""The service in `wasmtime serve`, and a client that writes down every reply."""

import http.client
import json
import threading
from dataclasses import dataclass
from pathlib import Path

from support.processes import Process, free_port
from support.simulator import credentials

# Obviously made up. None of its parts stands in another text of the run, so that the search finds it alone.
TOKEN = "bearer-token-of-nobody-0123456789"

# The alias of the simulator's second account.
ALIAS = "second-2"

# The longest call here is one that the plugin repeats for 8 s.
TIMEOUT = 60

JSON = "application/json"


def settings(api_base, **others):
    """Returns the environment of a service with two accounts. A setting that is None is left out."""
    first, second = credentials(0), credentials(1)
    variables = {
        "EDGE_TOKEN": TOKEN,
        "EDGE_ALLOW_PUBLISH": "true",
        "WECHAT_API_BASE": api_base,
        "WECHAT_APP_ID": first[0],
        "WECHAT_APP_SECRET": first[1],
        "WECHAT_ACCOUNTS": ALIAS,
        "WECHAT_ACCOUNT_SECOND_2_APP_ID": second[0],
        "WECHAT_ACCOUNT_SECOND_2_APP_SECRET": second[1],
        **others,
    }
    return {name: value for name, value in variables.items() if value is not None}


@dataclass
class Reply:
    """The reply to a request."""

    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def kind(self):
        """The kind of a problem; its status if it is none."""
        is_problem = self.headers.get("content-type") == "application/problem+json"
        return self.json["kind"] if is_problem else str(self.status)


class Service:
    """A running `wasmtime serve`."""

    def __init__(self, tools, folder: Path, environment, options=()):
        self.port = free_port()
        self.folder = folder
        # By name only: values would stand in the list of processes.
        variables = [option for name in environment for option in ("--env", name)]
        command = [tools.wasmtime, "serve", "--allow-precompiled", "-S", "cli", *options, *variables]
        command += ["--addr", f"127.0.0.1:{self.port}", tools.compiled]
        self._process = Process(command, folder, environment)
        self._process.wait_for_port(self.port)
        self._replies = (folder / "replies").open("ab")
        self._lock = threading.Lock()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        self._process.kill()
        self._replies.close()

    def memory(self):
        """Returns the most resident bytes so far."""
        return self._process.memory()[1]

    def log(self):
        """Returns the lines that the service has logged."""
        marked = (self.folder / "stderr").read_text().splitlines()
        return [line.split(":: ", 1)[1] for line in marked if ":: " in line]

    def request(self, method, path, body=None, content_type=JSON, token=TOKEN, **headers):
        """Sends a request once, on a connection of its own. Dicts and lists become JSON, an iterator chunks.

        A body that is a number is announced with this length, and not sent.
        """
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and content_type:
            sent["Content-Type"] = content_type
        if token:
            sent["Authorization"] = f"Bearer {token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            if isinstance(body, int):
                sent["Content-Length"], body = str(body), None
            connection.request(method, path, body, sent)
            with connection.getresponse() as response:
                reply = Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()
        with self._lock:
            self._replies.write(f"{reply.status} {reply.headers}\n".encode() + reply.body + b"\n")
            self._replies.flush()
        return reply
