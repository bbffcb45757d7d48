"""The run: see README.md beside this folder.

    tests/engines/wasmcloud.sh                     run, and remove everything that it wrote
    tests/engines/wasmcloud.sh --service consumer  the same with the service of tests/consumer
    tests/engines/wasmcloud.sh --keep              leave logs, registry and caches in target/wasmcloud/run
"""

import argparse
import shutil
import sys

from support import install, script
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
    """Returns {name: path} of all programs, and of the components that are placed."""
    programs = install.programs()
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
    folder = tools.folder() / "run"
    return script.run(
        lambda report, servers: run(SERVICES[options.service], report, servers, folder),
        folder,
        options.keep,
        ["support.tests", "wasmcloud.tests"],
        lambda: print_logs(folder),
    )


if __name__ == "__main__":
    sys.exit(main())
