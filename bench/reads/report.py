"""The comparison told: one JSON object of fixed names, or a table for a person."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

from bench.reads.answers import Different
from bench.reads.bring import PeerMissing
from bench.reads.documents import WHAT
from bench.reads.load import CONNECTIONS, Round
from bench.reads.measure import FULL, QUICK, Table, measure
from bench.reads.servers import SERVERS
from tests.engines.neo4j import Neo4jMissing


def tell(*, quick: bool, as_json: bool) -> None:
    """Measure and print; exits with a message where something needed is missing or two answers differ."""
    try:
        table = asyncio.run(measure(QUICK if quick else FULL))
    except (Different, Neo4jMissing, PeerMissing) as fault:
        raise SystemExit(str(fault)) from fault
    print(json.dumps(figures(table)) if as_json else "\n".join(lines(table)))


def figures(table: Table) -> dict[str, dict[str, float]]:
    """What `--json` prints."""
    return {query: _figures(rounds) for query, rounds in table.items()}


def lines(table: Table) -> Iterator[str]:
    """What is printed otherwise."""
    yield f"{CONNECTIONS} connections, one server at a time, medians of the rounds; ratios are this service's to the other's"
    for query, rounds in table.items():
        yield ""
        yield f"{query}: {WHAT[query]}"
        yield f"{'':8}{'rps':>10}{'ratio':>8}{'p50 ms':>10}{'p99 ms':>10}{'CPU ms':>10}{'engine CPU ms':>16}"
        for name in SERVERS:
            seen = rounds[name]
            yield (
                f"{name:8}{seen.rps:10.1f}{rounds['ours'].rps / seen.rps:8.2f}{seen.p50_ms:10.2f}"
                f"{seen.p99_ms:10.2f}{seen.cpu_ms:10.3f}{seen.engine_cpu_ms:16.3f}"
            )


def _figures(rounds: dict[str, Round]) -> dict[str, float]:
    told = {f"{name}_rps": rounds[name].rps for name in SERVERS}
    told |= {f"{name}_cpu_ms": rounds[name].cpu_ms for name in ("ours", "floor")}
    told |= {f"{name}_p99_ms": rounds[name].p99_ms for name in ("ours", "peer")}
    return {name: round(figure, 3) for name, figure in told.items()}
