"""Bring a store to the present layout: each step once, in order, safe to repeat."""

from __future__ import annotations

from graph.errors import ZaoxueError
from graph.migrations.steps import STEPS, Step
from graph.store import Store, Transaction

_LAYOUT = "MATCH (v:Version {id: 'layout'}) RETURN v.number AS number"
_SET_LAYOUT = "MERGE (v:Version {id: 'layout'}) SET v.number = $number"
LAYOUT: int = STEPS[-1].number


class NewerStore(ZaoxueError):
    """The store was written by a newer version of the service; nothing was changed."""

    code = "NEWER_STORE"


async def layout_of(store: Store) -> int:
    """The number of the last step that the store has seen; 0 for an empty one."""
    rows = await store.read(_LAYOUT)
    return int(str(rows[0]["number"])) if rows else 0


async def migrate(store: Store) -> list[Step]:
    """Apply the steps that the store has not seen; those applied. Raises NewerStore.

    A step killed half way is applied again whole at the next start: each of its statements can be
    repeated. A store that may only be read is checked and left as it is.
    """
    present = await layout_of(store)
    if present > LAYOUT:
        raise NewerStore(
            f"数据由较新的版本写成（布局 {present}，本程序支持到 {LAYOUT}）；请升级程序，数据未改动",
            f"the store has layout {present}, this version knows {LAYOUT}; upgrade the program (nothing was changed)",
            present=present,
            supported=LAYOUT,
        )
    if store.read_only is not None:
        return []
    missing = [step for step in STEPS if step.number > present]
    for step in missing:
        for statement in step.statements:
            await _apply(store, statement)
        if step.work is not None:
            await step.work(store)
        await _apply(store, _SET_LAYOUT, number=step.number)
    return missing


async def _apply(store: Store, statement: str, **parameters: object) -> None:
    """Alone in its transaction: neither engine mixes a constraint with data in one."""

    async def work(transaction: Transaction) -> None:
        await transaction.run(statement, **parameters)

    await store.write(work)
