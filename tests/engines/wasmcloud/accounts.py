"""A thousand accounts over both hosts and both forms: each has its own token and its own drafts."""

from .load import each
from .stage import REFUSED_TOKEN, TOKEN_PATH

ACCOUNTS = 1000

# Uploading a cover, adding a draft, and counting the drafts.
CALLS = 3


def run(stage):
    """Returns the cover of each account."""
    stage.report.title(f"{ACCOUNTS} accounts over both hosts")
    before, stored = len(stage.simulator.requests()), stage.simulator.stored()
    # The first account has drafts and a cover already.
    numbers = range(1, ACCOUNTS + 1)
    answers = each(numbers, lambda clients, number: _calls(stage, clients, number), stage.clients)
    wrong = [answer.text for calls in answers for answer in calls if not answer.is_ok]
    stage.report.check(f"all {ACCOUNTS * CALLS} calls succeed", not wrong, f"{len(wrong)}, first {wrong[:1]}")
    counts = {calls[-1].value for calls in answers}
    stage.report.equal("each account has its own draft, and no other", counts, {1})
    requests = stage.requests_since(before)
    tokens = sum(request["path"] == TOKEN_PATH for request in requests)
    # An instance lives for a call, and opens the account in it.
    stage.report.equal("each call makes one request for a token", tokens, ACCOUNTS * CALLS)
    refused = [request for request in requests if request["errcode"] in REFUSED_TOKEN]
    stage.report.equal("no host invalidates the token of the other", len(refused), 0)
    now = stage.simulator.stored()
    made = {name: now[name] - stored[name] for name in ("drafts", "materials")}
    stage.report.equal("nothing is stored twice", made, {"drafts": ACCOUNTS, "materials": ACCOUNTS})
    return {number: calls[0].value for number, calls in zip(numbers, answers, strict=True)}


def _calls(stage, clients, number):
    """The first two calls go to one host in one form, the last one to the other host in the other form."""
    ways = list(clients.values())
    way, other = ways[number % len(ways)], ways[-1 - number % len(ways)]
    cover = stage.service.upload_cover(way, number, stage.picture)
    draft = stage.service.add_draft(way, number, f"draft of {number}", cover.value)
    return cover, draft, stage.service.count_drafts(other, number)
