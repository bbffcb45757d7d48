"""What every part of the run works with."""

from dataclasses import dataclass, field

from support.report import Report

from .client import Client
from .cluster import Cluster
from .workload import Workload

TOKEN_PATH = "/cgi-bin/stable_token"

# What WeChat answers to a token that another call has replaced.
REFUSED_TOKEN = {40001, 40014, 42001}


@dataclass
class Stage:
    """The servers, the service, and the workloads of both forms."""

    cluster: Cluster
    simulator: object
    service: object
    report: Report
    # Two hosts.
    hosts: list
    # {name of a component: its reference in the registry}.
    images: dict
    picture: bytes
    # {form: workload}; both forms answer on both hosts from the first part on.
    workloads: dict = field(init=False)

    def __post_init__(self):
        allowed = [self.simulator.base]
        self.workloads = {
            "composed": Workload("composed", self.service.composed(self.images, allowed)),
            "linked": Workload("linked", self.service.linked(self.images, allowed)),
        }

    def client(self, host, workload):
        return Client(host.port, workload.host_name)

    def clients(self):
        """Returns a client for each host and each form: {(host, form): client}."""
        ways = [(host, form) for host in self.hosts for form in self.workloads]
        return {(host.name, form): self.client(host, self.workloads[form]) for host, form in ways}

    def requests_since(self, before):
        """Returns the simulator's log without the first entries."""
        return self.simulator.requests()[before:]
