"""Plain strawberry over the same store: types and resolvers by hand, a DataLoader for each step down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

from bench.reads.documents import today
from bench.reads.listening import App, given_address, listen
from graph.model.terms import NeedStatus, Subject
from graph.store import Store

strawberry.enum(Subject)
strawberry.enum(NeedStatus)
_TEACHERS_OF = """
UNWIND $keys AS key MATCH (:School {id: key})<-[:AT]-(e:Employment)-[:OF]->(t:Person)
WHERE e.start <= $today AND (e.end IS NULL OR e.end >= $today)
WITH DISTINCT key, t ORDER BY t.id RETURN key, collect([t.id, t.name, t.subject]) AS rows
"""
_NEEDS_OF = """
UNWIND $keys AS key MATCH (:Person {id: key})<-[:OF]-(n:Need)
WITH key, n ORDER BY n.id RETURN key, collect([n.id, n.status, n.severity, n.formed_on]) AS rows
"""
_TOPIC_OF = """
UNWIND $keys AS key MATCH (:Need {id: key})-[:ABOUT]->(c:Topic)
RETURN key, collect([c.id, c.name]) AS rows
"""
_RESOURCES_OF = """
UNWIND $keys AS key MATCH (:Topic {id: key})<-[:ABOUT]-(r:Resource)
WITH key, r ORDER BY r.id RETURN key, collect([r.id, r.name]) AS rows
"""
_SCHOOLS = "MATCH (s:School) RETURN s.id, s.name ORDER BY s.id LIMIT $first"
_TEACHER = "MATCH (t:Person {id: $id}) RETURN t.id, t.name, t.subject"
_TEACHERS = "MATCH (t:Person {subject: $subject}) RETURN t.id, t.name, t.subject ORDER BY t.id LIMIT $first"


@dataclass(slots=True)
class Context:
    """What a request knows: the store, and a loader for each step down."""

    store: Store
    teachers: DataLoader[str, list[Teacher]]
    needs: DataLoader[str, list[Need]]
    topics: DataLoader[str, list[Topic]]
    resources: DataLoader[str, list[Resource]]


type Info = strawberry.Info[Context, None]


@strawberry.type
class Resource:
    id: strawberry.ID
    name: str


@strawberry.type
class Topic:
    id: strawberry.ID
    name: str

    @strawberry.field
    async def resources(self, info: Info, first: int) -> list[Resource]:
        return (await info.context.resources.load(self.id))[:first]


@strawberry.type
class Need:
    id: strawberry.ID
    status: NeedStatus
    severity: float
    formed_on: date

    @strawberry.field
    async def topic(self, info: Info) -> Topic:
        return (await info.context.topics.load(self.id))[0]


@strawberry.type
class Teacher:
    id: strawberry.ID
    name: str
    subject: Subject

    @strawberry.field
    async def needs(self, info: Info, first: int) -> list[Need]:
        return (await info.context.needs.load(self.id))[:first]


@strawberry.type
class School:
    id: strawberry.ID
    name: str

    @strawberry.field
    async def teachers(self, info: Info, first: int) -> list[Teacher]:
        return (await info.context.teachers.load(self.id))[:first]


@strawberry.type
class Query:
    @strawberry.field
    async def schools(self, info: Info, first: int) -> list[School]:
        return [_school(*row.values()) for row in await info.context.store.read(_SCHOOLS, first=first)]

    @strawberry.field
    async def teacher(self, info: Info, id: strawberry.ID) -> Teacher | None:
        rows = await info.context.store.read(_TEACHER, id=id)
        return _teacher(*rows[0].values()) if rows else None

    @strawberry.field
    async def teachers(self, info: Info, first: int, subject: Subject) -> list[Teacher]:
        rows = await info.context.store.read(_TEACHERS, first=first, subject=subject.name)
        return [_teacher(*row.values()) for row in rows]


def _school(id: Any, name: Any) -> School:
    return School(id=id, name=name)


def _teacher(id: Any, name: Any, subject: Any) -> Teacher:
    return Teacher(id=id, name=name, subject=Subject[subject])


def _need(id: Any, status: Any, severity: Any, formed_on: Any) -> Need:
    return Need(id=id, status=NeedStatus[status], severity=severity, formed_on=date.fromisoformat(formed_on))


def _topic(id: Any, name: Any) -> Topic:
    return Topic(id=id, name=name)


def _resource(id: Any, name: Any) -> Resource:
    return Resource(id=id, name=name)


def _loader[T](store: Store, text: str, make: Callable[..., T]) -> DataLoader[str, list[T]]:
    async def load(keys: list[str]) -> list[list[T]]:
        rows: list[dict[str, Any]] = await store.read(text, keys=keys, today=today())
        found = {row["key"]: [make(*values) for values in row["rows"]] for row in rows}
        return [found.get(key, []) for key in keys]

    return DataLoader(load_fn=load)


class Endpoint(GraphQL[Context, None]):
    """Strawberry's own ASGI view, with fresh loaders for each request."""

    store: Store

    async def get_context(self, request: object, response: object) -> Context:
        store = self.store
        return Context(
            store,
            _loader(store, _TEACHERS_OF, _teacher),
            _loader(store, _NEEDS_OF, _need),
            _loader(store, _TOPIC_OF, _topic),
            _loader(store, _RESOURCES_OF, _resource),
        )


async def make() -> App:
    """The app on the Neo4j that the environment names."""
    endpoint = Endpoint(strawberry.Schema(Query))
    endpoint.store = await Store.open(given_address())
    return endpoint


if __name__ == "__main__":
    listen(make)
