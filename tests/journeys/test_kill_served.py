"""`zaoxue serve` killed with -9 while clients write over HTTP: each of them can simply send his request again."""

from __future__ import annotations

import asyncio
import os
import signal
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.model.needs import Request, Topic
from graph.model.people import Person
from graph.model.terms import PersonKind
from graph.nodes import load, save
from graph.store import Store, Transaction
from tests.server.cli.running import Serving, zaoxue_serve

CLIENTS = 4
RAISE = """
    mutation ($input: RaiseRequestInput!) {
        raiseRequest(input: $input) { request { id text } userErrors { code message } }
    }
"""


class Record:
    """Kept by the clients: the id that each key was answered with, None while it was not."""

    def __init__(self) -> None:
        self.answers: dict[str, str | None] = {}
        self.heard = asyncio.Semaphore(0)

    async def send(self, http: httpx.AsyncClient, address: str, key: str) -> None:
        """Asks once under a key, and holds the answer against an earlier one."""
        self.answers.setdefault(key, None)
        request = {"teacher": "Person:p-1", "topic": "Topic:t-1", "severity": 2, "text": key, "key": key}
        answer = (await http.post(address, json={"query": RAISE, "variables": {"input": request}})).json()
        payload: Any = answer["data"]["raiseRequest"]
        assert payload["userErrors"] == []
        assert payload["request"]["text"] == key
        own = payload["request"]["id"]
        assert self.answers[key] in (None, own)
        self.answers[key] = own
        self.heard.release()


async def _prepare(data_dir: Path) -> None:
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        await migrate(store)

        async def work(transaction: Transaction) -> None:
            teacher = Person(id="p-1", name="李", kind=PersonKind.TEACHER)
            await save(transaction.run, [teacher, Topic(id="t-1", name="作业设计")])

        await store.write(work)
        await store.close()


async def _write_until_it_dies(serving: Serving, record: Record, series: str) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        for number in count():
            try:
                await record.send(http, serving.address, f"{series}-{number}")
            except httpx.TransportError:
                return


def _kill(serving: Serving, *, with_engine: bool) -> None:
    service = psutil.Process(serving.process.pid)
    (engine,) = service.children()
    service.send_signal(signal.SIGSTOP)  # it would start its engine again
    if with_engine:
        os.kill(engine.pid, signal.SIGKILL)
    service.kill()


async def _one_round(data_dir: Path, record: Record, number: int, *, with_engine: bool) -> None:
    async with (
        zaoxue_serve(data_dir, "--sample", "no") as serving,
        asyncio.timeout(60),
        asyncio.TaskGroup() as clients,
    ):
        for client in range(CLIENTS):
            clients.create_task(_write_until_it_dies(serving, record, f"r{number}-{client}"))
        for _ in range(20):
            await record.heard.acquire()
        _kill(serving, with_engine=with_engine)


@pytest.mark.parametrize("with_engine", [True, False])
async def test_what_was_answered_is_there_once_and_what_was_not_can_be_sent_again(
    data_dir: Path, with_engine: bool
) -> None:
    record = Record()
    await _prepare(data_dir)
    for number in range(2):
        await _one_round(data_dir, record, number, with_engine=with_engine)

    unanswered = [key for key, own in record.answers.items() if own is None]
    assert len(unanswered) == 2 * CLIENTS  # each client's last word, in each round
    async with zaoxue_serve(data_dir, "--sample", "no") as serving:
        async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
            for key in list(record.answers):
                await record.send(http, serving.address, key)
        assert await serving.stop(signal.SIGTERM) == 0

    async with await EmbeddedEngine.start(data_dir) as engine:
        assert engine.read_only is None
        store = await Store.open(engine.address)
        requests = await load(store.read, Request)
        await store.close()
    assert {f"Request:{each.id}": each.text for each in requests} == {
        own: key for key, own in record.answers.items()
    }
    assert len(requests) == len(record.answers)
