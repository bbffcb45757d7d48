"""A host that does not let requests out to the API: the caller gets an error of the plugin, and nothing is sent."""

from .workload import Workload

# WeChat's own server, which no workload here may reach either: it is not the API base.
ELSEWHERE = ["https://api.weixin.qq.com"]


def run(stage):
    stage.report.title("Denied egress")
    host, service = stage.hosts[0], stage.service
    allowed = [stage.simulator.base]
    denied = {
        "a list without the API": service.composed(stage.images, ELSEWHERE),
        "an empty list": service.composed(stage.images, []),
        "a list of the service alone, which sends nothing itself": service.linked(stage.images, [], allowed),
    }
    for number, (name, components) in enumerate(denied.items()):
        workload = Workload(f"denied-{number}", components)
        _, state, message = host.place(workload)
        stage.report.check(f"{name}: the workload runs", state == "RUNNING", f"{state}: {message}")
        before = len(stage.simulator.requests())
        client = stage.client(host, workload)
        answer = service.count_drafts(client, 0)
        stage.report.check(
            f"{name}: the error is `network`, and says that the host's policy denies it",
            answer.kind == "network" and "policy does not allow" in answer.text and "Nothing was sent" in answer.text,
            answer.text,
        )
        stage.report.equal(f"{name}: nothing arrived", len(stage.requests_since(before)), 0)
        host.stop(workload)
        stage.report.equal(f"{name}: it is gone when stopped", service.count_drafts(client, 0).kind, "http-404")
        client.close()
