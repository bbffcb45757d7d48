"""What other programs need, each in a folder of its own below cargo's target folder. A complete folder is kept."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# The status by which `.ci/run` and others tell a missing program from a failure; automake has the same.
SKIPPED = 77


def skip(reason):
    """Ends the script because something is missing that it can't get."""
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def step(*command, cwd=ROOT, **options):
    """Runs a command, and shows it first."""
    command = [str(part) for part in command]
    print("+", *command, flush=True)
    return subprocess.run(command, cwd=cwd, check=True, **options)


def output(*command, cwd=ROOT):
    """Returns what a command prints."""
    command = [str(part) for part in command]
    return subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


def cargo(*arguments):
    """Builds with cargo, and returns {name of a target: path of its program}."""
    output = step(
        "cargo", "build", "--locked", *arguments, "--message-format=json-render-diagnostics",
        stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    messages = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return {m["target"]["name"]: m["executable"] for m in messages if m.get("executable")}


def programs():
    """Returns {name: path} of this repository's programs. WECHAT_SIMULATOR and WECHAT_OA may name built ones."""
    names = {"wechat-simulator": "WECHAT_SIMULATOR", "wechat-oa": "WECHAT_OA"}
    given = {name: os.environ[variable] for name, variable in names.items() if variable in os.environ}
    if len(given) < len(names):
        # The whole workspace, as the tests build it: fewer packages would have other features, and be built once more.
        given = {**cargo("--workspace", "--bins", "--examples"), **given}
    return given


def target_folder(name):
    """Returns a script's folder for what it installs and writes."""
    metadata = output("cargo", "metadata", "--no-deps", "--format-version=1", "--locked")
    return Path(json.loads(metadata)["target_directory"]) / name


def locked_version(package):
    """Returns the version of a crate in the workspace's lock file."""
    lines = (ROOT / "Cargo.lock").read_text().splitlines()
    at = lines.index(f'name = "{package}"')
    return lines[at + 1].split('"')[1]


def once(folder: Path, contents, make):
    """Makes a folder unless it was completed with the same contents before."""
    mark = folder / "complete.json"
    if mark.is_file() and json.loads(mark.read_text()) == contents:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    make()
    mark.write_text(json.dumps(contents))


def archive(package, pattern, component):
    """Returns the newest archive in a package's `dist`. It is built from the component if there is none."""
    folder = ROOT / package
    if not list(folder.glob(f"dist/{pattern}")):
        step(folder / "build", env={**os.environ, "WECHAT_COMPONENT": str(component)})
    return max(folder.glob(f"dist/{pattern}"), key=lambda path: path.stat().st_mtime)


def python_packages(folder: Path, *packages):
    """Makes a virtual environment with these packages, and returns its Python."""
    python = folder / "bin" / "python"

    def make():
        step(sys.executable, "-m", "venv", folder)
        step(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages)

    once(folder, [_contents(package) for package in packages], make)
    return python


def node_packages(folder: Path, *packages):
    """Installs these packages into a folder."""

    def make():
        (folder / "package.json").write_text('{"private": true, "type": "module"}\n')
        # Compilers and checkers of types are no part of a host.
        quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
        step("npm", "install", *quiet, *packages, cwd=folder)

    once(folder, [_contents(package) for package in packages], make)


def _contents(package):
    """Names what an installation depends on: a pinned version, or an archive as it is now."""
    path = Path(package)
    return [str(package), os.stat(path).st_mtime_ns, os.stat(path).st_size] if path.is_file() else str(package)
