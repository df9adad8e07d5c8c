"""Tells a stored history again to an empty store, by the use cases alone.

What people did (evidence, decisions, deliveries, attendance, feedback) is read from the stored nouns, the
order and the days of it from the audit; every need, recommendation and order is derived anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from graph.model.describe import Identified, describe
from graph.model.needs import Diagnosis, Evidence, Need, NeedGroup, Request
from graph.model.nouns import NOUNS
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.rules import Contribution, Decision, Recommendation, Rule, RuleSet
from graph.nodes import load, save
from graph.store import Store, Transaction
from graph.writing import Command, Outcome, commit
from recommender.rules import read_rules
from resolvers.caller import Caller
from resolvers.needs import form_needs
from resolvers.orders import Placing, place_order
from resolvers.recommendations import Asked, Judgement, decide_recommendation, issue_recommendations
from resolvers.rules import keep_rules
from resolvers.sessions import (
    Delivery,
    Opinion,
    Part,
    Presence,
    deliver_session,
    give_feedback,
    record_attendance,
)

DERIVED = (NeedGroup, Need, Recommendation, Contribution, TrainingOrder, Session)
_DONE = (Decision, Attendance, Feedback, Capability, RuleSet, Rule)
_SOUNDED = (Diagnosis, Evidence, Request)


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit entry: what was done, to what, on which day."""

    action: str
    subject: str
    on: date


class History:
    """All nouns of a store by class, and its audit in order."""

    def __init__(self, nouns: dict[type, tuple[Identified, ...]], audit: tuple[Entry, ...]) -> None:
        self.nouns = nouns
        self.audit = audit
        self._by_id = {cls: {each.id: each for each in found} for cls, found in nouns.items()}
        self.roles = _by_session(self.all(Capability))
        self.presences = _by_session(self.all(Attendance))

    def all[T: Identified](self, cls: type[T]) -> tuple[T, ...]:
        return tuple(each for each in self.nouns[cls] if isinstance(each, cls))

    def one[T: Identified](self, cls: type[T], name: str) -> T:
        found = self._by_id[cls][name]
        assert isinstance(found, cls)
        return found


def _by_session[T: (Attendance, Capability)](nouns: tuple[T, ...]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for each in nouns:
        found[each.session].append(each)
    return found


async def read_history(store: Store) -> History:
    nouns: dict[type, tuple[Identified, ...]] = {
        noun.cls: tuple(await load(store.read, noun.cls)) for noun in NOUNS
    }
    rows = await store.read(
        "MATCH (a:AuditEntry) RETURN a.action AS action, a.subjects AS subjects, a.at AS at ORDER BY a.number"
    )
    return History(nouns, tuple(_entry(row) for row in rows))


def _entry(row: dict[str, object]) -> Entry:
    subjects = row["subjects"]
    first = str(subjects[0]) if isinstance(subjects, list) and subjects else ""
    return Entry(str(row["action"]), first.partition(":")[2], date.fromisoformat(str(row["at"])[:10]))


class Retelling:
    """Tells `history` to `store`, which is empty."""

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history
        self._rules = read_rules(history.all(RuleSet)[0].content)
        self._kept: set[tuple[str, str]] = set()
        self._acts: dict[str, Callable[[Caller, str], Awaitable[object]]] = {
            "loadSample": lambda caller, _: self._sounded_until(caller),
            "keepRules": lambda caller, _: keep_rules(store, caller, self._rules),
            "formNeeds": lambda caller, name: form_needs(store, caller, name, self._rules),
            "issueRecommendations": lambda caller, _: issue_recommendations(
                store, caller, Asked("a1-alliance"), self._rules
            ),
            "decideRecommendation": self._decide,
            "placeOrder": self._place,
            "deliverSession": self._deliver,
            "recordAttendance": self._attend,
            "giveFeedback": self._say,
        }

    async def tell(self) -> None:
        made = {*DERIVED, *_DONE, *_SOUNDED}
        await self._keep(
            [each for cls, all_ in self._history.nouns.items() if cls not in made for each in all_]
        )
        for entry in self._history.audit:
            if entry.action in self._acts:
                at = datetime(entry.on.year, entry.on.month, entry.on.day, 8, tzinfo=UTC)
                await self._acts[entry.action](Caller.administering("test", at, entry.on), entry.subject)

    async def _sounded_until(self, caller: Caller) -> None:
        """What had come to light by that day and is not kept yet."""
        diagnoses = [each for each in self._history.all(Diagnosis) if each.on <= caller.today]
        names = {each.id for each in diagnoses}
        evidence = [each for each in self._history.all(Evidence) if each.diagnosis in names]
        requests = [each for each in self._history.all(Request) if each.on <= caller.today]
        known: list[Identified] = [*diagnoses, *evidence, *requests]
        fresh = [each for each in known if (describe(type(each)).label, each.id) not in self._kept]
        self._kept |= {(describe(type(each)).label, each.id) for each in fresh}
        await self._keep(fresh)

    async def _keep(self, nouns: list[Identified]) -> None:
        async def work(transaction: Transaction) -> Outcome:
            return Outcome({"kept": await save(transaction.run, nouns)})

        await commit(self._store, Command("keep", "test", datetime(2025, 7, 11, tzinfo=UTC)), work)

    async def _decide(self, caller: Caller, name: str) -> None:
        told = self._history.one(Decision, f"{name}/decision")
        judgement = Judgement(name, told.verdict, told.reason, told.by, told.trainer, told.assistant)
        await decide_recommendation(self._store, caller, judgement)

    async def _place(self, caller: Caller, name: str) -> None:
        order = self._history.one(TrainingOrder, name)
        start = self._history.one(Session, f"{name}/1").planned_on
        assert start is not None
        placing = Placing(start, order.recommendation, school=order.school, semester=order.semester)
        assert (await place_order(self._store, caller, placing, self._rules)).order == name

    async def _deliver(self, caller: Caller, name: str) -> None:
        session = self._history.one(Session, name)
        assert session.delivered_on is not None
        assert session.hours is not None
        roles = self._history.roles[name]
        parts = tuple(Part(each.person, each.rung) for each in roles)
        await deliver_session(self._store, caller, Delivery(name, session.delivered_on, session.hours, parts))

    async def _attend(self, caller: Caller, name: str) -> None:
        told = self._history.presences[name]
        presences = tuple(Presence(each.person, each.present is True) for each in told)
        await record_attendance(self._store, caller, name, presences)

    async def _say(self, caller: Caller, name: str) -> None:
        said = self._history.one(Feedback, name)
        opinion = Opinion(said.session, said.person, said.rating, said.on, said.remark)
        await give_feedback(self._store, caller, opinion, self._rules)
