"""Who calls a use case, from what a request knows."""

from __future__ import annotations

from datetime import datetime

from resolvers.caller import Caller
from schema.kit.context import Context


def caller_of(context: Context, key: str | None = None) -> Caller:
    """The caller of this request, with the idempotency key of the input."""
    return Caller(context.actor, datetime.fromisoformat(context.now), context.today, key)
