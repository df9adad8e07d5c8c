"""What the store holds after a kill, held against the record of what was acknowledged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from graph.store import Store, Transaction
from graph.writing import Outcome, commit, version
from tests.journeys.kill.rounds import Round
from tests.journeys.kill.writes import Write

_SCHOOLS = "MATCH (s:School) RETURN collect([s.id, s.name, [(s)<-[:AT]-(e:Employment) | e.id]]) AS found"
_PEOPLE = "MATCH (p:Person) RETURN collect([p.id, p.name, [(p)<-[:OF]-(e:Employment) | e.id]]) AS found"
_EMPLOYMENTS = "MATCH (e:Employment) RETURN collect(e.id) AS found"
_RECEIPTS = "MATCH (r:Receipt) RETURN collect([r.id, r.answer]) AS found"
_AUDIT = "MATCH (a:AuditEntry) RETURN collect([a.subjects[0], a.number]) AS found"
_EVENTS = "MATCH (o:OutboxEvent) RETURN collect([o.subject, o.number]) AS found"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything in the store: school names by write, people and employments, and the traces of writes."""

    schools: dict[str, tuple[str, list[str]]]
    people: dict[str, tuple[str, list[str]]]
    employments: list[str]
    receipts: dict[str, dict[str, str]]
    audit: dict[str, int]
    events: dict[str, int]
    version: int

    @classmethod
    async def read(cls, store: Store) -> Ledger:
        """What is there now."""
        return cls(
            {own: (name, sorted(ids)) for own, name, ids in await _found(store, _SCHOOLS)},
            {own: (name, ids) for own, name, ids in await _found(store, _PEOPLE)},
            sorted(await _found(store, _EMPLOYMENTS)),
            {own: json.loads(answer) for own, answer in await _found(store, _RECEIPTS)},
            dict(await _found(store, _AUDIT)),
            dict(await _found(store, _EVENTS)),
            await version(store.read),
        )

    def expect_whole_writes_only(self) -> None:
        """Each write that has left anything has left everything, from one and the same try."""
        writes = [Write.named(name) for name in self.schools]
        assert self.employments == sorted(own for write in writes for own in write.person_ids)
        assert self.people.keys() == {own for write in writes for own in write.person_ids}
        for write in writes:
            token, employed = self.schools[write.name]
            assert employed == write.person_ids
            assert all(self.people[own] == (token, [own]) for own in write.person_ids)
            assert self.receipts[write.name] == {"write": write.name, "token": token}
        subjects = {f"School:{write.name}" for write in writes}
        assert self.receipts.keys() == self.schools.keys()
        assert self.audit.keys() == subjects
        assert self.events == self.audit
        assert sorted(self.audit.values()) == list(range(1, self.version + 1))

    def expect(self, said: Round) -> None:
        """Every acknowledged write is there with its answer."""
        for name, answer in said.acknowledged.items():
            assert self.receipts[name] == answer


async def repeat(store: Store, name: str) -> tuple[dict[str, object], bool]:
    """The answer to the same request sent again, and whether the work was done again for it."""
    write, did = Write.named(name), False

    async def work(transaction: Transaction) -> Outcome:
        nonlocal did
        did = True
        return write.outcome("repeated")

    answer = await commit(store, write.command, work)
    return answer, did


async def _found(store: Store, statement: str) -> list[Any]:
    found = (await store.read(statement))[0]["found"]
    assert isinstance(found, list)
    return found
