"""Asking the service over HTTP as somebody with a role, by a token such as `zaoxue token` makes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from graph.model.terms import RoleKind
from graph.store import Store
from resolvers.roles import Granting, grant_role
from server.app import create_app
from server.auth.keyring import KeyFile
from server.auth.own import issue
from server.settings import Settings
from tests.access.expected import Role
from tests.journeys.service import Calendar
from tests.journeys.spring import on

SINCE = date(2022, 9, 1)
_HERE = ("127.0.0.1", 50_000)
_DAYS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, as text, too: whatever is in it was told."""

    data: Any
    errors: list[Any]
    text: str


@dataclass(frozen=True, slots=True)
class Service:
    """The service on that day; whoever is the "administrator" has no token."""

    http: httpx.AsyncClient
    settings: Settings
    clock: Calendar

    async def ask(self, holder: str, text: str, variables: Mapping[str, Any], language: str = "zh") -> Answer:
        """The answer to one holder's document."""
        headers = {"Accept-Language": language}
        if holder != "administrator":
            token = issue(KeyFile.of(self.settings).newest(), holder, self.clock(), _DAYS)
            headers["Authorization"] = f"Bearer {token}"
        body = {"query": text, "variables": variables}
        answer = await self.http.post("/graphql", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        return Answer(told.get("data"), told.get("errors", []), answer.text)


@asynccontextmanager
async def asking(store: Store, settings: Settings, day: date) -> AsyncIterator[Service]:
    """The service of that store, called from its own machine; roles are read at each request."""
    clock = Calendar(day)
    app = create_app(settings, store, clock=clock, roles_kept=0)
    transport = httpx.ASGITransport(app=app, client=_HERE)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        yield Service(http, settings, clock)


async def grant(store: Store, holders: Mapping[str, tuple[Role, ...]]) -> None:
    """Gives the holders their roles, by the use case of `zaoxue token --role`."""
    for holder, roles in holders.items():
        for role in roles:
            granting = Granting(
                holder,
                RoleKind[role.kind],
                SINCE,
                person=role.person,
                school=role.school,
                county=role.county,
                alliance=role.alliance,
            )
            await grant_role(store, on(SINCE), granting)
