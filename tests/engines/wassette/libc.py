"""A newer C library beside that of the machine, from Debian. It is unpacked, and nothing is installed."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from support import install

# The release of Debian whose glibc, 2.41, is new enough. Its packages get security updates, so no version is pinned.
RELEASE = "trixie"
KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
PACKAGES = ["libc6", "libgcc-s1"]


def unpacked(folder: Path):
    """Returns the folder with the libraries and their loader."""
    if platform.machine() != "x86_64" or not sys.platform.startswith("linux"):
        install.skip("Wassette's package is for Linux on x86-64")
    if not shutil.which("apt-get") or not KEYS.is_file():
        install.skip("Wassette needs glibc 2.39, and there is no apt-get with Debian's keys to get it with")
    install.once(folder, [RELEASE, *PACKAGES], lambda: _unpack(folder))
    return folder / "usr" / "lib" / "x86_64-linux-gnu"


def _server():
    """Returns the address of the server of Debian that this machine uses."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
    for address in install.output(*command).split():
        if address.rstrip("/").endswith("/debian"):
            return address
    install.skip("Wassette needs glibc 2.39, and apt-get of this machine knows no server of Debian")


def _unpack(folder: Path):
    state = folder / "apt"
    for part in ["lists/partial", "cache/archives/partial"]:
        (state / part).mkdir(parents=True)
    (state / "status").touch()
    sources = state / "sources.list"
    sources.write_text(f"deb [signed-by={KEYS}] {_server()} {RELEASE} main\n")
    # Lists and settings of its own: the machine's stay as they are.
    options = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "-",
        "Dir::State": state,
        "Dir::State::status": state / "status",
        "Dir::State::lists": state / "lists",
        "Dir::Cache": state / "cache",
        "APT::Sandbox::User": "root" if os.geteuid() == 0 else "",
    }
    flags = [part for name, value in options.items() if value != "" for part in ("-o", f"{name}={value}")]
    for arguments in [["update"], ["download", *PACKAGES]]:
        command = ["apt-get", "-q", *flags, *arguments]
        if subprocess.run(command, cwd=state, stdout=subprocess.DEVNULL).returncode:
            install.skip(f"Wassette needs glibc 2.39, and `apt-get {arguments[0]}` of Debian {RELEASE} fails")
    for archive in sorted(state.glob("*.deb")):
        install.step("dpkg-deb", "--extract", archive, folder)
    shutil.rmtree(state)
