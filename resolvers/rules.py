"""Rule sets: the one that the package brings, and how a version enters the graph."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from graph.model.rules import RuleSet
from graph.nodes import load_some, save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from recommender.rules import Rules, read_rules
from resolvers.caller import Caller


@cache
def packaged_rules() -> Rules:
    """The rule set that the package brings. Raises Faults when its file is not valid."""
    return read_rules(files("recommender.rule_files").joinpath("default.json").read_text(encoding="utf-8"))


async def keep_rules(store: Store, caller: Caller, rules: Rules) -> str:
    """Keep a version in the graph, once; its id. A version already kept is left as it is."""
    if store.read_only is not None or await load_some(store.read, RuleSet, [rules.id]):
        return rules.id
    rule_set, entries = rules.as_nouns(caller.today)

    async def work(transaction: Transaction) -> Outcome:
        if not await load_some(transaction.run, RuleSet, [rules.id]):
            await save(transaction.run, [rule_set, *entries])
        return Outcome({"rule_set": rules.id}, (f"RuleSet:{rules.id}",))

    await commit(store, caller.command("keepRules", rules.id), work)
    return rules.id
