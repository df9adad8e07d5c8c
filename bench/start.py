"""`start`: from the command to the first answer, cold and warm; the load of the sample; memory."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.figures import Figures, memory_mb

_QUERY = "{ needs(first: 3) { totalCount edges { node { topic { name } recommendations(first: 1) { totalCount } } } } }"


@dataclass(frozen=True, slots=True)
class Started:
    """A service that has answered: after how many seconds, how many needs it holds, its process."""

    seconds: float
    needs: int
    pid: int
    url: str


async def measure() -> Figures:
    """Seconds and MB, each of one run in a fresh folder on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty"
        async with serving(empty, "no") as cold:
            figures: Figures = {"cold_start_to_first_answer_s": cold.seconds, "empty_mb": memory_mb(cold.pid)}
        sample = Path(folder) / "sample"
        async with serving(sample, "yes") as first:
            figures["first_start_with_sample_s"] = first.seconds
            figures["load_of_sample_s"] = round(first.seconds - cold.seconds, 2)
        async with serving(sample, "yes") as again:
            figures["start_on_sample_to_first_answer_s"] = again.seconds
            figures["needs_in_sample"] = again.needs
            figures["sample_mb"] = memory_mb(again.pid)
    return figures


@asynccontextmanager
async def serving(folder: Path, sample: str) -> AsyncIterator[Started]:
    """A service of its own on that folder, for the block; stopped in order after it."""
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server.cli.main", "serve",
        "--data", str(folder), "--port", "0", "--sample", sample, "--log-level", "WARNING",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        url = ""
        while not url:
            line = (await process.stdout.readline()).decode()
            assert line, "the service ended before it was up"
            found = re.search(r"http://127\.0\.0\.1:\d+/graphql", line)
            url = found.group() if found else ""
        needs = await _ask(url)
        yield Started(round(time.perf_counter() - begun, 2), needs, process.pid, url)
    finally:
        process.terminate()
        await process.wait()


async def _ask(url: str) -> int:
    async with httpx.AsyncClient(timeout=60) as client:
        answer = (await client.post(url, json={"query": _QUERY})).json()
    needs: int = answer["data"]["needs"]["totalCount"]
    return needs
