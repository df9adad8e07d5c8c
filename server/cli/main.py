"""The command line's way in: it loads the commands, and a Ctrl+C at any moment ends in one message."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

from server.cli.standing import INTERRUPTED, Standing


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 refused with a message, 2 misspelt, 130 interrupted."""
    standing = Standing()
    try:
        # Here and not above: loading them takes about a second, in which somebody may change his mind.
        commands = importlib.import_module("server.cli.commands")
        code: int = commands.run(arguments, standing)
    except KeyboardInterrupt:
        standing.tell_interrupted()
        return INTERRUPTED
    return code


if __name__ == "__main__":
    sys.exit(main())
