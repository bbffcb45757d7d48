"""The contract, read from the JSON of wit-parser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Union

PACKAGE = "wechat:official-account"


@dataclass(frozen=True)
class Named:
    """A record, an enum, a variant or the resource, by its name."""

    name: str


@dataclass(frozen=True)
class ListOf:
    item: Type


@dataclass(frozen=True)
class OptionOf:
    item: Type


@dataclass(frozen=True)
class ResultOf:
    ok: Type | None
    err: Type | None


# A text is one of WIT's own types, such as `string` or `u32`.
Type = Union[str, Named, ListOf, OptionOf, ResultOf]


@dataclass
class Member:
    """A field, a case or a parameter. A case may have no type."""

    name: str
    type: Type | None
    docs: str


@dataclass
class TypeDefinition:
    name: str
    kind: str  # record, enum or variant
    members: list[Member]
    docs: str


@dataclass
class Function:
    interface: str
    name: str
    parameters: list[Member]
    result: Type | None
    docs: str

    @property
    def needs_account(self) -> bool:
        return self.interface == "account" or any(p.type == Named("account") for p in self.parameters)

    @property
    def arguments(self) -> list[Member]:
        """Returns the parameters without the account."""
        return [p for p in self.parameters if p.type != Named("account")]

    @property
    def answer(self) -> Type | None:
        """Returns the result without the error."""
        return self.result.ok if isinstance(self.result, ResultOf) else self.result

    @property
    def is_repeatable(self) -> bool:
        """Returns whether a second call does nothing twice, as the documentation says."""
        if (self.interface, self.name) == ("content", "prepare"):
            return False  # Pictures that become permanent material are stored again.
        phrases = ("Not safe to repeat", "Do not repeat it", "Otherwise as `upload-image`", "as\n`upload-image`")
        return not any(phrase in self.docs for phrase in phrases)


@dataclass
class Interface:
    name: str
    docs: str
    functions: list[Function] = field(default_factory=list)


class Contract:
    def __init__(self, resolved: dict[str, Any]) -> None:
        self._types = resolved["types"]
        package = next(p for p in resolved["packages"] if p["name"].startswith(PACKAGE + "@"))
        interfaces = {name: resolved["interfaces"][index] for name, index in package["interfaces"].items()}
        self.version: str = package["name"].split("@")[1]
        self.types = [self._definition(index) for index in interfaces["types"]["types"].values()]
        self.by_name = {definition.name: definition for definition in self.types}
        self.interfaces = [self._interface(name, value) for name, value in interfaces.items() if name != "types"]

    def functions(self) -> list[Function]:
        return [function for interface in self.interfaces for function in interface.functions]

    def reachable(self, roots: list[Type | None]) -> set[str]:
        """Returns the names of the types that these are made of."""
        found: set[str] = set()
        waiting = list(roots)
        while waiting:
            type_ = waiting.pop()
            if isinstance(type_, (ListOf, OptionOf)):
                waiting.append(type_.item)
            elif isinstance(type_, ResultOf):
                waiting += [type_.ok, type_.err]
            elif isinstance(type_, Named) and type_.name not in found and type_.name in self.by_name:
                found.add(type_.name)
                waiting += [member.type for member in self.by_name[type_.name].members]
        return found

    def _type(self, type_: Any) -> Type | None:
        if type_ is None or isinstance(type_, str):
            return type_
        definition = self._types[type_]
        kind = definition["kind"]
        if kind == "resource":
            return Named(definition["name"])
        if "type" in kind:  # An alias: `use` makes one.
            return self._type(kind["type"])
        if "list" in kind:
            return ListOf(self._type(kind["list"]))  # type: ignore[arg-type]
        if "option" in kind:
            return OptionOf(self._type(kind["option"]))  # type: ignore[arg-type]
        if "result" in kind:
            return ResultOf(self._type(kind["result"]["ok"]), self._type(kind["result"]["err"]))
        if "handle" in kind:
            return self._type(next(iter(kind["handle"].values())))
        return Named(definition["name"])

    def _definition(self, index: int) -> TypeDefinition:
        definition = self._types[index]
        ((kind, value),) = definition["kind"].items()
        members = value["fields" if kind == "record" else "cases"]
        members = [Member(m["name"], self._type(m.get("type")), _docs(m)) for m in members]
        return TypeDefinition(definition["name"], kind, members, _docs(definition))

    def _interface(self, name: str, value: dict[str, Any]) -> Interface:
        interface = Interface(name, _docs(value))
        for function in value["functions"].values():
            if not isinstance(function["kind"], dict) or "constructor" not in function["kind"]:
                parameters = [Member(p["name"], self._type(p["type"]), "") for p in function["params"]]
                short = function["name"].split(".")[-1]
                result = self._type(function.get("result"))
                interface.functions.append(Function(name, short, parameters, result, _docs(function)))
        return interface


def _docs(item: dict[str, Any]) -> str:
    text = item.get("docs", {}).get("contents") or ""
    # A comment that parts the sections of a file is no documentation of what follows.
    return "\n".join(line for line in text.splitlines() if not line.startswith("----")).strip()
