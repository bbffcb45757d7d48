"""What a host without a right, a wrong setting and a lost answer look like to a model."""

from .host import Host, credentials
from .journey import article


def run(report, tools, folder, simulator, policy, cover):
    report.title("Without a policy, without an environment, and with a lost answer")
    component = "wechat-official-account-tools"

    def answer(name, policy, environment):
        host = Host(tools, folder / name, component, policy, environment)
        try:
            host.tools()
            return host.call("list-drafts", offset=0, count=1).error
        finally:
            host.stop()

    before = len(simulator.requests())
    error = answer("no-policy", None, credentials(simulator.base))
    report.equal("without a policy nothing may be sent", error["kind"], "network")
    report.check("the error names the policy", "policy" in error["message"] and "policy" in error["advice"], error)
    error = answer("no-environment", policy, {})
    report.equal("a missing variable is named", (error["kind"], error["subject"]), ("credentials", "WECHAT_APP_ID"))
    report.check("a model is told not to ask for the secret", "Never ask" in error["advice"], error)
    wrong = {**credentials(simulator.base), "WECHAT_APP_SECRET": "of the wrong form"}
    error = answer("wrong-environment", policy, wrong)
    report.equal("a wrong variable is named", error["subject"], "WECHAT_APP_SECRET")
    report.check("its value is not shown", "wrong form" not in str(error), error)
    report.equal("nothing was sent", len(simulator.requests()), before)

    host = Host(tools, folder / "lost-answer", component, policy, credentials(simulator.base))
    try:
        host.tools()
        drafts = simulator.stored()["drafts"]
        simulator.set_faults([{"path": "/cgi-bin/draft/add", "fault": "lost-reply"}])
        error = host.call("create-draft", article={**article("<p>Once.</p>", "Once"), "cover-media-id": cover}).error
        simulator.set_faults([])
        seen = error["kind"], error["may-have-happened"]
        report.equal("a lost answer may have happened", seen, ("outcome-unknown", True))
        report.equal("and the draft is there once", simulator.stored()["drafts"] - drafts, 1)
        listed = host.call("list-drafts", offset=0, count=1).value
        report.equal("the way to find out shows it", listed["drafts"][0]["titles"], ["Once"])
    finally:
        host.stop()
