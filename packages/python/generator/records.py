"""The order and the defaults of a record's fields."""

from __future__ import annotations

from .contract import ListOf, Member, OptionOf, TypeDefinition

# Fields that a program may leave out though the contract has a value for them: no crops, and nobody may comment.
DEFAULTS = {
    ("news", "cover-crops"): "()",
    ("news", "comments"): "Comments.CLOSED",
    ("pictures", "cover-crops"): "()",
    ("pictures", "comments"): "Comments.CLOSED",
}

# Records that other modules have: the account's arguments, the exception, and the file that may be a path.
WRITTEN_BY_HAND = {"config", "error"}

# Fields that no text shows.
SECRET = {("token", "value")}


def default(record: str, member: Member) -> str | None:
    if isinstance(member.type, OptionOf):
        return "None"
    return DEFAULTS.get((record, member.name))


def ordered(definition: TypeDefinition) -> list[Member]:
    """Returns the fields with those in front that must be given."""
    return sorted(definition.members, key=lambda member: default(definition.name, member) is not None)


def is_list(member: Member) -> bool:
    return isinstance(member.type, ListOf) and member.type.item != "u8"
