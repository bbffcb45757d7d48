"""No text of the package shows a secret."""

from __future__ import annotations

from pathlib import Path

from conftest import APP_ID, APP_SECRET, Simulator, run


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
