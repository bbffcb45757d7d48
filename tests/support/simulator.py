"""One simulator of WeChat's server as a process: its start, its control paths, and calls that prepare an account."""

import json
import ssl
import subprocess
import urllib.request
from pathlib import Path

APP_ID = "wx0123456789abcdef"
APP_SECRET = "0123456789abcdef0123456789abcdef"

# Digits at the end of both that differ between the accounts of a simulator.
OWN_DIGITS = 8

# Drafts of one reply: WeChat's limit.
PAGE = 20

# A reply from this machine takes milliseconds; a busy machine may need seconds.
TIMEOUT = 30


def credentials(number):
    """Returns app id and secret of an account: 0 is the first, the others have their number at the end."""
    if number == 0:
        return APP_ID, APP_SECRET
    return tuple(f"{text[:-OWN_DIGITS]}{number:0{OWN_DIGITS}x}" for text in (APP_ID, APP_SECRET))


class Simulator:
    """A running simulator."""

    def __init__(self, program, folder: Path, tls: bool, accounts=1, unlimited=False):
        self.ca = folder / "ca.pem" if tls else None
        options = ["--ca", str(self.ca)] if tls else ["--plain-http"]
        if unlimited:
            options.append("--unlimited")
        command = [program, *options, "--accounts", str(accounts)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        first = self._process.stdout.readline().strip()
        if not first.startswith("listening on "):
            raise RuntimeError(f"{program} did not start: {first!r}")
        self.base = first.removeprefix("listening on ")
        self._context = ssl.create_default_context(cafile=self.ca) if tls else None
        # The process's own client must not use a proxy for 127.0.0.1.
        handlers = [urllib.request.ProxyHandler({})]
        if self._context:
            handlers.append(urllib.request.HTTPSHandler(context=self._context))
        self._opener = urllib.request.build_opener(*handlers)
        self.cover = None

    def stop(self):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def _request(self, url, body=None, content_type="application/json", method=None):
        request = urllib.request.Request(url, body, {"Content-Type": content_type}, method=method)
        with self._opener.open(request, timeout=TIMEOUT) as reply:
            # Line feeds may stand unescaped in the content of articles, as in the real server's replies.
            return json.loads(reply.read(), strict=False)

    def set_faults(self, rules):
        """Replaces all faults. The control paths speak plain HTTP on the TLS port, too."""
        url = self.base.replace("https://", "http://") + "/__faults"
        self._request(url, method="DELETE")
        if rules:
            self._request(url, json.dumps({"rules": rules}).encode())

    def requests(self):
        """Returns every request so far, oldest first."""
        log = self._request(self.base.replace("https://", "http://") + "/__requests")
        if log["dropped"]:
            raise RuntimeError("the simulator's log has dropped requests: start a new one earlier")
        return log["requests"]

    def stored(self):
        """Returns how many drafts, materials and publications there are."""
        return self._request(self.base.replace("https://", "http://") + "/__stored")

    def api(self, path, body, content_type="application/json", account=0):
        # The present token, the one that the driver gets: a driver may have forced a new one since.
        app_id, secret = credentials(account)
        body_of_token = {"grant_type": "client_credential", "appid": app_id, "secret": secret}
        granted = self._request(self.base + "/cgi-bin/stable_token", json.dumps(body_of_token).encode())
        reply = self._request(f"{self.base}{path}access_token={granted['access_token']}", body, content_type)
        if reply.get("errcode"):
            raise RuntimeError(f"{path} was refused with errcode {reply['errcode']}")
        return reply

    def make_cover(self, picture: bytes):
        """Stores a permanent image, and remembers its media-id."""
        boundary = "----wechat-hosts-boundary"
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="media"; filename="cover.jpg"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        )
        body = head.encode() + picture + f"\r\n--{boundary}--\r\n".encode()
        content_type = f"multipart/form-data; boundary={boundary}"
        self.cover = self.api("/cgi-bin/material/add_material?type=image&", body, content_type)["media_id"]

    def make_draft(self):
        """Stores a draft with the cover, and returns its media-id."""
        article = {"title": "Hello", "content": "<p>Hello.</p>", "thumb_media_id": self.cover}
        return self.api("/cgi-bin/draft/add?", json.dumps({"articles": [article]}).encode())["media_id"]

    def draft_titles(self, account):
        """Returns the titles of all drafts of an account."""
        titles = []
        while True:
            page = {"offset": len(titles), "count": PAGE, "no_content": 1}
            reply = self.api("/cgi-bin/draft/batchget?", json.dumps(page).encode(), account=account)
            titles += [item["content"]["news_item"][0]["title"] for item in reply["item"]]
            if len(titles) >= reply["total_count"]:
                return titles
