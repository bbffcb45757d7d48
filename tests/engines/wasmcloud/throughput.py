"""Requests a second on one host and on two, and memory of the hosts: figures, not checks."""

import dataclasses

from . import load
from .accounts import ACCOUNTS

SECONDS = 4

# Instances that are kept for further calls: one for each client.
POOL = load.CLIENTS


def run(stage):
    stage.report.title(f"Throughput: {load.CLIENTS} clients")
    one, both = stage.hosts[:1], stage.hosts
    pooled = dataclasses.replace(stage.workloads["composed"], name="pooled", pool=POOL)
    _, state, message = stage.hosts[0].place(pooled)
    stage.report.check("a workload with a pool runs", state == "RUNNING", f"{state}: {message}")
    _measure(stage, "composed, a fresh instance for each call, one host", stage.workloads["composed"], one)
    _measure(stage, "linked, fresh instances for each call, one host", stage.workloads["linked"], one)
    _measure(stage, f"composed, a pool of {POOL}, one host", pooled, one)
    _measure(stage, "composed, a fresh instance for each call, two hosts", stage.workloads["composed"], both)
    stage.hosts[0].stop(pooled)
    for host in stage.hosts:
        now, most = host.process.memory()
        stage.report.figure(f"memory of {host.name}", f"{now / 1e6:.0f} MB, at most {most / 1e6:.0f} MB")


def _measure(stage, name, workload, hosts):
    def call(clients, number):
        # The allowances of an account are a thousand calls a day.
        return stage.service.count_drafts(clients[number % len(clients)], 1 + number % ACCOUNTS)

    answers = load.during(SECONDS, call, lambda: [stage.client(host, workload) for host in hosts])
    wrong = [answer.text for answer in answers if not answer.is_ok]
    stage.report.check(f"{name}: all calls succeed", not wrong, f"{len(wrong)}, first {wrong[:1]}")
    stage.report.figure(name, f"{len(answers) / SECONDS:.0f} calls/s")
