"""`reads [--quick]`: three queries on four servers, in rounds that take turns so that noise hits all alike."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median

import psutil

from bench.reads import dataset
from bench.reads.answers import Answers, gather
from bench.reads.bring import bring_peer
from bench.reads.documents import QUERIES, Query
from bench.reads.load import CONNECTIONS, Round, send
from bench.reads.servers import Server, running_servers
from graph.store import Address
from tests.engines.neo4j import running_neo4j

type Table = dict[Query, dict[str, Round]]
"""The median round of each server, for each query."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long is measured: seconds a server is warmed up, rounds of each server, seconds a round."""

    warm_seconds: float
    rounds: int
    seconds: float


FULL = Pace(20.0, 5, 6.0)
QUICK = Pace(4.0, 3, 2.0)


async def measure(pace: Pace) -> Table:
    """The whole comparison on a Neo4j of its own.

    Raises Different when two servers answer differently, Neo4jMissing, PeerMissing.
    """
    bring_peer()  # before anything is started that would wait for it
    with (
        tempfile.TemporaryDirectory() as name,
        running_neo4j(Path(name) / "neo4j", options=("-Xmx2g",)) as address,
    ):
        engine = _engine(address)
        await dataset.load(address)
        async with running_servers(address, Path(name)) as servers:
            return {query: await _compare(servers, engine, query, pace) for query in QUERIES}


async def _compare(
    servers: Mapping[str, Server], engine: psutil.Process, query: Query, pace: Pace
) -> dict[str, Round]:
    answers = await gather({name: server.url for name, server in servers.items()}, query)
    amounts = {name: await _warm_up(server, engine, answers[name], pace) for name, server in servers.items()}
    rounds: dict[str, list[Round]] = {name: [] for name in servers}
    for number in range(pace.rounds):
        for name, server in _turned(servers, number):
            _say(f"{query}: round {number + 1} of {pace.rounds}, {name}")
            rounds[name].append(await send(server, engine, answers[name], amounts[name]))
    return {name: _middle(each) for name, each in rounds.items()}


async def _warm_up(server: Server, engine: psutil.Process, answers: Answers, pace: Pace) -> int:
    """How many requests make a round, found on the way to a warm server."""
    _say(f"warming up {server.name}")
    amount, spent = CONNECTIONS, 0.0
    while True:
        seen = await send(server, engine, answers, amount)
        spent += amount / seen.rps
        if spent >= pace.warm_seconds:
            return _amount(seen.rps, pace.seconds)
        amount = _amount(seen.rps, min(2 * amount / seen.rps, pace.warm_seconds - spent))


def _amount(rps: float, seconds: float) -> int:
    """Requests of about so many seconds, the same number on each connection.

    Three at least: the system counts a process's time in steps of 10 ms.
    """
    return CONNECTIONS * max(3, round(rps * seconds / CONNECTIONS))


def _turned(servers: Mapping[str, Server], number: int) -> Sequence[tuple[str, Server]]:
    """The servers, each round another one first."""
    listed = list(servers.items())
    start = number % len(listed)
    return [*listed[start:], *listed[:start]]


def _middle(rounds: Sequence[Round]) -> Round:
    return Round(**{each.name: median(getattr(one, each.name) for one in rounds) for each in fields(Round)})


def _engine(address: Address) -> psutil.Process:
    """The process that was started for that address."""
    port = int(address.uri.rpartition(":")[2])
    for child in psutil.Process().children():
        if any(each.laddr.port == port for each in child.net_connections() if each.status == "LISTEN"):
            return child
    raise AssertionError(f"no child of this process listens on {port}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
