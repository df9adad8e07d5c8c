"""Every type that the schema generates is used by a document that is kept, so that none stands there for nothing."""

from __future__ import annotations

from schema.root import schema
from tests.oracle.corpus import graph_reads, mixed
from tests.oracle.documents import Document
from tests.oracle.used import generated, used

SERVED = schema._schema


def test_every_generated_type_is_used_by_a_document_that_is_kept() -> None:
    documents = [*graph_reads().values(), *mixed().values()]
    unused = generated(SERVED) - used(SERVED, documents)
    assert not unused, f"no document of the corpus uses {', '.join(sorted(unused))}"


def test_generated_is_what_no_class_declares() -> None:
    made = generated(SERVED)
    of_a_noun = {
        f"Need{part}" for part in ("Where", "ListWhere", "Order", "Aggregate", "Bucket", "Dimension")
    }
    shared = {"Direction", "DateRange", "NumberStatistics", "SubjectFilter", "StringListFilter"}
    assert of_a_noun | shared | {"NeedConnection", "NeedEdge", "NodeConnection"} <= made
    declared = {"Need", "Subject", "Date", "PageInfo", "Person", "SearchResult", "PeriodInput", "Query", "ID"}
    assert not made & (declared | {"PlaceOrderInput", "PlaceOrderPayload", "RecommendedOrder", "__Type"})


def test_a_type_is_used_where_a_value_of_it_is_given_or_selected() -> None:
    written = Document(
        "{ needs(where: { topic: { subject: { in: [ART] } } }) { groups(by: [STATUS]) { keys } } }"
    )
    assert used(SERVED, [written]) == {
        "NeedConnection", "NeedWhere", "TopicWhere", "SubjectFilter", "Subject",
        "NeedBucket", "NeedDimension", "String",
    }  # fmt: skip
    text = "query ($where: NeedWhere) { needs(where: $where) { totalCount } }"
    given = Document(text, ({"where": {"not": {"school": {"devices": {"gt": 1}}}}},))
    assert used(SERVED, [given]) == {"NeedConnection", "NeedWhere", "SchoolWhere", "IntFilter", "Int"}
    assert used(SERVED, [Document("{ needs { nothing } }")]) == set(), (
        "a document that does not fit uses nothing"
    )
