from collections.abc import Callable
from typing import Generic, TypeVar

from typing_extensions import Self

from ._listing import _Page, _Progress
from ._native import Call

T = TypeVar("T")

async def finished(call: Call[T]) -> T:
    """Makes the call and returns its answer. The loop goes on meanwhile.

    A cancelled call ends at once. If it may have been executed and must not be repeated blindly, the `CancelledError`
    has an `OutcomeUnknownError` as its cause.
    """

class AsyncListing(_Progress, Generic[T]):
    """All items of a list, page by page. It is an asynchronous iterator."""

    def __init__(self, page: Callable[[int, int], Call[_Page[T]]], name: str) -> None: ...
    def __aiter__(self) -> Self: ...
    async def __anext__(self) -> T: ...
    async def start(self) -> Self:
        """Reads the first page if that has not been done, and returns the list. The number of calls is then known."""
