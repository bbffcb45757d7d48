"""The simulator, and accounts of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from wechat_official_account import Account, AsyncAccount, News

REPOSITORY = Path(__file__).resolve().parents[3]
FIXTURES = REPOSITORY / "host-test" / "fixtures"
APP_ID = "wx0123456789abcdef"
APP_SECRET = "0123456789abcdef0123456789abcdef"

# Seconds in which a request arrives, on a busy machine, too.
ARRIVAL = 30.0


class Simulator:
    """WeChat's server on this machine."""

    def __init__(self, *arguments: str) -> None:
        program = os.environ["WECHAT_SIMULATOR"]
        self.process = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.url = line.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])
        self.plain = f"http://127.0.0.1:{self.port}"

    def control(self, path: str, method: str = "GET", body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.plain + path, data=data, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as reply:
            text = reply.read().decode()
            return json.loads(text) if text.strip() else None

    def fault(self, path: str, fault: Any, **rule: int) -> None:
        self.control("/__faults", "POST", {"rules": [{"path": path, "fault": fault, **rule}]})

    def clear(self) -> None:
        self.control("/__faults", "DELETE")

    def requests(self) -> list[str]:
        """Returns the paths of all requests of WeChat's API, in order."""
        return [request["path"] for request in self.control("/__requests")["requests"]]

    def wait_for(self, path: str, before: int = 0) -> None:
        """Waits until more than `before` requests to this path have arrived: then the call of the newest has begun."""
        end = time.monotonic() + ARRIVAL
        while self.requests().count(path) <= before:
            assert time.monotonic() < end, f"no request to {path}"
            time.sleep(0.01)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(10)


@pytest.fixture(scope="session")
def shared() -> Iterator[Simulator]:
    simulator = Simulator("--plain-http")
    yield simulator
    simulator.stop()


@pytest.fixture
def simulator(shared: Simulator) -> Iterator[Simulator]:
    yield shared
    shared.clear()


@pytest.fixture
def own() -> Iterator[Simulator]:
    """A server that no other test has sent anything to."""
    simulator = Simulator("--plain-http")
    yield simulator
    simulator.stop()


@pytest.fixture
def account(simulator: Simulator) -> Iterator[Account]:
    with Account(APP_ID, APP_SECRET, api_base=simulator.plain, retry_pauses_milliseconds=[10]) as account:
        yield account


@pytest.fixture
def make_async(simulator: Simulator) -> Callable[[], AsyncAccount]:
    return lambda: AsyncAccount(APP_ID, APP_SECRET, api_base=simulator.plain, retry_pauses_milliseconds=[10])


@pytest.fixture
def cover(account: Account) -> str:
    return account.material.upload_image(FIXTURES / "cover.jpg").media_id


def news(cover: str, title: str = "Hello") -> News:
    return News(title, "<p>Written by a program.</p>", cover)


HEAD = """
import os, sys, time, threading, signal, faulthandler, gc
from wechat_official_account import *
BASE, ID, SECRET = sys.argv[1], os.environ["ID"], os.environ["SECRET"]
def make(**options):
    return Account(ID, SECRET, api_base=BASE, **options)
"""


def run(simulator: Simulator, program: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a program in another interpreter."""
    code = HEAD + textwrap.dedent(program)
    return subprocess.run(
        [sys.executable, *options, "-c", code, simulator.plain],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "ID": APP_ID, "SECRET": APP_SECRET, **environment},
    )
