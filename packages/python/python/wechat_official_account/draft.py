"""The functions of the interface `draft` that need no account and contact nobody."""

from __future__ import annotations

from . import _native
from ._offline import client
from ._operations import Draft

# Type checkers take it for true; `typing` would take longer to import than the rest of the package.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._types import Article, Finding, Language, StoredArticle

__all__ = ["check", "compare"]


def check(articles: Sequence[Article], language: Language | str | None = None) -> list[Finding]:
    return _native.draft_check(client(), articles, language).wait()


def compare(sent: Article, stored: StoredArticle, language: Language | str | None = None) -> list[Finding]:
    return _native.draft_compare(client(), sent, stored, language).wait()


check.__doc__ = Draft.check.__doc__
compare.__doc__ = Draft.compare.__doc__
