"""What the run has seen: checks that hold or not, and figures."""

from dataclasses import dataclass, field
from typing import TextIO


@dataclass
class Report:
    """Prints each check at once, to stdout if there is no `out`, and goes on after one that fails."""

    passed: int = 0
    failed: list = field(default_factory=list)
    out: TextIO = None

    def title(self, text):
        print(f"\n{text}", file=self.out, flush=True)

    def check(self, statement, holds, seen=""):
        """Notes if a statement holds; `seen` is shown if it does not."""
        if holds:
            self.passed += 1
            print(f"  ok    {statement}", file=self.out, flush=True)
        else:
            self.failed.append(statement)
            print(f"  FAIL  {statement}: {seen}", file=self.out, flush=True)

    def equal(self, statement, seen, expected):
        self.check(statement, seen == expected, f"{seen!r} in place of {expected!r}")

    def figure(self, name, value):
        print(f"        {name}: {value}", file=self.out, flush=True)

    def summary(self):
        """Returns the last line, in the form that test runners have."""
        return f"{self.passed} passed, {len(self.failed)} failed"
