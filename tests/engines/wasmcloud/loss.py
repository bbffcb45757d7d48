"""A host is killed while both add drafts: nothing is lost without a word, and nothing is done twice."""

from collections import Counter
from dataclasses import dataclass

from . import load
from .client import Answer

CALLS = 1200

# The call at which the host is killed, while others are under way.
KILLED_AT = 400

# An account may add a thousand drafts a day.
ACCOUNTS = range(1, 51)

ADD_PATH = "/cgi-bin/draft/add"


@dataclass
class Call:
    """A draft that was asked for."""

    account: int
    title: str
    host: str
    kind: str


def run(stage, covers):
    stage.report.title(f"{stage.hosts[0].name} is killed while both hosts add drafts")
    lost, other = stage.hosts
    already = {account: Counter(stage.simulator.draft_titles(account)) for account in ACCOUNTS}
    before = len(stage.simulator.requests())

    def add(clients, number):
        if number == KILLED_AT:
            lost.process.kill()
        return _add(stage, clients, number, covers)

    calls = load.each(range(CALLS), add, stage.clients)
    made = {account: Counter(stage.simulator.draft_titles(account)) - already[account] for account in ACCOUNTS}
    judge(stage.report, calls, made, lost, other)
    executed = sum(r["executed"] for r in stage.requests_since(before) if r["path"] == ADD_PATH)
    drafts = sum(titles.total() for titles in made.values())
    stage.report.equal("the API's log has as many executions as there are drafts", executed, drafts)
    _place_again(stage, lost, covers)


def _add(stage, clients, number, covers):
    """Adds a draft with a title of its own by one of the hosts, in one of the forms."""
    (host, _), client = list(clients.items())[number % len(clients)]
    account = ACCOUNTS[number % len(ACCOUNTS)]
    title = f"draft {number}"
    answer = stage.service.add_draft(client, account, title, covers[account])
    return Call(account, title, host, answer.kind)


def judge(report, calls, made, lost, other):
    """Compares the calls with the drafts that were made by them, {account: Counter of titles}."""
    kinds = Counter((call.host, call.kind) for call in calls)
    report.figure("calls", ", ".join(f"{host} {kind} {count}" for (host, kind), count in sorted(kinds.items())))
    report.check(f"{lost.name} answered before it was killed", kinds[lost.name, "ok"] > 0, kinds)
    report.check(f"{lost.name} is gone after it", kinds[lost.name, Answer.NOT_SENT] > 0, kinds)
    report.equal(f"{other.name} answers every call", {kind for host, kind in kinds if host == other.name}, {"ok"})
    twice = [title for titles in made.values() for title, count in titles.items() if count > 1]
    report.equal("no draft is there twice", twice, [])
    missing = [call for call in calls if call.kind == "ok" and not made[call.account][call.title]]
    report.equal("each draft that was reported is there", missing, [])
    unsent = [call for call in calls if call.kind == Answer.NOT_SENT and made[call.account][call.title]]
    report.equal("no draft is there that was not sent", unsent, [])
    unasked = {title for titles in made.values() for title in titles} - {call.title for call in calls}
    report.equal("no draft is there that nobody asked for", unasked, set())
    silent = [call for call in calls if call.kind == Answer.NO_ANSWER]
    added = sum(made[call.account][call.title] for call in silent)
    report.figure("calls without an answer", f"{len(silent)}, of which {added} added their draft")


def _place_again(stage, host, covers):
    """The host is started again. It knows nothing of its workloads until somebody places them."""
    report = stage.report
    host.start()
    account = ACCOUNTS[0]
    for form, workload in stage.workloads.items():
        client = stage.client(host, workload)
        report.equal(f"{host.name}, started again, does not know {form}", _count(stage, client, account), "http-404")
        client.close()
    host.wait_until_known()
    before = stage.simulator.stored()["drafts"]
    for form, workload in stage.workloads.items():
        seconds, state, message = host.place(workload)
        report.check(f"{host.name} runs {form} again", state == "RUNNING", f"{state}: {message}")
        report.figure(f"time to place {form} on {host.name} again", f"{seconds:.2f} s")
        client = stage.client(host, workload)
        answer = stage.service.add_draft(client, account, f"{form} again", covers[account])
        report.check(f"{form} answers on {host.name} again", answer.is_ok, answer.text)
        client.close()
    added = stage.simulator.stored()["drafts"] - before
    report.equal("each of these calls adds one draft", added, len(stage.workloads))


def _count(stage, client, account):
    return stage.service.count_drafts(client, account).kind
