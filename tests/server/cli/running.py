"""`zaoxue serve` as a program of its own, and what it prints on the way."""

from __future__ import annotations

import asyncio
import json
import shlex
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.journeys.service import PROGRAM, ROOT, clean_environment

LAST_WORD = "Ctrl+C stops."


class Serving:
    """A service that is up; `greeting` is all that it printed until then."""

    def __init__(self, process: asyncio.subprocess.Process, greeting: list[str]) -> None:
        self.process = process
        self.greeting = greeting

    @property
    def address(self) -> str:
        """The address that it printed."""
        (line,) = [line for line in self.greeting if line.startswith("Zaoxue is up: ")]
        return line.split()[3]

    @property
    def first_query(self) -> list[str]:
        """The command line that it printed for the first query, word by word."""
        (line,) = [line for line in self.greeting if "curl" in line]
        return shlex.split(line)

    async def stop(self, by: signal.Signals) -> int:
        """Its exit code after that signal."""
        self.process.send_signal(by)
        await asyncio.wait_for(self.process.wait(), 30)
        assert self.process.returncode is not None
        return self.process.returncode


@asynccontextmanager
async def zaoxue_serve(data: Path, *arguments: str) -> AsyncIterator[Serving]:
    """A service on that folder and a free port; killed at the end where the block has not stopped it."""
    process = await asyncio.create_subprocess_exec(
        *PROGRAM,
        *("serve", "--port", "0", "--data", str(data), *arguments),
        cwd=ROOT,
        env=clean_environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield Serving(process, await asyncio.wait_for(_greeting(process), 120))
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _greeting(process: asyncio.subprocess.Process) -> list[str]:
    lines: list[str] = []
    assert process.stdout is not None
    while not lines or LAST_WORD not in lines[-1]:
        line = await process.stdout.readline()
        assert line, lines
        lines.append(line.decode().rstrip("\n"))
    return lines


def was_stopped_in_order(data: Path) -> bool:
    """Whether the engine's last stop was recorded as clean, so that the next start checks nothing."""
    record: Any = json.loads((data / "engine" / "manifest.json").read_text())
    return bool(record["clean"])
