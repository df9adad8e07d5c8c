"""The compiler of one schema: entries in, finished answers out, one statement an operation, plans kept."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from graphql import (
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLNamedType,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from graph.compiler.asking import Asking
from graph.compiler.binding import Binding, bind
from graph.compiler.catalogue import Catalogue, IdEntrance, SearchEntrance
from graph.compiler.filling import fill
from graph.compiler.kept import Kept
from graph.compiler.leaves import Surprise
from graph.compiler.operation import Call, Operation
from graph.compiler.plan import Completed, Filled, Pair, Plan, Raw, Root, Row
from graph.compiler.planning import (
    Door,
    Ids,
    doors_of,
    ids_asked,
    plan_nodes,
    plan_operation,
    plan_pages,
)
from graph.compiler.statement import render
from graph.compiler.visibility import Visibility
from graph.errors import ZaoxueError

_log = logging.getLogger(__name__)
Answer = Completed | Raw | Exception | None


class Compiler:
    """Answers the graph entries of one schema. Safe to share by all requests of one event loop."""

    def __init__(self, catalogue: Catalogue, kept_plans: int = 1024) -> None:
        self.catalogue = catalogue
        self._plans: Kept[Hashable, Plan] = Kept(kept_plans)
        self._doors: Kept[Hashable, tuple[Operation, list[Door]]] = Kept(kept_plans)
        self._texts: Kept[Hashable, tuple[str, list[str]]] = Kept(kept_plans)
        self._conditions: Kept[int, tuple[OperationDefinitionNode, tuple[str, ...]]] = Kept(kept_plans)

    async def operation(self, operation: Operation, asking: Asking) -> dict[str, Answer | list[Answer]]:
        """What all graph entries of the operation answer, by response key. One statement.

        An entry whose arguments can't be used answers with the exception that says so.
        """
        key = self._key(operation)
        # The operation is kept beside them: as long as its document lives, its id is nobody else's.
        bare, doors = self._doors.get(key, lambda: self._opened(operation))
        by_id = {door.key: _ids(door, operation) for door in doors if isinstance(door.entrance, IdEntrance)}
        labels = {door.key: self._labels(door, by_id[door.key]) for door in doors if door.key in by_id}
        plan = self._plans.get(
            (key, *labels.values()), lambda: plan_operation(self.catalogue, bare, doors, labels)
        )
        binding = bind(plan, operation.values, asking, self.catalogue.grounds)
        for door, root in zip(doors, plan.roots, strict=True):
            _name_ids(root, by_id.get(door.key, []), binding)
        filled = await self._fetch(plan, binding, asking)
        return {
            door.key: _entry(door, root, by_id.get(door.key, []), binding, filled)
            for door, root in zip(doors, plan.roots, strict=True)
        }

    async def pages(
        self, call: Call, groups: Sequence[tuple[str, Sequence[str]]], asking: Asking
    ) -> list[Answer]:
        """A connection over each group of a label and ids of it, ordered by id. One statement.

        Raises ZaoxueError for arguments that can't be used.
        """
        labels = tuple(sorted({label for label, _ in groups}))
        bare = self._bare(call)
        plan = self._plans.get(
            (self._place(call), labels, "pages"), lambda: plan_pages(self.catalogue, bare, labels)
        )
        binding = bind(plan, call.operation.values, asking, self.catalogue.grounds)
        (root,) = plan.roots
        _refuse_faulty(root, binding)
        views = {level.label: (level, view) for level, view in root.views}
        for label, (level, _) in views.items():
            binding.parameters[f"groups{level.number}"] = [
                {"id": number, "ids": list(ids)} for number, (each, ids) in enumerate(groups) if each == label
            ]
        filled = await self._fetch(plan, binding, asking)
        return [
            _answer(root, binding, views[label][1], (number,), filled)
            for number, (label, _) in enumerate(groups)
        ]

    async def nodes(
        self, call: Call, kind: GraphQLNamedType, ids: Mapping[str, Iterable[str]], asking: Asking
    ) -> dict[tuple[str, str], Answer]:
        """The nodes of type `kind` by `(label, own id)`; what is not there is not in it. One statement."""
        labels = tuple(label for label in self.catalogue.labels(kind) if label in ids)
        if not labels:
            return {}
        bare = self._bare(call)
        plan = self._plans.get(
            (self._place(call), labels, "nodes"), lambda: plan_nodes(self.catalogue, bare, kind, labels)
        )
        binding = bind(plan, call.operation.values, asking, self.catalogue.grounds)
        (root,) = plan.roots
        _name_ids(root, [(label, own) for label in labels for own in ids[label]], binding)
        if root.fault:
            raise root.fault
        return _found(root, binding, await self._fetch(plan, binding, asking))

    def _opened(self, operation: Operation) -> tuple[Operation, list[Door]]:
        bare = operation.bare(self._condition_names(operation))
        return bare, doors_of(self.catalogue, bare)

    def _bare(self, call: Call) -> Call:
        return replace(call, operation=call.operation.bare(self._condition_names(call.operation)))

    def _labels(self, door: Door, ids: Ids | Exception) -> tuple[str, ...]:
        """Those of the labels named in ids that the entry's type can have."""
        if isinstance(ids, Exception):
            return ()
        known = self.catalogue.labels(get_named_type(door.call.definition.type))
        return tuple(sorted({label for label, _ in ids if label in known}))

    def _place(self, call: Call) -> Hashable:
        return (self._key(call.operation), call.place, *(id(node) for node in call.nodes))

    def _key(self, operation: Operation) -> Hashable:
        """What the plan of an operation depends on: its document, and the variables of its conditions."""
        given = (operation.variables.get(name) for name in self._condition_names(operation))
        return (id(operation.definition), *given)

    def _condition_names(self, operation: Operation) -> tuple[str, ...]:
        """The variables that @skip and @include name in the operation and the fragments that it spreads."""
        definition = operation.definition

        def find() -> tuple[OperationDefinitionNode, tuple[str, ...]]:
            return definition, tuple(sorted(_named_in(definition.selection_set, operation.fragments, set())))

        return self._conditions.get(id(definition), find)[1]

    async def _fetch(self, plan: Plan, binding: Binding, asking: Asking) -> Filled:
        seen = asking.visibility
        text, named = self._texts.get(
            (plan, binding.variant, seen.key), lambda: _rendered(plan, binding, seen)
        )
        record: Mapping[str, object] = {}
        if text:
            parameters = {**binding.parameters, **{name: seen.parameters[name] for name in named}}
            if "$today" in text:
                parameters["today"] = asking.today.isoformat()
            (record,) = await asking.read(text, **parameters)
        return fill(plan, binding, record, asking.secret)


def _rendered(plan: Plan, binding: Binding, visibility: Visibility) -> tuple[str, list[str]]:
    """The statement, and which of the visibility's parameters it names: some are long lists."""
    text = render(plan, binding, visibility)
    return text, [name for name in visibility.parameters if f"${name}" in text]


def _ids(door: Door, operation: Operation) -> Ids | Exception:
    try:
        return ids_asked(door, operation)
    except (ZaoxueError, GraphQLError) as fault:
        return fault


def _name_ids(root: Root, ids: Ids | Exception, binding: Binding) -> None:
    """Gives each level by id of the entry its ids, each once."""
    for level, _ in root.views:
        if level.by_ids and not isinstance(ids, Exception):
            own = dict.fromkeys(own for label, own in ids if label == level.label)
            binding.parameters[f"ids{level.number}"] = list(own)


def _entry(
    door: Door, root: Root, ids: Ids | Exception, binding: Binding, filled: Filled
) -> Answer | list[Answer]:
    if isinstance(ids, Exception) or root.fault:
        return ids if isinstance(ids, Exception) else root.fault
    if isinstance(door.entrance, IdEntrance):
        found = _found(root, binding, filled)
        answers = [found.get(each) for each in ids]
        return answers if door.entrance.is_list else answers[0]
    if isinstance(door.entrance, SearchEntrance):
        return _results(root, binding, filled)
    ((level, view),) = root.views
    return filled.pages[level.number].fault or _answer(root, binding, view, (), filled)


def _results(root: Root, binding: Binding, filled: Filled) -> Answer | list[Answer]:
    """The best of what was found of all labels, each in its own order already."""
    pages = [filled.pages[level.number] for level, _ in root.views]
    for page in pages:
        if page.fault:
            return page.fault
    rows = [
        (row[len(level.columns) :], level.label, row, view)
        for level, view in root.views
        for row in filled.groups.get(level.number, {}).get(None, [])
    ]
    rows.sort(key=lambda each: (each[0], each[1]))
    size = max((page.size for page in pages), default=0)
    return [_answer(root, binding, view, row, filled) for _, _, row, view in rows[:size]]


def _found(root: Root, binding: Binding, filled: Filled) -> dict[tuple[str, str], Answer]:
    return {
        (level.label, cast(str, row[0])): _answer(root, binding, view, row, filled)
        for level, view in root.views
        for row in filled.groups[level.number].get(None, [])
    }


def _refuse_faulty(root: Root, binding: Binding) -> None:
    if root.fault:
        raise root.fault
    for level, _ in root.views:
        fault = binding.pages[level.number].fault
        if fault:
            raise fault


def _answer(root: Root, binding: Binding, view: Pair, row: Row, filled: Filled) -> Answer:
    if not root.is_walked and not binding.is_faulty(root):
        try:
            return Completed(view.finish(row, filled))
        except Surprise:
            _log.warning("stored data at %s does not fit the schema: walked, not finished", root.place)
    return cast(Answer, view.raw(row, filled))


def _named_in(
    selection_set: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], seen: set[str]
) -> set[str]:
    """The variables of conditions below; each fragment is looked at once."""
    names: set[str] = set()
    for selection in selection_set.selections:
        for directive in selection.directives or ():
            if directive.name.value in ("skip", "include"):
                values = (argument.value for argument in directive.arguments or ())
                names.update(value.name.value for value in values if isinstance(value, VariableNode))
        inner: SelectionSetNode | None = getattr(selection, "selection_set", None)
        if isinstance(selection, FragmentSpreadNode) and selection.name.value not in seen:
            seen.add(selection.name.value)
            fragment = fragments.get(selection.name.value)
            inner = fragment.selection_set if fragment else None
        if inner is not None:
            names |= _named_in(inner, fragments, seen)
    return names
