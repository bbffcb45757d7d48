"""The function of the interface `content` that needs no account and contacts nobody."""

from __future__ import annotations

from . import _native
from ._offline import client
from ._operations import Content

# Type checkers take it for true; `typing` would take longer to import than the rest of the package.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._types import ImageReference

__all__ = ["references"]


def references(html: str) -> list[ImageReference]:
    return _native.content_references(client(), html).wait()


references.__doc__ = Content.references.__doc__
