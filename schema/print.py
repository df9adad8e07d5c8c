"""`python -m schema.print` writes the contract and the page of who sees what; `--check` compares them."""

from __future__ import annotations

import sys
from pathlib import Path

from graphql import GraphQLSchema, is_introspection_type, is_specified_scalar_type, print_type

from schema.access_page import access_page
from schema.root import schema

CONTRACT = Path(__file__).with_name("schema.graphql")
ACCESS = Path(__file__).parents[1] / "docs" / "access.md"


def contract(schema: GraphQLSchema) -> str:
    """The schema as text, its types in the order of their names."""
    kinds = [schema.type_map[name] for name in sorted(schema.type_map)]
    own = [each for each in kinds if not is_introspection_type(each) and not is_specified_scalar_type(each)]
    return "\n\n".join(print_type(each) for each in own) + "\n"


def main(arguments: list[str]) -> int:
    """0 when both are written, or already equal; 1 when `--check` finds a difference."""
    printed = {CONTRACT: contract(schema._schema), ACCESS: access_page()}
    if "--check" not in arguments:
        for path, text in printed.items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [path for path, text in printed.items() if _standing(path) != text]
    for path in stale:
        sys.stderr.write(f"{path.name} is not what the code prints; run: python -m schema.print\n")
    return 1 if stale else 0


def _standing(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
