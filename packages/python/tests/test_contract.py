"""The package has all of the contract, and nothing of it is stale."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import wechat_official_account as wechat
from wechat_official_account import Account, AsyncAccount

WIT = Path(__file__).resolve().parents[3] / "wit"

# The calls that must not be repeated blindly, by their documentation in `wit/`.
UNSAFE = {
    "content.prepare",
    "draft.add",
    "material.upload-image",
    "material.upload-thumb",
    "material.upload-video",
    "material.upload-voice",
    "publish.delete",
    "publish.submit",
}


def functions() -> list[tuple[str, str]]:
    """Returns interface and name of every function in `wit/`."""
    found = []
    for file in sorted(WIT.glob("*.wit")):
        names = re.findall(r"^\s+%?([a-z-]+): func\(", file.read_text(encoding="utf-8"), re.MULTILINE)
        found += [(file.stem, name.replace("-", "_")) for name in names]
    return found


@pytest.mark.parametrize("cls", [Account, AsyncAccount])
def test_every_function_is_there_with_its_documentation(cls: type) -> None:
    account = cls("wx0123456789abcdef", "0123456789abcdef0123456789abcdef")
    assert len(functions()) > 30
    for interface, name in functions():
        function = getattr(account if interface == "account" else getattr(account, interface), name)
        assert inspect.getdoc(function), (interface, name)
        assert inspect.iscoroutinefunction(function) == (cls is AsyncAccount)


def test_every_option_of_the_contract_is_an_argument() -> None:
    text = (WIT / "types.wit").read_text(encoding="utf-8")
    config = text[text.index("record config {") :]
    fields = re.findall(r"^        ([a-z-]+): ", config[: config.index("\n    }")], re.MULTILINE)
    for cls in (Account, AsyncAccount):
        arguments = set(inspect.signature(cls).parameters)
        assert {field.replace("-", "_") for field in fields} < arguments
        assert all(argument in (Account.__doc__ or "") for argument in arguments)


def test_calls_that_must_not_be_repeated_are_known_as_such() -> None:
    source = (Path(__file__).resolve().parents[1] / "src" / "generated.rs").read_text(encoding="utf-8")
    facts = re.findall(r'name: "([a-z.-]+)",\s+repeatable: (true|false)', source)
    assert {name for name, repeatable in facts if repeatable == "false"} == UNSAFE


def test_the_version_is_that_of_the_workspace() -> None:
    root = (WIT.parent / "Cargo.toml").read_text(encoding="utf-8")
    own = (Path(__file__).resolve().parents[1] / "Cargo.toml").read_text(encoding="utf-8")
    pattern = re.compile(r'^version = "(.*)"', re.MULTILINE)
    assert pattern.findall(root)[0] == pattern.findall(own)[0]


def test_every_attribute_has_a_line_of_its_own() -> None:
    assert "\n    image_media_ids: 1 to 20 media-ids" in (wechat.Pictures.__doc__ or "")
    assert "\nimage_media_ids: 1 to 20 media-ids" in (inspect.getdoc(wechat.Pictures) or "")


def test_all_public_names_are_there() -> None:
    assert {"Account", "AsyncAccount", "Article", "WeChatError", "draft", "content"} <= set(dir(wechat))
    for name in wechat.__all__:
        assert getattr(wechat, name) is not None
