"""The exception."""

from __future__ import annotations

from ._types import ErrorKind


class WeChatError(Exception):
    """A call that failed. It never holds the app id, the secret, the token or the URL of the request.

    A failed picture of `content.prepare` has one, too, which was not raised.

    Attributes:

    kind: The kind of the failure: enough for a program to decide on its next step.
    message: A sentence in the chosen language that describes the failure; for a refusal WeChat's own words.
    advice: A sentence with advice to the user.
    errcode: WeChat's errcode, if WeChat refused.
    rid: WeChat's request id, for `account.explain` and for WeChat's support; valid for 7 days.
    subject: The field, id or IP address concerned, if one is known.
    retry_after_seconds: The number of seconds after which it makes sense to try again, if that is known.
    """

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        advice: str = "",
        errcode: int | None = None,
        rid: str | None = None,
        subject: str | None = None,
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(kind, message, advice, errcode, rid, subject, retry_after_seconds)
        self.kind = ErrorKind(kind)
        self.message = message
        self.advice = advice
        self.errcode = errcode
        self.rid = rid
        self.subject = subject
        self.retry_after_seconds = retry_after_seconds

    def __str__(self) -> str:
        known = (("errcode", self.errcode), ("rid", self.rid), ("subject", self.subject))
        parts = [str(self.kind), *(f"{name} {value}" for name, value in known if value is not None)]
        if self.retry_after_seconds is not None:
            parts.append(f"try again in {self.retry_after_seconds} s")
        return f"{self.message} {self.advice}".strip() + f" ({', '.join(parts)})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, WeChatError) and other.args == self.args

    def __hash__(self) -> int:
        return hash(self.args)


class OutcomeUnknownError(WeChatError):
    """A call that must not be repeated blindly, and has no answer: it may have been executed or not.

    Its kind is `outcome-unknown`. It is also the cause (`__cause__`) of a `KeyboardInterrupt` or a `CancelledError`
    that has ended such a call.
    """
