"""Requests for a token: how many follow from calls, caches and the life of a token.

A cache is whatever keeps a token between calls: an account resource in a warm instance, or a store of the host that
hands the token to instances (`config.token`). A fresh instance for each call has none.
"""

import math
import random

from .facts import DAY, SERVES


def expected(calls, caches):
    """Returns the requests for a token of one account, from its calls a day that hit one of the caches at random.

    The first call after a rotation gets the new token, and each other cache asks once if it is called before the
    next rotation. Without a cache each call asks.
    """
    if not caches:
        return calls
    each_second = calls / DAY
    others = (caches - 1) * (1 - math.exp(-each_second * SERVES / caches))
    # A new token is made when somebody asks, so a period is the life of a token and the wait for the next call.
    return (1 + others) * DAY / (SERVES + 1 / each_second)


def simulated(calls, caches, accounts, chance: random.Random):
    """Returns the times of all requests for a token in a day, of accounts with this many calls a day on average."""
    times = []
    for _ in range(accounts):
        server_rotates, due = 0.0, {}
        now = chance.expovariate(calls / DAY)
        while now < DAY:
            cache = chance.randrange(caches) if caches else None
            if cache is None or now >= due.get(cache, 0.0):
                times.append(now)
                if now >= server_rotates:
                    server_rotates = now + SERVES
                # The reply tells the seconds that the token has left, and the cache asks again at the rotation.
                due[cache] = server_rotates
            now += chance.expovariate(calls / DAY)
    return times


def busiest_minute(times):
    """Returns the most requests in one minute of the clock."""
    minutes = {}
    for time in times:
        minutes[int(time // 60)] = minutes.get(int(time // 60), 0) + 1
    return max(minutes.values(), default=0)
