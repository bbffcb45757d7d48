"""The service of `tests/consumer`: it takes the account with each call."""

import base64
import json
import os
from pathlib import Path

from support import install
from support.simulator import credentials

from .client import Answer
from .workload import Component

ROOT = install.ROOT / "tests" / "consumer"
MODULE = ROOT / "target" / "wasm32-unknown-unknown" / "release" / "consumer.wasm"


class Consumer:
    """Its components, and its calls."""

    # An instance lives for a call, and opens the account in it.
    tokens_per_call = 1

    def __init__(self, api_base):
        self._api_base = api_base

    @staticmethod
    def build(programs, plugin: Path, folder: Path):
        """Returns {name: path} of the composed component, and of the two that a host links."""
        paths = {name: folder / f"{name}.wasm" for name in ("composed", "service")}
        environment = {**os.environ, "WECHAT_OA": str(programs["wechat-oa"])}
        install.step(ROOT / "build", paths["composed"], env=environment)
        install.step(programs["wasm-tools"], "component", "new", MODULE, "-o", paths["service"])
        return {**paths, "plugin": plugin}

    def composed(self, images, allowed):
        return [Component(images["composed"], allowed)]

    def linked(self, images, allowed, service_allowed=()):
        """The service sends nothing itself, so it needs no host."""
        return [Component(images["service"], list(service_allowed)), Component(images["plugin"], allowed)]

    def count_drafts(self, client, account):
        answer = self._call(client, account, "draft.count")
        return self._take(answer, "count")

    def upload_cover(self, client, account, picture: bytes):
        fields = {"name": "cover.jpg", "base64": base64.b64encode(picture).decode()}
        return self._take(self._call(client, account, "material.upload-image", **fields), "media-id")

    def add_draft(self, client, account, title, cover):
        fields = {"title": title, "content": "<p>Written by a program.</p>", "thumb_media_id": cover}
        return self._take(self._call(client, account, "draft.add", **fields), "media-id")

    def _call(self, client, account, operation, **fields):
        app_id, app_secret = credentials(account)
        body = {"app_id": app_id, "app_secret": app_secret, "api_base": self._api_base, "operation": operation}
        status, text = client.post("/call", {**body, **fields})
        if status in (Answer.NOT_SENT, Answer.NO_ANSWER):
            return Answer(status, text=text)
        if status != 200:
            return Answer(f"http-{status}", text=text)
        answer = json.loads(text)
        if "ok" in answer:
            return Answer("ok", answer["ok"], text)
        return Answer(answer["error"]["kind"] if "error" in answer else "refused", text=text)

    @staticmethod
    def _take(answer, name):
        """Leaves the member that counts of a result."""
        if answer.is_ok:
            answer.value = answer.value[name]
        return answer
