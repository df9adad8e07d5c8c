"""The packaged rules enter the graph once."""

from __future__ import annotations

from datetime import date

from graph.model.rules import Rule, RuleSet
from graph.nodes import load
from graph.store import ReadOnlyReason, Store, count_statements
from graph.writing import version
from resolvers.rules import keep_rules, packaged_rules
from tests.journeys.spring import on
from tests.resolvers.traces import last_audit

DAY = date(2025, 2, 1)


async def test_a_version_is_kept_once_with_all_its_rules(store: Store) -> None:
    rules = packaged_rules()
    assert await keep_rules(store, on(DAY), rules) == rules.id
    (kept,) = await load(store.read, RuleSet)
    assert (kept.id, kept.adopted_on, kept.content) == (rules.id, DAY, rules.content)
    assert {each.key for each in await load(store.read, Rule)} == {each.key for each in rules.rules}
    assert await last_audit(store) == ("keepRules", "clerk", [f"RuleSet:{rules.id}"])

    moved = await version(store.read)
    with count_statements() as counted:
        await keep_rules(store, on(date(2026, 1, 1)), rules)
    assert counted.total == 1
    assert await version(store.read) == moved


async def test_a_store_that_may_only_be_read_is_left_alone(store: Store) -> None:
    store.read_only = ReadOnlyReason("损坏", "damaged")
    try:
        assert await keep_rules(store, on(DAY), packaged_rules()) == packaged_rules().id
    finally:
        store.read_only = None
    assert await load(store.read, RuleSet) == []
