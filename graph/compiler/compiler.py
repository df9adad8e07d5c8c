"""The compiler of one schema: entries in, finished answers out, one statement an entry, plans kept."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import cast

from graphql import (
    GraphQLNamedType,
    GraphQLObjectType,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from graph.compiler.binding import Asking, Binding, bind
from graph.compiler.catalogue import Catalogue
from graph.compiler.declare import Filter
from graph.compiler.leaves import Surprise
from graph.compiler.plan import Completed, Filled, Plan, Raw, Row
from graph.compiler.selection import Call, Selector, node_of
from graph.compiler.shape import Pair
from graph.compiler.statement import render

_log = logging.getLogger(__name__)
Answer = Completed | Raw | Exception | None


class Compiler:
    """Answers the graph entries of one schema. Safe to share by all requests of one event loop."""

    def __init__(self, catalogue: Catalogue, kept_plans: int = 1024) -> None:
        self.catalogue = catalogue
        self._plans: OrderedDict[Hashable, Plan] = OrderedDict()
        self._conditions: OrderedDict[int, tuple[OperationDefinitionNode, tuple[str, ...]]] = OrderedDict()
        self._kept_plans = kept_plans

    async def page(
        self,
        call: Call,
        asking: Asking,
        filters: Mapping[str, Filter],
        order: tuple[str, ...],
    ) -> Answer:
        """The connection that the field asks for. Raises ZaoxueError for arguments that can't be used."""
        plan = self._kept(call, None, lambda: self._plan_pages(call, filters, order))
        binding = _bound_page(plan, call, asking)
        filled = await self._fetch(plan, binding, asking)
        return _answer(plan, binding, cast(Pair, plan.views[0]), (), filled)

    async def pages(
        self, call: Call, groups: Sequence[tuple[str, Sequence[str]]], asking: Asking
    ) -> list[Answer]:
        """A connection over each group of a label and ids of it, ordered by id. One statement.

        Raises ZaoxueError for arguments that can't be used.
        """
        labels = tuple(sorted({label for label, _ in groups}))
        plan = self._kept(call, labels, lambda: self._plan_pages(call, {}, ("id",), labels))
        binding = _bound_page(plan, call, asking)
        roots = dict(zip(labels, zip(plan.roots, plan.views, strict=True), strict=True))
        for label, (root, _) in roots.items():
            binding.parameters[f"groups{root.number}"] = [
                {"id": number, "ids": list(ids)} for number, (each, ids) in enumerate(groups) if each == label
            ]
        filled = await self._fetch(plan, binding, asking)
        return [
            _answer(plan, binding, cast(Pair, roots[label][1]), (number,), filled)
            for number, (label, _) in enumerate(groups)
        ]

    async def nodes(
        self,
        call: Call,
        kind: GraphQLNamedType,
        ids: Mapping[str, Iterable[str]],
        asking: Asking,
    ) -> dict[tuple[str, str], Answer]:
        """The nodes of type `kind` by `(label, own id)`; what is not there is not in it. One statement."""
        wanted = {
            label: list(dict.fromkeys(ids[label])) for label in self.catalogue.labels(kind) if label in ids
        }
        if not wanted:
            return {}
        labels = tuple(wanted)
        plan = self._kept(call, labels, lambda: self._plan_nodes(call, kind, labels))
        binding = bind(plan, call.values, asking)
        for level in plan.roots:
            binding.parameters[f"ids{level.number}"] = wanted[level.label]
        filled = await self._fetch(plan, binding, asking)
        return {
            (level.label, cast(str, row[0])): _answer(plan, binding, cast(Pair, view), row, filled)
            for level, view in zip(plan.roots, plan.views, strict=True)
            for row in filled.groups[level.number].get(None, [])
        }

    def _plan_pages(
        self,
        call: Call,
        filters: Mapping[str, Filter],
        order: tuple[str, ...],
        grouped: tuple[str, ...] = (),
    ) -> Plan:
        """A page of a type's nodes; with `grouped`, pages of given ids of each of those labels."""
        selector = Selector(self.catalogue, call)
        kind = get_named_type(call.definition.type)
        assert isinstance(kind, GraphQLObjectType)
        target = node_of(kind)
        views: list[Pair] = []
        for label in grouped or self.catalogue.labels(target):
            candidates = self.catalogue.candidates(target, label)
            assert candidates is not None
            page = selector.paging(call.definition, call.nodes[0], filters, call.place)
            root = selector.level(label, candidates.only, order=order, is_grouped=bool(grouped), page=page)
            views.append(selector.connection(root, kind, call.details))
        return _plan(selector, views, call)

    def _plan_nodes(self, call: Call, kind: GraphQLNamedType, labels: tuple[str, ...]) -> Plan:
        selector = Selector(self.catalogue, call)
        views: list[Pair] = []
        for label in labels:
            candidates = self.catalogue.candidates(kind, label)
            assert candidates is not None
            root = selector.level(label, candidates.only, by_ids=True)
            views.append(selector.node(root, kind, call.details))
        return _plan(selector, views, call)

    def _kept(self, call: Call, what: Hashable, make: Callable[[], Plan]) -> Plan:
        names = self._condition_names(call)
        given = tuple(call.variables.get(name) for name in names)
        key = (
            id(call.operation),
            tuple(id(node) for node in call.nodes),
            call.place,
            what,
            given,
        )
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = make()
            if len(self._plans) > self._kept_plans:
                self._plans.popitem(last=False)
        else:
            self._plans.move_to_end(key)
        return plan

    def _condition_names(self, call: Call) -> tuple[str, ...]:
        """The variables that @skip and @include name anywhere in the document."""
        kept = self._conditions.get(id(call.operation))
        if kept is None:
            fragments = [each.selection_set for each in call.fragments.values()]
            names = _named_in([call.operation.selection_set, *fragments])
            kept = self._conditions[id(call.operation)] = (
                call.operation,
                tuple(sorted(names)),
            )
            if len(self._conditions) > self._kept_plans:
                self._conditions.popitem(last=False)
        return kept[1]

    async def _fetch(self, plan: Plan, binding: Binding, asking: Asking) -> Filled:
        key = (binding.variant, asking.visibility.key)
        text = plan.texts.get(key)
        if text is None:
            text = render(plan, binding, asking.visibility)
            if len(plan.texts) < self._kept_plans:
                plan.texts[key] = text
        record: Mapping[str, object] = {}
        if text:
            parameters = {**binding.parameters, **asking.visibility.parameters}
            if "$today" in text:
                parameters["today"] = asking.today.isoformat()
            (record,) = await asking.read(text, **parameters)
        return _fill(plan, binding, record, asking.secret)


def _bound_page(plan: Plan, call: Call, asking: Asking) -> Binding:
    binding = bind(plan, call.values, asking)
    fault = binding.pages[0].fault
    if fault:
        raise fault
    return binding


def _plan(selector: Selector, views: list[Pair], call: Call) -> Plan:
    kept_alive = (call.operation, call.nodes, call.fragments)
    return Plan(selector.levels, list(views), selector.calls, selector.is_walked, call.place, kept_alive)


def _fill(plan: Plan, binding: Binding, record: Mapping[str, object], secret: bytes) -> Filled:
    groups: dict[int, dict[object, list[Row]]] = {}
    counts: dict[int, dict[object, object]] = {}
    for level in plan.levels:
        number, is_root = level.number, level.parent is None and not level.is_grouped
        if level.is_listed:
            rows = cast("list[Row]", record[f"r{number}"])
            groups[number] = {None: rows} if is_root else _by_parent(rows)
        if level.is_counted:
            found = record[f"t{number}"]
            counts[number] = {None: found} if is_root else dict(cast("list[tuple[object, object]]", found))
    return Filled(groups, counts, binding.pages, binding.calls, secret)


def _by_parent(rows: list[Row]) -> dict[object, list[Row]]:
    groups: dict[object, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[-1], []).append(row)
    return groups


def _answer(plan: Plan, binding: Binding, view: Pair, row: Row, filled: Filled) -> Answer:
    if not plan.is_walked and not binding.has_faults:
        try:
            return Completed(view.finish(row, filled))
        except Surprise:
            _log.warning("stored data at %s does not fit the schema: walked, not finished", plan.place)
    return cast(Answer, view.raw(row, filled))


def _named_in(sets: Iterable[SelectionSetNode]) -> set[str]:
    names: set[str] = set()
    for selection_set in sets:
        for selection in selection_set.selections:
            for directive in selection.directives or ():
                if directive.name.value in ("skip", "include"):
                    values = (argument.value for argument in directive.arguments or ())
                    names.update(value.name.value for value in values if isinstance(value, VariableNode))
            inner = getattr(selection, "selection_set", None)
            if inner is not None:
                names |= _named_in([inner])
    return names
