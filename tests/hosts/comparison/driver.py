"""A driver as a process: a request a line in, a reply a line out."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
from pathlib import Path

# The time until a driver is ready: an engine compiles the component first.
START_SECONDS = 120

# Variables that a driver inherits. Proxies and debug switches of this shell are none of them.
INHERITED = ["HOME", "LANG", "PATH", "TMPDIR"]


class DriverEnded(Exception):
    """The driver's process ended, or did not answer."""


class Driver:
    """A running driver. All that it prints goes to two files, which are searched for secrets afterwards."""

    def __init__(self, command, environment, folder: Path):
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        folder.mkdir(parents=True, exist_ok=True)
        self._stdout = open(folder / "stdout", "ab")
        self._stderr = open(folder / "stderr", "ab")
        self._process = subprocess.Popen(
            [str(part) for part in command],
            env={**inherited, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            # A folder of its own: what a host leaves in the current folder is searched, too.
            cwd=folder,
            # A group of its own, so that programs that the driver starts end with it.
            start_new_session=True,
        )
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self._number = 0
        try:
            self.versions = self._next(START_SECONDS)["versions"]
        except BaseException:
            self.stop()
            raise

    def _read(self):
        for line in self._process.stdout:
            self._stdout.write(line)
            self._stdout.flush()
            self._lines.put(line)
        self._lines.put(None)

    def _next(self, seconds):
        """Returns the next line that is a JSON object; a host may print others."""
        while True:
            try:
                line = self._lines.get(timeout=seconds)
            except queue.Empty:
                raise DriverEnded(f"no answer in {seconds} s") from None
            if line is None:
                raise DriverEnded(f"the driver ended with {self._process.wait()}")
            if line.startswith(b"{"):
                return json.loads(line)

    def call(self, request, seconds):
        """Sends a request and returns the reply to it."""
        self._number += 1
        line = json.dumps({**request, "id": self._number}) + "\n"
        try:
            self._process.stdin.write(line.encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            raise DriverEnded(f"the driver ended with {self._process.wait()}") from None
        reply = self._next(seconds)
        if reply.get("id") != self._number:
            raise DriverEnded(f"a reply to another request: {reply.get('id')}")
        return reply

    def stop(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        # A request that a driver did not take before its end is still in the buffer, and closing flushes it.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._stderr.close()
