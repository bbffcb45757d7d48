"""The hosts: how each is installed and started, and what it has."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import install

DRIVERS = Path(__file__).resolve().parents[1] / "drivers"

JCO = "1.35.0"
PREVIEW2_SHIM = "0.26.1"
WASMTIME_PY = "50.0.1"


@dataclass
class Installed:
    """A host that can be started."""

    # The driver's command.
    command: list
    # Versions to show; the driver may add some.
    versions: dict
    # The environment of a driver, from the file of the simulator's root certificate.
    environment: Callable = lambda ca: {}
    # The same, for a driver whose host logs all that it can.
    debug: Callable = lambda ca: {}


@dataclass
class Host:
    """A host as it is compared."""

    key: str
    title: str
    # True if the debug log is ours to keep free of secrets.
    is_ours: bool
    install: Callable
    # False if the host trusts the public roots only, so that the simulator has to speak plain HTTP.
    tls: bool = True
    # The reason why the host has no list of allowed hosts, if it has none.
    no_list: str | None = None
    # False if large files are beyond the host: it then gets a small one.
    large_files: bool = True
    # Drivers at a time. They mostly wait.
    workers: int = 4


def install_rust(context):
    return Installed(
        [context.programs["driver"]],
        {"wasmtime": install.locked_version("wasmtime")},
        debug=lambda ca: {"RUST_LOG": "trace"},
    )


def install_jco(context):
    folder = context.folder / "jco"
    packages = [f"@bytecodealliance/jco@{JCO}", f"@bytecodealliance/preview2-shim@{PREVIEW2_SHIM}"]
    install.node_packages(folder, *packages)
    command = ["npx", "--no-install", "jco", "transpile", context.component, "-o", folder / "plugin"]
    install.step(*command, "--name", "plugin", "--instantiation", "async", "--no-typescript", "--quiet", cwd=folder)
    (folder / "plugin" / "package.json").write_text('{"type": "module"}\n')
    trust = lambda ca: {"NODE_EXTRA_CA_CERTS": str(ca)}
    return Installed(
        ["node", DRIVERS / "jco.mjs", folder / "plugin"],
        {"jco": JCO, "preview2-shim": PREVIEW2_SHIM, "node": context.node},
        environment=trust,
        debug=lambda ca: {**trust(ca), "NODE_DEBUG": "http,https,net,tls,stream,worker"},
    )


def install_wasmtime_py(context):
    python = install.python_packages(context.folder / "wasmtime-py", f"wasmtime=={WASMTIME_PY}")
    return Installed(
        [python, DRIVERS / "wasmtime_py.py", context.component],
        {"python": context.python},
        debug=lambda ca: {"RUST_LOG": "trace", "WASMTIME_LOG": "trace"},
    )


HOSTS = [
    Host("rust", "Rust host", True, install_rust),
    Host("jco", "jco alone", False, install_jco),
    Host(
        "wasmtime-py",
        "wasmtime-py",
        False,
        install_wasmtime_py,
        tls=False,
        no_list="its linker takes `wasi:http` whole",
        large_files=False,
    ),
]
