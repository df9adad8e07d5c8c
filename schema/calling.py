"""Who calls a use case, from what a request knows."""

from __future__ import annotations

from datetime import datetime
from unicodedata import category

from graph.errors import InvalidInput
from resolvers.caller import Caller
from schema.kit.context import Context

LONGEST_KEY = 200
"""Most characters of an idempotency key; a UUID has 36."""


def caller_of(context: Context, key: str | None = None) -> Caller:
    """The caller of this request, with the idempotency key of the input. Raises InvalidInput for a wrong key."""
    if key is not None:
        _refuse_wrong(key)
    return Caller(
        context.actor, datetime.fromisoformat(context.now), context.today, key, viewer=context.viewer
    )


def _refuse_wrong(key: str) -> None:
    if not 1 <= len(key) <= LONGEST_KEY:
        raise InvalidInput(
            "key",
            f"幂等键应为 1 至 {LONGEST_KEY} 个字符，得到的有 {len(key)} 个；没有就不填",
            f"an idempotency key has 1 to {LONGEST_KEY} characters, got {len(key)}; leave it out to send none",
            length=len(key),
        )
    control = next((each for each in key if category(each) == "Cc"), None)
    if control is not None:
        raise InvalidInput(
            "key",
            f"幂等键中含有控制字符 {control!r}；请用字母、数字等可见字符，如 UUID",
            f"an idempotency key holds no control characters, got {control!r}; use visible ones, such as a UUID",
            place=key.index(control),
        )
