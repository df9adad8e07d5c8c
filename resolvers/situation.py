"""What the recommender needs to know of one alliance, fetched noun by noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from graph.alliance_scope import load_of_alliance
from graph.compiler.visibility import Visibility
from graph.errors import InvalidInput, NotFound
from graph.model.alliance import Alliance, Membership, School, Semester
from graph.model.describe import Identified
from graph.model.needs import Diagnosis, Evidence, Need, NeedGroup, Request, Topic
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Person, Teacher
from graph.model.resources import Gift, Resource, Use
from graph.nodes import Run
from recommender.situation import Situation
from resolvers.lookup import find
from resolvers.rights import seen_among

AS_OF = "asOf"
"""How a client writes the day that a query asks for: its faults name their field as it is."""
PARTS: dict[str, type[Identified]] = {
    "people": Person,
    "teachers": Teacher,
    "employments": Employment,
    "memberships": Membership,
    "schools": School,
    "semesters": Semester,
    "topics": Topic,
    "availabilities": Availability,
    "class_contexts": ClassContext,
    "mentorships": Mentorship,
    "diagnoses": Diagnosis,
    "evidence": Evidence,
    "requests": Request,
    "needs": Need,
    "groups": NeedGroup,
    "resources": Resource,
    "gifts": Gift,
    "uses": Use,
    "orders": TrainingOrder,
    "sessions": Session,
    "attendances": Attendance,
    "feedback": Feedback,
    "capabilities": Capability,
}

_PLACES = ["people", "teachers", "employments", "memberships", "schools"]
FORMING = [
    *_PLACES,
    "semesters",
    "topics",
    "class_contexts",
    "diagnoses",
    "evidence",
    "requests",
    "needs",
    "groups",
    "orders",
    "sessions",
    "feedback",
]
ORDERING = [name for name in PARTS if name not in ("gifts", "attendances", "diagnoses")]
_DONE = ["orders", "sessions", "attendances", "feedback", "capabilities", "needs"]
COUNTING = [*_PLACES, "resources", "gifts", "uses", *_DONE]


async def load_situation(
    run: Run,
    alliance: str,
    today: date,
    parts: list[str],
    *,
    since: date | None = None,
    bookings: bool = False,
) -> Situation:
    """The named parts of one alliance's situation. Raises NotFound for an unknown alliance.

    Its schools are the members of today, or of any day from `since` to today; with `bookings` the orders
    and sessions of its people in other alliances are there, so that nobody is booked twice.
    """
    await find(run, Alliance, alliance, "alliance")
    loaded = {
        name: await load_of_alliance(run, PARTS[name], alliance, since or today, today, bookings=bookings)
        for name in parts
    }
    return Situation(today=today, **loaded)  # type: ignore[arg-type]  # each part is loaded by the class that its field names


async def with_seen_resources(run: Run, sight: Visibility, situation: Situation) -> Situation:
    """The situation with the resources that the sight shows."""
    seen = await seen_among(run, sight, "Resource", [each.id for each in situation.resources])
    return replace(situation, resources=tuple(each for each in situation.resources if each.id in seen))


async def refuse_strangers(
    run: Run, alliance: str, needs: Sequence[str], situation: Situation, today: date
) -> None:
    """Returns when all the needs are in the alliance's situation.

    Raises NotFound that lists the needs of others; where there are none, InvalidInput of the day asked for, with
    those that are the alliance's today, and were not, or will not be, on that day.
    """
    here = {each.id for each in situation.needs}
    strangers = [id for id in needs if id not in here]
    if not strangers:
        return
    now = {each.id for each in await load_of_alliance(run, Need, alliance, today, today)}
    foreign = [id for id in strangers if id not in now]
    if not foreign:
        day = situation.today
        raise InvalidInput(
            AS_OF,
            f"在 {day}，需求 {'、'.join(strangers)} 不属于联盟 {alliance!r}（按成员学校与支教的起止日期）；"
            "请换一个日期，不填则按今天",
            f"on {day} the needs {', '.join(strangers)} are not of alliance {alliance!r}, by the dates of its"
            " member schools and of the seconded; give another day, or none for today",
            ids=strangers,
        )
    raise NotFound(
        "needs",
        f"需求 {'、'.join(foreign)} 不属于联盟 {alliance!r}",
        f"needs {', '.join(foreign)} are not of alliance {alliance!r}",
        ids=foreign,
    )
