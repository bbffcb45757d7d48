"""No text of the package shows a secret."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import APP_ID, APP_SECRET, Simulator, run

from wechat_official_account import Account, News, Token


def test_no_output_has_a_secret(simulator: Simulator, tmp_path: Path) -> None:
    """Neither reprs, errors and tracebacks, nor logs with every switch on."""
    result = run(
        simulator,
        """
        import asyncio, logging, traceback, pickle, inspect
        logging.basicConfig(level=0)
        account = make()
        token = account.access_token()
        open(os.environ["TOKEN_FILE"], "w").write(token.value)
        print(repr(account), str(account), token, repr(token), vars(account), repr(account._client))
        tries = [
            lambda: account.draft.get("nothing"),
            lambda: account.draft.get(token.value),
            lambda: account.draft.add([News("", "", "")]),
            lambda: account.quota("/nothing"),
            lambda: account.material.upload_image("/nowhere"),
            lambda: account.draft.add(1),
            lambda: Account(ID, SECRET, api_base="http://example.com"),
            lambda: Account(ID, SECRET, api_base="http://127.0.0.1:9",
                retry_pauses_milliseconds=[]).verify(),
            lambda: Account(ID, SECRET, timeouts=1),
        ]
        for call in tries:
            try:
                call()
                print("no error")
            except Exception as error:
                traceback.print_exc()
                print(repr(error), str(error), error.args, vars(error))
                for frame, _ in traceback.walk_tb(error.__traceback__):
                    if frame.f_code.co_filename.endswith("_account.py"):
                        print(frame.f_locals)
        async def main():
            async with AsyncAccount(ID, SECRET, api_base=BASE) as other:
                print(other, vars(other))
                try:
                    await other.draft.get("nothing")
                except WeChatError:
                    traceback.print_exc()
        asyncio.run(main(), debug=True)
        """,
        "-X",
        "dev",
        RUST_LOG="trace",
        RUST_BACKTRACE="full",
        PYTHONDEVMODE="1",
        TOKEN_FILE=str(tmp_path / "token"),
    )
    assert result.returncode == 0, result.stderr
    output = result.stdout + result.stderr
    assert "no error" not in output
    assert output.count("Traceback") >= 10
    token = (tmp_path / "token").read_text()
    for secret in (APP_ID, APP_SECRET, token):
        assert len(secret) > 10 and secret not in output


def test_a_text_that_is_not_unicode_is_not_shown(account: Account) -> None:
    broken = "canary-" + APP_SECRET + "\ud800"
    calls: list[tuple[str, Callable[[], object]]] = [
        ("app_secret", lambda: Account(APP_ID, broken)),
        ("token: value", lambda: Account(APP_ID, APP_SECRET, token=Token(broken, 7200))),
        (r"articles\[0\]: title", lambda: account.draft.add([News(broken, "x", "y")])),
        ("kind: MaterialKind", lambda: account.material.list(broken)),
        ("proxies", lambda: Account(APP_ID, APP_SECRET, proxies={"https": broken})),
        ("proxies", lambda: Account(APP_ID, APP_SECRET, proxies=broken)),
    ]
    for place, call in calls:
        with pytest.raises(ValueError, match=place + r": is not valid Unicode \(it has a lone surrogate\)") as caught:
            call()
        assert type(caught.value) is ValueError
        assert caught.value.__cause__ is None and caught.value.__context__ is None
        assert "canary" not in "".join(traceback.format_exception(None, caught.value, caught.tb)) + repr(caught.value)


CLOSED_LATER = """
import ctypes, sys
from wechat_official_account import Account
base, app_id, hidden = sys.argv[1:]
secret = "".join(chr(byte ^ 0x55) for byte in bytes.fromhex(hidden))
account = Account(app_id, secret, api_base=base)
# Python's own text is not the package's: its characters are overwritten here.
ctypes.memset(id(secret) + sys.getsizeof(secret) - 33, 0x41, 32)
print("open", flush=True)
sys.stdin.readline()
account.close()
print("closed", flush=True)
sys.stdin.readline()
"""


def copies(process: int, wanted: bytes) -> int:
    """Counts a text in the memory of a process."""
    found = 0
    with open(f"/proc/{process}/mem", "rb", 0) as memory, open(f"/proc/{process}/maps") as maps:
        for area, rights, *_ in map(str.split, maps):
            begin, end = (int(number, 16) for number in area.split("-"))
            if rights.startswith("rw"):
                memory.seek(begin)
                found += memory.read(end - begin).count(wanted)
    return found


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="nobody can read the memory of a process here")
def test_a_closed_account_has_forgotten_its_secret(simulator: Simulator) -> None:
    secret = os.urandom(16).hex().encode()
    hidden = bytes(byte ^ 0x55 for byte in secret).hex()
    command = [sys.executable, "-c", CLOSED_LATER, simulator.plain, APP_ID, hidden]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline() == "open\n"
        assert copies(process.pid, secret) > 0
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "closed\n"
        assert copies(process.pid, secret) == 0
