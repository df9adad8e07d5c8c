"""How a command can end, and what holds of its work when it is broken off."""

from __future__ import annotations

import sys

REFUSED = 1
"""Exit code of a clear refusal: bad input, bad setting, a store that can't be opened."""
INTERRUPTED = 130
"""Exit code after Ctrl+C in the middle of a command, as shells have it."""


class Standing:
    """What holds of a command's work at the moment; told when Ctrl+C ends it."""

    def __init__(self) -> None:
        self.holds("没有改动", "nothing was changed")

    def holds(self, zh: str, en: str) -> None:
        """From now on this holds."""
        self._zh, self._en = zh, en

    def tell_interrupted(self) -> None:
        """One message on stderr, Chinese first."""
        print(f"[INTERRUPTED] 已中断：{self._zh}\n    interrupted: {self._en}", file=sys.stderr)
