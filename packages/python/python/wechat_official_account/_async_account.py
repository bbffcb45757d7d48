"""The account for asyncio."""

from __future__ import annotations

from . import _native
from ._async_operations import AsyncOperations
from ._options import Options

# Type checkers take it for true; `typing` would take longer to import than the rest of the package.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import NoReturn

    from typing_extensions import Self

    from ._types import Language, Timeouts, Token


class AsyncAccount(AsyncOperations):
    """An Official Account for asyncio. Use it in an `async with` statement, or `close` it.

    The loop goes on during its calls, and any number of tasks and loops may use it at once. A cancelled call ends at
    once; if it may have been executed and must not be repeated blindly, the `CancelledError` has an
    `OutcomeUnknownError` as its cause (`__cause__`).

    The arguments are those of `Account`.
    """

    def __init__(
        self,
        app_id: str,
        app_secret: str,
        *,
        api_base: str | None = None,
        timeouts: Timeouts | None = None,
        retry_pauses_milliseconds: Sequence[int] | None = None,
        token: Token | None = None,
        may_force_token: bool | None = None,
        publish_poll_milliseconds: int | None = None,
        language: Language | str | None = None,
        trust_env: bool = True,
        proxies: Mapping[str, str] | str | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        ca_data: str | bytes | None = None,
    ) -> None:
        options = Options(
            app_id=app_id,
            app_secret=app_secret,
            api_base=api_base,
            timeouts=timeouts,
            retry_pauses_milliseconds=retry_pauses_milliseconds,
            token=token,
            may_force_token=may_force_token,
            publish_poll_milliseconds=publish_poll_milliseconds,
            language=language,
            trust_env=trust_env,
            proxies=proxies,
            ca_file=ca_file,
            ca_data=ca_data,
        )
        # Some tools print the local variables of a traceback. A proxy's address may have a password.
        del app_id, app_secret, token, proxies
        super().__init__(_native.Client(options))
        # It contacts nobody, and takes less than a millisecond.
        self._client.check().wait()

    async def close(self) -> None:
        """Closes the account: it forgets its secret and its token.

        Calls that are under way end as they would have. One that was started as a task, and still waits for a token or
        for another call, ends in a `ValueError`, and nothing of it was sent.
        """
        self._client.close()

    @property
    def closed(self) -> bool:
        """Whether the account has been closed."""
        return self._client.closed

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def __reduce__(self) -> NoReturn:
        # A copy would have the same sessions, and closing it would close this one.
        raise TypeError("an account can't be copied or pickled: make another one, or hand over this one")

    def __repr__(self) -> str:
        # One whose options were refused was never open.
        is_open = hasattr(self, "_client") and not self.closed
        return f"<{type(self).__name__}, {'open' if is_open else 'closed'}>"
