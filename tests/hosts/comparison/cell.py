"""One cell of the table: one call under one fault on one host. The simulator counts, not the driver."""

from dataclasses import dataclass, field

from support.simulator import APP_ID, APP_SECRET

from .driver import DriverEnded
from .scenario import FAULTS, Call, Fault

# The end of a call that hangs. The slowest that ends by itself takes four attempts of 12 s and their pauses.
CELL_SECONDS = 75

TOKEN_PATH = "/cgi-bin/stable_token"

# Results in which the caller has been told nothing, so that nobody knows if the call was executed. `trap` is the word
# of a driver for anything but an error of the component.
HUNG = "hangs"
ENDED = "driver ended"
TRAP = "trap"


@dataclass
class Outcome:
    """What came of a cell."""

    result: str
    # Requests to the call's path that arrived.
    sent: int
    # Executions, by what is stored; None for a call that stores nothing.
    done: int | None
    # The result of `verify`, which is called first.
    verified: str
    # Paths besides the call's own and the token's.
    strays: list = field(default_factory=list)
    # Executions by the log of requests: a second witness.
    logged: int | None = None

    def text(self):
        done = "" if self.done is None else f", {self.done} done"
        return f"{self.result} · {self.sent} sent{done}"


def arguments(call: Call, simulator, picture):
    match call.name:
        case "draft.add":
            return {"cover": simulator.cover}
        case "material.upload-image":
            return {"file": str(picture)}
        case "publish.submit":
            return {"draft": simulator.make_draft()}
    return {}


def run(worker, call: Call, fault: Fault):
    """Runs the cell. A worker whose driver ended or hangs is made anew by its owner."""
    simulator = worker.simulator
    simulator.set_faults([])
    request = {
        "call": call.name,
        "arguments": arguments(call, simulator, worker.picture),
        "config": {"app_id": APP_ID, "app_secret": APP_SECRET, "api_base": simulator.base},
        "allowed": ["https://denied.invalid"] if fault.is_denial else [simulator.base],
        "ca": str(simulator.ca) if simulator.ca else None,
    }
    if fault.rule:
        simulator.set_faults([{"path": call.path, "fault": fault.rule}])
    before, stored = len(simulator.requests()), simulator.stored()
    try:
        reply = worker.driver.call(request, CELL_SECONDS)
        result = "ok" if reply["ok"] else reply["kind"]
        verified = reply["verified"]
        message = reply.get("message", "")
    except DriverEnded as ended:
        worker.is_spent = True
        result = HUNG if "no answer" in str(ended) else ENDED
        verified, message = "ok", str(ended)
    worker.is_spent |= fault.forces_token
    simulator.set_faults([])
    requests = simulator.requests()[before:]
    own = [request for request in requests if request["path"] == call.path]
    outcome = Outcome(
        result=result,
        sent=len(own),
        done=None if call.is_safe else simulator.stored()[call.makes] - stored[call.makes],
        verified=verified,
        strays=sorted({r["path"] for r in requests} - {call.path, TOKEN_PATH}),
        logged=None if call.is_safe else sum(r["executed"] for r in own),
    )
    worker.note(f"{call.name}, {fault.name}: {outcome.text()} {message}")
    return outcome


def slowest_first(cells):
    """Orders cells so that the long ones don't begin last: delays, then calls that are repeated with pauses."""
    delays = {fault.name for fault in FAULTS if isinstance(fault.rule, dict) and "delay" in fault.rule}
    return sorted(cells, key=lambda cell: (cell[1].name not in delays, not cell[0].is_safe, not cell[1].is_denial))
