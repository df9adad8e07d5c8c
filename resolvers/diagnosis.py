"""Diagnosing: what an instrument found, what a teacher asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from graph.errors import InvalidInput
from graph.model.alliance import School
from graph.model.made_ids import made_id
from graph.model.needs import Diagnosis, Evidence, Need, Request, Topic
from graph.model.people import Person
from graph.model.terms import Instrument, NeedStatus, PersonKind
from graph.needs import needs_of
from graph.nodes import load, save
from graph.store import Store, Transaction
from graph.writing import Event, Outcome, commit
from recommender.diagnosis.rechecks import recheck_needs
from recommender.rules import Rules
from recommender.situation import Situation
from resolvers.caller import Caller
from resolvers.days import wrong_days
from resolvers.lookup import Named, refuse_wrong
from resolvers.rights import given, refuse_beyond, refuse_role, signature

MOST_ITEMS = 200
"""More than any instrument asks."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One answer, remark or observed item; severity 0 (none) to 3 (severe)."""

    topic: str | None
    severity: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Sounding:
    """What one instrument found on one day, of one teacher or of one school."""

    instrument: Instrument
    on: date
    items: tuple[Remark, ...]
    teacher: str | None = None
    school: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRecorded:
    """The diagnosis kept, its evidence, and the needs that it closed or reopened."""

    diagnosis: str
    evidence: list[str]
    rechecked: list[str]


@dataclass(frozen=True, slots=True)
class Wish:
    """A need that a teacher raises himself; severity 1 (slight) to 3 (urgent)."""

    teacher: str
    topic: str
    severity: int
    on: date
    text: str | None = None


async def record_evidence(store: Store, caller: Caller, sounding: Sounding, rules: Rules) -> EvidenceRecorded:
    """Keep a diagnosis with its evidence; an observation after delivery closes or reopens the need.

    The same sounding told again is the same diagnosis. Raises Forbidden, Faults.
    """
    refuse_role(caller, "recordEvidence", sounding.instrument)
    if not sounding.items:
        raise InvalidInput("items", "至少填写一条证据", "a diagnosis needs at least one item")
    if len(sounding.items) > MOST_ITEMS:
        found = len(sounding.items)
        raise InvalidInput(
            "items",
            f"一次诊断最多 {MOST_ITEMS} 条证据，得到的是 {found} 条",
            f"a diagnosis has {MOST_ITEMS} items at most, got {found}",
        )

    async def work(transaction: Transaction) -> Outcome:
        run, instrument, by = transaction.run, sounding.instrument, sounding.by
        of = {"Person": given(sounding.teacher), "School": given(sounding.school)}
        right = await refuse_beyond(run, caller, "recordEvidence", of, by=by, instrument=instrument)
        diagnosis, evidence = _nouns_of(replace(sounding, by=signature(caller, right, by)))
        places = {each.id: f"items.{place}" for place, each in enumerate(evidence)}
        wrong = wrong_days("on", sounding.on, today=caller.today)
        named = _named(sounding)
        await refuse_wrong(
            run, [diagnosis, *evidence], named, places=places, others=wrong, sight=caller.sight
        )
        await save(transaction.run, [diagnosis, *evidence])
        changed = await _recheck(transaction, diagnosis, caller.today, rules)
        answer: dict[str, object] = {
            "diagnosis": diagnosis.id,
            "evidence": [each.id for each in evidence],
            "rechecked": [each.id for each in changed],
        }
        subjects = (f"Diagnosis:{diagnosis.id}", *(f"Need:{each.id}" for each in changed))
        # A need that was reopened before, and stays so, has an older day there.
        reopened = [each for each in changed if each.reopened_on == each.rechecked_on]
        return Outcome(answer, subjects, tuple(reopenings(reopened)))

    answer = await commit(store, caller.command("recordEvidence", sounding), work)
    return EvidenceRecorded(**answer)  # type: ignore[arg-type]  # the answer was made above, or stored from it


async def raise_request(store: Store, caller: Caller, wish: Wish) -> str:
    """Keep what a teacher asks for; the request's id. Raises Forbidden, Faults."""
    refuse_role(caller, "raiseRequest")
    request = Request(
        id=made_id("Request", wish.teacher, wish.topic, wish.on, wish.text),
        teacher=wish.teacher,
        topic=wish.topic,
        severity=wish.severity,
        text=wish.text,
        on=wish.on,
    )

    async def work(transaction: Transaction) -> Outcome:
        await refuse_beyond(transaction.run, caller, "raiseRequest", {"Person": [wish.teacher]})
        who = Named(Person, [wish.teacher], "teacher", PersonKind.TEACHER)
        wrong = wrong_days("on", wish.on, today=caller.today)
        named = [who, Named(Topic, [wish.topic], "topic")]
        await refuse_wrong(transaction.run, [request], named, others=wrong, sight=caller.sight)
        await save(transaction.run, [request])
        return Outcome({"request": request.id}, (f"Request:{request.id}",))

    answer = await commit(store, caller.command("raiseRequest", wish), work)
    return str(answer["request"])


def reopenings(needs: Iterable[Need]) -> Iterable[Event]:
    """The events for those of the needs that were reopened."""
    return (Event("NeedReopened", f"Need:{each.id}") for each in needs if each.status is NeedStatus.REOPENED)


def _nouns_of(sounding: Sounding) -> tuple[Diagnosis, list[Evidence]]:
    who = (sounding.teacher, sounding.school, sounding.by)
    said = tuple((item.topic, item.severity, item.text) for item in sounding.items)
    id = made_id("Diagnosis", sounding.instrument.name, *who, sounding.on, said)
    diagnosis = Diagnosis(
        id=id,
        instrument=sounding.instrument,
        teacher=sounding.teacher,
        school=sounding.school,
        on=sounding.on,
        by=sounding.by,
    )
    evidence = [
        Evidence(id=f"{id}/{place}", diagnosis=id, topic=item.topic, severity=item.severity, text=item.text)
        for place, item in enumerate(sounding.items, start=1)
    ]
    return diagnosis, evidence


def _named(sounding: Sounding) -> list[Named]:
    return [
        Named(Person, [sounding.teacher], "teacher", PersonKind.TEACHER),
        Named(School, [sounding.school], "school"),
        Named(Person, [sounding.by], "by"),
        Named(Topic, [item.topic for item in sounding.items], "items.{place}.topic"),
    ]


async def _recheck(transaction: Transaction, diagnosis: Diagnosis, today: date, rules: Rules) -> list[Need]:
    if diagnosis.instrument is not Instrument.OBSERVATION:
        return []
    situation = Situation(
        today=today,
        topics=tuple(await load(transaction.run, Topic)),
        **await needs_of(transaction.run, teacher=diagnosis.teacher, school=diagnosis.school),
    )
    changed = recheck_needs(situation, rules)
    await save(transaction.run, changed)
    return list(changed)
