"""The model itself: what it says must agree with the simulation, and with what can be counted by hand."""

import random
import unittest

from . import facts, tables, tokens


class Expected(unittest.TestCase):
    def test_without_a_cache_each_call_asks(self):
        self.assertEqual(tokens.expected(123, 0), 123)

    def test_a_cache_that_is_always_busy_asks_once_for_each_token(self):
        periods = facts.DAY / facts.SERVES
        for caches in (1, 10):
            self.assertAlmostEqual(tokens.expected(10_000_000, caches), caches * periods, places=1)

    def test_few_calls_never_ask_more_often_than_they_are(self):
        for caches in (1, 10, 1000):
            self.assertLessEqual(tokens.expected(1, caches), 1)

    def test_the_formula_agrees_with_the_simulation(self):
        for calls, caches in [(5, 1), (20, 1), (20, 16), (200, 16), (200, 80)]:
            accounts = 400
            count = len(tokens.simulated(calls, caches, accounts, random.Random(1)))
            # A day begins without a token, which the formula leaves out, and there is chance.
            share = count / accounts / tokens.expected(calls, caches)
            self.assertAlmostEqual(share, 1, delta=0.05, msg=(calls, caches))


class Simulation(unittest.TestCase):
    def test_a_seed_gives_the_same_times(self):
        first, second = (tokens.simulated(20, 2, 10, random.Random(3)) for _ in range(2))
        self.assertEqual(first, second)

    def test_the_busiest_minute_is_found(self):
        self.assertEqual(tokens.busiest_minute([0, 59.9, 60, 130, 131, 132]), 3)
        self.assertEqual(tokens.busiest_minute([]), 0)


class Tables(unittest.TestCase):
    def test_a_figure_that_is_gone_is_an_error(self):
        with self.assertRaises(LookupError):
            facts.performance("no such figure")

    def test_the_tables_are_the_same_each_time(self):
        self.assertEqual(tables.render(), tables.render())
