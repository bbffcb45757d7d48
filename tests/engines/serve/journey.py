"""One article from nothing to public over the JSON API, with every request and reply printed."""

import base64
import json

from .service import ALIAS

TITLE = "Hello"

# The largest that WeChat takes.
LARGEST_PICTURE = 10 * 1024 * 1024


def show(text, limit=160):
    return text if len(text) <= limit else f"{text[:limit]}…"


def run(report, service, picture: bytes):
    report.title("One article from nothing to public, over the JSON API")

    def call(method, path, status, body=None, **options):
        reply = service.request(method, path, body, **options)
        shown = "" if body is None or isinstance(body, bytes) else f" {show(json.dumps(body))}"
        report.figure(f"{method} {show(path, 90)}{shown}", f"{reply.status} {show(reply.body.decode())}")
        report.equal(f"{method} {path.split('?')[0].split('/')[2]}: the status", reply.status, status)
        return reply

    image = call("POST", "/v1/materials?kind=image&name=cover.jpg", 201, picture, content_type="image/jpeg").json
    article = {"title": TITLE, "html": "<p>Written by a program.</p>", "cover_media_id": image["media_id"]}
    made = call("POST", "/v1/drafts", 201, {"article": article})
    draft = call("GET", made.headers["location"], 200).json
    report.equal("the digest is the one that was returned at first", draft["digest"], made.json["digest"])
    call("PUT", made.headers["location"], 200, {"article": {**article, "html": "<p>Better.</p>"}})
    stale = {"expected_title": TITLE, "digest": draft["digest"]}
    call("POST", f"{made.headers['location']}/publish", 422, stale)
    fresh = call("GET", made.headers["location"], 200).json
    consent = {"expected_title": TITLE, "digest": fresh["digest"]}
    submitted = call("POST", f"{made.headers['location']}/publish", 202, consent)
    status = call("GET", f"{submitted.headers['location']}?wait_seconds=30", 200).json
    report.equal("the article is public", status["state"], "published")
    listed = call("GET", "/v1/publications?count=5", 200).json
    report.equal("it is listed", listed["publications"][0]["articles"][0]["title"], TITLE)
    report.equal("the draft is gone", service.request("GET", made.headers["location"]).kind, "not-found")
    other = call("GET", f"/v1/accounts/{ALIAS}/publications", 200).json
    report.equal("the other account has nothing", other["total"], 0)
    state = call("GET", "/v1/account", 200).json
    report.equal("one image is stored", state["images"], 1)
    largest = picture.ljust(LARGEST_PICTURE, b"\0")
    call("POST", "/v1/materials?kind=image&name=largest.jpg", 201, largest, content_type="image/jpeg")
    uri = f"data:image/jpeg;base64,{base64.b64encode(largest).decode()}"
    call("POST", "/v1/drafts", 201, {"article": {"title": "Largest", "html": f'<img src="{uri}">'}})
    report.figure("memory of wasmtime serve", f"at most {service.memory() / 1e6:.0f} MB")
