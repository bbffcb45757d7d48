"""Programs from PyPI, pinned, and the component."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from support import install, wasmtime

MCP = "2.3.0"
SCHEMATHESIS = "4.32.0"


@dataclass
class Tools:
    """Paths of what the run needs."""

    simulator: Path
    wasmtime: Path
    # The Python that has the client of the Model Context Protocol.
    mcp_python: Path
    schemathesis: Path
    # The composed component, and what Wasmtime has compiled of it.
    component: Path
    compiled: Path


def folder():
    """Returns the folder of this script below cargo's."""
    return install.target_folder("serve")


def make_ready():
    """Installs and builds everything."""
    root = folder()
    programs = install.programs()
    built = root / "component"
    shutil.rmtree(built, ignore_errors=True)
    built.mkdir(parents=True)
    component, compiled = built / "edge.wasm", built / "edge.cwasm"
    install.step(programs["wechat-oa"], "component", "--edge", "--plain", "-o", component)
    engine = wasmtime.program(root / "wasmtime")
    install.step(engine, "compile", component, "-o", compiled)
    mcp = install.python_packages(root / "mcp", f"mcp=={MCP}")
    schemathesis = install.python_packages(root / "schemathesis", f"schemathesis=={SCHEMATHESIS}")
    return Tools(
        simulator=programs["wechat-simulator"],
        wasmtime=engine,
        mcp_python=mcp,
        schemathesis=schemathesis.with_name("st"),
        component=component,
        compiled=compiled,
    )
