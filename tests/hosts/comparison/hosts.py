"""The hosts: how each is installed and started, and what it has."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from support import install, wasmtime

DRIVERS = Path(__file__).resolve().parents[1] / "drivers"

JCO = "1.35.0"
PREVIEW2_SHIM = "0.26.1"
WASMTIME_PY = "50.0.1"


@dataclass
class DebugLog:
    """A log for debugging: what switches it on, and how to keep secrets out if some are in it."""

    environment: dict
    # None for a log that must be free of secrets.
    advice: str | None = None


@dataclass
class Installed:
    """A host that can be started."""

    # The driver's command.
    command: list
    # Pinned versions to show; the driver may add some. Those of Node and Python are the machine's, and not shown.
    versions: dict
    debug_logs: list
    # The environment of a driver, from the file of the simulator's root certificate.
    environment: Callable = lambda ca: {}


@dataclass
class Host:
    """A host as it is compared."""

    key: str
    title: str
    # True if it is a part of this repository: it then has to end every call in an error of the plugin.
    is_ours: bool
    install: Callable
    # False if the host trusts the public roots only, so that the simulator has to speak plain HTTP.
    tls: bool = True
    # What the host has in place of a list of allowed hosts that the program can set.
    no_list: str | None = None
    # False if large files are beyond the host: it then gets a small one.
    large_files: bool = True
    # Drivers at a time. They mostly wait.
    workers: int = 4


NODE_LOGS = [
    DebugLog({"NODE_DEBUG": "http,https,net,tls,worker"}),
    DebugLog(
        {"NODE_DEBUG": "stream"},
        "Node prints the first 50 bytes of whatever passes any of its streams, and so of WeChat's reply with the "
        "token: leave `stream` out.",
    ),
]


def install_rust(context):
    return Installed(
        [context.programs["driver"]],
        {"wasmtime": install.locked_version("wasmtime")},
        [DebugLog({"RUST_LOG": "trace"})],
    )


def install_jco(context):
    folder = context.folder / "jco"
    packages = [f"@bytecodealliance/jco@{JCO}", f"@bytecodealliance/preview2-shim@{PREVIEW2_SHIM}"]
    install.node_packages(folder, *packages)
    command = ["npx", "--no-install", "jco", "transpile", context.component, "-o", folder / "plugin"]
    install.step(*command, "--name", "plugin", "--instantiation", "async", "--no-typescript", "--quiet", cwd=folder)
    (folder / "plugin" / "package.json").write_text('{"type": "module"}\n')
    return Installed(
        ["node", DRIVERS / "jco.mjs", folder / "plugin"],
        {"jco": JCO, "preview2-shim": PREVIEW2_SHIM},
        NODE_LOGS,
        environment=lambda ca: {"NODE_EXTRA_CA_CERTS": str(ca)},
    )


def install_wasmtime_py(context):
    python = install.python_packages(context.folder / "wasmtime-py", f"wasmtime=={WASMTIME_PY}")
    return Installed(
        [python, DRIVERS / "wasmtime_py.py", context.component],
        {},
        # The compiler's log alone has 100 MB, and is about the component only.
        [DebugLog({"RUST_LOG": "trace,cranelift_codegen=off,cranelift_frontend=off,wasmtime_internal_cranelift=off"})],
    )


def install_node_package(context):
    folder = context.folder / "node-package"
    archive = install.archive("packages/node", "*.tgz", context.plain)
    install.node_packages(folder, archive)
    return Installed(
        ["node", DRIVERS / "node_package.mjs", folder],
        {},
        NODE_LOGS,
    )


def install_python_wheel(context):
    archive = install.archive("packages/python", "*.whl", context.plain)
    python = install.python_packages(context.folder / "python-wheel", archive)
    return Installed(
        [python, DRIVERS / "python_wheel.py"],
        {},
        [DebugLog({"RUST_LOG": "trace", "PYTHONDEVMODE": "1", "WECHAT_DRIVER_LOG": "1"})],
    )


def install_wasmtime_serve(context):
    program = wasmtime.program(context.folder / "wasmtime-serve")
    version = install.output(program, "--version").split()[1]
    component = context.component.parent / "consumer.wasm"
    environment = {**os.environ, "WECHAT_OA": context.programs["wechat-oa"]}
    install.step("tests/consumer/build", component, env=environment)
    return Installed(
        [sys.executable, DRIVERS / "wasmtime_serve.py", program, component],
        {"wasmtime": version},
        [
            DebugLog(
                {"WASMTIME_LOG": "trace"},
                "It prints the arguments of every import, and so the path of each request with the token: switch "
                "`wasmtime_wasi_http` off, as in the next row. At level `debug` the arguments are not printed.",
            ),
            DebugLog({"WASMTIME_LOG": "trace,wasmtime_wasi_http=off"}),
            DebugLog({"WASMTIME_LOG": "debug"}),
        ],
    )


HOSTS = [
    Host("rust", "Rust host", True, install_rust),
    Host("node", "Node package", True, install_node_package),
    Host("jco", "jco alone", False, install_jco),
    Host(
        "python",
        "Python package",
        True,
        install_python_wheel,
        no_list="fixed: the API base that it is given",
    ),
    Host(
        "wasmtime-py",
        "wasmtime-py",
        False,
        install_wasmtime_py,
        tls=False,
        no_list="none: its linker has all of `wasi:http` or nothing",
        large_files=False,
    ),
    Host(
        "wasmtime-serve",
        "wasmtime serve",
        False,
        install_wasmtime_serve,
        tls=False,
        no_list="none: there is no option for it",
    ),
]
