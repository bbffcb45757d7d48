"""The server API of WeChat Official Accounts (微信公众号 and 服务号): material, drafts, pictures of articles, publishing.

    from pathlib import Path
    from wechat_official_account import Account, News

    with Account("wx0123456789abcdef", "0123456789abcdef0123456789abcdef") as account:
        cover = account.material.upload_image(Path("cover.jpg"))
        draft = account.draft.add([News("Hello", "<p>Written by a program.</p>", cover.media_id)])

`Account` blocks, `AsyncAccount` is for asyncio. Both have the interfaces `material`, `media`, `draft`, `content` and
`publish`. Errors are `WeChatError`. The modules `draft` and `content` have the functions that need no account.
"""

from __future__ import annotations

import sys as _sys

from . import _types
from ._account import Account
from ._errors import OutcomeUnknownError, WeChatError
from ._types import *  # noqa: F403

# Type checkers take it for true; at run time these are imported when they are first asked for.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import content, draft
    from ._async_account import AsyncAccount
    from ._files import Attachments, FileInput
    from ._types import Article, DeleteWhich, ImageResult, MaterialContent, MediaContent, PublishStatus

_LATER = {"content": "content", "draft": "draft", "AsyncAccount": "_async_account"}
_LATER.update({"Attachments": "_files", "FileInput": "_files"})

__all__ = [
    "Account",
    "Article",
    "AsyncAccount",
    "Attachments",
    "DeleteWhich",
    "FileInput",
    "ImageResult",
    "MaterialContent",
    "MediaContent",
    "OutcomeUnknownError",
    "PublishStatus",
    "WeChatError",
    "content",
    "draft",
]
__all__ += _types.__all__


def __getattr__(name: str) -> object:
    if name not in _LATER:
        return getattr(_types, name)
    from importlib import import_module

    module = import_module(f"{__name__}.{_LATER[name]}")
    value = module if name == _LATER[name] else getattr(module, name)
    setattr(_sys.modules[__name__], name, value)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
