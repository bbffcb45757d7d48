"""NATS, a registry of components, and hosts."""

import json
import time
from pathlib import Path

from support import install
from support.processes import Process, free_port

from .control import Control

# Keeps `url.full` out of a host's log. The host has it in a span around each request that goes out, with the access
# token, and shows it with every warning inside the span.
QUIET = {"RUST_LOG": "info,wash_runtime::host::http=warn"}


class Host:
    """A `wash host`. It can be killed and started again; it then has another id and no workloads."""

    def __init__(self, name, command, folder: Path, port, environment, control):
        self.name = name
        self.port = port
        self.folder = folder
        self._command = command
        self._environment = environment
        self._control = control
        self._id = None
        self.process = None

    def start(self):
        self.process = Process(self._command, self.folder, self._environment)
        self.process.wait_for_port(self.port)

    def place(self, workload):
        """Starts a workload, and returns (seconds, state, message)."""
        begun = time.monotonic()
        state, message = self._ask("start", workload.request())
        return time.monotonic() - begun, state, message

    def stop(self, workload):
        """Ends a workload, and returns its state."""
        return self._ask("stop", {"workloadId": workload.name})[0]

    def wait_until_known(self):
        """Returns when the host's first heartbeat since its start is here."""
        self._id = self._control.host_id(self.name, other_than=self._id)

    def _ask(self, action, body):
        return self._control.ask(self._id, action, body)


class Cluster:
    """The servers of a run. Everything that they print is below `logs`."""

    def __init__(self, programs, folder: Path, ca: Path):
        self.logs = folder / "logs"
        self._programs = programs
        self._folder = folder
        self._ca = ca
        self._processes = []
        self._hosts = []
        self._control = None

    def start(self):
        """Starts NATS and the registry."""
        nats = free_port()
        self._nats = f"nats://127.0.0.1:{nats}"
        command = [self._programs["nats-server"], "-a", "127.0.0.1", "-p", nats]
        self._start("nats", command).wait_for_port(nats)
        self._control = Control(self._nats)
        registry = free_port()
        self._registry = f"127.0.0.1:{registry}"
        settings = {
            "version": "0.1",
            "storage": {"filesystem": {"rootdirectory": str(self._folder / "registry")}},
            "http": {"addr": self._registry},
        }
        # JSON is YAML.
        path = self._folder / "registry.yml"
        path.write_text(json.dumps(settings))
        self._start("registry", [self._programs["docker-registry"], "serve", path]).wait_for_port(registry)

    def _start(self, name, command):
        process = Process(command, self.logs / name)
        self._processes.append(process)
        return process

    def push(self, name, component: Path):
        """Stores a component in the registry, and returns its reference."""
        reference = f"{self._registry}/{name}:1"
        install.step(self._programs["wash"], "oci", "push", "--insecure", reference, component, cwd=self._folder)
        return reference

    def add_host(self, name, *options, environment=None):
        """Starts a host. It is known after its first heartbeat only."""
        port = free_port()
        command = [
            self._programs["wash"], *options, "host",
            "--host-name", name,
            "--http-addr", f"127.0.0.1:{port}",
            "--scheduler-nats-url", self._nats,
            "--data-nats-url", self._nats,
            "--oci-cache-dir", self._folder / "cache" / name,
            # Both for this machine alone: the registry has no certificate, and the simulator is on loopback.
            "--allow-insecure-registries",
            "--deny-special-ranges=false",
            # The simulator's own root, and no other.
            "--http-client-trust-roots", "extra-only",
            "--http-client-ca-path", self._ca,
        ]  # fmt: skip
        host = Host(name, command, self.logs / name, port, QUIET if environment is None else environment, self._control)
        self._hosts.append(host)
        host.start()
        return host

    def stop(self):
        """Ends everything, whatever state it is in."""
        try:
            if self._control:
                self._control.close()
        finally:
            for process in [*(host.process for host in self._hosts if host.process), *self._processes]:
                process.kill()
