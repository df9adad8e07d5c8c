"""One round of load on one server: autocannon in a process of its own, and what the round cost whom."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass

import psutil

from bench.reads.answers import Different
from bench.reads.bring import FOLDER, node
from bench.reads.servers import Server, cpu_seconds

CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Round:
    """Requests a second, latencies, and CPU a request of the server's and the engine's process, in ms."""

    rps: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    engine_cpu_ms: float


async def send(server: Server, engine: psutil.Process, answers: Mapping[str, str], amount: int) -> Round:
    """Ask `amount` questions over 8 connections, those of `answers` in turn.

    Raises Different when one answer is not what the server said before.
    """
    before, engine_before = server.cpu_seconds(), cpu_seconds(engine)
    told = await _autocannon(server.url, answers, amount)
    spent, engine_spent = server.cpu_seconds() - before, cpu_seconds(engine) - engine_before
    if told["wrong"] or told["requests"] != amount:
        raise Different(f"{server.name}: {told['wrong']} of {amount} answers were wrong, {told}")
    return Round(
        rps=amount / told["seconds"],
        p50_ms=told["p50_ms"],
        p99_ms=told["p99_ms"],
        cpu_ms=1000 * spent / amount,
        engine_cpu_ms=1000 * engine_spent / amount,
    )


async def _autocannon(url: str, answers: Mapping[str, str], amount: int) -> dict[str, float]:
    order = {
        "url": url,
        "connections": CONNECTIONS,
        "amount": amount,
        "requests": [{"body": body, "answer": answer} for body, answer in answers.items()],
    }
    process = await asyncio.create_subprocess_exec(
        node(), str(FOLDER / "load.mjs"), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate(json.dumps(order).encode())
    assert process.returncode == 0, "the sender of requests failed"
    told: dict[str, float] = json.loads(out)
    return told
