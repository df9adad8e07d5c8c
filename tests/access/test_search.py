"""A search finds what the asker sees, by what he sees of it; what he never sees is nothing to search."""

from __future__ import annotations

from graph.store import Store
from tests.access.asking import answered, data_for

_ALL = "query ($text: String!) { search(text: $text, first: 100) { __typename ... on Node { code } } }"
_TEACHERS = "query ($text: String!) { teachers(search: $text) { totalCount edges { node { code name } } } }"


async def _found(store: Store, holder: str, text: str) -> list[str]:
    data = await data_for(store, holder, _ALL, text=text)
    return [f"{each['__typename']}:{each['code']}" for each in data["search"]]


async def _people(store: Store, holder: str, text: str) -> list[str]:
    return [each for each in await _found(store, holder, text) if each.startswith("Teacher:")]


async def _teachers(store: Store, holder: str, text: str) -> list[str]:
    data = await data_for(store, holder, _TEACHERS, text=text)
    found = [each["node"]["code"] for each in data["teachers"]["edges"]]
    assert data["teachers"]["totalCount"] == len(found)
    return found


async def test_each_finds_the_evidence_that_he_sees(county: Store) -> None:
    for holder in ("administrator", "officer", "teacher"):
        assert await _found(county, holder, "拖腔") == ["Evidence:w-05"]
    for holder in ("nobody", "principal", "teacher beside", "researcher", "expert"):
        assert await _found(county, holder, "拖腔") == []


async def test_a_person_is_found_by_a_name_only_where_it_is_shown(county: Store) -> None:
    assert await _teachers(county, "administrator", "青") == ["p-05", "p-06", "p-07", "p-08"]
    # He sees the names of his school and of who assists his order; of all others he reads under pseudonyms.
    holder = "teacher and researcher"
    everybody = await data_for(county, holder, "{ teachers(first: 100) { edges { node { code name } } } }")
    shown = {each["node"]["code"]: each["node"]["name"] for each in everybody["teachers"]["edges"]}
    assert len([name for name in shown.values() if name is None]) > 3
    assert [code for code, name in shown.items() if name and "青" in name] == ["p-08"]
    assert await _teachers(county, holder, "青") == ["p-08"]
    assert await _teachers(county, holder, "石") == ["p-09", "p-10", "p-11", "p-12"]
    assert await _people(county, holder, "青甲") == []
    assert await _people(county, "teacher", "青甲") == ["Teacher:p-05"]


async def test_names_that_are_never_seen_are_not_searched(county: Store) -> None:
    data, codes = await answered(county, "researcher", _TEACHERS, text="青")
    assert (data, codes) == (None, ["HIDDEN_FIELD"])
    assert await _people(county, "researcher", "青甲") == []


async def test_who_sees_nothing_finds_nothing_and_is_told_no_error(county: Store) -> None:
    assert await _found(county, "nobody", "样例") == []
