"""Wasmtime's own package for Python, with the component and nothing else. The first argument is the component."""

import sys
from importlib.metadata import version
from pathlib import Path

from lines import serve, shown
from wasmtime import Config, Engine, Store, WasiConfig
from wasmtime.component import Component, Linker, Record, Variant

PACKAGE = "wechat:official-account"
VERSION = "0.1.0"

engine = Engine(Config())
component = Component.from_file(engine, sys.argv[1])


class Refused(Exception):
    """An error that the component returned: this package returns such errors and doesn't raise them."""


class Plugin:
    """An instance of the component."""

    def __init__(self):
        linker = Linker(engine)
        linker.add_wasip2()
        linker.add_wasi_http()
        self.store = Store(engine)
        self.store.set_wasi(WasiConfig())
        self.store.set_wasi_http()
        self._instance = linker.instantiate(self.store, component)

    def call(self, interface, function, *arguments):
        name = f"{PACKAGE}/{interface}@{VERSION}"
        index = self._instance.get_export_index(self.store, name)
        index = self._instance.get_export_index(self.store, function, index)
        function = self._instance.get_func(self.store, index)
        result = function(self.store, *arguments)
        # A result whose two sides are of different classes comes bare, otherwise as a variant.
        if isinstance(result, Variant) and result.tag in ("ok", "err"):
            is_error, result = result.tag == "err", result.payload
        else:
            is_error = isinstance(result, Record) and hasattr(result, "kind") and hasattr(result, "advice")
        if is_error:
            raise Refused(result)
        return result


def record(**fields):
    made = Record()
    for name, value in fields.items():
        setattr(made, name.replace("_", "-"), value)
    return made


def open_account(plugin, config):
    return plugin.call(
        "account",
        "[constructor]account",
        record(
            app_id=config["app_id"],
            app_secret=config["app_secret"],
            api_base=config["api_base"],
            timeouts=None,
            retry_pauses_milliseconds=None,
            token=None,
            may_force_token=None,
            publish_poll_milliseconds=None,
            language=None,
        ),
    )


def add_draft(plugin, account, cover):
    news = record(
        title="Hello",
        author=None,
        digest=None,
        content="<p>Written by a program.</p>",
        content_source_url=None,
        thumb_media_id=cover,
        cover_crops=[],
        comments="closed",
        product_key=None,
    )
    return plugin.call("draft", "add", account, [Variant("news", news)])


def upload_image(plugin, account, file):
    picture = record(name="cover.jpg", bytes=Path(file).read_bytes())
    return getattr(plugin.call("material", "upload-image", account, picture), "media-id")


def submit(plugin, account, draft):
    return getattr(plugin.call("publish", "submit", account, draft), "publish-id")


CALLS = {
    "draft.count": lambda plugin, account: plugin.call("draft", "count", account),
    "draft.add": add_draft,
    "material.upload-image": upload_image,
    "publish.submit": submit,
}


def attempt(call, *arguments, **named):
    """Returns the result of a call, or its error with the error's kind."""
    try:
        return {"ok": True, "value": call(*arguments, **named)}, None
    except Refused as refused:
        error = refused.args[0]
        return {"ok": False, "kind": error.kind, "message": error.message}, refused
    except Exception as error:
        return {"ok": False, "kind": "trap", "message": str(error)}, error


def perform(request):
    plugin = Plugin()
    account = open_account(plugin, request["config"])
    verified, first = attempt(plugin.call, "account", "[method]account.verify", account)
    result, second = attempt(CALLS[request["call"]], plugin, account, **request["arguments"])
    account.drop(plugin.store)
    result["verified"] = verified.get("kind", "ok")
    result["shown"] = shown(account, plugin, *(error for error in (first, second) if error))
    return result


serve({"wasmtime": version("wasmtime")}, perform)
