"""The compiled part of the package. Generated from `wit/`: do not edit."""

from collections.abc import Callable, Sequence
from typing import Generic, List, TypeVar, final

from ._files import Attachments, FileInput
from ._options import Options
from ._types import (
# TYPES
)

T_co = TypeVar("T_co", covariant=True)

@final
class Call(Generic[T_co]):
    """A call that was prepared and not waited for yet."""

    def wait(self) -> T_co:
        """Makes the call and waits for its answer, without the GIL. A signal whose handler raises ends it."""

    def start(self, callback: Callable[[], object]) -> None:
        """Makes the call, and calls `callback` on another thread after it is done."""

    def result(self) -> T_co:
        """Returns the answer of a call that is done."""

    def cancel(self) -> BaseException | None:
        """Ends the call. Returns an exception if it may have been executed and must not be repeated blindly."""

@final
class Client:
    """An account: its options, and its sessions in this process."""

    def __new__(cls, options: Options) -> Client: ...
    def check(self) -> Call[None]:
        """Prepares the check of the configuration, which contacts nobody."""

    def close(self) -> None:
        """Closes the account."""

    @property
    def closed(self) -> bool: ...

@final
class Position:
    """The place in a list. It knows how to lose no item while others change the list."""

    def __new__(cls) -> Position: ...
    def next_offset(self) -> int | None:
        """Returns the offset of the next page; `None` at the end."""

    def turn(self, total: int, ids: List[str]) -> List[bool]:
        """Takes a page with these ids, and returns which of them are new."""

    @property
    def total_count(self) -> int: ...
    @property
    def calls(self) -> int: ...
    @property
    def calls_made(self) -> int: ...
    @property
    def missing(self) -> int: ...

def end() -> None:
    """Says that Python ends, so that no thread asks for the GIL any more."""

