"""Writes `_types.pyi`: the same classes with the types of their fields."""

from __future__ import annotations

from .annotations import argument, result
from .contract import Contract, Member, TypeDefinition
from .naming import PAYLOADS, Documentation, case_class, enum_member, snake, type_name
from .records import WRITTEN_BY_HAND, default, ordered
from .types_module import class_names, union_of, wrapped

HEAD = '''"""The records, enums and variants of the contract. Generated from `wit/`: do not edit."""

import builtins
import enum
from collections.abc import Sequence
from typing import Final, Union

from ._errors import WeChatError
from ._record import Record
'''


def write(contract: Contract) -> str:
    docs = Documentation(contract)
    parts = [HEAD]
    for definition in contract.types:
        if definition.name in WRITTEN_BY_HAND:
            continue
        if definition.kind == "enum":
            parts.append(enum(docs, definition))
        elif definition.kind == "record":
            parts.append(fields(contract, docs, type_name(definition.name), definition.docs, ordered(definition),
                                definition.name))
        else:
            parts += variant(contract, docs, definition)
    names = [f'"{name}"' for name in class_names(parts)]
    return "\n".join([HEAD, wrapped("__all__ = [", names, "]\n"), *parts[1:]])


def enum(docs: Documentation, definition: TypeDefinition) -> str:
    lines = [f"class {type_name(definition.name)}(str, enum.Enum):\n", docs.docstring(definition.docs, "    ")]
    for member in definition.members:
        lines.append(f'    {enum_member(member.name)} = "{member.name}"\n')
        lines.append(docs.docstring(member.docs, "    "))
    return "".join(lines)


def fields(contract: Contract, docs: Documentation, name: str, text: str, members: list[Member], owner: str) -> str:
    lines = [f"class {name}(Record):\n", docs.docstring(text, "    ")]
    parameters = ["self"]
    for member in members:
        field = snake(member.name)
        # A field hides the built-in type of the same name.
        annotation = result(member.type, inside=True).replace("bytes", "builtins.bytes")
        lines.append(f"    {field}: Final[{annotation}]\n")
        if member.docs:
            lines.append(docs.docstring(member.docs, "    "))
        value = default(owner, member)
        annotation = argument(contract, member.type).replace(" | str", "") if value else result(member.type)
        annotation = annotation.replace("List[", "Sequence[").replace("bytes", "builtins.bytes")
        parameters.append(f"{field}: {annotation}" + (" = ..." if value else ""))
    names = [f'"{snake(m.name)}"' for m in members]
    lines.append(wrapped("    __match_args__: Final = (", names, ",)\n" if len(names) == 1 else ")\n"))
    if members:
        lines.append(wrapped("    def __init__(", parameters, ") -> None: ...\n"))
    return "".join(lines)


def variant(contract: Contract, docs: Documentation, definition: TypeDefinition) -> list[str]:
    parts = []
    for member in definition.members:
        name = case_class(definition.name, member.name)
        if name is not None:
            payload = [] if member.type is None else [Member(PAYLOADS[name], member.type, "")]
            parts.append(fields(contract, docs, name, member.docs, payload, definition.name))
    classes = union_of(contract, definition)
    alias = wrapped(f"{type_name(definition.name)} = Union[", classes, "]\n")
    parts.append(alias + docs.docstring(definition.docs, ""))
    return parts
