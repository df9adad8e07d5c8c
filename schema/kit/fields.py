"""How a graph type and an entry into the graph are declared; nothing else is written for a read.

`@graph_type(noun)` makes a class a type whose values are nodes; a plain annotation is a stored property,
`one`, `several` and `many` lead to other nodes, `derived` and `label_of` are made of properties.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, get_args, get_origin

import strawberry
from graphql import GraphQLError
from strawberry.types.field import StrawberryField

from graph.compiler.catalogue import SchemaFault
from graph.compiler.declare import Derived, Entry, Filter, GlobalId, Hop, Leaf, Path
from graph.model.describe import describe
from graph.model.pseudonyms import PSEUDONYM, PSEUDONYMOUS
from schema.kit.annotations import remember, resolve_annotation, without_null
from schema.kit.context import Tongue
from schema.kit.describing import described, end_text
from schema.kit.graph_field import (
    GRAPH,
    ById,
    GraphField,
    GraphMeta,
    LabelOf,
    PageOfFound,
    SearchAll,
    known_fields,
)


def many(
    *hops: Hop,
    order: tuple[str, ...] = ("id",),
    args: Mapping[str, Filter] | None = None,
    en: str = "",
    zh: str = "",
) -> Any:
    """A connection to the nodes at the end of a path, each once."""
    return _field(Path(hops, "many", order, args or {}), en, zh)


def one(*hops: Hop, order: tuple[str, ...] = ("id",), en: str = "", zh: str = "") -> Any:
    """The node at the end of a path; where there are several, the first in `order`."""
    return _field(Path(hops, "one", order), en, zh)


def several(*hops: Hop, order: tuple[str, ...] = ("id",), en: str = "", zh: str = "") -> Any:
    """The nodes at the end of a path as a plain list: for the few, since it has no pages."""
    return _field(Path(hops, "several", order), en, zh)


def derived(*properties: str, make: Callable[..., object], en: str = "", zh: str = "") -> Any:
    """What a pure function makes of stored properties (as stored: enums by name, dates as text).

    A function with a parameter `lang` gets the language asked for, the asker's own where none is.
    """
    return _field(Derived(properties, make), en, zh)


def as_stored(value: object) -> object:
    """The `make` of a derived field that is a property which no noun holds, such as a pseudonym."""
    return value


def label_of(name: str, en: str = "", zh: str = "") -> Any:
    """The label (for a list: labels) of a coded property, in the language asked for."""
    return _field(LabelOf(name), en, zh)


def entry(
    *, order: tuple[str, ...] = ("id",), args: Mapping[str, Filter] | None = None, en: str = "", zh: str = ""
) -> Any:
    """A connection over all nodes of a type, for a root field."""
    return _field(Entry(order, args or {}), en, zh)


def node_entry() -> Any:
    """The root field `node(id)`."""
    return _field(ById(False), "the thing with that id, null when there is none", "按编号取一个对象")


def nodes_entry() -> Any:
    """The root field `nodes(ids)`."""
    return _field(
        ById(True), "the things with those ids, in their order, null where there is none", "按编号取多个对象"
    )


def search_entry() -> Any:
    """The root field `search(text)`, whose type is a list of a union of graph types."""
    return _field(
        SearchAll(), "what has these words in its text, the shortest texts first", "全文检索，文字短者在前"
    )


def page_field(en: str = "", zh: str = "") -> Any:
    """A connection field of a plain type, whose value is `found_page(...)`."""
    return _field(PageOfFound(), en, zh)


def _field(declared: object, en: str = "", zh: str = "") -> Any:
    return GraphField(metadata={GRAPH: declared}, description=described(en, zh) or None)


@strawberry.interface(description="A thing of the graph. 中文：图中的对象")
class Node:
    """A thing of the graph, by an id that is good for all types and a code that is the office's own."""

    id: strawberry.ID = _field(GlobalId(), "id among all things, `Label:code`", "全局编号")
    code: str = _field(Leaf("id"), "the office's own code", "编号")


def graph_type[T](
    noun: type | None = None, *, label: str = "", searched: tuple[str, ...] = (), **constant: str
) -> Callable[[type[T]], type[T]]:
    """Make a class a GraphQL type whose values are the nodes of the noun's label (or of `label`).

    `constant`, such as `kind="TEACHER"`, is the property that tells it from other types of the label. `searched`
    are the properties whose words are found, where no noun says so.
    Raises SchemaFault for what can't be a graph type.
    """
    if len(constant) > 1:
        raise SchemaFault(str(noun), "只能有一个常量属性", "a graph type has one constant property at most")
    pair = next(iter(constant.items()), None)
    return lambda cls: _declare(cls, noun, label, pair, None, searched)


def graph_interface[T](
    noun: type | None = None, *, tag: str, label: str = "", searched: tuple[str, ...] = ()
) -> Callable[[type[T]], type[T]]:
    """Make a class a GraphQL interface over the nodes of one label; the property `tag` says which type each is."""
    return lambda cls: _declare(cls, noun, label, None, tag, searched)


def _declare[T](
    cls: type[T],
    noun: type | None,
    label: str,
    constant: tuple[str, str] | None,
    tag: str | None,
    searched: tuple[str, ...] = (),
) -> type[T]:
    about = None if noun is None else describe(noun)
    if not label and about is None:
        raise SchemaFault(cls.__name__, "缺少标签", "give a noun or a label")
    meta = GraphMeta(label or about.label if about else label, about, constant, tag, searched)
    made = _as_node(cls)
    made.__graph__ = meta
    _refuse_resolvers(cls)
    for name in inspect.get_annotations(cls):
        _prepare_field(made, name)
    text = inspect.cleandoc(cls.__doc__ or "")
    if about is not None and "中文" not in text:
        text = described(text.removesuffix("."), about.zh)
    decorate = strawberry.interface if tag else strawberry.type
    done: Any = decorate(made, description=text or None)
    remember(done)
    return done  # type: ignore[no-any-return]  # the same class, decorated


def _refuse_resolvers(cls: type) -> None:
    for name, value in vars(cls).items():
        if isinstance(value, StrawberryField) and not isinstance(value, GraphField):
            place = f"{cls.__name__}.{name}"
            raise SchemaFault(place, "图类型不能有解析函数", "a graph type has no resolvers: use derived()")


def _as_node(cls: type) -> Any:
    if issubclass(cls, Node):
        return cls
    space = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    return type(cls.__name__, (Node,), space)


def _prepare_field(cls: Any, name: str) -> None:
    """The field of an annotation: as assigned, else the stored property of that name; checked, described."""
    field = vars(cls).get(name)
    if field is None:
        field = GraphField(metadata={GRAPH: Leaf(name)})
        setattr(cls, name, field)
    place = f"{cls.__name__}.{name}"
    if not isinstance(field, GraphField):
        raise SchemaFault(place, "不是图字段", "not a field of the graph: see schema.kit.fields")
    _check_properties(cls, place, field.declared)
    if not field.description:
        field.description = _description(cls, name, field.declared)
    if isinstance(field.declared, LabelOf):
        own = field.declared.name
        field.metadata = MappingProxyType(
            {GRAPH: Derived((own,), _labels(_term(cls, own), _is_list(cls, name)))}
        )


def _check_properties(cls: Any, place: str, declared: object) -> None:
    known = known_fields(cls)
    names: tuple[str, ...] = (declared.name,) if isinstance(declared, Leaf | LabelOf) else ()
    names = declared.properties if isinstance(declared, Derived) else names
    for name in names if known else ():
        if name == PSEUDONYM and cls.__graph__.label in PSEUDONYMOUS:
            continue
        if name not in known or known[name].reference is not None:
            raise SchemaFault(place, f"名词没有属性 {name!r}", f"the noun has no property {name!r}")


def _description(cls: Any, name: str, declared: object) -> str | None:
    if isinstance(declared, Path) and declared.shape != "one" and name not in known_fields(cls):
        return end_text(name, declared.hops[-1].label)
    about = known_fields(cls).get(declared.name if isinstance(declared, Leaf | LabelOf) else name)
    if about is None:
        return None
    if isinstance(declared, LabelOf):
        return described(f"label of: {about.en}", f"{about.zh}（文字）")
    note = f" ({about.note_en})" if about.note_en else ""
    return described(f"{about.en}{note}", about.zh)


def _term(cls: Any, name: str) -> Any:
    known = known_fields(cls)
    kind: Any = known[name].kind if name in known else None
    if kind is None:
        kind = without_null(resolve_annotation(cls.__annotations__[name], cls.__module__))
        kind = get_args(kind)[0] if get_origin(kind) is list else kind
    if not (isinstance(kind, type) and issubclass(kind, Enum)):
        raise SchemaFault(f"{cls.__name__}.{name}", "不是编码属性", "label_of() wants a coded property")
    return kind


def _is_list(cls: Any, name: str) -> bool:
    return get_origin(without_null(resolve_annotation(cls.__annotations__[name], cls.__module__))) is list


def _labels(term: Any, is_list: bool) -> Callable[..., object]:
    """The label of a stored name, or of each. They raise GraphQLError for a name that the term doesn't have."""
    tables = {
        Tongue.ZH: {each.name: each.zh for each in term},
        Tongue.EN: {each.name: each.en for each in term},
    }

    def label(name: str | None, lang: Tongue) -> str | None:
        if name is not None and name not in tables[lang]:
            raise GraphQLError(f"Enum {term.__name__!r} cannot represent value: {name!r}")
        return None if name is None else tables[lang][name]

    def labels(names: list[str] | None, lang: Tongue) -> list[str | None]:
        return [label(each, lang) for each in names or ()]

    return labels if is_list else label
