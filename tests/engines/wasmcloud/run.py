"""The run: see README.md beside this folder.

    tests/engines/wasmcloud.sh                     run, and remove everything that it wrote
    tests/engines/wasmcloud.sh --service consumer  the same with the service of tests/consumer
    tests/engines/wasmcloud.sh --keep              leave logs, registry and caches in target/wasmcloud/run
"""

import argparse
import os
import shutil
import signal
import sys
import time
import unittest
from contextlib import ExitStack

from support import install
from support.report import Report
from support.simulator import Simulator

from . import accounts, egress, logs, loss, placement, throughput, tools
from .cluster import Cluster
from .consumer import Consumer
from .edge import Edge
from .stage import Stage

# The services that can be placed. The first is the default.
SERVICES = {"edge": Edge, "consumer": Consumer}

# One for the drafts of the first part, the others for the second.
ACCOUNTS = 1 + accounts.ACCOUNTS

HOSTS = ["one", "two"]


def build(service):
    """Returns {name: path} of this repository's programs, and the plain component. Both may be built already."""
    names = {"wechat-simulator": "WECHAT_SIMULATOR", "wechat-oa": "WECHAT_OA"}
    programs = {name: os.environ[variable] for name, variable in names.items() if variable in os.environ}
    if len(programs) < len(names):
        # The whole workspace, as the tests build it: fewer packages would have other features, and be built once more.
        programs = {**install.cargo("--workspace", "--bins", "--examples"), **programs}
    folder = tools.folder() / "components"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    plugin = folder / "plugin.wasm"
    install.step(programs["wechat-oa"], "component", "--plain", "-o", plugin)
    programs |= tools.programs()
    return programs, service.build(programs, plugin, folder)


def run(service, report, stack, folder):
    """Starts everything, and goes through the parts. The stack ends what was started."""
    programs, components = build(service)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    simulator = Simulator(programs["wechat-simulator"], folder, tls=True, accounts=ACCOUNTS)
    stack.callback(simulator.stop)
    cluster = Cluster(programs, folder, simulator.ca)
    stack.callback(cluster.stop)
    cluster.start()
    images = {name: cluster.push(name, path) for name, path in components.items()}
    hosts = [cluster.add_host(name) for name in HOSTS]
    log_hosts = logs.start(cluster)
    for host in [*hosts, *(host for _, host in log_hosts)]:
        host.wait_until_known()
    picture = (install.ROOT / "host-test" / "fixtures" / "photo-2.jpg").read_bytes()
    stage = Stage(cluster, simulator, service(simulator.base, ACCOUNTS), report, hosts, images, picture)
    report.figure("memory of an empty host", f"{hosts[0].process.memory()[0] / 1e6:.0f} MB")
    placement.run(stage)
    egress.run(stage)
    covers = accounts.run(stage)
    loss.run(stage, covers)
    account = accounts.ACCOUNTS
    logs.run(stage, log_hosts, account, covers[account])
    # Last: the simulator's log is too short for as many requests.
    throughput.run(stage)


def print_logs(folder):
    """Prints the ends of all logs, for the reader of a failure: the folder is removed."""
    for path in sorted((folder / "logs").glob("*/std*")):
        lines = path.read_text(errors="replace").splitlines()
        if lines:
            print(f"--- {path.parent.name}/{path.name}, {len(lines)} lines", *lines[-15:], sep="\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="leave what was written")
    parser.add_argument("--service", choices=SERVICES, default=next(iter(SERVICES)), help="what is placed")
    options = parser.parse_args()
    tests = unittest.defaultTestLoader.loadTestsFromNames(["support.tests", "wasmcloud.tests"])
    if not unittest.TextTestRunner().run(tests).wasSuccessful():
        return 1
    # A request to end is like Ctrl-C: everything that was started is ended first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    begun = time.monotonic()
    report, folder = Report(), tools.folder() / "run"
    with ExitStack() as stack:
        if not options.keep:
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
        try:
            with ExitStack() as servers:
                run(SERVICES[options.service], report, servers, folder)
        except BaseException:
            print_logs(folder)
            raise
        if report.failed:
            print_logs(folder)
    print(f"\nin {time.monotonic() - begun:.0f} s")
    print(report.summary())
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
