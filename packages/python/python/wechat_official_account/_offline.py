"""The functions that need no account, as `draft` and `content` have them."""

from __future__ import annotations

from . import _native
from ._options import Options

_client: _native.Client | None = None


def client() -> _native.Client:
    """Returns an account that nobody has. The functions that use it contact nobody."""
    global _client
    if _client is None:
        # Plain HTTP needs no certificates, and nobody is asked for them.
        nobody = {"app_id": "wx" + 16 * "0", "app_secret": 32 * "0", "api_base": "http://127.0.0.1:1"}
        _client = _native.Client(Options(**nobody, trust_env=False))
    return _client
