"""The options of an account, as the compiled part reads them."""

from __future__ import annotations


class Options:
    """The options of an account. `Account` documents them. It shows none of them, as two are secrets."""

    __slots__ = (
        "api_base",
        "app_id",
        "app_secret",
        "ca_data",
        "ca_file",
        "language",
        "may_force_token",
        "proxies",
        "publish_poll_milliseconds",
        "retry_pauses_milliseconds",
        "timeouts",
        "token",
        "trust_env",
    )

    api_base: object
    app_id: object
    app_secret: object
    ca_data: object
    ca_file: object
    language: object
    may_force_token: object
    proxies: object
    publish_poll_milliseconds: object
    retry_pauses_milliseconds: object
    timeouts: object
    token: object
    trust_env: object

    def __init__(self, **options: object) -> None:
        for name in self.__slots__:
            setattr(self, name, options.get(name))
