"""Texts that must never be seen: an account's id and secret, and the mark that is in every token of the simulator."""

import base64
from pathlib import Path

from .simulator import APP_ID, APP_SECRET, OWN_DIGITS

TOKEN_MARK = "SimulatedToken"


def _forms(text):
    """Returns the text as it may stand in an output: plain, as bytes in several notations, and in base64."""
    raw = text.encode()
    yield text
    yield raw.hex()
    # Node's `<Buffer 30 31 …>`, and lists of numbers of several languages.
    yield raw.hex(" ")
    for separator in (", ", ","):
        yield separator.join(str(byte) for byte in raw)
    # The three ways in which base64 can cut it, without the ends, which depend on the neighbours.
    for shift in range(3):
        yield base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")[4:-3]


def _searched(texts):
    """Returns what is looked for, in lower case: {name: forms}."""
    return {name: [form.lower().encode() for form in _forms(text)] for name, text in texts.items()}


# Ids and secrets by the digits that all accounts of a simulator have in common.
CANARIES = _searched(
    {
        "the app id": APP_ID[:-OWN_DIGITS],
        "the secret": APP_SECRET[:-OWN_DIGITS],
        "a token": TOKEN_MARK,
    }
)


def found_in(folder: Path, others=None):
    """Returns which secrets stand in the files of a folder: {name: path of the first file}. `others` has more texts."""
    found, canaries = {}, {**CANARIES, **_searched(others or {})}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pem":
            text = path.read_bytes().lower()
            for name, forms in canaries.items():
                if any(form in text for form in forms):
                    found.setdefault(name, path)
    return found
