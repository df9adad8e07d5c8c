"""The short way for operations whose every root field is a graph entry: no executor is built for them.

A document comes here only after it went the ordinary way once without a refusal: what is checked of a
document once is checked there, what depends on the variables is checked here again. Whatever the short
way can't finish goes the ordinary way with the same rows.
"""

from __future__ import annotations

from asyncio import Future, get_running_loop
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
)
from graphql.execution import get_variable_values

from graph.compiler.compiler import Answer, Compiler
from graph.compiler.operation import Operation
from graph.compiler.plan import Completed
from schema.kit.context import Context
from schema.kit.documents.limits import KEPT_DOCUMENTS, Limits, beyond
from schema.kit.documents.measure import measure, page_variables

_KEPT_SIZES = 512
"""How many choices of page sizes are remembered for one document."""
_ABSENT = object()

Entries = dict[str, Answer | list[Answer]]


def entries_key(operation: OperationDefinitionNode) -> object:
    """Under what a request keeps the answers of an operation's entries (`Context.loaders`)."""
    return ("entries", id(operation))


@dataclass(slots=True)
class _Known:
    """A document that may go the short way; `bearable` remembers which page sizes were, under which limits."""

    document: DocumentNode
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    pages: tuple[str, ...]
    bearable: set[tuple[object, ...]] = field(default_factory=set)


class Lane:
    """The short way of one schema."""

    def __init__(self, schema: GraphQLSchema, compiler: Compiler) -> None:
        self._schema = schema
        self._compiler = compiler
        self._known: OrderedDict[tuple[str, str | None], _Known] = OrderedDict()

    def learn(self, text: str, name: str | None, document: DocumentNode) -> None:
        """Takes up a document that was found valid and within the limits, if it can go the short way."""
        operation = get_operation_ast(document, name)
        known = self._known.get((text, name))
        # Parsed anew, a document has other nodes: what the short way gives up on is looked for by the new ones.
        is_known = known is not None and known.document is document
        if is_known or operation is None or not self._is_fit(operation):
            return
        fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._known[text, name] = _Known(document, operation, fragments, page_variables(document))
        if len(self._known) > KEPT_DOCUMENTS:
            self._known.popitem(last=False)

    async def answer(
        self, text: str, name: str | None, variables: Mapping[str, Any], context: Context
    ) -> dict[str, object] | None:
        """The answer's data; None where the ordinary way must answer."""
        known = self._known.get((text, name))
        if known is None or not self._is_bearable(known, variables, context.limits):
            return None
        values = get_variable_values(
            self._schema, known.operation.variable_definitions or (), dict(variables)
        )
        if isinstance(values, list):
            return None
        self._known.move_to_end((text, name))
        entries: Future[Entries] = get_running_loop().create_future()
        context.loaders[entries_key(known.operation)] = entries
        asked = Operation(known.operation, known.fragments, values.coerced)
        try:
            found = await self._compiler.operation(asked, context.asking())
        except Exception as fault:  # whatever it is, the ordinary way tells it
            entries.set_exception(fault)
            return None
        entries.set_result(found)
        return _finished(found)

    def _is_fit(self, operation: OperationDefinitionNode) -> bool:
        """Whether each root field is written out and is an entry into the graph."""
        fields = operation.selection_set.selections
        return operation.operation is OperationType.QUERY and all(
            isinstance(each, FieldNode) and each.name.value in self._compiler.catalogue.entrances
            for each in fields
        )

    def _is_bearable(self, known: _Known, variables: Mapping[str, Any], limits: Limits) -> bool:
        sizes = tuple(variables.get(name, _ABSENT) for name in known.pages)
        if not all(each is _ABSENT or isinstance(each, int | None) for each in sizes):
            return False
        if (limits, sizes) not in known.bearable:
            if any(beyond(limits, measure(self._schema, known.document, variables))):
                return False
            if len(known.bearable) < _KEPT_SIZES:
                known.bearable.add((limits, sizes))
        return True


def _finished(found: Entries) -> dict[str, object] | None:
    data: dict[str, object] = {}
    for key, answer in found.items():
        if isinstance(answer, list):
            if not all(each is None or type(each) is Completed for each in answer):
                return None
            data[key] = [None if each is None else each.value for each in answer]  # type: ignore[union-attr]  # all finished
        elif answer is None:
            data[key] = None
        elif type(answer) is Completed:
            data[key] = answer.value
        else:
            return None
    return data
