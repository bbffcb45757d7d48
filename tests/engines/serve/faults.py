"""What goes wrong between the service and WeChat, and between a caller and the service."""

import socket
from concurrent.futures import ThreadPoolExecutor

from support.processes import free_port
from support.simulator import APP_SECRET, Simulator

from .service import TOKEN, Service, settings

ADD = "/cgi-bin/draft/add"
UPLOAD = "/cgi-bin/material/add_material"
SUBMIT = "/cgi-bin/freepublish/submit"
LIST = "/cgi-bin/draft/batchget"

FILES = "/v1/materials?kind=image"

# As docs/edge.md says.
JSON_LIMIT = 20 * 1024 * 1024
FILE_LIMIT = 10 * 1024 * 1024


def errcode(code):
    return {"errcode": {"code": code}}


def run(report, service, simulator, tools, folder, picture):
    caller = Caller(service, simulator, picture)
    _lost_replies(report, caller)
    _refusals(report, caller)
    _callers_faults(report, caller)
    _other_services(report, simulator, tools, folder)


class Caller:
    """Requests under faults, with what they left at the simulator."""

    def __init__(self, service, simulator, picture):
        self.service, self.simulator, self.picture = service, simulator, picture
        self.cover = self.upload().json["media_id"]

    def upload(self):
        return self.service.request("POST", FILES, self.picture, content_type="image/jpeg")

    def add(self):
        article = {"title": "Hello", "html": "<p>Hello.</p>", "cover_media_id": self.cover}
        return self.service.request("POST", "/v1/drafts", {"article": article})

    def publish(self):
        """Makes a draft before the faults, and publishes it under them."""
        draft = self._draft
        consent = {"expected_title": "Hello", "digest": draft["digest"]}
        return self.service.request("POST", f"/v1/drafts/{draft['media_id']}/publish", consent)

    def list(self):
        return self.service.request("GET", "/v1/drafts")

    def under(self, path, fault, call):
        """Returns the reply, the number of requests to the path, and what is stored in addition."""
        if call == self.publish:
            self._draft = self.add().json
        before, stored = len(self.simulator.requests()), self.simulator.stored()
        self.simulator.set_faults([{"path": path, "fault": fault}])
        reply = call()
        self.simulator.set_faults([])
        requests = [entry for entry in self.simulator.requests()[before:] if entry["path"] == path]
        now = self.simulator.stored()
        return reply, len(requests), {name: now[name] - stored[name] for name in now if now[name] != stored[name]}


def _lost_replies(report, caller):
    report.title("Lost replies: nothing is done twice, and nothing is called failed that may have happened")
    for path, call, made in [
        (ADD, caller.add, "drafts"),
        (UPLOAD, caller.upload, "materials"),
        (SUBMIT, caller.publish, "publications"),
    ]:
        reply, requests, stored = caller.under(path, "lost-reply", call)
        problem = reply.json
        seen = (reply.status, problem["kind"], problem["may_have_happened"], bool(problem["advice"]))
        report.equal(f"{path}: the outcome is unknown, and advice is given", seen, (502, "outcome-unknown", True, True))
        report.equal(f"{path}: one request, done once", (requests, stored.get(made)), (1, 1))
        report.figure("detail and advice", f"{problem['detail']} {problem['advice']}")
    reply, requests, _ = caller.under(LIST, "lost-reply", caller.list)
    seen = (reply.kind, reply.json["may_have_happened"], requests > 1)
    report.equal("a call that only reads is repeated, and may be again", seen, ("network", False, True))


def _refusals(report, caller):
    report.title("WeChat's refusals, each as a problem")
    for path, fault, call, status, kind in [
        (LIST, errcode(40001), caller.list, 502, "credentials"),
        (ADD, errcode(40001), caller.add, 502, "credentials"),
        (ADD, errcode(45009), caller.add, 429, "quota"),
        (ADD, errcode(45011), caller.add, 429, "quota"),
        (ADD, errcode(45166), caller.add, 422, "content-rejected"),
        (ADD, errcode(48001), caller.add, 403, "permission"),
        (SUBMIT, errcode(53500), caller.publish, 403, "account-state"),
        (ADD, errcode(99999), caller.add, 502, "other"),
        (LIST, {"status": {"code": 200, "body": "garbage"}}, caller.list, 502, "malformed-reply"),
        ("/cgi-bin/stable_token", errcode(40164), caller.list, 502, "ip-not-allowed"),
    ]:
        reply, requests, stored = caller.under(path, fault, call)
        code = fault["errcode"]["code"] if "errcode" in fault else None
        seen = (reply.status, reply.kind, reply.json.get("errcode"), stored)
        report.equal(f"{path}, {fault}", seen, (status, kind, code, {}))
        # A refused token costs one refresh and one more request, never a loop.
        report.check(f"{path}, {fault}: at most two requests", requests <= 2, requests)
        retry = reply.json.get("retry_after_seconds")
        expected = None if retry is None else str(retry)
        report.equal(f"{path}, {fault}: Retry-After is {expected}", reply.headers.get("retry-after"), expected)
        report.check(f"{path}, {fault}: it is known if it is a minute", (retry == 60) == (code == 45011), retry)
    report.equal("a draft that is not there", caller.service.request("GET", "/v1/drafts/nothing").kind, "not-found")
    reply = caller.service.request("POST", FILES, b"no picture", content_type="image/png")
    report.equal("a file that is no picture", (reply.status, reply.kind), (422, "file-rejected"))


def _callers_faults(report, caller):
    report.title("Callers' faults: nothing reaches WeChat")
    service, before = caller.service, len(caller.simulator.requests())
    deep = b'{"article":' + b"[" * 127 + b"]" * 127 + b"}"
    wide = b"[" + b'{"":0},' * (JSON_LIMIT // 7 - 1) + b"0]"
    for name, reply, status, kind in [
        ("another token", service.request("GET", "/v1/drafts", token=TOKEN[:-1] + "x"), 401, "unauthenticated"),
        ("an unknown path", service.request("GET", "/v1/nothing"), 404, "unknown-path"),
        ("a file to an unknown path", service.request("POST", "/v1/nothing", bytes(FILE_LIMIT), "image/png"), 404, "unknown-path"),
        ("a file by an unknown method", service.request("PUT", FILES, bytes(FILE_LIMIT), "image/png"), 405, "method-not-allowed"),
        ("an unknown account", service.request("GET", "/v1/accounts/nobody/drafts"), 404, "unknown-account"),
        ("an unknown method", service.request("PATCH", "/v1/drafts", {}), 405, "method-not-allowed"),
        ("JSON that ends too early", service.request("POST", "/v1/drafts", b'{"article"'), 400, "malformed-json"),
        ("JSON that is too deep", service.request("POST", "/v1/drafts", deep), 400, "malformed-json"),
        ("JSON of many values", service.request("POST", "/v1/drafts", wide), 400, "malformed-json"),
        ("a message of many values", service.request("POST", "/mcp", wide), 400, "malformed-json"),
        ("the deepest JSON", service.request("POST", "/v1/drafts", deep[11:-1]), 422, "invalid-input"),
        ("an object for a text", service.request("POST", "/v1/drafts", {"article": {"title": {}}}), 422, "invalid-input"),
        ("a large form", service.request("POST", FILES, bytes(FILE_LIMIT), "multipart/form-data"), 415, "unsupported-media-type"),
        ("a form", service.request("POST", "/v1/drafts", b"a=1", "application/x-www-form-urlencoded"), 415, "unsupported-media-type"),
        ("too much JSON", service.request("POST", "/v1/drafts", bytes(2 * JSON_LIMIT)), 413, "body-too-large"),
        ("too large a file", service.request("POST", FILES, bytes(FILE_LIMIT + 1), "image/png"), 413, "body-too-large"),
        ("too many chunks", service.request("POST", FILES, _chunks(2 * FILE_LIMIT), "image/png"), 413, "body-too-large"),
        ("a question first", service.request("POST", FILES, FILE_LIMIT + 1, "image/png", Expect="100-continue"), 413, "body-too-large"),
        ("as much as is allowed", service.request("POST", FILES, bytes(FILE_LIMIT), "image/png"), 422, "file-rejected"),
    ]:
        report.equal(name, (reply.status, reply.kind), (status, kind))
    reply = service.request("HEAD", "/v1/nothing")
    report.equal("HEAD has no body", (reply.status, reply.body), (404, b""))
    _break_off(service.port)
    reply = service.request("GET", "/healthz", token=None, X_Request_Id="from-the-caller")
    report.equal("the caller's request id comes back", reply.headers["x-request-id"], "from-the-caller")
    report.equal("no request has reached WeChat", len(caller.simulator.requests()) - before, 0)
    broken = [line for line in service.log() if "problem=incomplete-body" in line]
    report.equal("a body that broke off is in the log, once", len(broken), 1)


def _chunks(length):
    """A body whose length nobody is told before."""
    yield bytes(length)


def _break_off(port):
    """Announces more than it sends, and waits for the end of the connection."""
    head = f"POST /v1/drafts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head.encode() + b"Content-Length: 1000\r\n\r\n{")
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):
            pass


def _other_services(report, simulator, tools, folder):
    report.title("Services with other settings")
    (folder / "tls").mkdir()
    encrypted = Simulator(tools.simulator, folder / "tls", tls=True)
    wrong_secret = APP_SECRET[::-1]
    health, drafts, nothing = ("GET", "/healthz"), ("GET", "/v1/drafts"), ("GET", "/nothing")
    publish = ("POST", "/v1/drafts/a/publish", {})
    cases = [
        ("without a token", settings(simulator.base, EDGE_TOKEN=None), [
            (health, 200, "200"), (drafts, 503, "not-configured"), (nothing, 503, "not-configured"),
        ]),
        ("without a secret", settings(simulator.base, WECHAT_APP_SECRET=None), [
            (health, 200, "200"), (drafts, 503, "not-configured"),
        ]),
        ("with an app id of the wrong form", settings(simulator.base, WECHAT_APP_ID="wx-"), [
            (drafts, 503, "not-configured"),
        ]),
        ("with another secret", settings(simulator.base, WECHAT_APP_SECRET=wrong_secret), [(drafts, 502, "credentials")]),
        ("without publishing", settings(simulator.base, EDGE_ALLOW_PUBLISH=None), [
            (drafts, 200, "200"), (publish, 403, "publishing-disabled"),
        ]),
        ("without WeChat", settings(f"http://127.0.0.1:{free_port()}"), [(drafts, 503, "network")]),
        ("with a certificate that nobody trusts", settings(encrypted.base), [(drafts, 502, "tls")]),
    ]  # fmt: skip

    def ask(case):
        name, environment, requests = case
        service = Service(tools, folder / f"service {name}", environment)
        try:
            replies = [service.request(*request) for request, _, _ in requests]
            listing = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
            return replies, service.request("POST", "/mcp", listing).body
        finally:
            service.stop()

    try:
        with ThreadPoolExecutor(len(cases)) as pool:
            answers = list(pool.map(ask, cases))
    finally:
        encrypted.stop()
    for (name, _, requests), (replies, listing) in zip(cases, answers, strict=True):
        for (request, status, kind), reply in zip(requests, replies, strict=True):
            report.equal(f"{name}: {' '.join(request[:2])}", (reply.status, reply.kind), (status, kind))
            if kind == "not-configured":
                report.figure("detail", reply.json["detail"])
        if name == "without publishing":
            seen = (b"create-draft" in listing, b"publish-draft\"" in listing)
            report.equal(f"{name}: there is no tool for it", seen, (True, False))
