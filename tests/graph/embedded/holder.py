"""Another process that holds a data folder: `python -m tests.graph.embedded.holder FOLDER` fills it and waits.

It says `{"engine": pid}` once everything is written and the sizes are on record, and stops in order when
its input ends.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from graph.embedded import supervisor
from graph.embedded.running import find_running
from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.indexes import make_index
from graph.store import Store, Transaction

PEOPLE = 3_000
_LAYOUT = (
    "CREATE CONSTRAINT person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT school_id IF NOT EXISTS FOR (n:School) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX person_name IF NOT EXISTS FOR (n:Person) ON (n.name)",
)
_SCHOOLS = "UNWIND range(1, 30) AS i MERGE (s:School {id: 's-' + toString(i)}) SET s.searched = ' 石桥 桥 ' + toString(i)"
_STAFF = """
    UNWIND range(1, $people) AS i
    MERGE (p:Person {id: 'p-' + toString(i)})
    SET p.name = '教师' + toString(i), p.note = '数学作业设计与课堂提问' + toString(i)
"""
_POSTS = """
    UNWIND range(1, $people) AS i
    MATCH (p:Person {id: 'p-' + toString(i)})
    MATCH (s:School {id: 's-' + toString(i % 30 + 1)})
    MERGE (p)-[:AT]->(s)
"""


class Holder:
    """The other process, seen from a test."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.graph.embedded.holder", str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        said = json.loads(self.process.stdout.readline())
        self.engine_pid = int(said["engine"])

    def stop(self) -> None:
        """In order."""
        self.process.communicate()

    def crash(self) -> None:
        """As a machine that loses its power: engine and supervisor end in the same moment."""
        self.process.send_signal(signal.SIGSTOP)  # it would start the engine again
        os.kill(self.engine_pid, signal.SIGKILL)
        self.kill()
        while find_running(self.data_dir):  # the system is still closing the engine's files
            time.sleep(0.01)

    def kill(self) -> None:
        """Only the supervisor; its engine is left behind."""
        self.process.kill()
        self.process.communicate()


async def fill(store: Store) -> None:
    """Every kind of file that the engine has: records, relationships, unique, plain and full-text indexes."""

    async def lay_out(transaction: Transaction) -> None:
        for statement in _LAYOUT:
            await transaction.run(statement)

    async def fill_in(transaction: Transaction) -> None:
        for statement in (_SCHOOLS, _STAFF, _POSTS):
            await transaction.run(statement, people=PEOPLE)

    await store.write(lay_out)
    await make_index(store, "School")
    await store.write(fill_in)


async def _hold(data_dir: Path) -> None:
    supervisor.RECORD_SECONDS = 0.2
    async with await EmbeddedEngine.start(data_dir, purpose="zaoxue serve") as engine:
        store = await Store.open(engine.address)
        await fill(store)
        await store.close()
        await asyncio.sleep(1.0)
        print(json.dumps({"engine": engine.pid}), flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_hold(Path(sys.argv[1])))
