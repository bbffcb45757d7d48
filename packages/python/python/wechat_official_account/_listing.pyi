from collections.abc import Callable
from typing import Final, Generic, Protocol, Sequence, TypeVar

from typing_extensions import Self

from ._native import Call

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

PAGE: Final = 20

class _Page(Protocol[T_co]):
    @property
    def total_count(self) -> int: ...
    @property
    def items(self) -> Sequence[T_co]: ...

class _Progress:
    @property
    def total_count(self) -> int:
        """The number of items that WeChat counts, as of the last page; 0 before the first."""

    @property
    def calls(self) -> int:
        """The number of calls that the whole list takes, with those that were made. Changes of the list during the
        reading cost a few more.
        """

    @property
    def calls_made(self) -> int:
        """The number of calls made so far."""

    @property
    def missing(self) -> int:
        """The number of items that WeChat counts more than it has listed. After the end it is 0, unless items were
        added meanwhile or WeChat's count is wrong.
        """

class Listing(_Progress, Generic[T]):
    """All items of a list, page by page. It is an iterator."""

    def __init__(self, page: Callable[[int, int], Call[_Page[T]]], name: str) -> None: ...
    def __iter__(self) -> Self: ...
    def __next__(self) -> T: ...
    def start(self) -> Self:
        """Reads the first page if that has not been done, and returns the list. The number of calls is then known."""
