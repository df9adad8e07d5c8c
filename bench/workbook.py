"""`import`: a workbook of 10,000 rows, read and written whole, then again as an update of nothing."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from bench.figures import Figures
from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.model.describe import Identified
from graph.model.resources import Use
from graph.store import Store
from resolvers.exchange import import_workbook
from resolvers.workbook.read import read_workbook
from resolvers.workbook.write import write_workbook
from seeds.sample import generate
from server.opening import administrator_now

ROWS = 10_000


async def measure() -> Figures:
    """Seconds and MB of one run on the embedded engine, in a fresh folder."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "office.xlsx"
        rows = _write(path)
        async with await EmbeddedEngine.start(Path(name) / "data") as engine:
            store = await Store.open(engine.address)
            await migrate(store)
            first = await _seconds(store, path)
            again = await _seconds(store, path)
            await store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return {"rows": rows, "import_s": first, "import_again_s": again, "peak_mb": round(peak, 1)}


def _write(path: Path) -> int:
    """Raw input of the sample, filled up with uses to exactly ROWS rows; the rows counted."""
    sample = generate()
    (alliance,) = sample.alliances
    nouns: list[Identified] = [*sample.shared_nouns(), *alliance.standing_nouns(), *alliance.sounding_nouns()]
    write_workbook(nouns, path)
    missing = ROWS - sum(read_workbook(path).rows.values())
    write_workbook([*nouns, *_more(alliance.uses, missing)], path)
    return sum(read_workbook(path).rows.values())


def _more(uses: tuple[Use, ...], count: int) -> Iterator[Use]:
    for number, use in enumerate(islice(cycle(uses), count)):
        yield replace(use, id=f"{use.id}-{number}")


async def _seconds(store: Store, path: Path) -> float:
    begun = time.perf_counter()
    await import_workbook(store, administrator_now(), path)
    return round(time.perf_counter() - begun, 2)
