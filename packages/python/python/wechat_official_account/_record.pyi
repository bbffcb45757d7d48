from typing import ClassVar

from typing_extensions import Self

class Record:
    """A record that can't be changed. Records of equal fields are equal. `match` takes them apart by place or name."""

    __match_args__: ClassVar[tuple[str, ...]]
    def replace(self, **changes: object) -> Self:
        """Returns the same record with other values in these fields."""

    def __replace__(self, **changes: object) -> Self: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
