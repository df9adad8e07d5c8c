"""`python -m schema.print` writes the contract; `--check` compares it with what stands there."""

from __future__ import annotations

import sys
from pathlib import Path

from graphql import GraphQLSchema, is_introspection_type, is_specified_scalar_type, print_type

from schema.root import schema

CONTRACT = Path(__file__).with_name("schema.graphql")


def contract(schema: GraphQLSchema) -> str:
    """The schema as text, its types in the order of their names."""
    kinds = [schema.type_map[name] for name in sorted(schema.type_map)]
    own = [each for each in kinds if not is_introspection_type(each) and not is_specified_scalar_type(each)]
    return "\n\n".join(print_type(each) for each in own) + "\n"


def main(arguments: list[str]) -> int:
    """0 when the contract is written, or already equal; 1 when `--check` finds a difference."""
    printed = contract(schema._schema)
    if "--check" not in arguments:
        CONTRACT.write_text(printed, encoding="utf-8")
        return 0
    if CONTRACT.exists() and CONTRACT.read_text(encoding="utf-8") == printed:
        return 0
    sys.stderr.write("schema/schema.graphql is not what the code prints; run: python -m schema.print\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
