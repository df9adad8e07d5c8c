"""A list that narrows what is wanted is never empty: absent it means all, empty it would mean nothing."""

from __future__ import annotations

from graph.store import Store, count_statements
from schema.root import schema
from tests.schema.test_root import context

TOLD = "the list is empty; for all of them leave it out"


async def test_recommending_for_no_need_is_refused_before_anything_is_read(store: Store) -> None:
    asked = 'recommendOrders(alliance: "Alliance:a", needs: []) { orders { rank } }'
    with count_statements() as counted:
        result = await schema.execute(f"{{ {asked} }}", context_value=context(store))
    assert result.errors is not None
    assert [(each.message, (each.extensions or {})["code"]) for each in result.errors] == [
        (TOLD, "INVALID_INPUT")
    ]
    assert counted.total == 0


async def test_issuing_for_no_need_is_refused_and_writes_nothing(store: Store) -> None:
    wish = '{ alliance: "Alliance:a", needs: [] }'
    document = f"mutation {{ issueRecommendations(input: {wish}) {{ userErrors {{ field code message }} }} }}"
    with count_statements() as counted:
        result = await schema.execute(document, context_value=context(store))
    assert result.errors is None
    assert result.data == {
        "issueRecommendations": {"userErrors": [{"field": "needs", "code": "INVALID_INPUT", "message": TOLD}]}
    }
    assert counted.total == 0
