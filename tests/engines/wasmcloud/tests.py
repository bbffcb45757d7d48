"""The run itself: each check must be able to fail. The run begins with these tests."""

import io
import unittest
from collections import Counter
from types import SimpleNamespace

from support.report import Report

from . import loss
from .workload import Component, Workload


class Loss(unittest.TestCase):
    """`one` adds a draft, is killed before it answers for the second, and gets no third. `two` adds both of its own."""

    CALLS = [
        loss.Call(1, "a", "one", "ok"),
        loss.Call(1, "b", "one", "no-answer"),
        loss.Call(1, "x", "one", "not-sent"),
        loss.Call(2, "c", "two", "ok"),
        loss.Call(2, "d", "two", "ok"),
    ]
    HOSTS = (SimpleNamespace(name="one"), SimpleNamespace(name="two"))

    def failed(self, made, calls=CALLS):
        report = Report(out=io.StringIO())
        loss.judge(report, calls, {account: Counter(titles) for account, titles in made.items()}, *self.HOSTS)
        return report.failed

    def test_a_draft_without_an_answer_may_be_there_or_not(self):
        self.assertEqual(self.failed({1: ["a", "b"], 2: ["c", "d"]}), [])
        self.assertEqual(self.failed({1: ["a"], 2: ["c", "d"]}), [])

    def test_a_draft_that_is_there_twice_is_seen(self):
        self.assertEqual(self.failed({1: ["a", "b", "b"], 2: ["c", "d"]}), ["no draft is there twice"])

    def test_a_draft_that_is_missing_is_seen(self):
        self.assertEqual(self.failed({1: ["a"], 2: ["c"]}), ["each draft that was reported is there"])

    def test_a_draft_of_nobody_is_seen(self):
        self.assertEqual(self.failed({1: ["a"], 2: ["c", "d", "e"]}), ["no draft is there that nobody asked for"])

    def test_a_draft_that_was_not_sent_must_not_be_there(self):
        self.assertEqual(self.failed({1: ["a", "x"], 2: ["c", "d"]}), ["no draft is there that was not sent"])

    def test_the_other_host_must_not_fail(self):
        calls = [*self.CALLS, loss.Call(2, "e", "two", "network")]
        self.assertEqual(self.failed({1: ["a"], 2: ["c", "d"]}, calls), ["two answers every call"])

    def test_the_host_must_have_been_killed_in_the_middle(self):
        before = [loss.Call(1, "a", "one", "ok")]
        self.assertEqual(self.failed({1: ["a"]}, before)[0], "one is gone after it")


class WorkloadRequest(unittest.TestCase):
    def test_each_component_has_a_list_of_its_own(self):
        request = Workload("linked", [Component("service"), Component("plugin", ["https://127.0.0.1:1"])]).request()
        components = request["workload"]["witWorld"]["components"]
        self.assertEqual([c["localResources"]["allowedHosts"] for c in components], [[], ["https://127.0.0.1:1"]])
        self.assertEqual(len({c["name"] for c in components}), 2)


class Summary(unittest.TestCase):
    def test_a_check_that_fails_is_counted(self):
        report = Report(out=io.StringIO())
        report.equal("the same", 1, 1)
        report.equal("not the same", 1, 2)
        self.assertEqual(report.summary(), "1 passed, 1 failed")
