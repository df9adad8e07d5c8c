"""The statements that a document sends, as the compiler hands them to the engine; values never stand in their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    Node,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    separate_operations,
    visit,
)

from graph.access.viewer import Viewer, administrator
from graph.store import count_statements
from schema.kit.context import Context
from schema.root import schema
from tests.journeys.spring import RULES
from tests.oracle.campaign import Campaign
from tests.oracle.corpus import computed
from tests.oracle.documents import Document

ADMINISTRATOR = administrator("tester")


@dataclass(frozen=True, slots=True)
class Sent:
    """What one execution sent: the compiler's statements, and how many there were with everybody else's."""

    graph: list[str]
    total: int
    data: Any
    codes: list[str]


async def send(
    campaign: Campaign, text: str, variables: Mapping[str, Any], who: Viewer = ADMINISTRATOR
) -> Sent:
    """Asks a document the ordinary way, as somebody."""
    context = _context(campaign, who)
    with count_statements() as counted:
        result = await schema.execute(text, variable_values=dict(variables), context_value=context)
    codes = [str((each.extensions or {}).get("code")) for each in result.errors or ()]
    return Sent(_texts(context), counted.total, result.data, codes)


async def send_again(
    campaign: Campaign, text: str, variables: Mapping[str, Any], who: Viewer = ADMINISTRATOR
) -> Sent | None:
    """Asks a document that was asked before the short way; None where that can't answer it."""
    context = _context(campaign, who)
    with count_statements() as counted:
        data = await schema.lane.answer(text, None, dict(variables), context)
    return None if data is None else Sent(_texts(context), counted.total, data, [])


def _context(campaign: Campaign, who: Viewer) -> Context:
    now = f"{campaign.today.isoformat()}T02:00:00Z"
    return Context(
        campaign.store, campaign.today, "en", b"secret", "r-1", who.holder, now, RULES, who, trace=[]
    )


def _texts(context: Context) -> list[str]:
    return [each.cypher for each in context.trace or ()]


async def bindings(campaign: Campaign, document: Document) -> list[dict[str, Any]]:
    """Each set of variables of a document, and again with the last cursors of the answer that it got."""
    found: list[dict[str, Any]] = []
    for binding in document.bindings:
        found.append(dict(binding))
        if document.cursors:
            sent = await send(campaign, document.text, binding)
            wanted = document.cursors.items()
            drawn = {name: each for name, key in wanted for each in [*_cursors(sent.data, key)][:1]}
            found.append({**binding, **drawn})
    return found


def _cursors(data: Any, key: str) -> Iterator[str]:
    """The last cursor of each list that stands under a key of an answer."""
    if isinstance(data, list):
        for each in data:
            yield from _cursors(each, key)
    elif isinstance(data, dict):
        for name, each in data.items():
            if name == key and each["edges"]:
                yield each["edges"][-1]["cursor"]
            yield from _cursors(each, key)


def part(text: str, *, is_computed: bool) -> str:
    """A document with those of its root fields alone that are computed, or those that are not."""
    others = set(computed(text))
    document = parse(text)
    operation = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    roots = operation.selection_set.selections
    gone = [
        each
        for each in roots
        if isinstance(each, FieldNode) and (each.name.value in others) is not is_computed
    ]
    kept: DocumentNode = visit(document, _Without(gone))
    (kept,) = separate_operations(kept).values()  # without the fragments that only the others spread
    spoken = Counter(re.findall(r"\$\w+", print_ast(kept)))
    unused = [
        each for each in operation.variable_definitions or () if spoken[f"${each.variable.name.value}"] < 2
    ]
    return print_ast(visit(kept, _Without(unused)))


class _Without(Visitor):
    """Takes those very nodes out of a document."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        super().__init__()
        self._gone = {id(each) for each in nodes}

    def enter(self, node: Node, *_: Any) -> Any:
        return self.REMOVE if id(node) in self._gone else self.IDLE
