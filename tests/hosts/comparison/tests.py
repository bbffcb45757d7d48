"""The comparison itself: each rule must be able to fail. `run` begins with these tests."""

import unittest
from dataclasses import replace
from types import SimpleNamespace

from . import rules
from .cell import HUNG, Outcome
from .scenario import CALLS, FAULTS

COUNT, ADD = CALLS[0], CALLS[1]
NONE, LOST = FAULTS[0], next(fault for fault in FAULTS if fault.name == "lost reply")
DENIED = next(fault for fault in FAULTS if fault.is_denial)

OURS = SimpleNamespace(key="ours", title="Ours", is_ours=True)
OTHER = SimpleNamespace(key="other", title="Other", is_ours=False)

LOST_REPLY = Outcome("outcome-unknown", sent=1, done=1, verified="ok", logged=1)


def problems(outcome, host=OTHER, call=ADD, fault=LOST):
    return list(rules.problems_of(host, call, fault, outcome))


class Rules(unittest.TestCase):
    def test_what_is_in_order_is_no_problem(self):
        self.assertEqual(problems(LOST_REPLY), [])
        self.assertEqual(problems(Outcome("ok", 1, 1, "ok", logged=1), fault=NONE), [])
        self.assertEqual(problems(Outcome("malformed-reply", 1, 0, "ok", logged=0)), [])
        self.assertEqual(problems(Outcome("network", 4, None, "ok"), call=COUNT), [])
        self.assertEqual(problems(Outcome("network", 0, 0, "network", logged=0), fault=DENIED), [])

    def test_nothing_is_done_twice(self):
        self.assertIn("more than once", problems(replace(LOST_REPLY, sent=2, done=2, logged=2))[0])

    def test_what_was_done_is_not_called_a_failure(self):
        self.assertIn("reported as a failure", problems(replace(LOST_REPLY, result="network"))[0])

    def test_what_was_not_done_is_not_called_done(self):
        self.assertIn("and was not", problems(Outcome("ok", 1, 0, "ok", logged=0))[0])

    def test_log_and_store_must_agree(self):
        self.assertIn("the log has 2", problems(replace(LOST_REPLY, logged=2))[0])

    def test_requests_to_other_paths_are_seen(self):
        self.assertIn("/elsewhere", problems(replace(LOST_REPLY, strays=["/elsewhere"]))[0])

    def test_a_denied_host_gets_nothing(self):
        for outcome in [
            Outcome("network", 1, 0, "network", logged=0),
            Outcome("network", 0, 0, "ok", logged=0),
            Outcome("ok", 0, 1, "network", logged=1),
        ]:
            self.assertIn("list denies", problems(outcome, fault=DENIED)[0])

    def test_the_account_must_be_in_order(self):
        self.assertIn("verify", problems(replace(LOST_REPLY, verified="credentials"))[0])

    def test_a_call_without_a_fault_must_succeed_at_once(self):
        self.assertIn("without a fault", problems(LOST_REPLY, fault=NONE)[0])
        self.assertIn("without a fault", problems(Outcome("ok", 2, 1, "ok", logged=1), fault=NONE)[0])

    def test_silence_is_doubt_but_never_with_ours(self):
        hangs = replace(LOST_REPLY, result=HUNG)
        self.assertEqual(problems(hangs), [])
        self.assertIn("no error of the plugin", problems(hangs, host=OURS)[0])


class TableOfDifferences(unittest.TestCase):
    def check(self, entries, result):
        plain = Outcome("network", 0, 0, "ok", logged=0)
        table = {(host, call, fault): plain for host in ("ours", "other") for call in CALLS for fault in FAULTS}
        for call in CALLS:
            table["ours", call, LOST] = LOST_REPLY
            table["other", call, LOST] = replace(LOST_REPLY, result=result)
        found = rules.check([OURS, OTHER], table, "ours", rules.Differences(entries))
        return [problem for problem in found if "reason is listed" in problem or "listed as" in problem]

    def test_a_difference_needs_a_reason(self):
        self.assertEqual(len(self.check([], HUNG)), len(CALLS))
        self.assertEqual(self.check([("other", [LOST.name], None, "why")], HUNG), [])
        self.assertEqual(len(self.check([("other", [LOST.name], [ADD.name], "why")], HUNG)), len(CALLS) - 1)

    def test_a_reason_without_a_difference_is_stale(self):
        self.assertEqual(len(self.check([("other", [LOST.name], None, "why")], "outcome-unknown")), 1)
