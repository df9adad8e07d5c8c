"""The arguments `where` and `orderBy` of each connection: input types that follow from the graph types.

They are made on the executable schema, since no class stands behind them: one pair a graph type, and one
filter a scalar or term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLNullableInputType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    get_named_type,
    is_list_type,
)

from graph.compiler.declare import GlobalId
from graph.compiler.grounds import Ground, Grounds, Step
from schema.kit.describing import SEARCH, described

_DIRECTION = GraphQLEnumType(
    "Direction", {"ASC": "ASC", "DESC": "DESC"}, description="Which way a list is sorted. 中文：排序方向"
)
_DIRECTION.values["ASC"].description = "smallest first, missing last. 中文：升序，空值在后"
_DIRECTION.values["DESC"].description = "largest first, missing first. 中文：降序，空值在前"
_ORDERED = ("Int", "Float", "Date", "DateTime")
_TOLD = {
    "eq": ("equal to this", "等于"),
    "in": ("one of these", "属于其一"),
    "lt": ("less (earlier) than this", "小于（早于）"),
    "lte": ("at most this", "不大于（不晚于）"),
    "gt": ("more (later) than this", "大于（晚于）"),
    "gte": ("at least this", "不小于（不早于）"),
    "contains": ("holds this text, in the same letter case", "包含（区分大小写）"),
    "startsWith": ("begins with this text, in the same letter case", "以此开头（区分大小写）"),
    "has": ("this is among them", "包含该项"),
    "isNull": ("true: there is none; false: there is one", "是否为空"),
    "and": ("all of these hold", "全部满足"),
    "or": ("at least one of these holds", "至少满足一个"),
    "not": ("this does not hold; what is missing is no match, so `not` gives it", "不满足（空值算作不满足）"),
    "some": ("at least one neighbour fits", "至少一个符合"),
    "none": ("no neighbour fits", "没有符合的"),
    "all": ("every neighbour fits, also where there is none", "全部符合（没有时也成立）"),
}


class Inputs:
    """Makes the input types of one schema, each once, and makes them known to it."""

    def __init__(self, schema: GraphQLSchema, grounds: Grounds) -> None:
        self._schema = schema
        self._grounds = grounds

    def add_to(self, field: GraphQLField, kind: str) -> None:
        """Gives a connection field over nodes of type `kind` its `where`, its `orderBy` and, with text, its `search`."""
        text = described("only those for which this holds", "筛选条件")
        field.args["where"] = GraphQLArgument(self._where(kind), description=text)
        text = described(
            "sorted by these instead of the list's own order, first key first", "排序，先列者优先"
        )
        order = GraphQLList(GraphQLNonNull(self._order(kind)))
        field.args["orderBy"] = GraphQLArgument(order, description=text)
        if self._grounds[kind].searched:
            field.args["search"] = GraphQLArgument(GraphQLString, description=SEARCH)

    def _known[T: GraphQLNamedType](self, name: str, make: Callable[[], T]) -> T:
        known = self._schema.type_map.get(name)
        if known is None:
            known = self._schema.type_map[name] = make()
            if isinstance(known, GraphQLInputObjectType):
                _ = known.fields  # makes the types that it names known too
        return known  # type: ignore[return-value]  # what was made under that name

    def _where(self, kind: str) -> GraphQLInputObjectType:
        def fields() -> dict[str, GraphQLInputField]:
            own: GraphQLInputType = GraphQLNonNull(self._where(kind))
            made = {
                "and": _field("and", GraphQLList(own)),
                "or": _field("or", GraphQLList(own)),
                "not": _field("not", self._where(kind)),
            }
            for name, asked, field in self._asked(kind):
                made[name] = GraphQLInputField(self._filter(asked, field), description=field.description)
            return made

        text = described(f"Conditions on {kind}, all of which must hold", "筛选条件，须全部满足")
        return self._known(f"{kind}Where", lambda: GraphQLInputObjectType(f"{kind}Where", fields, text))

    def _filter(self, asked: object, field: GraphQLField) -> GraphQLNullableInputType:
        if isinstance(asked, Step):
            return self._neighbours(asked.target) if asked.is_many else self._where(asked.target)
        inner = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        named = GraphQLID if isinstance(asked, GlobalId) else get_named_type(field.type)
        assert isinstance(named, GraphQLScalarType | GraphQLEnumType)
        return self._tests(named, is_list=is_list_type(inner))

    def _neighbours(self, kind: str) -> GraphQLInputObjectType:
        name = f"{kind}ListWhere"
        text = described(f"Conditions on several {kind}", "对多个对象的条件")

        def fields() -> dict[str, GraphQLInputField]:
            return {each: _field(each, self._where(kind)) for each in ("some", "none", "all")}

        return self._known(name, lambda: GraphQLInputObjectType(name, fields, text))

    def _tests(self, named: GraphQLScalarType | GraphQLEnumType, *, is_list: bool) -> GraphQLInputObjectType:
        name = f"{named.name}{'List' if is_list else ''}Filter"
        text = described(f"Comparisons with {named.name}, all of which must hold", "比较条件，须全部满足")
        made = {word: _field(word, kind) for word, kind in _tests_of(named, is_list)}
        return self._known(name, lambda: GraphQLInputObjectType(name, made, text))

    def _order(self, kind: str) -> GraphQLInputObjectType:
        name = f"{kind}Order"

        def fields() -> dict[str, GraphQLInputField]:
            return {name: self._order_field(asked, field) for name, asked, field in self._sortable(kind)}

        text = described(f"One sort key of {kind}", "一个排序项")
        made = self._known(name, lambda: GraphQLInputObjectType(name, fields, text, is_one_of=True))
        self._known("Direction", lambda: _DIRECTION)
        return made

    def _order_field(self, asked: object, field: GraphQLField) -> GraphQLInputField:
        if isinstance(asked, Step) and asked.is_many:
            return GraphQLInputField(
                _DIRECTION, description=f"{described('how many of these', '按数量')}：{field.description}"
            )
        kind = self._order(asked.target) if isinstance(asked, Step) else _DIRECTION
        return GraphQLInputField(kind, description=field.description)

    def _sortable(self, kind: str) -> Iterator[tuple[str, object, GraphQLField]]:
        for name, asked, field in self._asked(kind):
            inner = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
            if isinstance(asked, Step) or not is_list_type(inner):
                yield name, asked, field

    def _asked(self, kind: str) -> Iterator[tuple[str, object, GraphQLField]]:
        ground: Ground = self._grounds[kind]
        declared: Mapping[str, GraphQLField] = self._schema.type_map[kind].fields  # type: ignore[attr-defined]  # an object or interface
        for name, asked in ground.fields.items():
            yield name, asked, declared[name]


def _tests_of(
    named: GraphQLScalarType | GraphQLEnumType, is_list: bool
) -> Iterator[tuple[str, GraphQLNullableInputType]]:
    if is_list:
        yield "has", named
    else:
        yield "eq", named
        if named.name != "Boolean":
            yield "in", GraphQLList(GraphQLNonNull(named))
        for word in ("lt", "lte", "gt", "gte") if named.name in _ORDERED else ():
            yield word, named
        for word in ("contains", "startsWith") if named.name == "String" else ():
            yield word, named
    if named.name != "ID":
        yield "isNull", GraphQLBoolean


def _field(word: str, kind: GraphQLInputType) -> GraphQLInputField:
    return GraphQLInputField(kind, description=described(*_TOLD[word]))
