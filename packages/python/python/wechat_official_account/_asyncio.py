"""Waiting in an asyncio loop. This module is imported with `AsyncAccount`, as `asyncio` takes a while."""

import asyncio

from ._listing import PAGE, _Progress


async def finished(call):
    """Makes the call and returns its answer. The loop goes on meanwhile.

    A cancelled call ends at once. If it may have been executed and must not be repeated blindly, the `CancelledError`
    has an `OutcomeUnknownError` as its cause.
    """
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    call.start(lambda: loop.call_soon_threadsafe(_wake, done))
    try:
        await done
    except asyncio.CancelledError as cancelled:
        unknown = call.cancel()
        if unknown is not None:
            raise cancelled from unknown
        raise
    except BaseException:
        # The coroutine was closed, and nobody waits any more.
        call.cancel()
        raise
    return call.result()


def _wake(done):
    if not done.done():
        done.set_result(None)


class AsyncListing(_Progress):
    """All items of a list, page by page. It is an asynchronous iterator."""

    def __aiter__(self):
        return self

    async def __anext__(self):
        while not self._waiting:
            offset = self._position.next_offset()
            if offset is None:
                raise StopAsyncIteration
            self._take(await finished(self._page(offset, PAGE)))
        return self._waiting.popleft()

    async def start(self):
        """Reads the first page if that has not been done, and returns the list. The number of calls is then known."""
        if self.calls_made == 0:
            self._take(await finished(self._page(0, PAGE)))
        return self
