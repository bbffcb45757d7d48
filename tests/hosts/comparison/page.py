"""The part of `docs/compatibility.md` that is written by this comparison."""

from support.generated import Part, head, row

from .scenario import CALLS, FAULTS

PART = Part("hosts", "tests/hosts/run")

NOTHING = "–"


# A cell that is as that of the reference.
SAME = "same"


def render(hosts, reference, versions, table, differences, leaks):
    """Returns the text between the markers."""
    parts = [_versions(hosts, versions)]
    for call in CALLS:
        parts.append(_faults(call, hosts, reference, table))
    parts += [_notes(hosts, differences), _leaks(hosts, leaks)]
    return "".join(parts)


def _versions(hosts, versions):
    text = "\n### Hosts and versions\n\n" + head("host", "versions", "to the simulator", "list of allowed hosts")
    for host in hosts:
        named = ", ".join(f"{name} {version}" for name, version in sorted(versions[host.key].items()))
        scheme = "HTTPS" if host.tls else "HTTP: it trusts the public roots only"
        text += row([host.title, named, scheme, host.no_list or "set by the program"])
    return text


def _faults(call, hosts, reference, table):
    kind = "safe to repeat" if call.is_safe else "not safe to repeat"
    text = f"\n### `{call.name}`, {kind}\n\n" + head("fault", *(host.title for host in hosts))
    for fault in FAULTS:
        expected = table.get((reference, call, fault))
        cells = [_cell(table[host.key, call, fault], expected, host.key == reference) for host in hosts]
        text += row([fault.name, *cells])
    return text


def _cell(outcome, expected, is_reference):
    if outcome is None:
        return "no list"
    is_same = expected and not is_reference and outcome.text() == expected.text()
    return SAME if is_same else outcome.text()


def _notes(hosts, differences):
    titles = {host.key: host.title for host in hosts}
    text = "\n### Where hosts differ, and why\n\n"
    for host, faults, calls, reason in differences.footnotes(titles):
        where = ", ".join(f"`{call}`" for call in calls) if calls else "every call"
        text += f"- **{titles[host]}**, {', '.join(faults)} ({where}): {reason}\n"
    return text


def _leaks(hosts, leaks):
    text = "\n### Secrets in debug logs\n\n" + head("host", "switched on by", "found in the log", "remedy")
    for host in hosts:
        for log, found, is_empty in leaks[host.key]:
            shown = ", ".join(f"`{name}={value}`" for name, value in log.environment.items())
            result = "nothing is logged" if is_empty else ", ".join(sorted(found)) or "no secret"
            text += row([host.title, shown, result, log.advice or NOTHING])
    return text
