"""What is asked in a county, and by whom: each document by some of the holders, every node by its ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from tests.nonleak.campaign import SightedCampaign
from tests.nonleak.counties import HOLDERS
from tests.nonleak.sighted import DECLARED, SIGHTED
from tests.oracle.documents import Document

EACH_BY = 4
"""By how many holders each generated document is asked: they share its plan, and must not share its texts."""
WALKED = "... on %s { __typename id %s }"


def in_turns(asked: Iterable[Document]) -> Iterator[tuple[list[str], Document]]:
    """Each document with the holders who ask it."""
    holders = list(HOLDERS)
    for number, document in enumerate(asked):
        # A step that has no factor in common with the number of holders, so that their company changes.
        turns = [(5 * number + turn) % len(holders) for turn in range(len(holders))]
        yield [holder for holder, turn in zip(holders, turns, strict=True) if turn < EACH_BY], document


def walks(asked: SightedCampaign) -> Iterator[Document]:
    """Every node by every id it has, with all its properties, and where each of its fields leads."""
    ids = asked.ground().pool.ids
    for kind in DECLARED.kinds.values():
        if kind.label in ids:
            keys = [f"{kind.label}:{own}" for own in ids[kind.label]]
            text = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ {WALKED % (kind.name, _selection(kind.name))} }} }}"
            yield Document(text, ({"ids": keys},))


def _selection(name: str) -> str:
    kind = SIGHTED.plain.schema.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    parts: list[str] = []
    for key, each in kind.fields.items():
        inner = get_named_type(each.type)
        if is_leaf_type(inner):
            parts.append(key)
        elif isinstance(inner, GraphQLObjectType) and "edges" in inner.fields:
            parts.append(
                f"{key}(last: 9) {{ totalCount aggregate {{ count }} edges {{ cursor node {{ id }} }} }}"
            )
        else:
            parts.append(f"{key} {{ id }}")
    return " ".join(parts)
