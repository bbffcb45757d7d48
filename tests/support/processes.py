"""Programs that run until the script ends. What they print stays in a folder that is searched for secrets."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path

# Variables that a program inherits. Proxies and debug switches of this shell are none of them.
INHERITED = ["LANG", "PATH"]

# Below those that Linux gives to outgoing connections. One of these could take the port of a program that is killed and
# started again, and a client that calls a killed program could even meet itself.
PORTS = range(20_000, 32_000)

# The time in which a server must listen. It takes a second on an idle machine.
START_SECONDS = 30


class Process:
    """A running program in a group of its own."""

    def __init__(self, command, folder: Path, environment=None):
        folder.mkdir(parents=True, exist_ok=True)
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        # Its home is the folder, too: what it leaves there is searched, and the user's own stays as it is.
        home = {"HOME": str(folder)}
        with open(folder / "stdout", "ab") as stdout, open(folder / "stderr", "ab") as stderr:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                env={**inherited, **home, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                cwd=folder,
                start_new_session=True,
            )
        self._folder = folder

    @property
    def is_running(self):
        return self._process.poll() is None

    def kill(self):
        """Ends the program as `kill -9` does: it can't say goodbye to anybody."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def wait_for_port(self, port):
        """Returns when the program listens."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.is_running:
            with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
                return
            time.sleep(0.02)
        raise RuntimeError(f"{self._folder.name} does not listen on port {port}:\n{self.last_lines()}")

    def last_lines(self, count=20):
        text = (self._folder / "stderr").read_text(errors="replace")
        return "\n".join(text.splitlines()[-count:])

    def memory(self):
        """Returns the resident bytes of the program: now, and at most so far."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        fields = dict(line.split(":", 1) for line in lines)
        return tuple(int(fields[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM"))


def free_port():
    """Returns a port that nothing listens on."""
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise RuntimeError(f"no port of {PORTS} is free")
