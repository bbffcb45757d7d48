"""The run: see README.md beside this folder."""

import argparse
import statistics
import sys

from support import install, script
from support.simulator import Simulator

from . import journey, listing, refusals, secrets, tools
from .host import Host, credentials

POLICY = install.ROOT / "components" / "tools" / "policy.simulator.yaml"

# Enough for a median, and few of the calls that WeChat allows a day.
REPETITIONS = 50


def run(report, stack, folder, update):
    """Starts everything, and goes through the parts. The stack ends what was started."""
    (folder / "outputs").mkdir()
    programs = tools.make_ready()
    report.title("The components")
    for name in tools.COMPONENTS:
        report.figure(name, f"{(programs.components / f'{name}.wasm').stat().st_size:,} bytes, composed and documented")
    picture = (install.ROOT / "host-test" / "fixtures" / "photo-2.jpg").read_bytes()

    def simulate():
        simulator = Simulator(programs.simulator, folder, tls=False)
        stack.callback(simulator.stop)
        return simulator

    def start(name, component, simulator, **options):
        host = Host(programs, folder / name, component, POLICY, credentials(simulator.base), **options)
        stack.callback(host.stop)
        return host

    simulator = simulate()
    quiet, publishing = tools.COMPONENTS
    outputs = folder / "outputs"
    publisher = start("outputs/publishing", publishing, simulator)
    listing.run(report, start("outputs/quiet", quiet, simulator), publisher, update)
    journey.run(report, publisher, simulator, picture)
    simulator.make_cover(picture)
    refusals.run(report, programs, outputs, simulator, POLICY, simulator.cover)
    report.title("Time of a call")
    article = journey.article("<p>Text</p>")
    for tool, arguments in [("list-drafts", {"offset": 0, "count": 5}), ("check-article", {"article": article})]:
        times = [publisher.call(tool, **arguments).milliseconds for _ in range(REPETITIONS)]
        report.figure(f"{tool}, median of {REPETITIONS}", f"{statistics.median(times):.2f} ms")
    debug = start("debug", quiet, simulator, log="debug")
    debug.tools()
    debug.call("list-drafts", offset=0, count=1)
    secrets.run(report, outputs, folder / "debug")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave what was written in target/wassette/run")
    parser.add_argument("--update", action="store_true", help="write tools.json anew")
    options = parser.parse_args()
    folder = tools.folder() / "run"
    return script.run(lambda report, servers: run(report, servers, folder, options.update), folder, options.keep)


if __name__ == "__main__":
    sys.exit(main())
