"""Resources that fit a need, a teacher or a school, ranked; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graph.compiler.visibility import EVERYTHING
from graph.errors import InvalidInput, NotAllowedNow
from graph.model.alliance import Alliance, Membership, School
from graph.model.describe import Identified
from graph.model.needs import Need
from graph.model.people import Employment, Person
from graph.nodes import Run, load
from graph.store import Store, Transaction
from recommender.resources import (
    RankedResources,
    rank_resources,
    wish_of_need,
    wish_of_school,
    wish_of_teacher,
)
from recommender.rules import Rules
from recommender.scoring.material_pairs import Wish
from recommender.situation import Situation, covers
from resolvers.caller import Caller
from resolvers.lookup import find
from resolvers.rights import given, refuse_beyond, refuse_role
from resolvers.situation import ORDERING, load_situation, with_seen_resources

MOST_RESOURCES = 20
"""More than a person would look through."""
_EMPLOYED = "MATCH (:Person {id: $id})<-[:OF]-(n:Employment)"
_SECONDED_TO = "MATCH (:Person {id: $id})-[:SECONDED_TO]->(:HelpGroup)<-[:BOUND_TO]-(n:Alliance)"
_MEMBER = "MATCH (:School {id: $id})<-[:OF]-(n:Membership)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """For what resources are wanted: exactly one of a need, a teacher and a school; the `top` best."""

    need: str | None = None
    teacher: str | None = None
    school: str | None = None
    top: int = 5


async def recommend_resources(store: Store, caller: Caller, wanted: Wanted, rules: Rules) -> RankedResources:
    """The resources that the rules would propose today, with a pack that the school's line carries.

    Only resources that the caller sees. Raises Forbidden, InvalidInput unless one thing is named and `top` is 1
    to MOST_RESOURCES, NotFound, and NotAllowedNow for who is in no alliance today.
    """
    _refuse_unclear(wanted)
    refuse_role(caller, "recommendResources")

    async def work(transaction: Transaction) -> RankedResources:
        run, today = transaction.run, caller.today
        await _refuse_beyond(run, caller, wanted)
        need = None if wanted.need is None else await find(run, Need, wanted.need, "need")
        alliance = await _alliance(run, wanted, need, today)
        every = await load_situation(run, alliance, today, ORDERING)
        situation = await with_seen_resources(run, caller.sight, every)
        return rank_resources(situation, rules, _wish(situation, rules, wanted, need), top=wanted.top)

    return await store.read_together(work)


async def _refuse_beyond(run: Run, caller: Caller, wanted: Wanted) -> None:
    """Refuses what the caller may not see as what is not there, then what is not his to ask for."""
    places: list[tuple[type[Identified], str | None, str]] = [
        (Need, wanted.need, "need"),
        (Person, wanted.teacher, "teacher"),
        (School, wanted.school, "school"),
    ]
    if caller.sight is not EVERYTHING:
        for cls, id, field in places:
            if id is not None:
                await find(run, cls, id, field, caller.sight)
    targets = {cls.__name__: given(id) for cls, id, _ in places}
    await refuse_beyond(run, caller, "recommendResources", targets)


def _refuse_unclear(wanted: Wanted) -> None:
    if sum(each is not None for each in (wanted.need, wanted.teacher, wanted.school)) != 1:
        raise InvalidInput(
            "need", "请在需求、教师、学校中只填一项", "name exactly one of need, teacher and school"
        )
    if not 1 <= wanted.top <= MOST_RESOURCES:
        raise InvalidInput(
            "top",
            f"top 应在 1 到 {MOST_RESOURCES} 之间，得到的是 {wanted.top}",
            f"top must be between 1 and {MOST_RESOURCES}, got {wanted.top}",
        )


async def _alliance(run: Run, wanted: Wanted, need: Need | None, today: date) -> str:
    """The alliance that the named thing is in today."""
    teacher, school = wanted.teacher, wanted.school
    if need is not None:
        teacher, school = need.teacher, need.school
    field = "need" if need is not None else "teacher" if teacher is not None else "school"
    if teacher is not None:
        await find(run, Person, teacher, field)
        jobs = await load(run, Employment, _EMPLOYED, id=teacher)
        places = [each.school for each in jobs if covers(each.start, each.end, today)]
        helped = await load(run, Alliance, _SECONDED_TO, id=teacher)
    else:
        helped = []
        assert school is not None, "a need is a teacher's or a school's"
        places = [(await find(run, School, school, field)).id]
    return await _alliance_of_schools(run, places, helped, field, today)


async def _alliance_of_schools(
    run: Run, schools: Iterable[str], helped: Sequence[Alliance], field: str, today: date
) -> str:
    for school in schools:
        for each in await load(run, Membership, _MEMBER, id=school):
            if covers(each.start, each.end, today):
                return each.alliance
    if helped:
        return helped[0].id
    raise NotAllowedNow(field, "目前不属于任何联盟", "is in no alliance today")


def _wish(situation: Situation, rules: Rules, wanted: Wanted, need: Need | None) -> Wish:
    if need is not None:
        return wish_of_need(situation, rules, need)
    if wanted.teacher is not None:
        return wish_of_teacher(situation, rules, wanted.teacher)
    assert wanted.school is not None, "refused before"
    return wish_of_school(situation, rules, wanted.school)
