"""The fields `aggregate` and `groups` of each connection: output types that follow from the graph types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLFloat,
    GraphQLInt,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    get_named_type,
    is_list_type,
)

from graph.compiler.declare import Leaf
from graph.compiler.grounds import Grounds, Step
from graph.compiler.tallying import PROPERTY_OF
from schema.kit.describing import described

_PRESENT = ("present", "nodes where there is one", "有值的个数")
_NUMBERS = (
    ("min", "the least", "最小值"),
    ("max", "the greatest", "最大值"),
    ("average", "the mean of those that are there", "平均值"),
    ("sum", "all together, null where there is none", "合计"),
)
_NAME_OF = {own: name for name, own in PROPERTY_OF.items()}
_DATES = (("earliest", "the earliest", "最早"), ("latest", "the latest", "最晚"))


class Aggregates:
    """Makes the types of one schema, each once; `resolve` gives the values where graphql-core walks."""

    def __init__(self, schema: GraphQLSchema, grounds: Grounds, resolve: Callable[..., object]) -> None:
        self._schema = schema
        self._grounds = grounds
        self._resolve = resolve

    def add_to(self, connection: GraphQLObjectType, kind: str) -> None:
        """Gives a connection type over nodes of type `kind` its aggregates."""
        whole = GraphQLNonNull(self._aggregate(kind))
        connection.fields["aggregate"] = self._field(
            whole, "numbers over the whole list, whatever its page", "整个列表的统计"
        )
        dimensions = self._dimensions(kind)
        if dimensions.values:
            rows = GraphQLNonNull(GraphQLList(GraphQLNonNull(self._bucket(kind))))
            groups = self._field(
                rows, "the same for each group of the list, the largest 1000 first", "分组统计，大者在前"
            )
            text = described("what they are grouped by, 1 to 3 things", "分组依据，1 至 3 项")
            by = GraphQLNonNull(GraphQLList(GraphQLNonNull(dimensions)))
            groups.args["by"] = GraphQLArgument(by, description=text)
            connection.fields["groups"] = groups

    def _known[T: GraphQLNamedType](self, made: T) -> T:
        known: T = self._schema.type_map.setdefault(made.name, made)  # type: ignore[assignment]  # made under that name
        return known

    def _field(self, kind: GraphQLOutputType, en: str, zh: str) -> GraphQLField:
        return GraphQLField(kind, resolve=self._resolve, description=described(en, zh))

    def _object(self, name: str, fields: dict[str, GraphQLField], en: str, zh: str) -> GraphQLObjectType:
        return self._known(GraphQLObjectType(name, fields, description=described(en, zh)))

    def _aggregate(self, kind: str) -> GraphQLObjectType:
        fields = {"count": self._field(GraphQLNonNull(GraphQLInt), "how many there are", "个数")}
        for name, field in self._leaves(kind):
            statistics = self._statistics(get_named_type(field.type).name)
            if statistics is not None:
                fields[_NAME_OF.get(name, name)] = GraphQLField(
                    GraphQLNonNull(statistics), resolve=self._resolve, description=field.description
                )
        return self._object(f"{kind}Aggregate", fields, f"Numbers over a list of {kind}", "统计")

    def _statistics(self, scalar: str) -> GraphQLObjectType | None:
        present = self._field(GraphQLNonNull(GraphQLInt), *_PRESENT[1:])
        if scalar in ("Int", "Float"):
            numbers = {name: self._field(GraphQLFloat, en, zh) for name, en, zh in _NUMBERS}
            return self._object(
                "NumberStatistics", {"present": present, **numbers}, "Numbers of one property", "数值统计"
            )
        if scalar == "Date":
            date = self._schema.type_map["Date"]
            days = {name: self._field(date, en, zh) for name, en, zh in _DATES}  # type: ignore[arg-type]  # a scalar
            return self._object("DateRange", {"present": present, **days}, "Days of one property", "日期范围")
        return None

    def _bucket(self, kind: str) -> GraphQLObjectType:
        keys = GraphQLNonNull(GraphQLList(GraphQLString))
        told = "what the group has in common, in the order asked for: terms by name, things by id"
        fields = {
            "keys": self._field(keys, told, "分组值"),
            "aggregate": self._field(
                GraphQLNonNull(self._aggregate(kind)), "numbers over the group", "该组统计"
            ),
        }
        return self._object(f"{kind}Bucket", fields, f"A group of a list of {kind}", "分组")

    def _dimensions(self, kind: str) -> GraphQLEnumType:
        values = {
            re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper(): GraphQLEnumValue(name, field.description)
            for name, field in self._groupable(kind)
        }
        text = described(f"What a list of {kind} can be grouped by", "分组依据")
        made = GraphQLEnumType(f"{kind}Dimension", values, description=text)
        return self._known(made) if values else made

    def _groupable(self, kind: str) -> Iterator[tuple[str, GraphQLField]]:
        for name, asked in self._grounds[kind].fields.items():
            field = self._declared(kind)[name]
            named = get_named_type(field.type)
            is_term = isinstance(named, GraphQLEnumType) or named.name in ("Boolean", "String")
            is_far = isinstance(asked, Step) and not asked.is_many
            if is_far or (isinstance(asked, Leaf) and asked.name != "id" and is_term and not _is_list(field)):
                yield name, field

    def _leaves(self, kind: str) -> Iterator[tuple[str, GraphQLField]]:
        for name, asked in self._grounds[kind].fields.items():
            field = self._declared(kind)[name]
            if isinstance(asked, Leaf) and not _is_list(field):
                yield name, field

    def _declared(self, kind: str) -> dict[str, GraphQLField]:
        fields: dict[str, GraphQLField] = self._schema.type_map[kind].fields  # type: ignore[attr-defined]  # an object or interface
        return fields


def _is_list(field: GraphQLField) -> bool:
    return is_list_type(field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type)
