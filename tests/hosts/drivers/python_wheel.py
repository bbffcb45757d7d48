"""The Python package as it is in its wheel."""

import logging
import os
from importlib.metadata import version

from lines import serve, shown
from wechat_official_account import Account, News, WeChatError

if "WECHAT_DRIVER_LOG" in os.environ:
    # Python's own log, with everything that any library writes.
    logging.basicConfig(level=0)

CALLS = {
    "draft.count": lambda account: account.draft.count(),
    "draft.add": lambda account, cover: account.draft.add([News("Hello", "<p>Written by a program.</p>", cover)]),
    "material.upload-image": lambda account, file: account.material.upload_image(file).media_id,
    "publish.submit": lambda account, draft: account.publish.submit(draft).publish_id,
}


def attempt(call, *arguments, **named):
    """Returns the result of a call, or its error with the error's kind."""
    try:
        return {"ok": True, "value": call(*arguments, **named)}, None
    except WeChatError as error:
        return {"ok": False, "kind": str(error.kind.value), "message": str(error)}, error
    except BaseException as error:
        return {"ok": False, "kind": "trap", "message": repr(error)}, error


def perform(request):
    config = request["config"]
    account = Account(
        config["app_id"], config["app_secret"], api_base=config["api_base"], ca_file=request["ca"]
    )
    with account:
        verified, first = attempt(account.verify)
        result, second = attempt(CALLS[request["call"]], account, **request["arguments"])
        result["shown"] = shown(account, account.draft, *(error for error in (first, second) if error))
    result["verified"] = verified.get("kind", "ok")
    return result


serve({"wechat-official-account": version("wechat-official-account")}, perform)
