"""How many hours a person's day holds, over all the sessions in which he has a role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph.compiler.visibility import Visibility
from graph.errors import InvalidInput
from graph.model.orders import HOURS_OF_A_DAY, Capability, Session
from graph.nodes import Run, load, load_some
from resolvers.rights import seen_among

_ROLES_ON = "UNWIND $people AS id MATCH (:Person {id: id})<-[:OF]-(n:Capability) WHERE n.on = $day"


async def beyond_a_day(
    run: Run, sight: Visibility, held: Session, people: Sequence[str]
) -> list[InvalidInput]:
    """A fault of the hours for each of the people whose sessions of that day add up to more than a day has.

    Only the sessions count of which the viewer sees both the role and the session: nobody learns by it what
    others did that day.
    """
    assert held.delivered_on is not None
    day = held.delivered_on.isoformat()
    roles = await load(run, Capability, _ROLES_ON, people=list(dict.fromkeys(people)), day=day)
    others = {each.id: each for each in roles if each.session != held.id}
    shown = [others[id] for id in await seen_among(run, sight, "Capability", others)]
    # A role may be seen without its session: an officer sees those of the county's people wherever they were.
    seen = await seen_among(run, sight, "Session", (each.session for each in shown))
    if not seen:
        return []
    sessions = await load_some(run, Session, sorted(seen))
    booked: dict[str, float] = defaultdict(float)
    for role in shown:
        if role.session in seen:
            booked[role.person] += sessions[role.session].hours or 0
    return [
        InvalidInput(
            "hours",
            f"{person!r} 当天其他场次已有 {hours:g} 学时，加上 {held.hours:g} 学时超过一天 {HOURS_OF_A_DAY} 学时；"
            "请核对学时或日期",
            f"{person!r} has {hours:g} hours in other sessions of that day; with {held.hours:g} more it is over"
            f" {HOURS_OF_A_DAY}: check the hours or the day",
            id=person,
        )
        for person, hours in sorted(booked.items())
        if held.hours is not None and round(hours + held.hours, 6) > HOURS_OF_A_DAY  # 0.1 + 16.1 + 7.8 is 24
    ]
