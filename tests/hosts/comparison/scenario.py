"""The calls and the faults: what every host has to go through."""

from dataclasses import dataclass, field

# Longer than the 10 s that the plugin gives a connection: a host that takes one limit for another shows itself.
SLOW_MILLISECONDS = 12_000

# Where a redirection leads on the simulator: no path of WeChat's, so a client that follows it is seen in the log.
ELSEWHERE = "/elsewhere"


@dataclass(frozen=True)
class Call:
    """A function of the contract, the path that it requests, and what the simulator then has one more of."""

    name: str
    path: str
    makes: str | None

    @property
    def is_safe(self):
        return self.makes is None


CALLS = [
    Call("draft.count", "/cgi-bin/draft/count", None),
    Call("draft.add", "/cgi-bin/draft/add", "drafts"),
    Call("material.upload-image", "/cgi-bin/material/add_material", "materials"),
    Call("publish.submit", "/cgi-bin/freepublish/submit", "publications"),
]


@dataclass(frozen=True)
class Fault:
    """A fault as `/__faults` takes it; every request to the call's path meets it."""

    name: str
    rule: object = field(default=None, compare=False)
    # True if the host's own list of allowed hosts lacks the API, so that nothing may be sent.
    is_denial: bool = False
    # True if the simulator is another one afterwards: a forced token changes the outcome of the next 30 s.
    forces_token: bool = False


def _status(code, body):
    return {"status": {"code": code, "body": body, "executed": True}}


FAULTS = [
    Fault("none"),
    Fault("first byte after 12 s", {"delay": {"ms": SLOW_MILLISECONDS}}),
    Fault("reset before the body", "close-before-body"),
    Fault("reset in the body", {"close-in-body": {}}),
    Fault("reset after the body", "close-after-body"),
    Fault("lost reply", "lost-reply"),
    Fault("truncated reply", "truncated-body"),
    Fault("502, executed", _status(502, "html")),
    Fault("40001 each time", {"errcode": {"code": 40001}}, forces_token=True),
    Fault("reply of 50 MiB", {"huge-body": {"content_length": True}}),
    Fault("redirect", {"redirect": {"code": 302, "location": ELSEWHERE}}),
    Fault("garbage, executed", _status(200, "garbage")),
    Fault("errcode -1, executed", {"errcode": {"code": -1, "executed": True}}),
    Fault("host denied", is_denial=True),
]
