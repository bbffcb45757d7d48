"""The run: see README.md in this folder.

    tests/browser/run           all of it
    tests/browser/run FOLDER    leaves the pictures there
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from support import install, script

from . import tools


def run(report, pictures, folder):
    """Looks at everything, and leaves the pictures in their folder."""
    # Only this Python has it.
    from playwright.sync_api import sync_playwright

    from . import preview_pages, self_test, simulator_pages

    programs = install.programs()
    with sync_playwright() as playwright:
        # Root may not use Chromium's own sandbox; the pages are ours.
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=tools.chromium(), args=flags)
        report.figure("Chromium", browser.version)
        report.check("what is wrong is seen", self_test.passes(browser))
        simulator_pages.run(report, browser, programs["wechat-simulator"], folder, pictures)
        preview_pages.run(report, browser, programs["wechat-oa"], folder, pictures)
        browser.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="folder for the pictures; without it they are removed")
    options = parser.parse_args()
    tools.chromium()
    python = tools.python()
    if Path(sys.prefix) != python.parent.parent:
        os.execv(python, [python, "-m", "browser", *sys.argv[1:]])
    with tempfile.TemporaryDirectory() as temporary:
        pictures = options.folder or Path(temporary)
        pictures.mkdir(parents=True, exist_ok=True)
        folder = install.target_folder("browser") / "run"
        return script.run(lambda report, _: run(report, pictures, folder), folder)


if __name__ == "__main__":
    sys.exit(main())
