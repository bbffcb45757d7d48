"""The service of `tests/consumer`: it takes the account with each call."""

import base64
import json
import os
from pathlib import Path

from support import install
from support.simulator import credentials

from .client import Answer
from .service import Service

ROOT = install.ROOT / "tests" / "consumer"


class Consumer(Service):
    """Its components, and its calls."""

    @staticmethod
    def build(programs, plugin: Path, folder: Path):
        composed, service = folder / "composed.wasm", folder / "service.wasm"
        module = ROOT / "target" / "wasm32-unknown-unknown" / "release" / "consumer.wasm"
        install.step(ROOT / "build", composed, env={**os.environ, "WECHAT_OA": str(programs["wechat-oa"])})
        install.step(programs["wasm-tools"], "component", "new", module, "-o", service)
        return {"composed": composed, "service": service, "plugin": plugin}

    def count_drafts(self, client, account):
        return self._call(client, account, "draft.count", "count")

    def upload_cover(self, client, account, picture: bytes):
        fields = {"name": "cover.jpg", "base64": base64.b64encode(picture).decode()}
        return self._call(client, account, "material.upload-image", "media-id", **fields)

    def add_draft(self, client, account, title, cover):
        fields = {"title": title, "content": "<p>Written by a program.</p>", "thumb_media_id": cover}
        return self._call(client, account, "draft.add", "media-id", **fields)

    def _call(self, client, account, operation, member, **fields):
        """Makes a call, and leaves the member of its result that counts."""
        app_id, app_secret = credentials(account)
        body = {"app_id": app_id, "app_secret": app_secret, "api_base": self.api_base, "operation": operation, **fields}
        headers = {"Content-Type": "application/json"}
        status, text = client.request("POST", "/call", json.dumps(body), headers)
        if status in (Answer.NOT_SENT, Answer.NO_ANSWER):
            return Answer(status, text=text)
        if status != 200:
            return Answer(f"http-{status}", text=text)
        answer = json.loads(text)
        if "ok" in answer:
            return Answer("ok", answer["ok"][member], text)
        return Answer(answer["error"]["kind"] if "error" in answer else "refused", text=text)
