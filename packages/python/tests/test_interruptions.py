"""Ctrl-C, slow servers, and the outcome of calls that did not end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from conftest import APP_ID, APP_SECRET, FIXTURES, HEAD, Simulator, news, run

from wechat_official_account import Account, News

# The calls that are interrupted would take 12 s and more; the rest is for a machine that is busy.
PROMPT = 5.0


def interrupted(simulator: Simulator, program: str, path: str) -> tuple[str, float]:
    """Runs a program, sends Ctrl-C when it makes a request to this path, and returns its output and the time since."""
    before = simulator.requests().count(path)
    code = HEAD + textwrap.dedent(program)
    process = subprocess.Popen(
        [sys.executable, "-c", code, simulator.plain],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "ID": APP_ID, "SECRET": APP_SECRET},
    )
    simulator.wait_for(path, before)
    process.send_signal(signal.SIGINT)
    sent = time.monotonic()
    output, _ = process.communicate(timeout=30)
    return output, time.monotonic() - sent


def test_ctrl_c_ends_a_wait_and_the_account_stays_usable(simulator: Simulator, cover: str, account: Account) -> None:
    media_id = account.draft.add([news(cover)])
    publishing = {"text": '{"publish_id":"1","publish_status":1}'}
    simulator.fault("/cgi-bin/freepublish/get", {"status": {"code": 200, "body": publishing}})
    output, took = interrupted(
        simulator,
        f"""
        account = make(publish_poll_milliseconds=500)
        task = account.publish.submit({media_id!r})
        try:
            account.publish.wait(task.publish_id, 600)
        except KeyboardInterrupt as error:
            print("interrupted", error.__cause__, account.draft.count() >= 0)
        """,
        "/cgi-bin/freepublish/get",
    )
    assert output.strip() == "interrupted None True"
    assert took < PROMPT


def test_ctrl_c_in_an_upload_says_that_the_outcome_is_unknown(simulator: Simulator) -> None:
    simulator.fault("/cgi-bin/material/add_material", {"delay": {"ms": 20000}}, times=1)
    output, took = interrupted(
        simulator,
        """
        account = make()
        data = open("/dev/urandom", "rb").read(9_000_000)
        try:
            account.material.upload_image(b"\\x89PNG\\r\\n\\x1a\\n" + data)
        except BaseException as error:
            print(type(error).__name__)
        try:
            account.material.upload_voice(b"#!AMR\\n" + b"\\x3c" + bytes(31))
        except KeyboardInterrupt as error:
            unknown = error.__cause__
            print(type(unknown).__name__, unknown.kind, "material.upload-voice may have been executed" in str(unknown))
            print(account.draft.count() >= 0)
        """,
        "/cgi-bin/material/add_material",
    )
    assert output.splitlines() == ["WeChatError", "OutcomeUnknownError outcome-unknown True", "True"]
    assert took < PROMPT


def test_ctrl_c_shortly_before_the_answer_tells_of_the_call(own: Simulator) -> None:
    """The answer is there before anybody looks at the signals."""
    own.fault("/cgi-bin/draft/add", {"delay": {"ms": 40}})
    result = run(
        own,
        f"""
        account = make()
        cover = account.material.upload_image({str(FIXTURES / "cover.jpg")!r}).media_id
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        told = 0
        # On a busy machine the signal may come before the call has begun. Such a call does not count.
        for _ in range(100):
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.025)
                account.draft.add([News("a", "<p>b</p>", cover)])
            except KeyboardInterrupt as error:
                told += type(error.__cause__) is OutcomeUnknownError
            if told == 12: break
        print(told)
        """,
    )
    assert result.stdout.strip() == "12", result.stderr
    # A call that was sent, and of which nothing was told, makes these more.
    assert own.requests().count("/cgi-bin/draft/add") <= 12


def test_ctrl_c_during_asyncio_run_has_the_outcome_behind_it(simulator: Simulator) -> None:
    simulator.fault("/cgi-bin/draft/add", {"delay": {"ms": 20000}}, times=1)
    output, took = interrupted(
        simulator,
        f"""
        import asyncio
        async def main():
            async with AsyncAccount(ID, SECRET, api_base=BASE) as account:
                cover = (await account.material.upload_image({str(FIXTURES / "cover.jpg")!r})).media_id
                try:
                    await account.draft.add([News("a", "<p>b</p>", cover)])
                except asyncio.CancelledError as error:
                    print(type(error.__cause__).__name__)
                    raise
        try:
            asyncio.run(main())
        except KeyboardInterrupt as error:
            if sys.version_info >= (3, 11):
                assert type(error.__context__.__cause__) is OutcomeUnknownError
        """,
        "/cgi-bin/draft/add",
    )
    assert output.strip() == "OutcomeUnknownError"
    assert took < PROMPT


def test_nothing_is_said_of_a_call_that_had_not_begun(simulator: Simulator) -> None:
    simulator.fault("/cgi-bin/stable_token", {"delay": {"ms": 20000}}, times=1)
    output, took = interrupted(
        simulator,
        """
        account = make()
        try:
            account.draft.add([News("a", "b", "c")])
        except KeyboardInterrupt as error:
            print(error.__cause__)
        """,
        "/cgi-bin/stable_token",
    )
    assert output.strip() == "None"
    assert took < PROMPT


def test_other_signal_handlers_run_and_may_raise(simulator: Simulator) -> None:
    simulator.fault("/cgi-bin/draft/count", {"delay": {"ms": 20000}}, times=1)
    result = run(
        simulator,
        """
        class Late(Exception): pass
        def late(*_): raise Late
        account = make()
        signal.signal(signal.SIGALRM, late)
        begin = time.monotonic()
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.3)
            account.draft.count()
        except Late:
            print("late", time.monotonic() - begin < 5)
        """,
    )
    assert result.stdout.strip() == "late True", result.stderr


def test_a_reply_after_twelve_seconds_is_one_draft(own: Simulator) -> None:
    """The default limits allow it, and nothing is sent twice."""
    own.fault("/cgi-bin/draft/add", {"delay": {"ms": 12000}}, times=1)
    with Account(APP_ID, APP_SECRET, api_base=own.plain) as account:
        cover = account.material.upload_image(FIXTURES / "cover.jpg").media_id
        begin = time.monotonic()
        assert account.draft.add([News("Slow", "<p>x</p>", cover)])
        assert time.monotonic() - begin > 11
        assert account.draft.count() == 1
    assert own.requests().count("/cgi-bin/draft/add") == 1


@pytest.mark.parametrize("thread", ["daemon", "plain"])
def test_the_interpreter_ends_while_calls_run(simulator: Simulator, thread: str) -> None:
    simulator.fault("/cgi-bin/draft/count", {"delay": {"ms": 700}}, times=8)
    result = run(
        simulator,
        f"""
        account = make()
        class Slow:
            # Python waits for it while it takes its modules down: the replies come meanwhile.
            def __del__(self, sleep=time.sleep):
                sleep(1)
        slow = Slow()
        for _ in range(4):
            threading.Thread(target=account.draft.count, daemon={thread == "daemon"}).start()
        time.sleep(0.3)
        print("end")
        """,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "end\n", "")
    simulator.clear()
