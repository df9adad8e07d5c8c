"""Forming needs: what evidence and requests of an alliance add up to."""

from __future__ import annotations

from dataclasses import dataclass

from graph.nodes import save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from recommender.needs import form_needs as add_up
from recommender.rules import Rules
from resolvers.caller import Caller
from resolvers.diagnosis import reopenings
from resolvers.situation import FORMING, load_situation


@dataclass(frozen=True, slots=True)
class NeedsFormed:
    """Ids of the needs that are new, of those that changed, and of the groups formed or recounted."""

    created: list[str]
    changed: list[str]
    groups: list[str]


async def form_needs(store: Store, caller: Caller, alliance: str, rules: Rules) -> NeedsFormed:
    """Form the needs of an alliance from its evidence; done twice, the second changes nothing.

    Raises NotFound for an unknown alliance.
    """

    async def work(transaction: Transaction) -> Outcome:
        situation = await load_situation(transaction.run, alliance, caller.today, FORMING)
        formed = add_up(situation, rules)
        await save(transaction.run, [*formed.groups, *formed.created, *formed.changed])
        answer: dict[str, object] = {
            "created": [each.id for each in formed.created],
            "changed": [each.id for each in formed.changed],
            "groups": [each.id for each in formed.groups],
        }
        touched = (*formed.created, *formed.changed)
        subjects = (f"Alliance:{alliance}", *(f"Need:{each.id}" for each in touched))
        return Outcome(answer, subjects, tuple(reopenings(formed.changed)))

    command = caller.command("formNeeds", {"alliance": alliance, "rules": rules.id, "today": caller.today})
    answer = await commit(store, command, work)
    return NeedsFormed(**answer)  # type: ignore[arg-type]  # the answer was made above, or stored from it
