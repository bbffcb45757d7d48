"""Writes `_native.pyi`: the types of the compiled module."""

from __future__ import annotations

from .annotations import argument, result
from .contract import Contract
from .faces import uses
from .naming import snake, type_name
from .types_module import wrapped
from pathlib import Path


def write(contract: Contract) -> str:
    lines = []
    for function in contract.functions():
        parameters = ["client: Client"]
        parameters += [f"{snake(m.name)}: {argument(contract, m.type)}" for m in function.arguments]
        answer = result(function.answer)
        head = f"def {snake(function.interface)}_{snake(function.name)}("
        lines.append(wrapped(head, parameters, f") -> Call[{answer}]: ...\n"))
    body = "".join(lines)
    used = sorted(name for name in map(type_name, contract.by_name) if uses(body, name))
    head = (Path(__file__).parent / "native_head.txt").read_text(encoding="utf-8")
    return head.replace("# TYPES\n", "".join(f"    {name},\n" for name in used)) + "\n" + body
