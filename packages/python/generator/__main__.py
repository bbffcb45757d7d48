"""Writes the generated files, or with `--check` compares them and fails if one is stale.

    python3 -m generator CONTRACT.json [--check]
"""

import json
import subprocess
import sys
from pathlib import Path

from . import faces, native, native_stub, types_module, types_stub
from .contract import Contract

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "python" / "wechat_official_account"


def main() -> int:
    contract = Contract(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    files = {
        PACKAGE / "_types.py": types_module.write(contract),
        PACKAGE / "_types.pyi": types_stub.write(contract),
        PACKAGE / "_operations.py": faces.write(contract, asynchronous=False),
        PACKAGE / "_async_operations.py": faces.write(contract, asynchronous=True),
        PACKAGE / "_native.pyi": native_stub.write(contract),
        ROOT / "src" / "field_names.rs": formatted(native.field_names(contract)),
        ROOT / "src" / "generated.rs": formatted(native.write(contract)),
    }
    if "--check" not in sys.argv:
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(f"{path.relative_to(ROOT)} is not what the contract says: run packages/python/build --generate")
    return 1 if stale else 0


def formatted(rust: str) -> str:
    config = ["--edition", "2024", "--config", "max_width=120"]
    return subprocess.run(["rustfmt", *config], input=rust, text=True, capture_output=True, check=True).stdout


sys.exit(main())
