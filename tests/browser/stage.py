"""The simulator with something in it: an account whose pages have one of everything."""

import json
from pathlib import Path

from support import install
from support.simulator import Simulator

FIXTURES = install.ROOT / "host-test" / "fixtures"
BOUNDARY = "----wechat-browser-boundary"

# A text that does harm wherever a page does not escape it. The title of an article has at most 64 characters.
HARMFUL = "<img src=/canary onerror=fetch('/canary-title')>"

# Texts of the article that must be there in every form of its page.
ARTICLE_TEXTS = ["一、从 Markdown 到公众号", "draft.add", "二、发布之后"]


class Stage:
    """A simulator, and the paths of the pages of its articles."""

    def __init__(self, program, folder: Path):
        self.simulator = Simulator(program, folder, tls=False, accounts=3)
        self.base = self.simulator.base
        self.simulator.make_cover((FIXTURES / "cover.jpg").read_bytes())
        self._fill()

    def _fill(self):
        simulator = self.simulator
        upload = "/cgi-bin/material/add_material?type=image&"
        self._upload(upload, "photo-1.jpg")
        self._upload(upload, "photo-2.jpg", HARMFUL.replace("/", ":") + ".jpg")
        self._upload("/cgi-bin/material/add_material?type=voice&", "voice.mp3")
        self._upload("/cgi-bin/media/upload?type=image&", "article.png")
        picture = self._upload("/cgi-bin/media/uploadimg?", "photo-1.jpg")["url"]
        content = Path(__file__).with_name("article.html").read_text().replace("PICTURE", picture)
        draft = self._draft("草稿：写在发布之前", content)
        self._draft(HARMFUL, "<p>1</p>")
        self.preview = self._preview(draft)
        self.published = self._publish(self._draft("从 Markdown 到公众号：一篇很长的文章", content))
        self._publish(self._draft("第二篇", "<p>短。</p>"), polls=0)
        rules = [
            {"path": "/cgi-bin/draft/count", "fault": "lost-reply", "times": 1},
            {"path": "/cgi-bin/draft/add", "fault": {"errcode": {"code": -1}}, "skip": 2, "times": 3},
            {"path": "/cgi-bin/draft/get", "fault": {"delay": {"ms": 5000}}},
        ]
        simulator.set_faults(rules)
        for path, body in [("/cgi-bin/draft/count?", None), ("/cgi-bin/draft/delete?", b'{"media_id":"none"}')]:
            try:
                simulator.api(path, body)
            except (OSError, RuntimeError):
                # They are there to be seen in the log.
                pass

    def stop(self):
        self.simulator.stop()

    def requests(self):
        """Returns the paths of all requests so far."""
        return [request["path"] for request in self.simulator.requests()]

    def _upload(self, path, file, name=None):
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="media"; filename="{name or file}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = head.encode() + (FIXTURES / file).read_bytes() + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.simulator.api(path, body, f"multipart/form-data; boundary={BOUNDARY}")

    def _draft(self, title, content):
        """Stores a draft, and returns its media-id."""
        article = {"title": title, "author": "编辑部", "content": content, "thumb_media_id": self.simulator.cover}
        body = json.dumps({"articles": [article]}, ensure_ascii=False).encode()
        return self.simulator.api("/cgi-bin/draft/add?", body)["media_id"]

    def _publish(self, draft, polls=2):
        """Submits a draft and asks for its state. Returns the path of the article, if it is published by then."""
        body = json.dumps({"media_id": draft}).encode()
        publish_id = self.simulator.api("/cgi-bin/freepublish/submit?", body)["publish_id"]
        state = {}
        for _ in range(polls):
            body = json.dumps({"publish_id": str(publish_id)}).encode()
            state = self.simulator.api("/cgi-bin/freepublish/get?", body)
        items = state.get("article_detail", {}).get("item", [])
        return path_of(items[0]["article_url"]) if items else None

    def _preview(self, draft):
        """Returns the path of the page of the draft."""
        body = json.dumps({"media_id": draft}).encode()
        return path_of(self.simulator.api("/cgi-bin/draft/get?", body)["news_item"][0]["url"])


def path_of(url):
    """Returns path and query of a link to mp.weixin.qq.com: the simulator has the article there, too."""
    return url.removeprefix("http://mp.weixin.qq.com").split("#")[0]
