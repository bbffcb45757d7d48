"""Parts of documents that a script writes, between two markers."""

import difflib
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """The part of that name, written by that script."""

    name: str
    script: str

    @property
    def begin(self):
        return f"<!-- begin {self.name}: written by {self.script} -->"

    @property
    def end(self):
        return f"<!-- end {self.name} -->"

    def replaced(self, page, text):
        """Returns the page with another text in the part. A page without the part gets it at its end."""
        if self.begin not in page:
            page = page.rstrip("\n") + f"\n\n{self.begin}\n{self.end}\n"
        before, rest = page.split(self.begin)
        after = rest.split(self.end)[1]
        return f"{before}{self.begin}\n{text}\n{self.end}{after}"


def difference(old, new, name):
    """Returns the difference of two pages as text, empty if there is none."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), "as it is", name, lineterm="")
    return "\n".join(lines)


def row(cells):
    return f"| {' | '.join(cells)} |\n"


def head(*cells):
    return row(cells) + "|" + "---|" * len(cells) + "\n"
