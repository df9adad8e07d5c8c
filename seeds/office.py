"""The office of one sample alliance: signs and keys each call, keeps raw input, and draws chance.

Every call bears a key, so that a load that was interrupted can be told again from the start and
writes only what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from random import Random

from graph.model.describe import Identified
from graph.nodes import save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from recommender.rules import Rules
from resolvers.caller import Caller

ACTOR = "sample"


class Office:
    """What every step of the story needs: the store, the rules, and the alliance's own keys."""

    def __init__(self, store: Store, rules: Rules, seed: int, prefix: str) -> None:
        self.store = store
        self.rules = rules
        self._seed = seed
        self._prefix = prefix

    def caller(self, day: date, key: str) -> Caller:
        """The office on `day`, about to do what `key` names within this alliance."""
        return caller_on(day, f"{self._seed}/{self._prefix}{key}")

    def chance(self, *parts: str) -> Random:
        """A generator of its own for each thing told, so that one more thing moves no other."""
        return Random(f"{self._seed}:{self._prefix}:{':'.join(parts)}")

    async def keep(self, nouns: Sequence[Identified], day: date, key: str) -> None:
        """Raw input, written in one go through the one write path."""

        async def work(transaction: Transaction) -> Outcome:
            return Outcome({"kept": await save(transaction.run, nouns)})

        command = self.caller(day, key).command("loadSample", {"seed": self._seed, "nouns": len(nouns)})
        await commit(self.store, command, work)


def caller_on(day: date, key: str | None) -> Caller:
    """The sample's own actor at eight in the morning (UTC) of `day`."""
    return Caller.administering(ACTOR, datetime.combine(day, time(8), UTC), day, key)
