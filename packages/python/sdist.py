"""Writes the source distribution: this package, the host crate, the contract, and the component that was built.

maturin's own command can't: the host crate inherits from the repository's workspace and reads `wit/`, both of which are
outside of the package. `build --sdist` calls this.

    python3 sdist.py WHEEL FOLDER
"""

import io
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# What the wheel is made of, besides the component.
TRACKED = ["crates/host", "wit", "packages/python", "rust-toolchain.toml", "LICENSE-APACHE", "LICENSE-MIT"]
THIRD_PARTY = "LICENSE-THIRD-PARTY"


def main() -> None:
    wheel, folder = map(Path, sys.argv[1:])
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        name = metadata.split("/")[0].removesuffix(".dist-info")
        files = {"PKG-INFO": archive.read(metadata)}
        # The build makes it, and it is no file of the repository.
        files[THIRD_PARTY] = archive.read(f"{name}.dist-info/licenses/{THIRD_PARTY}")
    listed = ["git", "-C", str(ROOT), "ls-files", "--cached", "--", *TRACKED]
    result = subprocess.run(listed, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"sdist.py needs a checkout of the repository, as git tells its files: {result.stderr.strip()}")
    for path in result.stdout.splitlines():
        if (ROOT / path).is_file():
            files[path] = (ROOT / path).read_bytes()
    files["packages/python/component.wasm"] = (HERE / "component.wasm").read_bytes()
    # The generator's helper needs the component's sources, which are not here.
    files = {path: data for path, data in files.items() if not path.startswith("packages/python/tools/")}
    files["packages/python/Cargo.toml"] = without_members((HERE / "Cargo.toml").read_text(encoding="utf-8")).encode()
    files["Cargo.toml"] = workspace((ROOT / "Cargo.toml").read_text(encoding="utf-8")).encode()
    files["pyproject.toml"] = moved(files.pop("packages/python/pyproject.toml").decode()).encode()
    with tarfile.open(folder / f"{name}.tar.gz", "w:gz") as archive:
        for path, data in sorted(files.items()):
            entry = tarfile.TarInfo(f"{name}/{path}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))


def without_members(manifest: str) -> str:
    return manifest.replace('members = ["tools"]\n', "")


def workspace(manifest: str) -> str:
    """Returns the part of the repository's manifest that the host crate inherits from."""
    tables = re.split(r"(?m)^(?=\[)", manifest)
    kept = [table for table in tables if re.match(r"\[workspace\.(package|lints)", table)]
    return '[workspace]\nmembers = ["crates/host"]\nresolver = "3"\n\n' + "".join(kept)


def moved(project: str) -> str:
    """Returns the project's file for the root of the archive."""
    project = project.replace('readme = "README.md"', 'readme = "packages/python/README.md"')
    project = project.replace('python-source = "python"', 'python-source = "packages/python/python"')
    # Cargo leaves the helper's dependencies out of the lock file, which is a change.
    project = project.replace("locked = true\n", 'manifest-path = "packages/python/Cargo.toml"\n')
    return re.sub(r"(?m)^include = .*\n", "", project)


main()
