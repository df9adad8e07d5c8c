"""The full-text index of a label: each engine has words of its own to make it, and answers alike by it."""

from __future__ import annotations

from graph.embedded.sql import SqlConsole
from graph.store import Store, Transaction
from graph.words import SEARCHED, index_of

INDEXING_SECONDS = 3600
"""How long an index over what is there already may take."""

# Words were cut before they were stored: the index parts them at their spaces and changes nothing.
_NEO4J = (
    (
        "CREATE FULLTEXT INDEX `{name}` IF NOT EXISTS FOR (n:{label}) ON EACH [n.{property}] OPTIONS"
        " {{indexConfig: {{`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}}}"
    ),
    "CALL db.awaitIndex('{name}', {seconds})",
)
_EMBEDDED = (
    "CREATE VERTEX TYPE `{label}` IF NOT EXISTS",
    "CREATE PROPERTY `{label}`.{property} IF NOT EXISTS STRING",
    (
        "CREATE INDEX IF NOT EXISTS ON `{label}` ({property}) FULL_TEXT "
        'METADATA {{"analyzer": "org.apache.lucene.analysis.core.WhitespaceAnalyzer"}}'
    ),
)


async def make_index(store: Store, label: str) -> None:
    """The full-text index of the words of a label's nodes, filled; one that is there is left alone.

    Raises: SqlFailed, and what the store raises.
    """
    given = {"name": index_of(label), "label": label, "property": SEARCHED, "seconds": INDEXING_SECONDS}
    statements = _EMBEDDED if store.engine == "embedded" else _NEO4J
    for statement in statements:
        await _apply(store, statement.format(**given))


async def _apply(store: Store, statement: str) -> None:
    """While no other write is open: the embedded engine makes an index beside no transaction."""

    async def work(transaction: Transaction) -> None:
        if store.engine == "embedded":
            await console_of(store).run(statement, seconds=INDEXING_SECONDS)
        else:
            await transaction.run(statement)

    await store.write(work)


def console_of(store: Store) -> SqlConsole:
    """The console of an embedded store's engine."""
    assert store.address.sql_port is not None, "an embedded engine has one"
    return SqlConsole(store.address.sql_port, store.address.password)
