"""Writes `_types.py`: the records, enums and variants as classes."""

from __future__ import annotations

from .contract import Contract, TypeDefinition
from .naming import PAYLOADS, Documentation, case_class, enum_member, snake, type_name
from .records import SECRET, WRITTEN_BY_HAND, default, is_list, ordered

HEAD = '''"""The records, enums and variants of the contract. Generated from `wit/`: do not edit.

The stub beside this file has the types of all fields. This module is read when the package is imported, so it does
without `dataclasses` and `typing`, which take longer to import than all the rest of the package.
"""

from ._record import Enum, Record, as_tuple, union
'''


def write(contract: Contract) -> str:
    docs = Documentation(contract)
    definitions = [d for d in contract.types if d.name not in WRITTEN_BY_HAND]
    # A default names an enum, so these come first.
    definitions.sort(key=lambda definition: definition.kind != "enum")
    parts = [HEAD]
    unions = {}
    for definition in definitions:
        if definition.kind == "enum":
            parts.append(enum(docs, definition))
        elif definition.kind == "record":
            parts.append(record(docs, definition))
        else:
            parts += cases(docs, definition)
            unions[type_name(definition.name)] = union_of(contract, definition)
    parts.append(tail(class_names(parts), unions))
    return "\n\n".join(parts)


def class_names(parts: list[str]) -> list[str]:
    lines = [line for part in parts for line in part.splitlines()]
    return sorted(line[len("class ") : line.index("(")] for line in lines if line.startswith("class "))


def enum(docs: Documentation, definition: TypeDefinition) -> str:
    lines = [f"class {type_name(definition.name)}(Enum):\n", docs.docstring(definition.docs, "    "), "\n"]
    for member in definition.members:
        lines.append(f'    {enum_member(member.name)} = "{member.name}"\n')
        lines.append(docs.docstring(member.docs, "    "))
    return "".join(lines)


def record(docs: Documentation, definition: TypeDefinition) -> str:
    members = ordered(definition)
    attributes = "\n".join(f"{snake(member.name)}: {member.docs}" for member in members)
    lines = [f"class {type_name(definition.name)}(Record):\n"]
    lines.append(docs.docstring(f"{definition.docs}\n\nAttributes:\n\n{attributes}", "    "))
    slots = [f'"{snake(m.name)}"' for m in members]
    lines.append("\n" + wrapped("    __slots__ = __match_args__ = (", slots, ",)\n" if len(slots) == 1 else ")\n"))
    secret = [snake(name) for owner, name in SECRET if owner == definition.name]
    if secret:
        lines.append(f"    _secret = {tuple(secret)!r}\n")
    names = []
    values = []
    for member in members:
        name = snake(member.name)
        value = default(definition.name, member)
        names.append(name if value is None else f"{name}={value}")
        values.append(f'as_tuple({name}, "{name}")' if is_list(member) else name)
    lines.append(wrapped("    def __init__(self, ", names, "):\n"))
    lines.append(wrapped("        self._fill(", values, ")\n"))
    return "".join(lines)


def wrapped(head: str, items: list[str], tail: str) -> str:
    """Returns the items in one line, or in a line each if they are too long for it."""
    line = head + ", ".join(items) + tail
    if len(line) <= 120:
        return line
    indent = " " * (len(head) - len(head.lstrip()))
    return head.rstrip() + "\n" + "".join(f"{indent}    {item},\n" for item in items) + indent + tail.lstrip()


def cases(docs: Documentation, definition: TypeDefinition) -> list[str]:
    parts = []
    for member in definition.members:
        name = case_class(definition.name, member.name)
        if name is None:
            continue
        lines = [f"class {name}(Record):\n", docs.docstring(member.docs, "    "), "\n"]
        if member.type is None:
            lines.append("    __slots__ = __match_args__ = ()\n")
        else:
            payload = PAYLOADS[name]
            value = f'as_tuple({payload}, "{payload}")' if is_list(member) else payload
            lines.append(f'    __slots__ = __match_args__ = ("{payload}",)\n\n')
            lines.append(f"    def __init__(self, {payload}):\n        self._fill({value})\n")
        parts.append("".join(lines))
    return parts


def union_of(contract: Contract, definition: TypeDefinition) -> list[str]:
    """Returns the classes that a value of this variant may have."""
    classes = []
    for member in definition.members:
        name = case_class(definition.name, member.name)
        classes.append(name or type_name(member.type.name))  # type: ignore[union-attr]
    return classes


def tail(classes: list[str], unions: dict[str, list[str]]) -> str:
    lines = [wrapped("__all__ = [", [f'"{name}"' for name in classes], "]\n"), "\n_UNIONS = {\n"]
    for name, members in unions.items():
        lines.append(wrapped(f'    "{name}": (', members, "),\n"))
    lines.append("}\n\n\ndef __getattr__(name):\n    return union(__name__, globals(), _UNIONS, name)\n")
    return "".join(lines)
