"""One request's values for a plan, checked, as statement parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import GraphQLError, get_argument_values
from graphql.execution.values import VariableValues

from graph.compiler.asking import Asking
from graph.compiler.grounds import Grounds
from graph.compiler.paging import bind_page
from graph.compiler.plan import Arguments, BoundPage, Level, Plan, Root

LONGEST_KEPT = 200
"""Characters of a variable up to which a page is remembered by it: what is remembered stays small."""
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Binding:
    """A plan's values for one request; `skipped` levels lie below a fault and are not fetched."""

    parameters: dict[str, object]
    pages: dict[int, BoundPage]
    calls: dict[int, dict[str, object] | Exception]
    skipped: frozenset[int] = frozenset()

    @property
    def variant(self) -> tuple[object, ...]:
        """What changes the statement's text: filters given, null keys of a cursor, levels left out."""
        return (
            self.skipped,
            *(page.variant for page in self.pages.values()),
        )

    def is_faulty(self, root: Root) -> bool:
        """Whether some argument below that entry can't be used: its place must tell."""
        return any(self.pages[each.number].is_faulty for each in root.levels if each.page is not None)


def bind(plan: Plan, values: VariableValues, asking: Asking, grounds: Grounds) -> Binding:
    """The values of `plan` for one request; a bad argument becomes a fault at its place, never an exception."""
    parameters: dict[str, object] = {}
    pages: dict[int, BoundPage] = {}
    for level in plan.levels:
        if level.page is not None:
            page, found = _page(plan, level, values, asking, grounds)
            pages[level.number] = page
            parameters.update(found)
    calls = {number: _call(each, values, asking.defaults) for number, each in enumerate(plan.calls)}
    return Binding(parameters, pages, calls, _skipped(plan, pages))


def _page(
    plan: Plan, level: Level, values: VariableValues, asking: Asking, grounds: Grounds
) -> tuple[BoundPage, dict[str, object]]:
    given = tuple([values.coerced.get(name, _ABSENT) for name in level.variables])
    if any(isinstance(each, str) and len(each) > LONGEST_KEPT for each in given):
        return bind_page(level, values, asking, grounds)
    try:
        key = (level.number, asking.visibility.key, asking.secret, given)
        found = plan.bound.find(key)
    except TypeError:  # a list or an input object has no hash
        return bind_page(level, values, asking, grounds)
    if found is None:
        found = bind_page(level, values, asking, grounds)
        if not found[0].is_faulty:  # an exception that is kept and raised again gathers tracebacks
            plan.bound.keep(key, found)
    return found


def _skipped(plan: Plan, pages: Mapping[int, BoundPage]) -> frozenset[int]:
    if not any(page.fault or page.is_left_out for page in pages.values()):
        return frozenset()
    found: set[int] = set()
    for level in plan.levels:  # parents stand before their children
        page = pages.get(level.number)
        if (page and (page.fault or page.is_left_out)) or (level.parent and level.parent.number in found):
            found.add(level.number)
    return frozenset(found)


def _call(
    arguments: Arguments, values: VariableValues, defaults: Mapping[str, object]
) -> dict[str, object] | Exception:
    try:
        given = get_argument_values(arguments.definition, arguments.node, values)
    except GraphQLError as fault:
        return fault
    own = {name: value for name, value in defaults.items() if name in arguments.definition.args}
    return own | {name: value for name, value in given.items() if value is not None or name not in own}
