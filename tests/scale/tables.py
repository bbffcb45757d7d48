"""The tables of docs/scale.md."""

import random

from support.generated import head, row

from . import facts, tokens

ACCOUNTS = 10_000

# Any number: the same one gives the same tables.
SEED = 17

# Ways to run the plugin without a cache of the host: (name, account resources that live on; 0 is one for each call).
RESOURCES = [
    ("a fresh instance for each call", 0),
    ("a pool of 8 instances on each of 10 hosts", 80),
    ("a pool of 8 instances on each of 2 hosts", 16),
    ("one warm instance on each of 10 hosts", 10),
    ("one warm instance on each of 2 hosts", 2),
]

# The same with the caches of an account's token: a resource has one.
WAYS = [*RESOURCES, ("one cache of the hosts for all instances (`config.token`)", 1)]

CALLS_A_DAY = [1, 10, 100, 1_000, 10_000]

# Requests about an article beside its pictures: cover, draft, the draft read back, submission.
BESIDE_PICTURES = 4


def render():
    parts = [_one_account, _all_accounts, _simulation, _limits, _forced, _throughput, _memory]
    return "".join(part() for part in parts)


def _number(value):
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _calls(count):
    return "1 call a day" if count == 1 else f"{count:,} calls a day"


def _one_account():
    text = "\n### Requests for a token a day, of one account\n\n"
    text += head("the plugin runs as", *(_calls(calls) for calls in CALLS_A_DAY))
    for name, caches in WAYS:
        text += row([name, *(_number(tokens.expected(calls, caches)) for calls in CALLS_A_DAY)])
    return text


def _all_accounts():
    text = f"\n### {ACCOUNTS:,} accounts with 100 calls a day each\n\n"
    text += head("the plugin runs as", "requests for a token a day", "a second", "a call", "of an account's limit")
    for name, caches in WAYS:
        each = tokens.expected(100, caches)
        a_second = _number(each * ACCOUNTS / facts.DAY)
        share = f"{each / facts.TOKENS_A_DAY:.3%}"
        text += row([name, f"{each * ACCOUNTS:,.0f}", a_second, f"{each / 100:.2f}", share])
    return text


def _simulation():
    text = f"\n### The same by simulation: {ACCOUNTS:,} accounts, 20 calls a day each, seed {SEED}\n\n"
    text += head("the plugin runs as", "requests for a token by the formula", "simulated", "in the busiest minute")
    for name, caches in WAYS:
        times = tokens.simulated(20, caches, ACCOUNTS, random.Random(SEED))
        formula = tokens.expected(20, caches) * ACCOUNTS
        text += row([name, f"{formula:,.0f}", f"{len(times):,}", f"{tokens.busiest_minute(times):,}"])
    return text


def _limits():
    text = "\n### Which limit of an account breaks first, with a fresh instance for each call\n\n"
    text += head("work", "the first limit", "the next ones", "`stable_token`", "requests for a token by then")
    for name, uses, requests in _works():
        # (work a day, path), the scarcest first.
        most = sorted((allowance.a_day / count, allowance.path) for allowance, count in uses)
        first, *others = [f"{work:,.0f} a day by `{path}`" for work, path in most]
        by_tokens = f"{facts.TOKENS_A_DAY / requests:,.0f} a day"
        text += row([name, first, ", ".join(others) or "none", by_tokens, f"{most[0][0] * requests:,.0f}"])
    return text


def _works():
    """Returns (name, [(allowance, its calls for one piece of work)], requests for one piece of work)."""
    for pictures, polls in [(0, 1), (10, 1), (10, 5), (10, 20)]:
        status = "once" if polls == 1 else f"{polls} times"
        name = f"an article with {pictures} pictures; its status asked {status}"
        uses = [(facts.DRAFT_ADD, 1), (facts.DRAFT_GET, 1), (facts.SUBMIT, 1), (facts.STATUS, polls)]
        yield name, uses, BESIDE_PICTURES + pictures + polls
    yield "a draft, not published", [(facts.DRAFT_ADD, 1), (facts.DRAFT_GET, 1)], 3
    yield "a temporary file uploaded", [(facts.UPLOAD_MEDIA, 1)], 1
    yield "a temporary file fetched", [(facts.GET_MEDIA, 1)], 1


def _forced():
    text = "\n### Forced tokens, if WeChat refuses every token of an account all day\n\n"
    text += head("the plugin runs as", "if every one may force", f"of the {facts.FORCED_A_DAY} allowed")
    for name, resources in RESOURCES:
        if resources:
            forced = facts.FORCED_BY_RESOURCE_A_DAY * resources
            text += row([name, f"{forced:,} a day", f"{forced // facts.FORCED_A_DAY} times as many"])
        else:
            text += row([name, "one for each call", f"used up after {facts.FORCED_A_DAY} calls"])
    return text


def _throughput():
    text = f"\n### Calls a second of {ACCOUNTS:,} accounts\n\n"
    text += head("calls of an account", "calls a second", f"of one host with {facts.CALLS_A_SECOND} calls a second")
    for calls in CALLS_A_DAY:
        each_second = calls * ACCOUNTS / facts.DAY
        text += row([_calls(calls), _number(each_second), f"{each_second / facts.CALLS_A_SECOND:.1%}"])
    return text


def _memory():
    idle = facts.performance("idle instance, of 1,000: resident")
    linear = facts.performance("linear memory, idle")
    fresh = facts.performance("fresh instance, open, first call")
    text = "\n### Memory of idle instances on a host\n\n"
    text += head("instances", "resident", "linear memory, most of it untouched")
    for count in [1, 8, 80, 1_000, ACCOUNTS]:
        text += row([f"{count:,}", _size(count * idle), _size(count * linear)])
    return text + f"\nA fresh instance with its first call takes {fresh:.0f} µs in the Rust host.\n"


def _size(kib):
    return f"{kib / 1024:.1f} MiB" if kib < 1024 * 1024 else f"{kib / 1024 / 1024:.2f} GiB"
