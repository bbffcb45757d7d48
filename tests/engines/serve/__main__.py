"""The run: see README.md beside this folder."""

import argparse
import sys

from support import install, script
from support.simulator import Simulator

from . import faults, journey, mcp, reuse, schema, secrets, throughput, tools
from .service import Service, settings


def run(report, stack, folder):
    """Starts everything, and goes through the parts. The stack ends what was started."""
    (folder / "outputs").mkdir()
    programs = tools.make_ready()
    report.title("The component")
    report.figure("size", f"{programs.component.stat().st_size:,} bytes, composed")
    picture = (install.ROOT / "host-test" / "fixtures" / "photo-2.jpg").read_bytes()

    def start(name, unlimited=False, options=()):
        simulator = Simulator(programs.simulator, folder, tls=False, accounts=2, unlimited=unlimited)
        stack.callback(simulator.stop)
        service = Service(programs, folder / "outputs" / name, settings(simulator.base), options)
        stack.callback(service.stop)
        return simulator, service

    simulator, service = start("service")
    journey.run(report, service, picture)
    mcp.run(report, service, programs)
    faults.run(report, service, simulator, programs, folder / "outputs", picture)
    simulator, reusing = start("reusing", options=reuse.OPTIONS)
    reuse.run(report, reusing, simulator, picture)
    # More calls than WeChat allows a day.
    simulator, unlimited = start("unlimited", unlimited=True)
    schema.run(report, unlimited, simulator, programs, folder)
    throughput.run(report, "a fresh instance for each request", unlimited)
    _, reusing = start("reusing-unlimited", unlimited=True, options=reuse.OPTIONS)
    throughput.run(report, "instances that are used again", reusing)
    secrets.run(report, folder / "outputs")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave what was written in target/serve/run")
    options = parser.parse_args()
    folder = tools.folder() / "run"
    return script.run(lambda report, servers: run(report, servers, folder), folder, options.keep)


if __name__ == "__main__":
    sys.exit(main())
