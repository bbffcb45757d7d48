"""Measures this package beside wechatpy. `bench` calls it.

Both make the same calls to the same simulator, in turns, so a ratio is steadier than its two times. Both have the token
before the first call. Each figure is a median.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

APP_ID, APP_SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
OURS, OTHERS = "this package", "wechatpy"
# The rows: name, and the most that our time may be of the other's.
GOALS = {
    "small call (`draft.count`)": 0.35,
    "upload, 200 KiB": 1.0,
    "upload, 10 MB": 1.0,
    "download, 10 MB": 1.0,
    "small calls of four threads": 1.0,
    "import and first call": 0.1,
    "peak memory": 1.0,
}


def png(size: int) -> bytes:
    """Returns a picture of about this size: one pixel, and a chunk of random bytes that nobody reads."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(8 * (b"\0" + 24 * b"\x80")))
    fill = chunk(b"teXt", os.urandom(size))
    return b"\x89PNG\r\n\x1a\n" + head + fill + pixels + chunk(b"IEND", b"")


class Ours:
    def __init__(self, base: str, token: str) -> None:
        from wechat_official_account import Account, Token

        self.account = Account(APP_ID, APP_SECRET, api_base=base, token=Token(token, 7200))

    def count(self) -> int:
        return self.account.draft.count()

    def upload(self, data: bytes) -> str:
        return self.account.material.upload_image(data).media_id

    def delete(self, media_id: str) -> None:
        self.account.material.delete(media_id)

    def download(self, media_id: str) -> bytes:
        content = self.account.material.get(media_id)
        return content.bytes  # type: ignore[union-attr]


class Others:
    def __init__(self, base: str, token: str) -> None:
        from wechatpy import WeChatClient

        class Client(WeChatClient):  # type: ignore[misc]
            API_BASE_URL = base + "/cgi-bin/"

        self.client = Client(APP_ID, APP_SECRET, access_token=token)

    def count(self) -> int:
        return int(self.client.draft.count()["total_count"])

    def upload(self, data: bytes) -> str:
        return str(self.client.material.add("image", ("picture.png", data))["media_id"])

    def delete(self, media_id: str) -> None:
        self.client.material.delete(media_id)

    def download(self, media_id: str) -> bytes:
        return bytes(self.client.material.get(media_id).content)


def in_turns(
    calls: dict[str, Callable[[], Any]], seconds: float, after: Callable[[Any], object] | None = None
) -> dict[str, float]:
    """Returns the median time of each call. `after` gets its answer, and is not measured."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    end = time.monotonic() + seconds
    while time.monotonic() < end or min(map(len, times.values())) < 5:
        for name, call in calls.items():
            turn = time.perf_counter() + 0.02
            while True:
                begin = time.perf_counter()
                answer = call()
                done = time.perf_counter()
                times[name].append(done - begin)
                if after:
                    after(answer)
                if done > turn:
                    break
    return {name: statistics.median(taken) for name, taken in times.items()}


def four_threads(call: Callable[[], object]) -> None:
    threads = [threading.Thread(target=lambda: [call() for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def alone(side: str, what: str, base: str, token: str) -> float:
    """Measures in an interpreter of its own."""
    arguments = [sys.executable, __file__, "--alone", side, what, base, token]
    return float(subprocess.run(arguments, capture_output=True, text=True, check=True).stdout)


def measure_alone(side: str, what: str, base: str, token: str) -> None:
    begin = time.perf_counter()
    client = (Ours if side == OURS else Others)(base, token)
    client.count()
    if what == "start":
        print(time.perf_counter() - begin)
        return
    data = Path(os.environ["PICTURE"]).read_bytes()
    for _ in range(5):
        media_id = client.upload(data)
        assert client.download(media_id) == data
        client.delete(media_id)
    # Not `getrusage`, which counts the parent's memory from before the program was started.
    status = Path("/proc/self/status").read_text().split()
    print(int(status[status.index("VmHWM:") + 1]) * 1024)


def main() -> None:
    if sys.argv[1] == "--alone":
        return measure_alone(*sys.argv[2:])
    with subprocess.Popen(
        [sys.argv[1], "--plain-http", "--lenient", "--unlimited"], stdout=subprocess.PIPE, text=True
    ) as simulator:
        assert simulator.stdout is not None
        base = simulator.stdout.readline().split()[-1]
        try:
            report(base)
        finally:
            simulator.terminate()


def report(base: str) -> None:
    from wechat_official_account import Account

    with Account(APP_ID, APP_SECRET, api_base=base) as account:
        token = account.access_token().value
    sides: dict[str, Ours | Others] = {OURS: Ours(base, token), OTHERS: Others(base, token)}
    small, large = png(200 * 1024), png(10_000_000)
    media_id = sides[OURS].upload(large)

    def each(call: Callable[[Ours | Others], object]) -> dict[str, Callable[[], object]]:
        return {name: lambda side=side: call(side) for name, side in sides.items()}  # type: ignore[misc]

    rows = {
        "small call (`draft.count`)": in_turns(each(lambda side: side.count()), 6),
        "upload, 200 KiB": in_turns(each(lambda side: side.upload(small)), 6, sides[OURS].delete),
        "upload, 10 MB": in_turns(each(lambda side: side.upload(large)), 10, sides[OURS].delete),
        "download, 10 MB": in_turns(each(lambda side: side.download(media_id)), 10),
        "small calls of four threads": in_turns(each(lambda side: four_threads(side.count)), 8),
    }
    rows["small calls of four threads"] = {
        name: taken / 200 for name, taken in rows["small calls of four threads"].items()
    }
    starts = [{side: alone(side, "start", base, token) for side in sides} for _ in range(11)]
    rows["import and first call"] = {side: statistics.median(start[side] for start in starts) for side in sides}
    print(f"| | {OURS} | {OTHERS} | ratio | goal |\n|---|---|---|---|---|")
    for name, row in rows.items():
        times = [f"{row[side] * 1e3:.3g} ms" for side in (OURS, OTHERS)]
        print_row(name, times, row[OURS] / row[OTHERS])
    with tempfile.TemporaryDirectory() as folder:
        # Making the picture would take more memory than sending it.
        picture = Path(folder) / "picture.png"
        picture.write_bytes(large)
        os.environ["PICTURE"] = str(picture)
        peak = {side: alone(side, "memory", base, token) for side in sides}
    print_row("peak memory", [f"{peak[side] / 1e6:.0f} MB" for side in (OURS, OTHERS)], peak[OURS] / peak[OTHERS])


def print_row(name: str, figures: list[str], ratio: float) -> None:
    print(f"| {name} | {figures[0]} | {figures[1]} | {ratio:.2f} | ≤ {GOALS[name]:g} |")


if __name__ == "__main__":
    main()
