"""The account that blocks. `_async_account` has the one for asyncio."""

from __future__ import annotations

from . import _native
from ._operations import Operations
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


class Account(Operations):
    """An Official Account, whose calls block. Use it in a `with` statement, or `close` it.

    Any number of threads may use it at once, and all of them share one access token. A child process (`os.fork`) may go
    on with it, and gets sessions of its own. Making it contacts nobody.

    A wrong option ends in a `WeChatError` of the kind `invalid-input`. It is a `TypeError` if its type is wrong; and a
    `ValueError` if it is no API base, a number out of range, an unknown language, or no proxy or certificate.

    Arguments:

    app_id: The account's AppID: `wx` and 16 hexadecimal digits.
    app_secret: The account's AppSecret: 32 hexadecimal digits. It may be a placeholder that a proxy replaces: 1 to 256
        ASCII letters, digits, `_` and `-`. It is sent only to `stable_token`, and no text of the package shows it.
    api_base: The address of WeChat's API, and the only one that is contacted. Scheme, host and optional port; `http://`
        only to a loopback address. Default `https://api.weixin.qq.com`.
    timeouts: Limits on the network's time. Default: connect 10 s, first byte 120 s, between bytes 30 s, the call as a
        whole 300 s.
    retry_pauses_milliseconds: The pause before each repetition of a failed attempt; there are as many repetitions as
        pauses, at most 10. Only calls that are safe to repeat are repeated, or those of which nothing was sent. Default
        500, 2000 and 5000.
    token: A token that the program has already, from `access_token()` of another account object.
    may_force_token: Whether this object may force a new token if WeChat returns the one that it refuses. Default true.
        A forced token ends the old one for everybody, and WeChat allows 20 a day: programs with many processes set it
        to false in all but one.
    publish_poll_milliseconds: The pause of `publish.wait` before its first question. It then doubles, up to 12 times
        this figure. Default 5000; WeChat allows 100 questions a day.
    language: The language of errors and findings: `en` or `zh`. Default `en`.
    trust_env: Whether the environment counts: the proxies of `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`,
        in either letter case, and the certificates of `SSL_CERT_FILE` and `SSL_CERT_DIR`. Default true. These two
        replace the authorities of the system and Mozilla's list, which is a part of the package. If this is false and
        one of them is set, the authorities are Mozilla's alone.
    proxies: The proxies in place of the environment's, by the scheme of the API base or `all`, such as
        `{"https": "http://proxy.example:3128"}`; or one address as a text, for every scheme. The key `no_proxy` has
        the exceptions, as `NO_PROXY` does. Other keys are a `ValueError`. An empty dict means none.
    ca_file: A file of certificates (PEM) to trust besides the others.
    ca_data: Certificates to trust besides the others: PEM as a text, or one certificate as DER.
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
        self._client.check().wait()

    def close(self) -> None:
        """Closes the account: it forgets its secret and its token.

        Calls that are under way end as they would have. One that still waits for a token or for another call ends in a
        `ValueError`, and nothing of it was sent.
        """
        self._client.close()

    @property
    def closed(self) -> bool:
        """Whether the account has been closed."""
        return self._client.closed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        # A copy would have the same sessions, and closing it would close this one.
        raise TypeError("an account can't be copied or pickled: make another one, or hand over this one")

    def __repr__(self) -> str:
        # One whose options were refused was never open.
        is_open = hasattr(self, "_client") and not self.closed
        return f"<{type(self).__name__}, {'open' if is_open else 'closed'}>"
