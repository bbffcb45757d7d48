"""The operations, and the forms of arguments and answers."""

from __future__ import annotations

import copy
import os
import pickle
import socket
from collections import UserDict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import APP_ID, APP_SECRET, FIXTURES, Simulator, news, run

import wechat_official_account as wechat
from wechat_official_account import (
    Account,
    ArticleGroup,
    AsyncAccount,
    Attachments,
    DeleteOne,
    Download,
    ErrorKind,
    File,
    ImageUploaded,
    MaterialKind,
    News,
    OutcomeUnknownError,
    Pictures,
    Published,
    Timeouts,
    Token,
    WeChatError,
)


def test_a_draft_is_made_read_and_published(simulator: Simulator, cover: str) -> None:
    with Account(APP_ID, APP_SECRET, api_base=simulator.plain, publish_poll_milliseconds=10) as account:
        media_id = account.draft.add([news(cover, "标题")])
        assert account.draft.count() >= 1
        group = account.draft.get(media_id)
        assert isinstance(group, ArticleGroup)
        assert [article.title for article in group.articles] == ["标题"]
        account.draft.update(media_id, 0, news(cover, "Another"))
        assert account.draft.get(media_id).articles[0].title == "Another"
        task = account.publish.submit(media_id)
        status = account.publish.wait(task.publish_id, 60)
        assert isinstance(status, Published)
        assert account.publish.get(status.publication.article_id).articles[0].title == "Another"
        account.publish.delete(status.publication.article_id, DeleteOne(0))


def test_files_are_bytes_paths_or_named_bytes(account: Account) -> None:
    path = FIXTURES / "cover.jpg"
    data = path.read_bytes()
    changeable = bytearray(data)
    for file in (path, str(path), data, File("cover.jpg", data), changeable, memoryview(changeable)):
        image = account.material.upload_image(file)
        content = account.material.get(image.media_id)
        assert isinstance(content, Download)
        assert content.bytes == path.read_bytes()
        assert content.media_type == "image/jpeg"


def large_png() -> bytes:
    """A PNG of just below 10 MB, with bytes of every kind."""
    photo = (FIXTURES / "article.png").read_bytes()
    end = photo.rindex(b"IEND") - 4
    import zlib

    data = os.urandom(10 * 1000 * 1000 - len(photo) - 100)
    chunk = b"teXt" + data
    extra = len(data).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    return photo[:end] + extra + photo[end:]


def test_ten_megabytes_go_up_and_come_down_byte_for_byte(account: Account) -> None:
    data = large_png()
    image = account.material.upload_image(data)
    content = account.material.get(image.media_id)
    assert isinstance(content, Download)
    assert content.bytes == data


def test_other_paths_than_of_files_are_refused(account: Account, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(128 * 1024 * 1024)
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(tmp_path / "socket"))
    with pytest.raises(FileNotFoundError) as missing:
        account.material.upload_image(tmp_path / "missing")
    assert missing.value.filename == str(tmp_path / "missing")
    with pytest.raises(IsADirectoryError):
        account.material.upload_image(tmp_path)
    with pytest.raises(ValueError, match="embedded null byte"):
        account.material.upload_image("a\0b")
    for path in (pipe, tmp_path / "socket", Path("/dev/zero")):
        with pytest.raises(ValueError, match="no regular file"):
            account.material.upload_image(path)
    with pytest.raises(WeChatError, match="134217728 bytes") as refused:
        account.material.upload_image(large)
    assert refused.value.kind == ErrorKind.FILE_REJECTED
    assert refused.value.subject == "large"


def test_wrong_arguments_name_their_place(account: Account) -> None:
    with pytest.raises(TypeError, match=r"articles\[0\]: must be News or Pictures, not dict"):
        account.draft.add([{"title": "x"}])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="title"):
        account.draft.add([News(1, "x", "y")])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="articles: must be a list or a tuple, not str"):
        account.draft.add("text")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="kind: must be a MaterialKind or one of its texts: image, voice"):
        account.material.list("picture")
    for offset in (-1, 2**32):
        with pytest.raises(ValueError, match="offset: must be from 0 to 4294967295"):
            account.draft.list(offset)
    with pytest.raises(TypeError, match="image_media_ids"):
        Pictures("title", "content", "abc")
    with pytest.raises(TypeError, match="file: must be bytes, a path or a File, not int"):
        account.material.upload_image(1)  # type: ignore[arg-type]


def test_errors_are_exceptions_with_all_their_parts(account: Account) -> None:
    with pytest.raises(WeChatError) as caught:
        account.draft.get("no-such-draft")
    error = caught.value
    assert error.kind == ErrorKind.NOT_FOUND and str(error.kind) == "not-found"
    assert error.errcode == 40007
    assert error.rid and error.rid in str(error)
    assert error.message in str(error) and error.advice in str(error) and "errcode 40007" in str(error)
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert again == error and str(again) == str(error)
    with pytest.raises(WeChatError) as caught:
        account.draft.add([News("", "x", "y")])
    assert caught.value.kind == ErrorKind.INVALID_INPUT
    assert caught.value.subject == "title"


def test_fields_have_python_s_names(account: Account, tmp_path: Path) -> None:
    with pytest.raises(WeChatError) as caught:
        account.draft.get("")
    assert caught.value.subject == "media_id"
    with pytest.raises(WeChatError) as caught:
        Account(APP_ID, APP_SECRET, timeouts=Timeouts(0, 2, 3, 4))
    assert caught.value.subject == "timeouts.connect_milliseconds"
    findings = wechat.draft.check([News("title", "<p>x</p>", "")])
    assert [finding.field for finding in findings] == ["thumb_media_id"]
    (tmp_path / "media-id").write_bytes(b"no picture")
    with pytest.raises(WeChatError) as caught:
        account.material.upload_image(tmp_path / "media-id")
    assert caught.value.subject == "media-id"


def test_a_lost_reply_is_an_error_of_its_own_class(account: Account, simulator: Simulator, cover: str) -> None:
    simulator.fault("/cgi-bin/draft/add", "lost-reply", times=1)
    with pytest.raises(OutcomeUnknownError) as caught:
        account.draft.add([news(cover)])
    assert caught.value.kind == ErrorKind.OUTCOME_UNKNOWN


def test_pictures_of_an_article_are_uploaded(account: Account) -> None:
    html = '<img src="img/a.jpg"><img src="b.jpg">'
    photo = (FIXTURES / "photo-1.jpg").read_bytes()
    sources = [reference.source for reference in account.content.references(html)]
    assert sources == ["img/a.jpg", "b.jpg"]
    choices: list[Attachments] = [
        {"img/a.jpg": FIXTURES / "photo-2.jpg", "b.jpg": photo},
        UserDict({"img/a.jpg": FIXTURES / "photo-2.jpg", "b.jpg": photo}),
        [File("img/a.jpg", photo), File("b.jpg", photo)],
    ]
    for attachments in choices:
        prepared = account.content.prepare(html, attachments, with_cover=True)
        assert [type(image.outcome) for image in prepared.images] == [ImageUploaded, ImageUploaded]
        assert isinstance(prepared.cover, str)
    with pytest.raises(TypeError, match="bytes need a name"):
        account.content.prepare(html, [photo])  # type: ignore[list-item]


def test_a_large_call_leaves_no_limit_behind(account: Account) -> None:
    pictures = {f"{number}.jpg": bytes(9 * 1024 * 1024) for number in range(7)}
    for _ in range(2):
        assert account.content.prepare("<p>x</p>", pictures).html == "<p>x</p>"
    account.material.upload_image(large_png())
    more = {f"{number}.jpg": bytes(9 * 1024 * 1024) for number in range(12)}
    assert account.content.prepare("<p>x</p>", more).html == "<p>x</p>"


def test_attachments_that_are_too_large_together_are_not_read(simulator: Simulator, tmp_path: Path) -> None:
    for number in range(3):
        with (tmp_path / str(number)).open("wb") as file:
            file.truncate(100 * 1024 * 1024)
    result = run(
        simulator,
        """
        import resource
        account = make()
        account.draft.count()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            account.content.prepare("", [os.path.join(os.environ["FILES"], str(number)) for number in range(3)])
        except WeChatError as error:
            print(error.kind, error.subject, "more than 117440512 bytes together" in str(error))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000)
        """,
        FILES=str(tmp_path),
    )
    assert result.stdout.splitlines() == ["invalid-input attachments True", "True"], result.stderr


@pytest.mark.skipif(os.name == "nt", reason="it parts folders there")
def test_a_backslash_in_a_path_is_a_letter(account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a\\b.jpg").write_bytes(b"no picture")
    with pytest.raises(WeChatError) as caught:
        account.material.upload_image("a\\b.jpg")
    assert caught.value.subject == "a\\b.jpg"


class HasKeys:
    """A mapping that does not say so."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def keys(self) -> tuple[str, ...]:
        return self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)


def test_names_of_a_mapping_are_not_taken_for_paths(account: Account) -> None:
    with pytest.raises(TypeError, match="attachments: must be a sequence of files, or a mapping .*, not HasKeys"):
        account.content.prepare("", HasKeys(str(FIXTURES / "photo-1.jpg")))  # type: ignore[arg-type]


def test_paths_are_attachments_under_the_names_that_they_are_written_with(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FIXTURES.parent)
    prepared = account.content.prepare('<img src="fixtures/photo-1.jpg">', [Path("fixtures/photo-1.jpg")])
    assert isinstance(prepared.images[0].outcome, ImageUploaded)


def test_a_failed_picture_has_its_error_and_does_not_raise(account: Account) -> None:
    prepared = account.content.prepare('<img src="a.jpg">', {"a.jpg": b"no picture"})
    match = prepared.images[0].outcome
    assert isinstance(match, wechat.ImageFailed)
    assert isinstance(match.error, WeChatError)
    assert match.error.kind == ErrorKind.FILE_REJECTED


def test_checks_need_no_account(cover: str, account: Account) -> None:
    findings = wechat.draft.check([News("", "<p>x</p>", "cover")])
    assert [(finding.severity, finding.field) for finding in findings] == [("error", "title")]
    assert wechat.content.references("<img src=a.png>")[0].source == "a.png"
    sent = news(cover)
    stored = account.draft.get(account.draft.add([sent])).articles[0]
    assert wechat.draft.compare(sent, stored) == []
    assert wechat.draft.compare(news(cover, "Other"), stored)[0].field == "title"


def test_messages_are_in_the_account_s_language_or_in_the_one_of_a_check(simulator: Simulator) -> None:
    article = News("", "<p>x</p>", "cover")
    with Account(APP_ID, APP_SECRET, api_base=simulator.plain, language="zh") as chinese:
        assert chinese.draft.check([article])[0].message == "title 为空"
        assert chinese.draft.check([article], "en")[0].message == "title is empty"
        with pytest.raises(WeChatError, match="为空"):
            chinese.draft.get("")
    assert wechat.draft.check([article])[0].message == "title is empty"
    assert wechat.draft.check([article], "zh")[0].message == "title 为空"


def test_whole_lists_are_iterators(account: Account, cover: str) -> None:
    for number in range(25):
        account.draft.add([news(cover, f"Draft {number}")])
    listing = account.draft.all()
    assert listing.calls_made == 0
    ids = [item.media_id for item in listing]
    assert len(ids) == len(set(ids)) == account.draft.count() >= 25
    assert listing.missing == 0 and listing.total_count == len(ids)
    assert listing.calls == listing.calls_made == -(-len(ids) // 20)
    started = account.material.all("image").start()
    assert started.calls_made == 1 and started.total_count >= 1
    assert {item.media_id for item in started} >= {cover}
    assert next(account.material.all(MaterialKind.VOICE), None) is None


def test_the_account_itself(account: Account) -> None:
    assert 0 < account.verify() <= 7200
    token = account.access_token()
    assert isinstance(token, Token) and token.value
    assert account.quota("/cgi-bin/draft/count").daily_limit > 0
    account.forget_token()
    assert account.verify() > 0
    with pytest.raises(WeChatError) as caught:
        account.draft.get("nothing")
    assert caught.value.rid
    assert "nothing" in account.explain(caught.value.rid).request_body


def test_options_are_checked() -> None:
    with pytest.raises(WeChatError) as caught:
        Account("wx!", APP_SECRET)
    assert caught.value.kind == ErrorKind.INVALID_INPUT
    with pytest.raises((WeChatError, ValueError), match="https"):
        Account(APP_ID, APP_SECRET, api_base="https://api.weixin.qq.com/path")
    with pytest.raises(ValueError, match="api_base: must be scheme"):
        Account(APP_ID, APP_SECRET, api_base="ftp://api.weixin.qq.com")
    with pytest.raises(ValueError, match="language: must be a Language"):
        Account(APP_ID, APP_SECRET, language="de")
    Account(APP_ID, APP_SECRET, api_base="HTTPS://api.weixin.qq.com").close()
    with pytest.raises(TypeError, match="app_secret"):
        Account(APP_ID, None)  # type: ignore[arg-type]
    Account(APP_ID, APP_SECRET, timeouts=Timeouts(1, 2, 3, 4), token=Token("x", 7200)).close()


def test_a_closed_account_says_so(account: Account) -> None:
    account.close()
    assert account.closed and "closed" in repr(account)
    with pytest.raises(ValueError, match="the account is closed"):
        account.draft.count()
    account.close()


def test_an_account_has_no_copies(account: Account, make_async: Callable[[], AsyncAccount]) -> None:
    for one in (account, make_async()):
        for make in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match="an account can't be copied or pickled"):
                make(one)


def test_records_are_like_frozen_dataclasses() -> None:
    one = News("title", "content", "cover")
    assert one == News("title", "content", thumb_media_id="cover") != News("other", "content", "cover")
    assert hash(one) == hash(copy.deepcopy(one)) and pickle.loads(pickle.dumps(one)) == one
    assert one.replace(title="other").title == "other"
    with pytest.raises(AttributeError):
        one.title = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        one.replace(name="x")
    assert repr(one).startswith("News(title='title', content='content', thumb_media_id='cover', author=None")
    for value in (b"123", bytearray(b"123"), memoryview(b"123")):
        assert repr(File("a", value)) == "File(name='a', bytes=<3 bytes>)"  # type: ignore[arg-type]
    assert repr(Token("secret", 7)) == "Token(value=[redacted], seconds_left=7)"
    assert isinstance(Pictures("t", "c", ["1"]).image_media_ids, tuple)
    assert str(ErrorKind.OUTCOME_UNKNOWN) == "outcome-unknown"
