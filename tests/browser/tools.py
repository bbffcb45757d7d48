"""What the run needs: Playwright from PyPI, and Debian's Chromium with fonts for Chinese."""

import os
import shutil
import subprocess

from support import install

# It drives the browser that is given. Versions of the protocol change seldom, so Chromium's need not be pinned.
PLAYWRIGHT = "1.65.2"

PACKAGES = ["chromium", "fonts-noto-cjk"]


def python():
    """Returns the Python that has Playwright."""
    return install.python_packages(install.target_folder("browser") / "python", f"playwright=={PLAYWRIGHT}")


def chromium():
    """Returns the path of Chromium. It is installed if that is possible: it is too large to unpack beside the machine's
    own libraries, of which it needs a hundred."""
    if not shutil.which("chromium"):
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            install.skip("chromium is not installed, and only root can get it with apt-get")
        # A new machine needs the lists first.
        commands = [["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in commands:
            command = ["apt-get", "-q", *arguments]
            if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode:
                install.skip(f"chromium is not installed, and `{' '.join(command)}` fails")
    return shutil.which("chromium")
