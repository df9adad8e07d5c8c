"""Declarations: what the schema says of them, and what is refused when it is built."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import strawberry
from strawberry.permission import BasePermission

from graph.compiler.catalogue import SchemaFault
from graph.compiler.declare import Leaf, equals, incoming, outgoing
from graph.model.describe import column, noun, refers
from graph.model.terms import Subject
from schema.kit.connections import Connection
from schema.kit.execution import build_schema
from schema.kit.fields import derived, entry, graph_type, label_of, many, one, several
from schema.kit.graph_field import GRAPH, GraphField
from tests.schema.kit.orchards import orchard_schema

if TYPE_CHECKING:

    class Nobody:
        """Known to the type checker alone: the mistake under test."""


@noun("Boat", "船", "a boat")
class BoatNoun:
    """A noun for the tests."""

    id: str = column("编号", "code")
    name: str = column("船名", "what is painted on it")
    subject: Subject | None = column("学科", "subject", default=None, note_en="if it teaches")
    harbour: str | None = refers("AT", "Harbour", "港口", "where it lies", default=None)


@graph_type(BoatNoun)
class Boat:
    """A boat."""

    name: str
    subject: Subject | None
    subject_label: str | None = label_of("subject")


@graph_type(label="Harbour")
class Harbour:
    """Where boats lie. 中文：港口"""

    boats: Connection[Boat] = many(
        incoming("AT", "Boat"), args={"subject": equals("subject"), "name": equals("name")}
    )


@strawberry.type
class Query:
    """The harbour's entries."""

    harbours: Connection[Harbour] = entry()


def test_descriptions_arguments_and_types_follow_from_the_noun() -> None:
    printed = build_schema(Query).as_str()
    assert '"""A boat. 中文：船"""\ntype Boat implements Node {' in printed
    assert '  """what is painted on it. 中文：船名"""\n  name: String!\n' in printed
    assert '  """subject (if it teaches). 中文：学科"""\n  subject: Subject\n' in printed
    assert "lang: Language\n" in printed
    assert '    """only with this subject. 中文：只看该学科"""\n    subject: Subject\n' in printed
    assert "    name: String\n" in printed
    assert "    first: Int\n" in printed
    assert '  """mathematics. 中文：数学"""\n  MATHEMATICS\n' in printed


def test_the_types_behind_an_interface_are_in_the_schema_unasked() -> None:
    printed = orchard_schema().as_str()
    assert "type Beekeeper implements Helper & Node {" in printed


class _Nobody(BasePermission):
    def has_permission(self, source: Any, info: Any, **given: Any) -> bool:
        return False


@graph_type(label="Cave")
class Cave:
    """A type with a permission. 中文：洞"""

    name: str = GraphField(metadata={GRAPH: Leaf("name")}, permission_classes=[_Nobody])  # type: ignore[assignment]


@graph_type(label="Well")
class Well:
    """A path to another label than its type's. 中文：井"""

    cave: Harbour | None = one(outgoing("NEAR", "Cave"))


@graph_type(label="Pond")
class Pond:
    """A connection that is no connection. 中文：塘"""

    harbours: Connection[Harbour] = several(outgoing("NEAR", "Harbour"))


@graph_type(label="Lake")
class Lake:
    """A filter by what nobody knows. 中文：湖"""

    harbours: Connection[Harbour] = many(outgoing("NEAR", "Harbour"), args={"depth": equals("depth")})


@graph_type(label="Sea")
class Sea:
    """A path to a type that was never declared. 中文：海"""

    nobody: Nobody | None = one(outgoing("NEAR", "Nobody"))


def _query_of(kind: Any) -> type:
    return strawberry.type(type("Query", (), {"__annotations__": {"all": Connection[kind]}, "all": entry()}))


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (Cave, "Cave.name: the compiler skips permission classes and extensions: use a rule of visibility"),
        (Well, "Well.cave: the path ends at Cave, which is no Harbour"),
        (Pond, "Pond.harbours: many() goes with Connection[…], the others do not"),
        (Lake, "Harbour.depth: no such field: name the type of the filter's argument"),
        (Sea, "undeclared type: "),
    ],
)
def test_what_the_compiler_would_have_to_skip_or_guess_is_refused(kind: type, message: str) -> None:
    with pytest.raises(SchemaFault) as refused:
        build_schema(_query_of(kind))
    assert message in refused.value.en


def _with_method() -> type:
    class Hut:
        @strawberry.field
        def name(self) -> str:
            """A resolver."""
            return "hut"

    return Hut


def _with_typo() -> type:
    class Hut:
        nmae: str

    return Hut


def _with_reference() -> type:
    class Hut:
        where: str | None = derived("harbour", make=str)

    return Hut


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_with_method, "Hut.name: a graph type has no resolvers: use derived()"),
        (_with_typo, "Hut.nmae: the noun has no property 'nmae'"),
        (_with_reference, "Hut.where: the noun has no property 'harbour'"),
    ],
)
def test_a_class_that_does_not_fit_its_noun_is_refused(make: Callable[[], type], message: str) -> None:
    with pytest.raises(SchemaFault) as refused:
        graph_type(BoatNoun)(make())
    assert refused.value.en == message


def test_a_permission_on_an_entry_is_refused() -> None:
    field = entry()
    guarded = GraphField(metadata=field.metadata, permission_classes=[_Nobody])
    query = strawberry.type(
        type("Query", (), {"__annotations__": {"harbours": Connection[Harbour]}, "harbours": guarded})
    )
    with pytest.raises(SchemaFault) as refused:
        build_schema(query)
    assert refused.value.data == {"place": "Query.harbours"}
