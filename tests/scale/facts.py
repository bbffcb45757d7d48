"""The numbers that everything follows from, each with its source."""

import re
from dataclasses import dataclass

from support.install import ROOT

DAY = 24 * 60 * 60

# docs/wechat-api.md §6.2: the life of a token, and the time before its end at which WeChat gives another one. The
# plugin asks again at the same time (src/wechat/token.rs), so a token serves for the difference.
LIFE = 7200
ROTATION = 300
SERVES = LIFE - ROTATION

# docs/wechat-api.md §5: requests of one account to `stable_token`, and forced ones.
TOKENS_A_DAY = 500_000
TOKENS_A_MINUTE = 10_000
FORCED_A_DAY = 20

# An account resource that may force tokens forces one in 72 minutes at most (src/wechat/token.rs).
FORCED_BY_RESOURCE_A_DAY = DAY // (72 * 60)


@dataclass(frozen=True)
class Allowance:
    """The calls of an API that one account may make a day (docs/wechat-api.md §5)."""

    path: str
    a_day: int


DRAFT_ADD = Allowance("draft/add", 1_000)
DRAFT_GET = Allowance("draft/get", 500)
SUBMIT = Allowance("freepublish/submit", 100)
STATUS = Allowance("freepublish/get", 100)
UPLOAD_MEDIA = Allowance("media/upload", 100_000)
GET_MEDIA = Allowance("media/get", 200_000)

# docs/deploy.md: calls a second of `tests/consumer`, each in a fresh instance, on one host that shared two cores with
# the simulator and the clients. It is the lowest of several runs.
CALLS_A_SECOND = 196


def performance(figure):
    """Returns a figure of docs/performance.md by its name, in the unit of the page."""
    page = (ROOT / "docs" / "performance.md").read_text()
    found = re.search(rf"^\| {re.escape(figure)} \| ([0-9.]+)", page, re.MULTILINE)
    if not found:
        raise LookupError(f"docs/performance.md has no figure {figure!r}")
    return float(found[1])
