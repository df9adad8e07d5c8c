"""The words of what is stored: given to the nodes of every searched noun, a batch at a time."""

from __future__ import annotations

from graph.migrations.indexes import make_index
from graph.model.describe import Noun
from graph.model.nouns import NOUNS
from graph.store import Store, Transaction
from graph.words import SEARCHED, searched_text

_BATCH = 2_000
SEARCHED_NOUNS: tuple[Noun, ...] = tuple(noun for noun in NOUNS if noun.searched)


async def make_searchable(store: Store) -> None:
    """Words for every node that has searched text, and an index over them; safe to repeat."""
    for noun in SEARCHED_NOUNS:
        await _give_words(store, noun)
        await make_index(store, noun.label)


async def _give_words(store: Store, noun: Noun) -> None:
    after: str | None = ""
    while after is not None:
        after = await _give_some(store, noun, after)


async def _give_some(store: Store, noun: Noun, after: str) -> str | None:
    """Gives words to the next nodes behind that id; the last id of them, None where there are no more."""
    columns = ", ".join(f"n.{name}" for name in noun.searched)
    has_text = " OR ".join(f"n.{name} IS NOT NULL" for name in noun.searched)

    async def work(transaction: Transaction) -> str | None:
        found = await transaction.run(
            f"MATCH (n:{noun.label}) WHERE n.id > $after AND ({has_text}) "
            f"WITH n ORDER BY n.id LIMIT {_BATCH} RETURN collect([n.id, {columns}]) AS rows",
            after=after,
        )
        rows = found[0]["rows"]
        assert isinstance(rows, list)
        await transaction.run(
            f"UNWIND $rows AS row MATCH (n:{noun.label} {{id: row[0]}}) SET n.{SEARCHED} = row[1]",
            rows=[[own, searched_text(texts)] for own, *texts in rows],
        )
        return str(rows[-1][0]) if rows else None

    return await store.write(work)
