"""A script, from the tests of what it shares with others to its status."""

import shutil
import signal
import sys
import time
import unittest
from contextlib import ExitStack

from .report import Report


def run(work, folder, keep=False, tests=("support.tests",), when_failed=lambda: None):
    """Calls `work(report, servers)` beside an empty folder, and returns the script's status.

    What `work` puts on the stack `servers` is ended after it, after a failure and a signal as well. Then the folder is
    removed, unless `keep` is true. `when_failed` is called before that if the work was broken off or a check failed.
    """
    suite = unittest.defaultTestLoader.loadTestsFromNames(tests)
    if not unittest.TextTestRunner().run(suite).wasSuccessful():
        return 1
    # A request to end is like Ctrl-C: everything that was started is ended first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    begun, report = time.monotonic(), Report()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with ExitStack() as stack:
        if not keep:
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
        try:
            with ExitStack() as servers:
                work(report, servers)
        except BaseException:
            when_failed()
            raise
        if report.failed:
            when_failed()
    print(f"\nin {time.monotonic() - begun:.0f} s")
    print(report.summary())
    return 1 if report.failed else 0
