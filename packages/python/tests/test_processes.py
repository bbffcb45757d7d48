"""Threads, forks, faulthandler, traps and garbage collection."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import APP_ID, APP_SECRET, FIXTURES, Simulator, run

from wechat_official_account import Account, ErrorKind, ImageUploaded, WeChatError

# The reply comes after another call has begun, on a busy machine, too.
MEANWHILE = {"delay": {"ms": 3000}}


def test_threads_share_a_token_and_work_at_once(account: Account, simulator: Simulator) -> None:
    photo = (FIXTURES / "photo-1.jpg").read_bytes()

    def work(number: int) -> str:
        media_id = account.material.upload_image(photo).media_id
        assert account.draft.count() >= 0
        return media_id

    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(work, range(40)))
    assert len(set(ids)) == 40


def test_four_threads_ask_for_one_token(own: Simulator) -> None:
    with Account(APP_ID, APP_SECRET, api_base=own.plain) as account:
        barrier = threading.Barrier(4)

        def work() -> None:
            barrier.wait()
            for _ in range(10):
                account.draft.count()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert own.requests().count("/cgi-bin/stable_token") == 1
    assert own.requests().count("/cgi-bin/draft/count") == 40



def test_a_child_goes_on_with_the_account(simulator: Simulator) -> None:
    result = run(
        simulator,
        """
        account = make()
        count = account.draft.count()
        threads = [threading.Thread(target=lambda: [account.draft.count() for _ in range(50)]) for _ in range(4)]
        for thread in threads: thread.start()
        children = []
        for _ in range(8):
            child = os.fork()
            if child == 0:
                signal.alarm(20)
                ok = account.draft.count() == count
                with make() as other:
                    ok = ok and other.draft.count() == count
                account.close()
                del account, other
                gc.collect()
                os._exit(0 if ok else 1)
            children.append(child)
        codes = [os.waitpid(child, 0)[1] for child in children]
        for thread in threads: thread.join()
        print(codes, account.draft.count() == count)
        """,
        "-W",
        "ignore::DeprecationWarning",
    )
    assert result.stdout.strip() == "[0, 0, 0, 0, 0, 0, 0, 0] True", result.stderr


def test_multiprocessing_works(simulator: Simulator) -> None:
    result = run(
        simulator,
        """
        import multiprocessing
        account = make()
        account.draft.count()
        def work(_): return account.draft.count()
        with multiprocessing.get_context("fork").Pool(2) as pool:
            print(len(pool.map(work, range(10))))
        """,
    )
    assert result.stdout.strip() == "10", result.stderr


@pytest.mark.parametrize("order", ["before", "after", "never"])
def test_a_trap_is_an_error_and_the_account_stays_usable(simulator: Simulator, order: str) -> None:
    result = run(
        simulator,
        f"""
        account = make()
        account.draft.count()
        if {order == "after"}: faulthandler.enable()
        for _ in range(2):
            try:
                # The component needs an address twice, and has no memory for that.
                account.content.references('<img src="' + 80_000_000 * "a" + '.png">')
            except WeChatError as error:
                print(error.kind, "content.references has no answer: wasm trap" in str(error))
        print(account.draft.count() >= 0)
        """,
        *(["-X", "faulthandler"] if order == "before" else []),
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == ["other True", "other True", "True"]


def test_garbage_collection_closes_sessions(simulator: Simulator) -> None:
    result = run(
        simulator,
        """
        def mapped():
            return sum(1 for line in open("/proc/self/maps"))
        def use():
            account = make()
            account.cycle = account
            for _ in range(4):
                thread = threading.Thread(target=account.draft.count)
                thread.start()
                thread.join()
        use(); gc.collect()
        before = mapped()
        for _ in range(50): use()
        gc.collect()
        time.sleep(0.2)
        print(mapped() - before < 50)
        """,
    )
    assert result.stdout.strip() == "True", result.stderr


def test_a_large_call_does_not_make_the_account_force_tokens_more_often(own: Simulator) -> None:
    """The session that may force one is another one after it."""
    pictures = {f"{number}.jpg": bytes(9 * 1024 * 1024) for number in range(6)}
    refusal = {"errcode": {"code": 40001}}
    with Account(APP_ID, APP_SECRET, api_base=own.plain) as account:
        account.content.prepare("", pictures)
        own.fault("/cgi-bin/draft/count", refusal, times=2)
        before = own.requests().count("/cgi-bin/stable_token")
        assert account.draft.count() == 0
        # The token was asked for, and then forced.
        assert own.requests().count("/cgi-bin/stable_token") == before + 2
        account.content.prepare("", pictures)
        # The next session has that token.
        assert account.draft.count() == 0
        assert own.requests().count("/cgi-bin/stable_token") == before + 2
        own.fault("/cgi-bin/draft/count", refusal, times=3)
        with pytest.raises(WeChatError) as caught:
            account.draft.count()
        assert caught.value.kind == ErrorKind.CREDENTIALS
        assert own.requests().count("/cgi-bin/stable_token") == before + 3


def test_few_sessions_are_kept_after_many_calls_at_once(simulator: Simulator) -> None:
    simulator.fault("/cgi-bin/material/add_material", {"delay": {"ms": 500}}, times=24)
    result = run(
        simulator,
        """
        data = open(os.environ["PHOTO"], "rb").read() + os.urandom(8_000_000)
        account = make()
        account.draft.count()
        def mapped():
            lines = [line.split() for line in open("/proc/self/smaps") if line.startswith("Rss:")]
            return sum(int(line[1]) for line in lines)
        before = mapped()
        threads = [threading.Thread(target=account.material.upload_image, args=(data,)) for _ in range(24)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        gc.collect()
        print((mapped() - before) // 1024)
        """,
        PHOTO=str(FIXTURES / "photo-1.jpg"),
    )
    assert int(result.stdout) < 120, result.stderr


def test_pictures_are_uploaded_although_the_token_was_refused(own: Simulator) -> None:
    """While another call has the session that may force a token."""
    with Account(APP_ID, APP_SECRET, api_base=own.plain) as account:
        account.draft.count()
        own.fault("/cgi-bin/draft/batchget", MEANWHILE, times=1)
        own.fault("/cgi-bin/media/uploadimg", {"errcode": {"code": 40001}}, skip=2, times=2)
        busy = threading.Thread(target=account.draft.list)
        busy.start()
        own.wait_for("/cgi-bin/draft/batchget")
        photo = (FIXTURES / "photo-1.jpg").read_bytes()
        html = "".join(f'<img src="{number}.jpg">' for number in range(4))
        prepared = account.content.prepare(html, {f"{number}.jpg": photo + bytes([number]) for number in range(4)})
        busy.join()
        assert [type(image.outcome) for image in prepared.images] == 4 * [ImageUploaded]


def test_a_token_that_must_be_forced_is_forced_once_by_any_number_of_sessions(own: Simulator) -> None:
    with Account(APP_ID, APP_SECRET, api_base=own.plain) as account:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: account.draft.count(), range(20)))
        before = own.requests().count("/cgi-bin/stable_token")
        # A spare, which must not force: the primary is in the middle of a call.
        own.fault("/cgi-bin/draft/batchget", MEANWHILE, times=1)
        own.fault("/cgi-bin/draft/count", {"errcode": {"code": 40001}}, times=2)
        busy = threading.Thread(target=account.draft.list)
        busy.start()
        own.wait_for("/cgi-bin/draft/batchget")
        assert account.draft.count() == 0
        busy.join()
        # The spare asked for the current token, and the call was made once more by the primary.
        assert own.requests().count("/cgi-bin/stable_token") == before + 1
        assert own.requests().count("/cgi-bin/draft/count") == 23
