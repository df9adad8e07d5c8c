"""What every mutation shares: its idempotency key, and how refusals are answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import strawberry

from graph.errors import Faults, Forbidden, InvalidInput, Language, ZaoxueError
from graph.writing import KeyReused
from schema.calling import LONGEST_KEY
from schema.kit.context import Context

KEY = (
    f"1 to {LONGEST_KEY} characters, none of control; sent again, the answer is the first one and nothing is "
    f"written twice. 中文：幂等键，1 至 {LONGEST_KEY} 个字符，不含控制字符"
)


@strawberry.type(description="Why an input was refused; nothing was changed. 中文：输入错误")
class UserError:
    """One fault of an input, for the person who typed it."""

    field: str | None = strawberry.field(description="the input's field. 中文：字段")
    message: str = strawberry.field(description="in the asker's language. 中文：说明")
    code: str = strawberry.field(description="stable code of the refusal. 中文：代码")


async def answered[P](
    context: Context, work: Callable[[], Awaitable[P]], refused: Callable[[list[UserError]], P]
) -> P:
    """The payload of `work`; what its author can mend is answered in `userErrors`, the rest is raised."""
    try:
        return await work()
    except Faults as faults:
        return refused([_told(fault, context.language) for fault in faults.faults])
    except (Forbidden, InvalidInput, KeyReused) as fault:
        return refused([_told(fault, context.language)])


def _told(fault: ZaoxueError, language: Language) -> UserError:
    place = fault.field if isinstance(fault, InvalidInput) else None
    return UserError(field=place and _camel(place), message=fault.message(language), code=fault.code)


def _camel(place: str) -> str:
    """`items.grade_band` as a client writes it: `items.gradeBand`."""
    head, *rest = place.split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)
