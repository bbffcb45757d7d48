"""The HTTP service of `components/edge`: its accounts are settings, and callers have a bearer token."""

import json
from pathlib import Path

from support import install
from support.simulator import credentials

from .client import Answer
from .service import Service

# Obviously made up, as are the accounts of the simulator. It has the digits that all secrets there have in common, so
# that the search for these finds it, too.
TOKEN = f"{credentials(0)[1]}-bearer"


class Edge(Service):
    """Its components, and its calls. The first account is the one of the paths without an alias."""

    @staticmethod
    def build(programs, plugin: Path, folder: Path):
        composed, service = folder / "composed.wasm", folder / "service.wasm"
        for form, path in [("--plain", composed), ("--alone", service)]:
            install.step(programs["wechat-oa"], "component", "--edge", form, "-o", path)
        return {"composed": composed, "service": service, "plugin": plugin}

    def settings(self, accounts):
        app_id, app_secret = credentials(0)
        settings = {
            "EDGE_TOKEN": TOKEN,
            "WECHAT_API_BASE": self.api_base,
            "WECHAT_APP_ID": app_id,
            "WECHAT_APP_SECRET": app_secret,
            "WECHAT_ACCOUNTS": ",".join(f"a{number}" for number in range(1, accounts)),
        }
        for number in range(1, accounts):
            app_id, app_secret = credentials(number)
            settings[f"WECHAT_ACCOUNT_A{number}_APP_ID"] = app_id
            settings[f"WECHAT_ACCOUNT_A{number}_APP_SECRET"] = app_secret
        return settings

    def count_drafts(self, client, account):
        return self._call(client, account, "GET", "/drafts?offset=0&count=1", "total")

    def upload_cover(self, client, account, picture: bytes):
        path = "/materials?kind=image&name=cover.jpg"
        return self._call(client, account, "POST", path, "media_id", picture, "image/jpeg")

    def add_draft(self, client, account, title, cover):
        article = {"title": title, "html": "<p>Written by a program.</p>", "cover_media_id": cover}
        body = json.dumps({"article": article})
        return self._call(client, account, "POST", "/drafts", "media_id", body, "application/json")

    @staticmethod
    def _call(client, account, method, path, member, body=None, content_type=None):
        """Makes a call, and leaves the member of its result that counts."""
        prefix = f"/v1/accounts/a{account}" if account else "/v1"
        headers = {"Authorization": f"Bearer {TOKEN}"}
        if content_type:
            headers["Content-Type"] = content_type
        status, text = client.request(method, prefix + path, body, headers)
        if status in (Answer.NOT_SENT, Answer.NO_ANSWER):
            return Answer(status, text=text)
        try:
            answer = json.loads(text)
        except ValueError:
            # The host's own answer, such as the 404 for a workload that it does not have.
            return Answer(f"http-{status}", text=text)
        if status < 300:
            return Answer("ok", answer[member], text)
        return Answer(answer.get("kind", f"http-{status}"), text=text)
