"""The face for asyncio."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
from conftest import APP_ID, APP_SECRET, FIXTURES, Simulator, news

from wechat_official_account import AsyncAccount, OutcomeUnknownError, WeChatError

Make = Callable[[], AsyncAccount]


def test_the_loop_goes_on_and_calls_are_made_at_once(make_async: Make, simulator: Simulator) -> None:
    simulator.fault("/cgi-bin/draft/count", {"delay": {"ms": 500}}, times=20)

    async def main() -> None:
        async with make_async() as account:
            await account.verify()
            ticks = 0

            async def tick() -> None:
                nonlocal ticks
                while True:
                    await asyncio.sleep(0.01)
                    ticks += 1

            ticker = asyncio.create_task(tick())
            begin = time.monotonic()
            await asyncio.gather(*(account.draft.count() for _ in range(20)))
            # One after the other they would take 10 s.
            assert time.monotonic() - begin < 5
            ticker.cancel()
            assert ticks > 15

    asyncio.run(main())


def test_operations_lists_and_errors(make_async: Make) -> None:
    async def main() -> None:
        async with make_async() as account:
            image = await account.material.upload_image(FIXTURES / "cover.jpg")
            media_id = await account.draft.add([news(image.media_id)])
            assert media_id in [item.media_id async for item in account.draft.all()]
            assert (await account.draft.all().start()).calls_made == 1
            with pytest.raises(WeChatError) as caught:
                await account.draft.get("nothing")
            assert caught.value.errcode == 40007
            assert (await account.content.references("<img src=a.png>"))[0].source == "a.png"
        with pytest.raises(ValueError, match="closed"):
            await account.draft.count()

    asyncio.run(main())


def test_a_cancelled_unsafe_call_says_that_it_may_have_happened(make_async: Make, simulator: Simulator) -> None:
    simulator.fault("/cgi-bin/draft/add", {"delay": {"ms": 20000}}, times=1)

    async def main() -> None:
        async with make_async() as account:
            image = await account.material.upload_image(FIXTURES / "cover.jpg")
            before = simulator.requests().count("/cgi-bin/draft/add")
            task = asyncio.create_task(account.draft.add([news(image.media_id)]))
            await asyncio.to_thread(simulator.wait_for, "/cgi-bin/draft/add", before)
            task.cancel()
            begin = time.monotonic()
            with pytest.raises(asyncio.CancelledError) as cancelled:
                await task
            # The reply would come after 20 s.
            assert time.monotonic() - begin < 5
            # Before Python 3.11 a task raises another one, with that of the call as its context.
            inner = cancelled.value if cancelled.value.__cause__ else cancelled.value.__context__
            assert inner is not None and isinstance(inner.__cause__, OutcomeUnknownError)
            assert "draft.add" in str(inner.__cause__)
            # Another session has taken the place of the one that was in the middle of the call.
            assert await account.draft.count() >= 0

    asyncio.run(main())


def test_a_cancelled_safe_call_says_nothing(make_async: Make, simulator: Simulator) -> None:
    simulator.fault("/cgi-bin/draft/count", {"delay": {"ms": 20000}}, times=1)

    async def main() -> None:
        async with make_async() as account:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(account.draft.count(), 0.3)
            assert await account.draft.count() >= 0

    asyncio.run(main())


def test_a_coroutine_that_is_closed_ends_its_call(own: Simulator) -> None:
    own.fault("/cgi-bin/draft/count", {"errcode": {"code": -1}})

    async def main() -> None:
        # The call ends before its second request, on a busy machine, too.
        pauses = [1000] * 10
        async with AsyncAccount(APP_ID, APP_SECRET, api_base=own.plain, retry_pauses_milliseconds=pauses) as account:
            await account.verify()
            waiting = account.draft.count()
            waiting.send(None)
            await asyncio.to_thread(own.wait_for, "/cgi-bin/draft/count")
            waiting.close()
            made = own.requests().count("/cgi-bin/draft/count")
            assert made >= 1
            await asyncio.sleep(1.5)
            assert own.requests().count("/cgi-bin/draft/count") == made

    asyncio.run(main())


def test_what_is_said_not_to_have_begun_was_not_executed(own: Simulator) -> None:
    """Calls are cancelled in the moment in which they begin."""

    async def main() -> None:
        async with AsyncAccount(APP_ID, APP_SECRET, api_base=own.plain) as account:
            cover = (await account.material.upload_image(FIXTURES / "cover.jpg")).media_id
            may_have_happened = 0
            for number in range(300):
                task = asyncio.create_task(account.draft.add([news(cover)]))
                await asyncio.sleep(0)
                moment = time.perf_counter() + number * 2e-6
                while time.perf_counter() < moment:
                    pass
                task.cancel()
                try:
                    await task
                    may_have_happened += 1
                except asyncio.CancelledError as error:
                    inner = error if error.__cause__ else error.__context__
                    may_have_happened += inner is not None and inner.__cause__ is not None
            await asyncio.sleep(0.2)
            assert await account.draft.count() <= may_have_happened

    asyncio.run(main())


def test_calls_do_not_wait_for_those_that_wait_for_a_publication(simulator: Simulator) -> None:
    # A question would end a wait, as this is no task. It comes after the whole time.
    account = AsyncAccount(APP_ID, APP_SECRET, api_base=simulator.plain, publish_poll_milliseconds=600_000)

    async def main() -> None:
        async with account:
            waiting = [asyncio.create_task(account.publish.wait("1", 600)) for _ in range(70)]
            await asyncio.sleep(0.5)
            # It would wait for 600 s.
            assert await asyncio.wait_for(account.draft.count(), 30) >= 0
            assert not any(task.done() for task in waiting)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(main())


def test_a_call_that_waits_for_its_token_ends_with_the_account(own: Simulator) -> None:
    # The account is closed before the reply, on a busy machine, too.
    own.fault("/cgi-bin/stable_token", {"delay": {"ms": 3000}}, times=1)

    async def main() -> None:
        account = AsyncAccount(APP_ID, APP_SECRET, api_base=own.plain)
        task = asyncio.create_task(account.draft.count())
        await asyncio.to_thread(own.wait_for, "/cgi-bin/stable_token")
        await account.close()
        with pytest.raises(ValueError, match="the account is closed"):
            await task

    asyncio.run(main())
    assert own.requests().count("/cgi-bin/draft/count") == 0


def test_a_loop_that_ends_first_leaves_no_trace(make_async: Make, simulator: Simulator) -> None:
    simulator.fault("/cgi-bin/draft/count", {"delay": {"ms": 300}}, times=1)
    account = make_async()

    async def main() -> None:
        asyncio.ensure_future(account.draft.count())
        await asyncio.sleep(0.1)

    asyncio.run(main())
    time.sleep(0.4)

    async def again() -> int:
        return await account.draft.count()

    assert asyncio.run(again()) >= 0
