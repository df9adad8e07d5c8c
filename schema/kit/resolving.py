"""How graphql-core's resolvers lead into the compiler: entries, nodes found by id, raw values."""

from __future__ import annotations

from asyncio import ensure_future
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast

from graphql import GraphQLList, GraphQLNonNull, GraphQLOutputType, GraphQLResolveInfo, get_named_type
from strawberry.dataloader import DataLoader

from graph.compiler.compiler import Answer, Compiler
from graph.compiler.operation import Call, Operation
from graph.compiler.plan import Raw
from schema.kit.context import Context
from schema.kit.found import Found
from schema.kit.lane import entries_key

Resolve = Callable[..., Any]
Info = GraphQLResolveInfo[Any]
_Key = tuple[str, str]
_Group = tuple[str, tuple[str, ...]]


def from_raw(source: Raw, info: Info, **arguments: object) -> object:
    """The raw value of a compiled field, where graphql-core walks."""
    return source.values[cast(str, info.path.key)]


def resolve_entry(compiler: Compiler) -> Resolve:
    """The resolver of a root field over the graph: all of an operation share one statement."""

    async def resolve(source: object, info: Info, **arguments: object) -> Answer | list[Answer]:
        answers, key = _context(info).loaders, entries_key(info.operation)
        if key not in answers:
            answers[key] = ensure_future(compiler.operation(_operation(info), _context(info).asking()))
        answer = (await answers[key])[cast(str, info.path.key)]
        if isinstance(answer, Exception):
            raise answer
        return cast("Answer | list[Answer]", answer)

    return resolve


def resolve_found(compiler: Compiler, place: str, original: Resolve) -> Resolve:
    """The resolver of a field of a plain type whose value names nodes by id: they are fetched together.

    All siblings of a list share one statement.
    """

    def settle(value: object, info: Info) -> Any:
        if value is None:
            return None
        if isinstance(value, Found) and value.shape == "page":
            return _page_loader(compiler, place, info).load((value.label, value.ids))
        if isinstance(value, Found) and value.shape == "one":
            return _loader(compiler, place, info).load((value.label, value.ids[0]))
        loading = _loader(compiler, place, info).load_many(_keys(value, place))
        return _list_of(loading, info.return_type)

    async def settle_later(value: Awaitable[object], info: Info) -> Any:
        settled = settle(await value, info)
        return await settled if info.is_awaitable(settled) else settled

    def resolve(source: object, info: Info, **arguments: object) -> Any:
        value = original(source, info, **arguments)
        return settle_later(value, info) if info.is_awaitable(value) else settle(value, info)

    return resolve


def _keys(value: object, place: str) -> list[_Key]:
    if isinstance(value, Found):
        return [(value.label, own) for own in value.ids]
    if isinstance(value, list | tuple) and all(isinstance(each, Found) and each.ids for each in value):
        return [(each.label, each.ids[0]) for each in value]
    raise TypeError(f"{place} gave {type(value).__name__}, not nodes found by id (schema.kit.found)")


async def _list_of(loading: Awaitable[list[Answer]], kind: GraphQLOutputType) -> list[Answer]:
    return [each for each in await loading if each is not None or _has_nullable_items(kind)]


def _has_nullable_items(kind: GraphQLOutputType) -> bool:
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    return isinstance(inner, GraphQLList) and not isinstance(inner.of_type, GraphQLNonNull)


def _loader(compiler: Compiler, place: str, info: Info) -> DataLoader[_Key, Answer]:
    """The loader that all siblings of this field in this operation share."""
    loaders, key = _context(info).loaders, _place_in_operation(place, info)
    if key not in loaders:
        call = _call(info, place)
        kind, asking = get_named_type(info.return_type), _context(info).asking()

        async def load(keys: list[_Key]) -> list[Answer]:
            found = await compiler.nodes(call, kind, _by_label(keys), asking)
            return [found.get(each) for each in keys]

        loaders[key] = DataLoader(load_fn=load, cache=False)
    return cast("DataLoader[_Key, Answer]", loaders[key])


def _page_loader(compiler: Compiler, place: str, info: Info) -> DataLoader[_Group, Answer]:
    """The loader that all siblings of this connection over nodes found by id share."""
    loaders, key = _context(info).loaders, _place_in_operation(place, info)
    if key not in loaders:
        call, asking = _call(info, place), _context(info).asking()

        async def load(groups: list[_Group]) -> list[Answer]:
            return await compiler.pages(call, groups, asking)

        loaders[key] = DataLoader(load_fn=load, cache=False)
    return cast("DataLoader[_Group, Answer]", loaders[key])


def _place_in_operation(place: str, info: Info) -> tuple[object, ...]:
    return (place, id(info.variable_values), *(id(node) for node in info.field_nodes))


def _by_label(keys: Sequence[_Key]) -> dict[str, list[str]]:
    by_label: dict[str, list[str]] = {}
    for label, own in keys:
        by_label.setdefault(label, []).append(own)
    return by_label


def _operation(info: Info) -> Operation:
    return Operation(info.operation, info.fragments, cast("dict[str, Any]", info.variable_values))


def _call(info: Info, place: str) -> Call:
    definition = info.parent_type.fields[info.field_name]
    return Call(_operation(info), info.field_nodes, definition, place)


def _context(info: Info) -> Context:
    return cast(Context, info.context)
