"""Calls from several threads at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

CLIENTS = 8


def each(items, work, new_worker):
    """Returns the results of `work(worker, item)` in the order of the items. Each thread has a worker of its own."""
    local = threading.local()

    def run(item):
        if not hasattr(local, "worker"):
            local.worker = new_worker()
        return work(local.worker, item)

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(run, items))


def during(seconds, work, new_worker):
    """Calls `work(worker, number)` again and again, each time with another number. Returns the results."""
    results, lock, end = [], threading.Lock(), time.monotonic() + seconds
    numbers = iter(range(10**9))

    def run():
        worker = new_worker()
        while time.monotonic() < end:
            with lock:
                number = next(numbers)
            result = work(worker, number)
            with lock:
                results.append(result)

    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(run) for _ in range(CLIENTS)]:
            done.result()
    return results
