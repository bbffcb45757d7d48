"""A simulator and a driver that belong together, and the workers that share the cells of a host."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from support.simulator import Simulator

from . import cell
from .driver import Driver


class Worker:
    """Runs one cell after the other. What its driver prints stays in its folder."""

    def __init__(self, context, host, installed, folder: Path, debugging=None):
        folder.mkdir(parents=True, exist_ok=True)
        self._notes = folder / "cells"
        self.is_spent = False
        self.picture = context.large_picture if host.large_files else context.small_picture
        self.simulator = Simulator(context.programs["wechat-simulator"], folder, host.tls)
        try:
            self.simulator.make_cover(context.small_picture.read_bytes())
            environment = installed.environment(self.simulator.ca)
            self.driver = Driver(installed.command, {**environment, **(debugging or {})}, folder)
        except BaseException as error:
            self.simulator.stop()
            error.add_note(f"{host.title} did not start; what it printed is in {folder}")
            raise

    def note(self, line):
        """Writes a line for the reader of a failure."""
        with self._notes.open("a") as file:
            file.write(line + "\n")

    def stop(self):
        self.driver.stop()
        self.simulator.stop()


def run_cells(context, host, installed, cells):
    """Runs the cells of a host, several at a time, and returns ({cell: outcome}, versions)."""
    todo, outcomes, versions = list(reversed(cells)), {}, dict(installed.versions)
    lock = threading.Lock()

    def work(number):
        worker = None
        try:
            while True:
                with lock:
                    if not todo:
                        return
                    call, fault = todo.pop()
                if worker is None or worker.is_spent:
                    if worker:
                        worker.stop()
                    worker = Worker(context, host, installed, context.logs / host.key / str(number))
                    with lock:
                        versions.update(worker.driver.versions)
                outcomes[call, fault] = cell.run(worker, call, fault)
        finally:
            if worker:
                worker.stop()

    with ThreadPoolExecutor(host.workers) as pool:
        for done in [pool.submit(work, number) for number in range(host.workers)]:
            done.result()
    return outcomes, versions
