"""What is in the logs: nothing in those of this run, and what other settings of a host's log would show."""

from dataclasses import dataclass, field

from support import canary

# The simulator takes the connection away after it has stored the draft. A host warns of that.
LOST_REPLY = [{"path": "/cgi-bin/draft/add", "fault": "lost-reply"}]


@dataclass
class Setting:
    """A setting of a host's log, and the secrets that it shows. docs/deploy.md has the same."""

    name: str
    title: str
    shows: set
    options: list = field(default_factory=list)
    environment: dict = field(default_factory=dict)


SETTINGS = [
    Setting("log-default", "the default", {"a token"}),
    Setting("log-debug", "`--log-level debug`", {"a token"}, ["--log-level", "debug"]),
    Setting(
        "log-quiet",
        "`RUST_LOG=debug,wash_runtime::host::http=warn`",
        set(),
        environment={"RUST_LOG": "debug,wash_runtime::host::http=warn"},
    ),
]


def start(cluster):
    """Starts a host for each setting, and returns [(setting, host)]."""
    return [
        (setting, cluster.add_host(setting.name, *setting.options, environment=setting.environment))
        for setting in SETTINGS
    ]


def run(stage, hosts, account, cover):
    stage.report.title("Secrets in logs")
    workload = stage.workloads["composed"]
    for setting, host in hosts:
        _, state, message = host.place(workload)
        stage.report.check(f"{host.name} runs the workload", state == "RUNNING", f"{state}: {message}")
        client = stage.client(host, workload)
        stored = stage.simulator.stored()["drafts"]
        stage.simulator.set_faults(LOST_REPLY)
        answer = stage.service.add_draft(client, account, f"lost on {host.name}", cover)
        stage.simulator.set_faults([])
        stage.report.equal(f"{host.name}: a lost reply is `outcome-unknown`", answer.kind, "outcome-unknown")
        stage.report.equal(f"{host.name}: it is executed once", stage.simulator.stored()["drafts"] - stored, 1)
        client.close()
        host.process.kill()
        found = set(canary.found_in(host.folder))
        stage.report.equal(f"{setting.title}: what the host's log shows", found, setting.shows)
    ordinary = [path for path in stage.cluster.logs.iterdir() if path not in {host.folder for _, host in hosts}]
    for folder in sorted(ordinary):
        stage.report.equal(f"no secret in what {folder.name} prints or leaves", canary.found_in(folder), {})
