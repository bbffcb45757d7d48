"""One article from nothing to public, as a model would do it."""

import base64
import json

TITLE = "Hello"


def show(text, limit=160):
    return text if len(text) <= limit else f"{text[:limit]}…"


def article(html, title=TITLE):
    """Returns an article. Wassette asks for every field."""
    missing = ["author", "summary", "source-url", "cover-media-id", "comments"]
    return {"title": title, "html": html, **dict.fromkeys(missing)}


def run(report, host, simulator, picture: bytes):
    report.title("One article from nothing to public")

    def call(tool, **arguments):
        answer = host.call(tool, **arguments)
        shown = json.dumps(arguments, ensure_ascii=False)
        outcome = json.dumps(answer.value or answer.error, ensure_ascii=False)
        report.figure(f"{tool} {show(shown)}", f"{show(outcome)} ({answer.milliseconds:.1f} ms)")
        return answer

    data = base64.b64encode(picture).decode()
    html = f'<p>Written by a program.</p><p><img src="data:image/jpeg;base64,{data}"></p>'
    checked = call("check-article", article=article(html)).value
    report.check("the article is acceptable", checked["acceptable"], checked)
    report.check("a picture as data is no finding", "data:" not in json.dumps(checked), checked)
    refused = call("create-draft", article=article('<p>Text</p><img src="https://example.com/a.png">')).error
    report.equal("a picture elsewhere is refused", (refused["kind"], refused["subject"]), ("invalid-input", "html"))
    report.equal("nothing was stored", simulator.stored()["drafts"], 0)
    made = call("create-draft", article=article(html)).value
    report.equal("the picture is in the draft", made["pictures"], 1)
    report.equal("one draft is stored", simulator.stored()["drafts"], 1)
    read = call("get-draft", media_id=made["media-id"], with_html=True).value
    report.equal("the digest is the one that was returned at first", read["digest"], made["digest"])
    report.check("the HTML has the picture's new address", "mmbiz.qpic.cn" in read["articles"][0]["html"], read)

    def publish(title, digest):
        return call("publish-draft", media_id=made["media-id"], expected_title=title, digest=digest)

    changed = article(html.replace("a program", "somebody"))
    call("update-draft", media_id=made["media-id"], index=0, article=changed, digest=None)
    refused = publish(TITLE, made["digest"]).error
    seen = refused["kind"], refused["subject"]
    report.equal("a draft that changed is not published", seen, ("invalid-input", "digest"))
    fresh = call("get-draft", media_id=made["media-id"], with_html=False).value
    report.equal("the HTML can be left out", fresh["articles"][0]["html"], None)
    refused = publish("Another title", fresh["digest"]).error
    report.equal("another title is not published", refused["subject"], "expected-title")
    submissions = [request for request in simulator.requests() if "freepublish/submit" in request["path"]]
    report.equal("nothing was submitted so far", submissions, [])
    submitted = publish(TITLE, fresh["digest"]).value
    status = call("get-publish-status", publish_id=submitted["publish-id"], wait_seconds=30).value
    report.equal("the article is public", (status["state"], len(status["urls"])), ("published", 1))
    listed = call("list-published", offset=0, count=5).value
    report.equal("it is listed", listed["publications"][0]["articles"][0]["title"], TITLE)
    gone = call("get-draft", media_id=made["media-id"], with_html=False).error
    report.equal("the draft is gone", gone["kind"], "not-found")
    state = call("account-status").value
    report.equal("no draft is left", state["drafts"], 0)
    tokens = [request for request in simulator.requests() if "stable_token" in request["path"]]
    report.figure("requests for a token, in all calls", len(tokens))
