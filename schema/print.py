"""`python -m schema.print` writes the contract; `--check` compares it with what stands there."""

from __future__ import annotations

import sys
from pathlib import Path

from strawberry.printer import print_schema

from schema.root import schema

CONTRACT = Path(__file__).with_name("schema.graphql")


def main(arguments: list[str]) -> int:
    """0 when the contract is written, or already equal; 1 when `--check` finds a difference."""
    printed = print_schema(schema) + "\n"
    if "--check" not in arguments:
        CONTRACT.write_text(printed, encoding="utf-8")
        return 0
    if CONTRACT.exists() and CONTRACT.read_text(encoding="utf-8") == printed:
        return 0
    sys.stderr.write("schema/schema.graphql is not what the code prints; run: python -m schema.print\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
