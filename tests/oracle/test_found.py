"""What the oracle found in the compiler, each by the smallest document that shows it."""

from __future__ import annotations

from tests.oracle.campaign import Campaign
from tests.oracle.documents import Document

_SCHOOLS = (
    'schools(first: 1, after: $after, where: { name: { contains: "小学" } }) { edges { cursor node { id } } }'
)


async def test_a_cursor_under_conditions_is_good_whatever_stands_beside_its_list(campaign: Campaign) -> None:
    asked = campaign.again()
    alone = f"query ($after: String) {{ {_SCHOOLS} }}"
    assert await asked.differing([Document(alone)]) == []
    plain, _ = asked.plain(alone, {}, "zh")
    after = plain.data["schools"]["edges"][0]["cursor"]
    beside = f"query ($after: String) {{ topics {{ edges {{ node {{ id }} }} }} {_SCHOOLS} }}"
    assert await asked.differing([Document(beside, ({"after": after},))]) == []
    assert asked.seen == {"fine": 2}


async def test_numbers_of_a_property_called_count_leave_the_count_alone(campaign: Campaign) -> None:
    asked = campaign.again()
    text = (
        '{ resources(pool: HARDWARE, text: "平板") { aggregate { count countValues { present min sum } } } }'
    )
    assert await asked.differing([Document(text)]) == []
    plain, _ = asked.plain(text, {}, "zh")
    values = {"present": 1, "min": 30.0, "sum": 30.0}
    assert plain.data["resources"]["aggregate"] == {"count": 1, "countValues": values}


async def test_the_least_and_the_greatest_are_stored_values_to_the_last_digit(campaign: Campaign) -> None:
    asked = campaign.again()
    text = "{ needs(first: 0) { aggregate { confidence { min max } } } }"
    assert await asked.differing([Document(text)]) == []
    plain, _ = asked.plain(text, {}, "zh")
    stored = [node.get("confidence") for node in asked.graph.labelled("Need")]
    assert plain.data["needs"]["aggregate"]["confidence"] == {"min": min(stored), "max": max(stored)}
