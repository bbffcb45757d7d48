"""Python's types for those of the contract."""

from __future__ import annotations

from .contract import Contract, ListOf, Named, OptionOf, ResultOf, Type
from .naming import type_name

PLAIN = {"string": "str", "bool": "bool", "f64": "float"}
INTEGERS = {"u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64"}


def result(type_: Type | None, *, inside: bool = False) -> str:
    """Returns the annotation of what comes back. Lists inside of records are tuples, as records can't be changed.

    Other lists are `List`, because the classes that return them have a method `list`.
    """
    if type_ is None:
        return "None"
    if isinstance(type_, str):
        return "int" if type_ in INTEGERS else PLAIN[type_]
    if isinstance(type_, Named):
        return type_name(type_.name)
    if isinstance(type_, OptionOf):
        return f"{result(type_.item, inside=inside)} | None"
    if isinstance(type_, ResultOf):
        return f"{result(type_.ok, inside=inside)} | {result(type_.err, inside=inside)}"
    if type_.item == "u8":
        return "bytes"
    item = result(type_.item, inside=True)
    return f"tuple[{item}, ...]" if inside else f"List[{item}]"


def argument(contract: Contract, type_: Type | None) -> str:
    """Returns the annotation of what is handed over, which may be of more types."""
    if type_ == Named("file"):
        return "FileInput"
    if type_ == ListOf(Named("file")):
        return "Attachments"
    if isinstance(type_, OptionOf):
        return f"{argument(contract, type_.item)} | None"
    if isinstance(type_, ListOf) and type_.item != "u8":
        return f"Sequence[{argument(contract, type_.item)}]"
    if isinstance(type_, Named) and type_.name in contract.by_name and contract.by_name[type_.name].kind == "enum":
        return f"{type_name(type_.name)} | str"
    return result(type_)
