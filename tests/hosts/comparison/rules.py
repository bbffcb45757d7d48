"""What must hold in every cell, and where a host may differ from the Rust host."""

from .cell import ENDED, HUNG, TRAP
from .scenario import CALLS, FAULTS

# The results that leave it open if a call was executed: the plugin's own word for it, and those without any word.
SILENT = {HUNG, ENDED, TRAP}
DOUBT = {"outcome-unknown", *SILENT}


def problems_of(host, call, fault, outcome):
    """Returns what is wrong with one cell, whatever the other hosts do."""
    where = f"{host.key}, {call.name}, {fault.name}: {outcome.text()}"
    if outcome.verified != "ok" and not fault.is_denial:
        yield f"{where}: verify ended in {outcome.verified}"
    if outcome.strays:
        yield f"{where}: requests to {', '.join(outcome.strays)}"
    if fault.is_denial and (outcome.sent or outcome.verified == "ok" or outcome.result == "ok"):
        yield f"{where}: the host let a request pass that its list denies"
    if fault.name == "none" and (outcome.result != "ok" or outcome.sent != 1):
        yield f"{where}: the call failed without a fault"
    if host.is_ours and outcome.result in SILENT:
        yield f"{where}: the caller gets no error of the plugin"
    if call.is_safe:
        return
    if outcome.done != outcome.logged:
        yield f"{where}: stored {outcome.done}, but the log has {outcome.logged} executions"
    if outcome.done > 1:
        yield f"{where}: done more than once"
    if outcome.result == "ok" and not outcome.done:
        yield f"{where}: reported as done, and was not"
    if outcome.result != "ok" and outcome.result not in DOUBT and outcome.done:
        yield f"{where}: executed, but reported as a failure"


class Differences:
    """The cells in which a host may differ from the reference, each with its reason."""

    def __init__(self, entries):
        # (host, faults, calls, reason); None for every call.
        self._entries = entries
        self._met = set()

    def reason(self, host, call, fault):
        for index, (of, faults, calls, reason) in enumerate(self._entries):
            if of == host and fault.name in faults and (calls is None or call.name in calls):
                self._met.add(index)
                return reason
        return None

    def unmet(self, hosts):
        """Returns the entries of these hosts that no cell needed: they are no longer true."""
        for index, (host, faults, calls, _) in enumerate(self._entries):
            if host in hosts and index not in self._met:
                yield f"{host}, {calls or 'every call'}, {', '.join(faults)}: listed as a difference, but there is none"

    def footnotes(self, hosts):
        return [(host, faults, calls, why) for host, faults, calls, why in self._entries if host in hosts]


def check(hosts, table, reference, differences):
    """Returns all problems of the table, {(host, call, fault): outcome}; a cell that a host can't have is None."""
    problems = []
    for host in hosts:
        for call in CALLS:
            for fault in FAULTS:
                outcome = table[host.key, call, fault]
                if outcome is None:
                    continue
                problems.extend(problems_of(host, call, fault, outcome))
                expected = table.get((reference, call, fault))
                if expected is None or expected.text() == outcome.text():
                    continue
                if differences.reason(host.key, call, fault) is None:
                    where = f"{host.key}, {call.name}, {fault.name}: {outcome.text()}"
                    problems.append(f"{where}, but {reference} has {expected.text()}, and no reason is listed")
    is_whole = any(host.key == reference for host in hosts)
    return problems + (list(differences.unmet({host.key for host in hosts})) if is_whole else [])
