"""A service that writes without end: `python -m tests.journeys.kill.worker FOLDER SERIES`.

It tells each step as one JSON line: `ready` with the engine's process, `open` once a write's transaction
has run its first statements, `closing` before its commit, `acknowledged` with the answer. It stops in order
when its input ends.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
from itertools import count
from pathlib import Path

from graph.embedded import supervisor
from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.nodes import save
from graph.refusals import Busy, Unavailable
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from tests.journeys.kill.writes import Write

WRITERS = "abc"


def _tell(**facts: object) -> None:
    os.write(sys.stdout.fileno(), json.dumps(facts).encode() + b"\n")


async def _write(store: Store, write: Write) -> dict[str, object]:
    async def work(transaction: Transaction) -> Outcome:
        _tell(open=write.name)
        token = secrets.token_hex(8)
        await save(transaction.run, write.nouns(token))
        _tell(closing=write.name)
        return write.outcome(token)

    while True:
        try:
            return await commit(store, write.command, work)
        except (Unavailable, Busy):
            # As a client does: the same request again, under the same key.
            await asyncio.sleep(0.05)


async def _write_on(store: Store, series: str, asked_to_stop: asyncio.Event) -> None:
    for number in count():
        if asked_to_stop.is_set():
            return
        write = Write.numbered(series, number)
        answer = await _write(store, write)
        _tell(acknowledged=write.name, answer=answer)


async def _serve(data_dir: Path, series: str) -> None:
    supervisor.RECORD_SECONDS = 0.2
    asked_to_stop = asyncio.Event()
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        await migrate(store)
        _tell(ready=engine.pid)
        writing = [asyncio.create_task(_write_on(store, series + each, asked_to_stop)) for each in WRITERS]
        await asyncio.to_thread(sys.stdin.read)
        asked_to_stop.set()
        await asyncio.gather(*writing)
        await store.close()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), sys.argv[2]))
