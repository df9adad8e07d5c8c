"""What every mutation shares: who calls, how ids are read, and how refusals are answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import strawberry

from graph.compiler.ids import own_id
from graph.errors import Faults, InvalidInput, Language, ZaoxueError
from graph.writing import KeyReused
from resolvers.caller import Caller
from schema.kit.context import Context

KEY = "sent again, the answer is the first one and nothing is written twice. 中文：幂等键"


@strawberry.type(description="Why an input was refused; nothing was changed. 中文：输入错误")
class UserError:
    """One fault of an input, for the person who typed it."""

    field: str | None = strawberry.field(description="the input's field. 中文：字段")
    message: str = strawberry.field(description="in the asker's language. 中文：说明")
    code: str = strawberry.field(description="stable code of the refusal. 中文：代码")


@dataclass(slots=True)
class Ids:
    """Reads global ids of an input and gathers what is wrong with all of them."""

    faults: list[ZaoxueError] = field(default_factory=list)

    def one(self, label: str, given: str, place: str) -> str:
        """The own id of a thing of `label`; a fault is kept for `refuse_faulty`."""
        try:
            return own_id(given, label, place)
        except InvalidInput as fault:
            self.faults.append(fault)
            return given

    def maybe(self, label: str, given: str | None, place: str) -> str | None:
        """The same for an id that may be absent."""
        return None if given is None else self.one(label, given, place)

    def many(self, label: str, given: list[strawberry.ID] | None, place: str) -> tuple[str, ...]:
        """The same for a list of ids, None for none."""
        return tuple(self.one(label, each, f"{place}.{i}") for i, each in enumerate(given or ()))

    def refuse_faulty(self) -> None:
        """Returns when every id read so far was right. Raises Faults."""
        if self.faults:
            raise Faults(self.faults)


def caller_of(context: Context, key: str | None = None) -> Caller:
    """The caller of this request, with the idempotency key of the input."""
    return Caller(context.actor, datetime.fromisoformat(context.now), context.today, key)


async def answered[P](
    context: Context, work: Callable[[], Awaitable[P]], refused: Callable[[list[UserError]], P]
) -> P:
    """The payload of `work`; what its author can mend is answered in `userErrors`, the rest is raised."""
    try:
        return await work()
    except Faults as faults:
        return refused([_told(fault, context.language) for fault in faults.faults])
    except (InvalidInput, KeyReused) as fault:
        return refused([_told(fault, context.language)])


def _told(fault: ZaoxueError, language: Language) -> UserError:
    place = fault.field if isinstance(fault, InvalidInput) else None
    return UserError(field=place and _camel(place), message=fault.message(language), code=fault.code)


def _camel(place: str) -> str:
    """`items.grade_band` as a client writes it: `items.gradeBand`."""
    head, *rest = place.split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)
