"""Writes the licences of the crates that a package is made of: those of the component, and of the wheel's own module.

    python3 licences.py npm|wheel FILE
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = re.compile(r"(LICEN[CS]E|COPYING|COPYRIGHT|NOTICE|UNLICENSE)", re.IGNORECASE)
# The component is in every package.
COMPONENT = ("Cargo.toml", "wechat-official-account", "wasm32-unknown-unknown")
HEAD = """\
Code of these crates of crates.io, and of Rust's standard library (MIT OR Apache-2.0, as below), is compiled into this
package. Where a crate offers a choice of licences, its texts for all of them follow.

"""


def main() -> None:
    kind, file = sys.argv[1:]
    has_module = {"npm": False, "wheel": True}[kind]
    parts = [COMPONENT, wheel_module()] if has_module else [COMPONENT]
    packages = {}
    for manifest, root, platform in parts:
        packages.update(crates(ROOT / manifest, root, platform))
    names = {}
    texts: dict[str, list[str]] = {}
    for package in sorted(packages.values(), key=lambda package: (package["name"], package["version"])):
        name = f"{package['name']} {package['version']}"
        found = sorted(licence_texts(package))
        without = "" if found else " (it comes without a text of its own)"
        names[name] = f"{name}: {package['license'] or 'see its text'}{without}"
        for text in found:
            texts.setdefault(text, []).append(name)
    sections = [HEAD + "\n".join(names.values())]
    sections += [f"{'-' * 80}\n{', '.join(users)}\n\n{text}" for text, users in texts.items()]
    Path(file).write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def wheel_module() -> tuple[str, str, str]:
    """Returns the manifest, the package and the platform of the module that Python loads."""
    version = subprocess.run(["rustc", "--version", "--verbose"], capture_output=True, text=True, check=True).stdout
    host = next(line.removeprefix("host: ") for line in version.splitlines() if line.startswith("host: "))
    return "packages/python/Cargo.toml", "wechat-official-account-python", host


def crates(manifest: Path, root: str, platform: str) -> dict[str, dict]:
    """Returns the packages of others that the code of this one is made of, without those that only help to build it."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", platform]
    result = subprocess.run([*command, "--manifest-path", str(manifest)], capture_output=True, text=True, check=True)
    metadata = json.loads(result.stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    waiting = [package["id"] for package in metadata["packages"] if package["name"] == root]
    found = {}
    while waiting:
        id_ = waiting.pop()
        package = packages[id_]
        if id_ in found or any("proc-macro" in target["kind"] for target in package["targets"]):
            continue
        found[id_] = package
        for dependency in nodes[id_]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    return {id_: package for id_, package in found.items() if package["source"]}


def licence_texts(package: dict) -> set[str]:
    folder = Path(package["manifest_path"]).parent
    files = [path for path in folder.iterdir() if NAMES.match(path.name) and path.suffix not in (".rs", ".html")]
    files = [path for file in files for path in (file.iterdir() if file.is_dir() else [file])]
    if package["license_file"]:
        files.append(folder / package["license_file"])
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in files if path.is_file())
    return {"\n".join(line.rstrip() for line in text.strip().splitlines()) for text in texts}


main()
