"""The small county's spring at the level of the use cases: each step as the people of the county take it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from graph.model.describe import Identified
from graph.model.needs import Need
from graph.model.rules import Recommendation
from graph.model.terms import Instrument, Reach, Rung, Verdict
from graph.nodes import load, load_some, save
from graph.store import Store, Transaction
from recommender.rules import Rules
from resolvers.caller import Caller
from resolvers.diagnosis import Remark, Sounding, record_evidence
from resolvers.needs import form_needs
from resolvers.orders import Placing, place_order
from resolvers.recommendations import Asked, Judgement, decide_recommendation, issue_recommendations
from resolvers.rules import keep_rules, packaged_rules
from resolvers.sessions import (
    Delivery,
    Opinion,
    Part,
    Presence,
    deliver_session,
    give_feedback,
    record_attendance,
)
from resolvers.workbook.read import read_workbook
from resolvers.workbook.template import write_template
from tests.journeys.county import ALLIANCE
from tests.journeys.filling import fill

RULES: Rules = packaged_rules()
NEEDY = ("p-05", "p-06", "p-07", "p-09", "p-10")
"""Who shares the need for t-ld; p-08 has one of his own, p-12 one that was delivered in February."""
DAYS = (date(2025, 3, 17), date(2025, 3, 31), date(2025, 4, 14))
"""When the county class of three sessions is held."""


def on(day: date, key: str | None = None) -> Caller:
    """The office's clerk at ten in the morning of that day."""
    return Caller.administering("clerk", datetime.combine(day, time(2), UTC), day, key)


@dataclass(frozen=True, slots=True)
class Ordered:
    """The recommendation that was accepted, the order that follows it, its sessions in their order."""

    recommendation: str
    order: str
    sessions: list[str]


@cache
def nouns_of_the_workbook() -> tuple[Identified, ...]:
    """What the small county's workbook holds."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder, "template.xlsx")
        write_template(template)
        workbook = read_workbook(fill(template, Path(folder, "county.xlsx")))
    return workbook.nouns  # type: ignore[return-value]  # every noun has an id


async def bring_the_workbook(store: Store) -> None:
    """The rules and the county, as on the tenth of March."""
    await keep_rules(store, on(date(2025, 2, 1)), RULES)

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, list(nouns_of_the_workbook()))

    await store.write(work)


async def form(store: Store) -> None:
    await form_needs(store, on(date(2025, 3, 10)), ALLIANCE, RULES)


async def issue(store: Store) -> str:
    """Recommendations are issued; the best one for the common need."""
    issued = await issue_recommendations(store, on(date(2025, 3, 10)), Asked(ALLIANCE), RULES)
    made = await load_some(store.read, Recommendation, issued.recommendations)
    return next(each.id for each in made.values() if each.reach is Reach.COMMON and each.rank == 1)


async def order(store: Store) -> Ordered:
    """The best recommendation is accepted and placed."""
    best = await issue(store)
    accepted = Judgement(recommendation=best, verdict=Verdict.ACCEPTED, by="r-01")
    await decide_recommendation(store, on(date(2025, 3, 11)), accepted)
    placing = Placing(start=DAYS[0], recommendation=best, semester="2025春")
    placed = await place_order(store, on(date(2025, 3, 11)), placing, RULES)
    return Ordered(best, placed.order, placed.sessions)


async def hold(store: Store, session: str, day: date, outside: Rung, local: Rung) -> None:
    """One session by p-03, seconded, and p-08, the local assistant."""
    parts = (Part("p-03", outside), Part("p-08", local))
    await deliver_session(store, on(day), Delivery(session, day, 2.0, parts))


async def hold_the_training(store: Store, ordered: Ordered) -> None:
    """The two training sessions: the needs are delivered, p-10 missed the first."""
    await hold(store, ordered.sessions[0], DAYS[0], Rung.LED_ALONE, Rung.ASSISTED)
    await hold(store, ordered.sessions[1], DAYS[1], Rung.CO_LED, Rung.LED_WITH_SUPPORT)
    for session, absent in zip(ordered.sessions, ("p-10", ""), strict=False):
        presences = tuple(Presence(person, person != absent) for person in NEEDY)
        await record_attendance(store, on(DAYS[1]), session, presences)


async def whole_spring(store: Store) -> Ordered:
    """Everything from the workbook to a need reopened, one met, one refused recommendation."""
    await bring_the_workbook(store)
    await form(store)
    ordered = await order(store)
    others = [each for each in await load(store.read, Recommendation) if each.id != ordered.recommendation]
    refused = Judgement(recommendation=others[0].id, verdict=Verdict.REFUSED, reason="时间冲突", by="r-01")
    await decide_recommendation(store, on(date(2025, 3, 11)), refused)
    await hold_the_training(store, ordered)
    await hold(store, ordered.sessions[2], DAYS[2], Rung.OBSERVED, Rung.LED_ALONE)
    for person, rating in (("p-05", 5), ("p-06", 2), ("p-07", 4)):
        opinion = Opinion(
            ordered.sessions[1], person, rating, DAYS[1], "=声音太小\n听不清" if rating == 2 else None
        )
        await give_feedback(store, on(DAYS[1]), opinion, RULES)
    seen = Sounding(
        Instrument.OBSERVATION, date(2025, 4, 22), (Remark("t-ld", 0, "自然"),), "p-05", by="r-01"
    )
    await record_evidence(store, on(date(2025, 4, 22)), seen, RULES)
    return ordered


async def statuses(store: Store) -> dict[str, str]:
    """Where each teacher's need stands; in this county each has one."""
    return {str(each.teacher): each.status.name for each in await load(store.read, Need)}
