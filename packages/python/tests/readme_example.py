"""Runs the README's first example against the simulator, in whatever environment this is called.

    python3 readme_example.py SIMULATOR README.md
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[3] / "host-test" / "fixtures"


def main() -> None:
    simulator, readme = sys.argv[1:]
    example = re.search(r"^```python\n(.*?)^```", Path(readme).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert example, "the README has no example"
    if sys.version_info < (3, 10):
        print("the example needs Python 3.10")
        return
    with tempfile.TemporaryDirectory() as folder:
        ca = Path(folder) / "ca.pem"
        with subprocess.Popen([simulator, "--ca", str(ca)], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            url = process.stdout.readline().split()[-1]
            shutil.copy(FIXTURES / "cover.jpg", folder)
            shutil.copy(FIXTURES / "photo-1.jpg", Path(folder) / "photo.jpg")
            environment = {
                **os.environ,
                "WECHAT_APP_ID": "wx0123456789abcdef",
                "WECHAT_APP_SECRET": "0123456789abcdef0123456789abcdef",
                "WECHAT_API_BASE": url,
                "SSL_CERT_FILE": str(ca),
            }
            try:
                run = subprocess.run(
                    [sys.executable, "-c", example.group(1)],
                    cwd=folder,
                    env=environment,
                    capture_output=True,
                    text=True,
                    timeout=60,
                )
            finally:
                process.terminate()
    assert run.returncode == 0 and run.stdout.startswith("public at ("), (run.stdout, run.stderr)
    print(run.stdout, end="")


main()
