"""Killed with -9 in the middle of writes: what was acknowledged is there, and nothing is half there.

The record of what was acknowledged is kept by this process, which is not the one that is killed.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.store import Store
from tests.journeys.kill.ledger import Ledger, repeat
from tests.journeys.kill.rounds import Round, Victim, kill_once

VICTIMS: tuple[Victim, ...] = ("both", "service", "engine")


async def _kill_and_judge(data_dir: Path, kills: int, seed: int) -> list[Round]:
    chance = Random(seed)
    rounds: list[Round] = []
    for number in range(kills):
        victim = VICTIMS[number % len(VICTIMS)]
        # Every fourth kill falls where it may, the others inside an open transaction.
        said = await asyncio.to_thread(
            kill_once, data_dir, f"r{number:02d}", victim, chance, inside=number % 4 != 3
        )
        rounds.append(said)
        await _judge(data_dir, rounds, chance)
    return rounds


async def _judge(data_dir: Path, rounds: list[Round], chance: Random) -> None:
    """The next start, by no hand: all rounds' writes, and the last one's requests sent once more."""
    async with await EmbeddedEngine.start(data_dir) as engine:
        assert engine.read_only is None
        store = await Store.open(engine.address)
        ledger = await Ledger.read(store)
        ledger.expect_whole_writes_only()
        for said in rounds:
            ledger.expect(said)
        last = rounds[-1]
        unanswered = [
            name for name in sorted(last.begun - last.acknowledged.keys()) if name in ledger.receipts
        ]
        for name in [*unanswered, *chance.sample(sorted(last.acknowledged), 1)]:
            assert await repeat(store, name) == (ledger.receipts[name], False)
        assert await Ledger.read(store) == ledger
        await store.close()


async def test_three_kills_lose_nothing_and_leave_nothing_half(data_dir: Path) -> None:
    rounds = await _kill_and_judge(data_dir, 3, seed=2022)

    assert [said.was_inside for said in rounds] == [True, True, True]


@pytest.mark.soak
async def test_twenty_kills_lose_nothing_and_leave_nothing_half(data_dir: Path) -> None:
    rounds = await _kill_and_judge(data_dir, 20, seed=2025)

    inside = sum(said.was_inside for said in rounds)
    answered = sum(len(said.acknowledged) for said in rounds)
    print(f"{len(rounds)} kills, {inside} inside an open transaction, {answered} writes acknowledged")
    assert inside >= 15
