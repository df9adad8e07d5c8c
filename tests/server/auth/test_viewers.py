"""Viewers are read once for a moment, and a role that is gone stops when the moment is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph.model.roles import RoleAssignment
from graph.model.terms import RoleKind
from graph.nodes import save
from graph.store import Store, Transaction, count_statements
from server.auth.viewers import KEPT_SECONDS, MOST_KEPT, Viewers

TODAY = date(2025, 3, 1)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def viewers(store: Store, clock: Clock) -> Viewers:
    return Viewers(store, clock=clock)


async def hold(store: Store, end: date | None = None) -> None:
    role = RoleAssignment(id="k", holder="zhang", role=RoleKind.ADMINISTRATOR, start=TODAY, end=end)

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, [role])

    await store.write(work)


async def test_a_holders_roles_are_read_once_in_a_moment(
    store: Store, viewers: Viewers, clock: Clock
) -> None:
    await hold(store)
    with count_statements() as counted:
        asked = [await viewers.of("zhang", TODAY) for _ in range(3)]
        clock.seconds += KEPT_SECONDS - 0.1
        asked.append(await viewers.of("zhang", TODAY))
        assert counted.total == 1
        await viewers.of("li", TODAY)
        assert counted.total == 2
    assert [each.is_administrator for each in asked] == [True] * 4


async def test_a_role_that_was_revoked_stops_when_the_moment_is_over(
    store: Store, viewers: Viewers, clock: Clock
) -> None:
    await hold(store)
    assert (await viewers.of("zhang", TODAY)).is_administrator
    await hold(store, end=TODAY - timedelta(days=1))
    clock.seconds += KEPT_SECONDS - 0.1
    assert (await viewers.of("zhang", TODAY)).is_administrator
    clock.seconds += 0.1
    assert not (await viewers.of("zhang", TODAY)).is_administrator


async def test_a_new_day_is_asked_for_anew(store: Store, viewers: Viewers) -> None:
    await hold(store, end=TODAY)
    assert (await viewers.of("zhang", TODAY)).is_administrator
    assert not (await viewers.of("zhang", TODAY + timedelta(days=1))).is_administrator


async def test_strangers_do_not_fill_the_memory(store: Store, viewers: Viewers) -> None:
    for number in range(MOST_KEPT + 1):
        await viewers.of(f"stranger-{number}", TODAY)
    with count_statements() as counted:
        await viewers.of("stranger-1", TODAY)
        assert counted.total == 0
        await viewers.of("stranger-0", TODAY)
        assert counted.total == 1
