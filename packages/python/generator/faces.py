"""Writes the two faces: `_operations.py` blocks, `_async_operations.py` is for asyncio."""

from __future__ import annotations

from .annotations import argument, result
from .contract import Contract, Function, Interface, ListOf, Named
from .naming import Documentation, snake, type_name
from .types_module import wrapped

# Arguments that may be left out.
DEFAULTS = {"offset": "0", "count": "20", "with-content": "False", "with-cover": "False", "attachments": "()",
            "language": "None"}

HEAD = '''"""The operations of the contract{}. Generated from `wit/`: do not edit."""

from __future__ import annotations

from . import _native
from .{} import {}

# Type checkers take it for true; `typing` would take longer to import than the rest of the package.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import List

    from ._files import Attachments, FileInput
    from ._types import (
{}    )
'''


def write(contract: Contract, *, asynchronous: bool) -> str:
    docs = Documentation(contract)
    prefix = "Async" if asynchronous else ""
    bodies = []
    for interface in contract.interfaces:
        if interface.name != "account":
            name = prefix + type_name(interface.name)
            text = docs.docstring(interface.docs, "    ")
            head = f"class {name}:\n{text}\n    __slots__ = (\"_client\",)\n\n" \
                "    def __init__(self, client: _native.Client) -> None:\n        self._client = client\n"
            bodies.append(head + methods(contract, docs, interface, asynchronous))
    account = next(interface for interface in contract.interfaces if interface.name == "account")
    names = [interface.name for interface in contract.interfaces if interface.name != "account"]
    summary = "The operations on the account itself, and the interfaces with the others."
    text = docs.docstring(summary, "    ")
    made = "".join(f"        self.{snake(name)} = {prefix}{type_name(name)}(client)\n" for name in names)
    head = f"class {prefix}Operations:\n{text}\n    def __init__(self, client: _native.Client) -> None:\n" \
        f"        self._client = client\n{made}"
    bodies.append(head + methods(contract, docs, account, asynchronous))
    body = "\n\n".join(bodies)
    used = sorted(name for name in map(type_name, [*contract.by_name]) if uses(body, name))
    source, names_ = ("_asyncio", "AsyncListing, finished") if asynchronous else ("_listing", "Listing")
    imported = "".join(f"        {name},\n" for name in used)
    return HEAD.format(" for asyncio" if asynchronous else "", source, names_, imported) + "\n\n" + body


def uses(body: str, name: str) -> bool:
    import re
    return re.search(rf"(-> |: |\[|\| ){name}\b", body) is not None


def methods(contract: Contract, docs: Documentation, interface: Interface, asynchronous: bool) -> str:
    parts = []
    for function in interface.functions:
        parts.append(method(contract, docs, function, asynchronous))
        if function.name == "list":
            parts.append(listing(contract, function, asynchronous))
    return "\n" + "\n".join(parts)


def method(contract: Contract, docs: Documentation, function: Function, asynchronous: bool) -> str:
    parameters = ["self"]
    for member in function.arguments:
        value = DEFAULTS.get(member.name)
        annotation = f"{snake(member.name)}: {argument(contract, member.type)}"
        parameters.append(annotation + (f" = {value}" if value else ""))
    answer = result(function.answer)
    word = "async def" if asynchronous else "def"
    head = wrapped(f"    {word} {snake(function.name)}(", parameters, f") -> {answer}:\n")
    names = ["self._client", *(snake(member.name) for member in function.arguments)]
    call = f"_native.{snake(function.interface)}_{snake(function.name)}({', '.join(names)})"
    body = f"await finished({call})" if asynchronous else f"{call}.wait()"
    return head + docs.docstring(function.docs, "        ") + f"        return {body}\n"


def listing(contract: Contract, function: Function, asynchronous: bool) -> str:
    """Writes `all` beside a `list` of pages."""
    page = contract.by_name[function.answer.name]  # type: ignore[union-attr]
    items = next(member.type for member in page.members if member.name == "items")
    assert isinstance(items, ListOf) and isinstance(items.item, Named)
    item = contract.by_name[items.item.name]
    others = [member for member in function.arguments if member.name not in ("offset", "count")]
    ((other,),) = [others]
    value = DEFAULTS.get(other.name)
    parameter = f"{snake(other.name)}: {argument(contract, other.type)}" + (f" = {value}" if value else "")
    kind = "AsyncListing" if asynchronous else "Listing"
    native = f"_native.{snake(function.interface)}_list"
    order = [snake(member.name) if member is other else snake(member.name) for member in function.arguments]
    loop = "async for" if asynchronous else "for"
    return f'''    def all(self, {parameter}) -> {kind}[{type_name(item.name)}]:
        """Lists all items, page by page, each once: `{loop} item in ...`. Nothing is read before the first item is
        asked for, and then one page of 20 at a time.

        Items that are added meanwhile may be among them or not. One that stays comes once, also if others are added,
        deleted or changed meanwhile. After an error the same object goes on with the same page.
        """
        return {kind}(
            lambda offset, count: {native}(self._client, {", ".join(order)}),
            "{snake(item.members[0].name)}",
        )
'''
