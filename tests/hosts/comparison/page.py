"""The part of `docs/compatibility.md` that is written by this comparison."""

import difflib

from .scenario import CALLS, FAULTS

BEGIN = "<!-- begin hosts: written by tests/hosts/run -->"
END = "<!-- end hosts -->"

# The page's beginning, if there is none yet.
TITLE = "# Compatibility\n\n"

NOTHING = "–"


def render(hosts, versions, table, differences, leaks):
    """Returns the text between the markers."""
    parts = [_versions(hosts, versions)]
    for call in CALLS:
        parts.append(_faults(call, hosts, table))
    parts += [_notes(hosts, differences), _leaks(hosts, leaks)]
    return "\n".join(parts)


def _row(cells):
    return f"| {' | '.join(cells)} |\n"


def _head(*cells):
    return _row(cells) + "|" + "---|" * len(cells) + "\n"


def _versions(hosts, versions):
    text = "\n### Hosts and versions\n\n" + _head("host", "versions", "to the simulator", "list of allowed hosts")
    for host in hosts:
        named = ", ".join(f"{name} {version}" for name, version in sorted(versions[host.key].items()))
        scheme = "HTTPS" if host.tls else "HTTP: it trusts the public roots only"
        text += _row([host.title, named, scheme, f"none: {host.no_list}" if host.no_list else "yes"])
    return text


def _faults(call, hosts, table):
    kind = "safe to repeat" if call.is_safe else "not safe to repeat"
    text = f"\n### `{call.name}`, {kind}\n\n" + _head("fault", *(host.title for host in hosts))
    for fault in FAULTS:
        outcomes = [table[host.key, call, fault] for host in hosts]
        text += _row([fault.name, *(outcome.text() if outcome else NOTHING for outcome in outcomes)])
    return text


def _notes(hosts, differences):
    titles = {host.key: host.title for host in hosts}
    text = "\n### Where hosts differ, and why\n\n"
    for host, faults, calls, reason in differences.footnotes(titles):
        where = ", ".join(f"`{call}`" for call in calls) if calls else "every call"
        text += f"- **{titles[host]}**, {', '.join(faults)} ({where}): {reason}\n"
    return text


def _leaks(hosts, leaks):
    text = "\n### Secrets in debug logs\n\n" + _head("host", "switched on by", "found in the log", "remedy")
    for host in hosts:
        for log, found in leaks[host.key]:
            shown = ", ".join(f"`{name}={value}`" for name, value in log.environment.items())
            text += _row([host.title, shown, ", ".join(sorted(found)) or "no secret", log.advice or NOTHING])
    return text


def replaced(page, part):
    """Returns the page with the part between its markers."""
    if BEGIN not in page:
        page = (page or TITLE).rstrip("\n") + f"\n\n{BEGIN}\n{END}\n"
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{part}\n{END}{after}"


def difference(old, new):
    """Returns the difference of two pages as text, empty if there is none."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), "as it is", "as it was measured", lineterm="")
    return "\n".join(lines)
