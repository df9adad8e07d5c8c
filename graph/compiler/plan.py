"""What one entry into the graph needs: the levels to fetch, breadth first, and how their rows are shaped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graphql import FieldNode, GraphQLField, ListValueNode, ObjectValueNode, ValueNode, VariableNode

from graph.compiler.conditions import Condition, Search
from graph.compiler.declare import Filter, Hop
from graph.compiler.inline import Inline, called
from graph.compiler.kept import Kept
from graph.compiler.ordering import Key

KEPT_PAGES = 128
"""How many pages with their parameters a plan remembers."""
Row = Sequence[object]
"""A row of a level: the id first."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A finished part of the answer: graphql-core passes `value` on as it is."""

    value: object


@dataclass(frozen=True, slots=True)
class Raw:
    """A node (or connection, edge, page info) for graphql-core to walk: raw values by response key.

    `type_name` is None where the stored tag names no type.
    """

    type_name: str | None
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class Arguments:
    """The arguments of one field of the document, and the `variables` that they name."""

    definition: GraphQLField
    node: FieldNode
    variables: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Looks once through what the document gives."""
        given = (each.value for each in self.node.arguments or ())
        object.__setattr__(self, "variables", frozenset().union(*map(_variables_in, given)))


def _variables_in(value: ValueNode) -> frozenset[str]:
    match value:
        case VariableNode():
            return frozenset({value.name.value})
        case ListValueNode():
            return frozenset().union(*map(_variables_in, value.values))
        case ObjectValueNode():
            return frozenset().union(*(_variables_in(each.value) for each in value.fields))
    return frozenset()


@dataclass(slots=True, eq=False)
class Paging:
    """What makes a level a page: its field's arguments, its filters, the list that its cursors belong to.

    `kind` names the type of its nodes, which `where` and `orderBy` ask about. `peeks`: one row more is fetched.
    `is_search`: it holds one label of what a search over several types finds, not a connection.
    """

    arguments: Arguments
    filters: Mapping[str, Filter]
    place: str
    kind: str
    peeks: bool = False
    is_search: bool = False


@dataclass(slots=True, eq=False)
class Tally:
    """Numbers over all nodes of a list, whatever its page: for each parent one row of `columns`.

    With `by`, the arguments of a field with groups, one row for each combination of what it groups by. A column
    is a function of Cypher and the property that it takes ("" for the nodes themselves).
    """

    by: Arguments | None = None
    columns: list[tuple[str, str]] = field(default_factory=lambda: [("count", "")])

    def column(self, function: str, name: str) -> int:
        """Where that number stands in the rows; asked for, it is fetched."""
        if (function, name) not in self.columns:
            self.columns.append((function, name))
        return self.columns.index((function, name))


@dataclass(eq=False)
class Level:
    """One column of rows: the nodes of one label at one place of the selection, for all parents at once.

    A row is its columns, with `has_cursors` the sort keys, and last (not on a root level) the parent's id; where
    the level is no page, it is the ids of all parents that lead to the node.
    `by_ids`: a root level of given ids. `is_grouped`: a root level of several lists of given ids, each of
    which is a page of its own, as if it had a parent.
    """

    number: int
    label: str
    only: tuple[str, str] | None
    parent: Level | None = None
    hops: tuple[Hop, ...] = ()
    order: tuple[str, ...] = ("id",)
    by_ids: bool = False
    is_grouped: bool = False
    page: Paging | None = None
    is_counted: bool = False
    is_listed: bool = False
    has_cursors: bool = False
    columns: list[str] = field(default_factory=lambda: ["id"])
    tallies: list[Tally] = field(default_factory=list)
    children: list[Level] = field(default_factory=list)

    def column(self, name: str) -> int:
        """Where `name` stands in this level's rows; asked for, it is fetched."""
        if name not in self.columns:
            self.columns.append(name)
        return self.columns.index(name)

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """What its page depends on beside who asks: the variables in its arguments and those of its tallies."""
        asked = [self.page.arguments] if self.page else []
        asked += [each.by for each in self.tallies if each.by is not None]
        return tuple(sorted(frozenset().union(*(each.variables for each in asked))))

    @property
    def is_root(self) -> bool:
        """Whether its rows have no parent."""
        return self.parent is None and not self.is_grouped

    @property
    def has_children(self) -> bool:
        """Whether another level starts from this one's nodes."""
        return any(child.is_listed or child.is_counted or child.tallies for child in self.children)


Shaper = Callable[[Row, "Filled"], object]


@dataclass(frozen=True, slots=True)
class Pair:
    """The two ways to shape one thing: finished for the answer, or raw for graphql-core to walk.

    `inline` is the finishing one as an expression, where it is one.
    """

    finish: Shaper
    raw: Shaper
    inline: Inline | None = None

    @property
    def written(self) -> Inline:
        """The finishing one as an expression: its own, or its call."""
        return self.inline or called(self.finish)


View = tuple[Level, Pair]
"""The level that an entry starts from, for one label, and how it is shaped."""


@dataclass(slots=True, eq=False)
class Root:
    """One entry into the graph, at `place` ("Type.field"): its levels, and a shaping for each of its labels.

    `is_walked`: the selection holds what only graphql-core can complete (plain types below a node). `fault`:
    the selection can't be told at all (@include on a null), and nothing of it is fetched.
    """

    place: str
    levels: list[Level]
    views: list[View]
    is_walked: bool
    fault: Exception | None = None


@dataclass(slots=True, eq=False)
class Plan:
    """What one statement fetches, for one or more entries.

    `bound` keeps pages with their parameters by who asks and what their variables hold: clients ask alike.
    """

    levels: list[Level]
    roots: list[Root]
    calls: list[Arguments]
    kept_alive: object
    bound: Kept[Hashable, tuple[BoundPage, dict[str, object]]] = field(
        default_factory=lambda: Kept(KEPT_PAGES)
    )


@dataclass(frozen=True, slots=True)
class BoundPage:
    """One page's arguments for one request; `fault` is told at each place of the page.

    `size` nodes are wanted, `present` names the filters that are given. A backward page is fetched from its
    end: its rows come in reverse. `dimensions` are what each tally with groups groups by. `is_left_out`: the
    asker sees nothing that could be found there.
    """

    size: int = 0
    order: tuple[Key, ...] = ()
    is_backward: bool = False
    after: tuple[object, ...] | None = None
    before: tuple[object, ...] | None = None
    present: tuple[str, ...] = ()
    where: Condition | None = None
    bound_to: bytes = b""
    fault: Exception | None = None
    dimensions: Mapping[Tally, tuple[Key, ...] | Exception] = field(default_factory=dict)
    search: Search | None = None
    is_left_out: bool = False

    @property
    def is_faulty(self) -> bool:
        """Whether some argument can't be used."""
        return self.fault is not None or any(isinstance(keys, Exception) for keys in self.dimensions.values())

    @property
    def variant(self) -> tuple[object, ...]:
        """What of it changes the statement's text: no value does."""
        nulls = [
            None if keys is None else tuple(key is None for key in keys) for keys in (self.after, self.before)
        ]
        grouped = (None if isinstance(each, Exception) else each for each in self.dimensions.values())
        return (self.present, self.where, self.search, self.order, self.is_backward, *nulls, *grouped)


@dataclass(slots=True)
class Filled:
    """The rows of one request, by level and parent, with what shaping needs besides.

    `finished`: the nodes that several rows lead to, by level and own id, once they are finished.
    """

    groups: dict[int, dict[object, list[Row]]]
    counts: dict[int, dict[object, object]]
    tallies: dict[Tally, dict[object, list[Row]]]
    pages: Mapping[int, BoundPage]
    calls: Mapping[int, dict[str, object] | Exception]
    secret: bytes
    finished: defaultdict[int, dict[object, object]] = field(default_factory=lambda: defaultdict(dict))
