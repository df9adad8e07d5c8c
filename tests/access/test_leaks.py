"""What is hidden can't be found out by asking around it: filters, counts, cursors, ids, paths, orders."""

from __future__ import annotations

import base64
import json
from typing import Any

from graph.store import Store
from tests.access.asking import answered, data_for
from tests.access.world import World, read_world

# p-05 looks at his colleague p-06, of whom he sees code, name, kind and subject; p-06 has taught for 7 years.


def _codes(connection: Any) -> list[str]:
    return [each["node"]["code"] for each in connection["edges"]]


async def _teachers(store: Store, holder: str, arguments: str) -> list[str]:
    document = f"{{ teachers(first: 50, {arguments}) {{ totalCount edges {{ node {{ code }} }} }} }}"
    data = await data_for(store, holder, document)
    found = _codes(data["teachers"])
    assert data["teachers"]["totalCount"] == len(found)
    return found


async def test_a_filter_by_a_masked_property_finds_only_where_it_is_shown(county: Store) -> None:
    for asked in ("where: {yearsTaught: {eq: 7}}", "where: {digitalSkill: {gte: 3}}"):
        assert await _teachers(county, "administrator", asked) == ["p-06"]
        assert await _teachers(county, "officer", asked) == ["p-06"]
        assert await _teachers(county, "teacher", asked) == []
    missing = await _teachers(county, "teacher", "where: {yearsTaught: {isNull: true}}")
    assert missing == ["p-03", "p-05", "p-06", "p-07", "p-08", "p-11"]
    assert await _teachers(county, "teacher", "where: {not: {yearsTaught: {eq: 7}}}") == missing
    within = 'where: {mentors: {some: {mentor: {code: {eq: "p-07"}}}}}'
    assert await _teachers(county, "administrator", within) == ["p-05"]
    assert await _teachers(county, "trainer", within) == []


async def test_a_relationship_that_a_view_does_not_show_is_not_there(county: Store) -> None:
    paths = """trains { code } ... on Teacher { helpGroup { code } schools { code }
        employments(first: 9) { totalCount } needs { totalCount } diagnoses { totalCount } mentees { totalCount } }"""
    document = f'{{ node(id: "Person:p-03") {{ ... on Person {{ name {paths} }} }} }}'
    whole = (await data_for(county, "administrator", document))["node"]
    assert [each["code"] for each in whole["trains"]] == ["t-ld", "t-tw"]
    assert whole["helpGroup"] == {"code": "g-qx"}
    seen = (await data_for(county, "teacher", document))["node"]
    nothing = {"totalCount": 0}
    assert seen == {
        "name": "支甲",
        "trains": [],
        "helpGroup": None,
        "schools": [],
        "employments": nothing,
        "needs": nothing,
        "diagnoses": nothing,
        "mentees": nothing,
    }
    group = '{ node(id: "HelpGroup:g-qx") { ... on HelpGroup { members { totalCount } } } }'
    assert (await data_for(county, "administrator", group))["node"]["members"]["totalCount"] == 2
    assert (await data_for(county, "teacher", group))["node"]["members"]["totalCount"] == 0
    trained = 'where: {trains: {some: {code: {eq: "t-tw"}}}}'
    assert await _teachers(county, "administrator", trained) == ["p-01", "p-03"]
    assert await _teachers(county, "teacher", trained) == []


async def test_rows_out_of_sight_count_nowhere(county: Store) -> None:
    document = """{ needs { totalCount }
        topics(text: "朗读") { edges { node { needs { totalCount edges { node { code } } } } } }
        schools(text: "青溪") { edges { node { teachers { totalCount } employments { totalCount }
            gifts { totalCount } classContexts { totalCount } orders { totalCount } } } }
        trainingOrders { edges { node { needs { totalCount } sessions { edges { node {
            attendances { totalCount } feedback { totalCount } roles { totalCount } } } } } } } }"""
    world = await read_world(county)
    own = [need for need, person in world.pairs("Need", "OF", "Person") if person == "p-05"]
    mine = await data_for(county, "teacher", document)
    assert mine["needs"]["totalCount"] == len(own) == 2
    (topic,) = mine["topics"]["edges"]
    assert topic["node"]["needs"]["totalCount"] == 1
    (school,) = mine["schools"]["edges"]
    assert {name: each["totalCount"] for name, each in school["node"].items()} == {
        "teachers": 4,
        "employments": 4,
        "gifts": 0,
        "classContexts": 1,
        "orders": 0,
    }
    orders = [each["node"] for each in mine["trainingOrders"]["edges"]]
    assert sorted(each["needs"]["totalCount"] for each in orders) == [0, 1]
    sessions = [each["node"] for order in orders for each in order["sessions"]["edges"]]
    assert sorted(each["attendances"]["totalCount"] for each in sessions) == [0, 1, 1, 1]
    assert sorted(each["feedback"]["totalCount"] for each in sessions) == [0, 0, 0, 1]
    assert sorted(each["roles"]["totalCount"] for each in sessions) == [0, 0, 0, 1]


async def test_an_order_by_what_is_masked_tells_nothing(county: Store) -> None:
    ascending = "orderBy: [{yearsTaught: ASC}, {code: ASC}]"
    whole = await _teachers(county, "administrator", ascending)
    assert whole[:2] == ["p-06", "p-04"]
    masked = ["p-03", "p-05", "p-06", "p-07", "p-08", "p-11"]
    assert await _teachers(county, "teacher", ascending) == masked
    assert await _teachers(county, "teacher", "orderBy: [{yearsTaught: DESC}, {code: ASC}]") == masked
    by_needs = "orderBy: [{needs: DESC}, {code: ASC}]"
    assert (await _teachers(county, "teacher", by_needs))[0] == "p-05"


async def test_what_no_row_shows_is_refused_in_filters_and_orders(county: Store) -> None:
    for asked in (
        'text: "青"',
        'where: {name: {contains: "青"}}',
        "where: {yearsTaught: {eq: 7}}",
        'where: {mentees: {some: {mentee: {name: {eq: "青甲"}}}}}',
        "orderBy: [{name: ASC}]",
    ):
        document = f"{{ teachers({asked}) {{ totalCount }} }}"
        data, codes = await answered(county, "researcher", document)
        assert (data, codes) == (None, ["HIDDEN_FIELD"]), asked
    assert len(await _teachers(county, "researcher", "subject: CHINESE")) == 11


async def test_numbers_over_what_is_masked_count_only_where_it_is_shown(county: Store) -> None:
    document = """{ teachers { aggregate { count yearsTaught { present max } digitalSkill { present } }
        groups(by: [BACKBONE_LEVEL, HELP_GROUP]) { keys aggregate { count } } } }"""
    whole = (await data_for(county, "administrator", document))["teachers"]
    assert whole["aggregate"]["yearsTaught"] == {"present": 4, "max": 21.0}
    assert {"keys": ["COUNTY", None], "aggregate": {"count": 1}} in whole["groups"]
    assert {"keys": [None, "HelpGroup:g-qx"], "aggregate": {"count": 2}} in whole["groups"]
    seen = (await data_for(county, "teacher", document))["teachers"]
    assert seen["aggregate"] == {
        "count": 6,
        "yearsTaught": {"present": 0, "max": None},
        "digitalSkill": {"present": 0},
    }
    assert seen["groups"] == [{"keys": [None, None], "aggregate": {"count": 6}}]
    by_name = "{ teachers { groups(by: [NAME]) { keys } } }"
    assert (await answered(county, "researcher", by_name))[1] == ["HIDDEN_FIELD"]
    averaged = "{ teachers { aggregate { yearsTaught { present average } } } }"
    masked = (await data_for(county, "researcher", averaged))["teachers"]["aggregate"]
    assert masked == {"yearsTaught": {"present": 0, "average": None}}


async def test_a_search_finds_what_is_shown_and_nothing_else(county: Store) -> None:
    document = "{ search(text: %s, first: 50) { __typename ... on Node { code } } }"

    async def found(holder: str, text: str) -> list[tuple[str, str]]:
        data = await data_for(county, holder, document % json.dumps(text, ensure_ascii=False))
        return sorted((each["__typename"], each["code"]) for each in data["search"])

    feedback = ("Feedback", next(iter(await _said_too_quietly(county))))
    assert feedback in await found("administrator", "声音太小")
    assert feedback in await found("officer", "声音太小")
    assert await found("teacher", "声音太小") == []
    assert ("Evidence", "w-05") in await found("teacher", "朗读拖腔")
    assert await found("council", "朗读拖腔") == []
    assert await found("teacher", "青乙") == [("Teacher", "p-06")]
    assert await found("principal", "邻乙") == []
    assert await found("researcher", "青乙") == []
    assert await found("nobody", "青溪") == []


async def _said_too_quietly(store: Store) -> set[str]:
    world = await read_world(store)
    return {id for id, node in world.of("Feedback").items() if "声音太小" in str(node.get("remark"))}


async def test_a_researcher_pages_by_pseudonyms_and_finds_nothing_by_an_id(county: Store) -> None:
    world = await read_world(county)
    names = {str(node["pseudonym"]): id for id, node in world.of("Person").items()}
    found: list[str] = []
    after = "null"
    while True:
        document = f"""{{ teachers(first: 5, after: {after}) {{ pageInfo {{ hasNextPage endCursor }}
            edges {{ cursor node {{ id code name pseudonym subject }} }} }} }}"""
        page = (await data_for(county, "researcher", document))["teachers"]
        for edge in page["edges"]:
            node = edge["node"]
            assert node["id"] == f"Person:{node['pseudonym']}"
            assert (node["code"], node["name"]) == (node["pseudonym"], None)
            assert _keys(edge["cursor"]) == [node["pseudonym"]]
            found.append(node["pseudonym"])
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = json.dumps(page["pageInfo"]["endCursor"])
    assert found == sorted(found)
    assert {names[each] for each in found} == {f"p-{number:02}" for number in range(1, 13)} | {"p-old"}
    by_id = await data_for(county, "researcher", '{ node(id: "Person:p-05") { id } }')
    assert by_id == {"node": None}
    ordered = await _by_trainer(county, world, "p-03")
    assert ordered == (0, 2)


async def _by_trainer(store: Store, world: World, person: str) -> tuple[int, int]:
    """How many orders a researcher finds by a trainer's own id, and by his pseudonym."""
    counts = []
    for name in (person, str(world.of("Person")[person]["pseudonym"])):
        document = f'{{ trainingOrders(trainer: "Person:{name}") {{ totalCount }} }}'
        counts.append((await data_for(store, "researcher", document))["trainingOrders"]["totalCount"])
    return counts[0], counts[1]


async def test_a_researcher_walks_the_network_and_nothing_beside_it(county: Store) -> None:
    document = """{ trainingOrders { edges { node { code subject topic { code } semester { code }
            school { code } trainer { code name ... on Teacher { mentees { edges { node { code subject
                topic { code } mentee { pseudonym name trains { code } schools { code } } } } } } }
            resources { code } needs { totalCount } recommendation { code }
            sessions { edges { node { code number order { code } roles { totalCount } } } } } } } }"""
    world = await read_world(county)
    data = await data_for(county, "researcher", document)
    orders = [each["node"] for each in data["trainingOrders"]["edges"]]
    false_names = {str(node["pseudonym"]) for node in world.of("TrainingOrder").values()}
    assert len(orders) == 2
    for order in orders:
        assert order["code"] in false_names
        assert (order["topic"], order["semester"], order["school"], order["recommendation"]) == (None,) * 4
        assert (order["resources"], order["needs"]["totalCount"]) == ([], 0)
        assert order["trainer"]["name"] is None
        (mentorship,) = order["trainer"]["mentees"]["edges"]
        assert mentorship["node"]["subject"] == "CHINESE"
        assert mentorship["node"]["topic"] is None
        mentee = mentorship["node"]["mentee"]
        assert mentee["pseudonym"] == world.of("Person")["p-11"]["pseudonym"]
        assert (mentee["name"], mentee["trains"], mentee["schools"]) == (None, [], [])
        for session in order["sessions"]["edges"]:
            assert session["node"]["order"]["code"] == order["code"]
            assert session["node"]["roles"]["totalCount"] == 0


async def test_a_path_to_what_is_out_of_sight_ends_in_null(county: Store) -> None:
    document = """{ node(id: "School:s-c") { ... on School { gifts { edges { node {
        resource { code uses { edges { node { person { code } } } } } } } } } } }"""
    beside = await data_for(county, "principal beside", document)
    (gift,) = beside["node"]["gifts"]["edges"]
    assert gift["node"]["resource"]["code"] == "z-b"
    document = "{ trainingOrders { edges { node { trainer { code } assistant { code } } } } }"
    (order,) = (await data_for(county, "principal", document))["trainingOrders"]["edges"]
    assert order["node"] == {"trainer": None, "assistant": {"code": "p-08"}}


def _keys(cursor: str) -> list[object]:
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    keys: list[object] = json.loads(raw[12:])
    return keys
