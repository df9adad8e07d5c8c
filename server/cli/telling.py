"""What a command tells: progress on long work, results on stdout, errors on stderr in both languages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from tqdm import tqdm

from graph.errors import Faults, ZaoxueError

FAULTS_SHOWN = 200
"""An input with thousands of faults has one cause: the first of them say which."""


class Step(Protocol):
    """Told after each step: steps done, steps in all, and what is being done."""

    def __call__(self, done: int, total: int, *what: str) -> None:
        """One more step."""
        ...


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """A bar on stderr, only where a person watches."""
    with tqdm(desc=title, unit="", disable=not sys.stderr.isatty(), leave=False) as bar:

        def step(done: int, total: int, *what: str) -> None:
            bar.total = total
            bar.n = done
            bar.set_postfix_str(what[0] if what else "", refresh=False)
            bar.refresh()

        yield step


def say(zh: str, en: str) -> None:
    """One result, in both languages."""
    print(zh)
    print(en)


def counted(number: int, what: str) -> str:
    """The number with its noun in English, such as "1 row" or "2 rows"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def complain(error: ZaoxueError) -> None:
    """An error on stderr: every fault on a line of its own, Chinese first."""
    faults = error.faults if isinstance(error, Faults) else (error,)
    for fault in faults[:FAULTS_SHOWN]:
        print(f"[{fault.code}] {fault.zh}\n    {fault.en}", file=sys.stderr)
    if len(faults) > FAULTS_SHOWN:
        left = len(faults) - FAULTS_SHOWN
        print(f"……另有 {left} 处错误\n    and {counted(left, 'more fault')}", file=sys.stderr)
    if len(faults) > 1:
        print(
            f"共 {len(faults)} 处错误；未作任何改动\n    {len(faults)} faults; nothing was changed",
            file=sys.stderr,
        )
