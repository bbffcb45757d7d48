"""The source distribution, and the licences in the wheel."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import distribution
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def test_files_that_git_does_not_know_stay_at_home(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "any.whl", "w") as wheel:
        folder = "wechat_official_account-0.1.0.dist-info"
        wheel.writestr(f"{folder}/METADATA", "Name: wechat-official-account\n")
        wheel.writestr(f"{folder}/licenses/LICENSE-THIRD-PARTY", "ring\n")
    stray = PACKAGE / "stray.txt"
    stray.write_text("a note")
    try:
        subprocess.run([sys.executable, PACKAGE / "sdist.py", tmp_path / "any.whl", tmp_path], check=True)
    finally:
        stray.unlink()
    with tarfile.open(tmp_path / "wechat_official_account-0.1.0.tar.gz") as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    made = {"PKG-INFO", "LICENSE-THIRD-PARTY", "pyproject.toml", "Cargo.toml", "packages/python/component.wasm"}
    assert made < names
    assert "packages/python/python/wechat_official_account/_types.py" in names
    assert "packages/python/stray.txt" not in names


def test_the_wheel_has_the_licences_of_what_is_compiled_into_it() -> None:
    files = distribution("wechat-official-account").files or []
    (licences,) = [file for file in files if file.name == "LICENSE-THIRD-PARTY"]
    text = licences.read_text()
    for crate in ("ring ", "webpki-roots ", "hyper ", "tokio ", "wasmtime ", "serde_json "):
        assert f"\n{crate}" in text
    # The text itself, of ring's and of Mozilla's list.
    assert "Permission to use, copy, modify, and/or distribute this software" in text
    assert "Community Data License Agreement" in text
