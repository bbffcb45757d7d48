"""Both forms are placed on both hosts, and each answers."""


def run(stage):
    stage.report.title("Placement: one composed component, and two that the host links, on two hosts")
    for form, workload in stage.workloads.items():
        for host in stage.hosts:
            _place(stage, form, workload, host)
    cover = _cover(stage)
    for form, workload in stage.workloads.items():
        for host in stage.hosts:
            client = stage.client(host, workload)
            answer = stage.service.add_draft(client, 0, f"{form} on {host.name}", cover)
            stage.report.equal(f"{form} on {host.name} adds a draft", answer.kind, "ok")
            client.close()
    expected = sorted(f"{form} on {host.name}" for form in stage.workloads for host in stage.hosts)
    stage.report.equal("each draft is there once", sorted(stage.simulator.draft_titles(0)), expected)


def _place(stage, form, workload, host):
    client = stage.client(host, workload)
    before = stage.service.count_drafts(client, 0)
    stage.report.equal(f"{host.name} does not know {form} before", before.kind, "http-404")
    seconds, state, message = host.place(workload)
    stage.report.check(f"{host.name} runs {form}", state == "RUNNING", f"{state}: {message}")
    stage.report.figure(f"time to place {form} on {host.name}", f"{seconds:.2f} s")
    answer = stage.service.count_drafts(client, 0)
    stage.report.check(f"{form} answers on {host.name}", answer.is_ok, answer.text)
    client.close()


def _cover(stage):
    """Uploads a cover by the first host. The other one uses it by its media-id."""
    client = stage.client(stage.hosts[0], stage.workloads["composed"])
    answer = stage.service.upload_cover(client, 0, stage.picture)
    stage.report.check("a cover is uploaded", answer.is_ok, answer.text)
    client.close()
    return answer.value
