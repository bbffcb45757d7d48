"""Instances that answer many requests: they keep the token of each account, and nothing else."""

from .service import ALIAS

# Wasmtime's default is one request for each instance. An idle instance would end after a second, which may pass between
# two requests on a busy machine.
OPTIONS = ["--max-instance-reuse-count", "1000", "--idle-instance-timeout", "60s"]

TOKEN_PATH = "/cgi-bin/stable_token"

# An instance counts as busy until its call has returned, which is a moment after the client has the answer. A request
# that arrives in this moment gets an instance of its own (wasmtime-wasi-http, `handler.rs`), which has no token yet. One
# client meets that moment with two instances at most: the other one has long been idle.
MOST_INSTANCES = 2


def run(report, service, simulator, picture):
    report.title("Instances that are used again")
    prefixes = ["/v1", f"/v1/accounts/{ALIAS}"]
    titles = {}
    for prefix in prefixes:
        image = service.request("POST", f"{prefix}/materials?kind=image", picture, content_type="image/jpeg").json
        article = {"title": f"Of {prefix}", "html": "<p>Hello.</p>", "cover_media_id": image["media_id"]}
        service.request("POST", f"{prefix}/drafts", {"article": article})
    for _ in range(10):
        for prefix in prefixes:
            drafts = service.request("GET", f"{prefix}/drafts").json["drafts"]
            titles.setdefault(prefix, []).extend(draft["titles"][0] for draft in drafts)
    for prefix in prefixes:
        report.equal(f"{prefix}: each answer is of this account", titles[prefix], [f"Of {prefix}"] * 10)
    tokens = [entry for entry in simulator.requests() if entry["path"] == TOKEN_PATH]
    report.check(
        "each instance asks for one token for each account",
        len(prefixes) <= len(tokens) <= len(prefixes) * MOST_INSTANCES,
        f"{len(tokens)} requests for a token, of {len(prefixes)} accounts and at most {MOST_INSTANCES} instances",
    )
    refused = service.request("GET", "/v1/drafts", token=None)
    report.equal("without the bearer token nothing is answered", refused.status, 401)
