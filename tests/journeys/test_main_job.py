"""The main job on a small county's workbook: from the template to orders, feedback and indicators.

Told over HTTP and on the command line, on each engine.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.store import Address, Store
from graph.writing import version
from server.settings import read_settings
from tests.journeys.county import ALLIANCE, LATER_USES
from tests.journeys.filling import Form, fill, filled
from tests.journeys.service import Calendar, Client, options_for, serving, zaoxue
from tests.journeys.standing import everything

SEMESTER = {"start": "2025-02-17", "end": "2025-07-06"}
NEEDS = "{ needs(first: 50) { edges { node { code status teacher { code } topic { code } } } } }"
ISSUED = """
    recommendations {
        id rank form scoreMillionths trainer { code } assistant { code } group { teachers schools }
        needs(first: 20) { edges { node { teacher { code } } } }
        contributions { millionths rule { key } }
    }
    unserved { needs { code } }
"""
INDICATORS = """
    query ($alliance: ID!, $period: PeriodInput!) {
        indicators(alliance: $alliance, period: $period) {
            code numerator denominator percent received expected
            parts { code count } medians { code days cases }
            numeratorItems(first: 50) { edges { node { id } } }
        }
    }
"""

# Worked out by hand from the workbook (tests/journeys/county.py), for 2025-02-17 to 2025-07-06.
#
# TRAINING_ATTENDANCE  one session held, p-12 expected there and present: 1/1.
# SHARING              available: z-1, z-2, z-3 (z-4 ended in 2024). Taught with away from the school that gave
#                      it: z-1 at s-m (u-3); u-1 is a download, u-2 is at home: 1/3.
# USE                  given: z-1 to s-q, z-1 to s-m, z-3 to s-m. Taught with there: z-1 at s-m only: 1/3.
# SATISFACTION         one answer, a 5: 1/1.
# LOCAL_DELIVERY       one session, led by p-03, who is seconded; p-11, local, assisted: 0/1.
# NEEDS_MET            one need ordered (n-12), delivered and not seen again: 0/1.
BEFORE = {
    "TRAINING_ATTENDANCE": (1, 1),
    "SHARING": (1, 3),
    "USE": (1, 3),
    "SATISFACTION": (1, 1),
    "LOCAL_DELIVERY": (0, 1),
    "NEEDS_MET": (0, 1),
}
# What the spring brings: five teachers (p-05, p-06, p-07, p-09, p-10) need t-ld and get a county class of
# three sessions, on 03-17, 03-31 and 04-14.
#
# TRAINING_ATTENDANCE  5 are expected at each: 1 + 15. Present 4, then 5; at the third nobody signed: 1 + 9. The
#                      guest p-11 at the second was not expected and counts nowhere here: 10/16.
# SHARING              in April z-2 of s-q is adapted at s-m (u-5): 2/3.
# USE                  in April z-1 is taught with at s-q (u-4): 2/3.
# SATISFACTION         answers 5, 2 and 4 to the second session, and the 5 of February: 3/4; one is expected of
#                      each person present, the guest too: 1 + 4 + 6 = 11.
# LOCAL_DELIVERY       p-08, local, assists, then leads with support, then alone: 0 + 2 of 1 + 3: 2/4.
# NEEDS_MET            n-12 and the five are ordered; p-05 is seen again without difficulty: 1/6.
AFTER = {
    "TRAINING_ATTENDANCE": (10, 16),
    "SHARING": (2, 3),
    "USE": (2, 3),
    "SATISFACTION": (3, 4),
    "LOCAL_DELIVERY": (2, 4),
    "NEEDS_MET": (1, 6),
}


@pytest.fixture
def options(engine_address: Address, embedded_dir: Path, tmp_path: Path) -> list[str]:
    return options_for(engine_address, embedded_dir, tmp_path)


async def test_from_an_offices_workbook_to_indicators(
    store: Store, options: list[str], tmp_path: Path
) -> None:
    template, copy = tmp_path / "模板.xlsx", tmp_path / "有错.xlsx"
    assert (await zaoxue("export", "--template", template)).code == 0
    assert (await zaoxue("migrate", options=options)).code == 0
    await _refuse_twelve_faults(store, options, template, copy)
    workbook = fill(template, tmp_path / "青溪.xlsx")
    imported = await zaoxue("import", workbook, options=options)
    assert (imported.code, imported.err) == (0, "")
    assert "imported 74 rows" in imported.out

    clock = Calendar(date(2025, 3, 10))
    async with serving(read_settings({}, {"data": str(tmp_path / "data")}), store, clock) as client:
        assert _counts(await _indicators(client)) == BEFORE
        await _form_needs(client)
        order = await _order_the_best(client, clock)
        await _hold_the_sessions(client, clock, order)
        await _reopen_by_feedback(client, store, order)
        await _close_by_observation(client, clock)
        await _bring_later_uses(template, tmp_path / "四月.xlsx", options)
        await _find_indicators_moved(client)


async def _refuse_twelve_faults(store: Store, options: list[str], template: Path, path: Path) -> None:
    """A dry run, then an import, of a copy with twelve kinds of faults: all are named, nothing is written."""
    form = filled(template)
    planted = sorted(_plant(form))
    form.save(path)
    before = await everything(store)
    for arguments in (("import", path, "--dry-run"), ("import", path)):
        ran = await zaoxue(*arguments, options=options)
        assert ran.code == 1
        assert ran.faults == planted
        assert "共 13 处错误；未作任何改动" in ran.err
        assert await everything(store) == before


def _plant(form: Form) -> list[tuple[str, str, str]]:
    """Twelve different faults; the namesakes are told at both of them."""
    typed = [
        ("学校", "s-m", "设备数", "二十台左右", "WRONG_NUMBER"),
        ("人员", "p-01", "学科", "语言文学", "WRONG_VALUE"),
        ("人员", "p-02", "身份", None, "MISSING_VALUE"),
        ("人员", "p-10", "姓名", "石甲", "NAMESAKE"),
        ("人员", "p-09", "姓名", "石 甲", "NAMESAKE"),
        ("任职", "e-12", "开始", "2018年13月", "WRONG_DATE"),
        ("班级学情", "c-09", "教师", "x-01", "DISAGREEMENT"),
        ("问卷", "w-06", "主题", "t-99", "UNKNOWN_REFERENCE"),
        ("课堂观察", "k-08", "严重程度", "=1+2", "FORMULA_CELL"),
        ("资源赠予", "y-3", "编号", "y-2", "DUPLICATE_ID"),
        ("反馈", "b-1", "评分", 6, "OUT_OF_RANGE"),
    ]
    planted = [
        (sheet, form.put(sheet, row, header, value), code) for sheet, row, header, value, code in typed
    ]
    planted.append(("主动需求", form.add_column("主动需求", "备忘"), "UNKNOWN_COLUMN"))
    form.add_sheet("培训记录")
    planted.append(("培训记录", "", "UNKNOWN_SHEET"))
    assert len({code for _, _, code in planted}) == 12
    return planted


async def _form_needs(client: Client) -> None:
    """A request, an observation, or two instruments make a need; one survey (p-11) does not."""
    asked = {"alliance": f"Alliance:{ALLIANCE}", "key": "spring"}
    selection = (
        "created { teacher { code } topic { code } reach } changed { code } groups { teachers schools }"
    )
    formed = await client.do("formNeeds", asked, selection)
    assert sorted(
        (each["teacher"]["code"], each["topic"]["code"], each["reach"]) for each in formed["created"]
    ) == [
        ("p-05", "t-ld", "COMMON"),
        ("p-06", "t-ld", "COMMON"),
        ("p-07", "t-ld", "COMMON"),
        ("p-08", "t-xz", "INDIVIDUAL"),
        ("p-09", "t-ld", "COMMON"),
        ("p-10", "t-ld", "COMMON"),
    ]
    assert formed["changed"] == []
    assert formed["groups"] == [{"teachers": 5, "schools": 2}]
    again = await client.do("formNeeds", {**asked, "key": "spring again"}, selection)
    assert (again["created"], again["changed"], again["groups"]) == ([], [], [])


async def _order_the_best(client: Client, clock: Calendar) -> Any:
    """The best proposal for the common need is accepted and placed; the order with its sessions."""
    issued = await client.do("issueRecommendations", {"alliance": f"Alliance:{ALLIANCE}"}, ISSUED)
    assert issued["unserved"] == []
    for each in issued["recommendations"]:
        assert sum(one["millionths"] for one in each["contributions"]) == each["scoreMillionths"]
    best = next(each for each in issued["recommendations"] if each["group"] and each["rank"] == 1)
    assert (best["form"], best["trainer"]["code"], best["assistant"]["code"]) == (
        "COUNTY_CLASS",
        "p-03",
        "p-08",
    )
    assert best["group"] == {"teachers": 5, "schools": 2}
    assert _teachers(best["needs"]) == ["p-05", "p-06", "p-07", "p-09", "p-10"]

    place = {"recommendation": best["id"], "start": "2025-03-17", "semester": "Semester:2025春"}
    early = await client.attempt("placeOrder", place)
    assert [each["code"] for each in early["userErrors"]] == ["NOT_ALLOWED_NOW"]
    clock.day = date(2025, 3, 11)
    decided = {"recommendation": best["id"], "verdict": "ACCEPTED", "by": "Person:r-01"}
    await client.do("decideRecommendation", decided, "decision { verdict }")
    past = await client.attempt("placeOrder", {**place, "start": "1950-01-01"})
    assert [(each["code"], each["field"]) for each in past["userErrors"]] == [("INVALID_INPUT", "start")]
    selection = "warning order { status sessions(first: 9) { edges { node { id kind plannedOn } } } }"
    placed = await client.do("placeOrder", place, selection)
    sessions = [edge["node"] for edge in placed["order"]["sessions"]["edges"]]
    assert [(each["plannedOn"], each["kind"]) for each in sessions] == [
        ("2025-03-17", "MAIN"),
        ("2025-03-31", "MAIN"),
        ("2025-04-14", "FOLLOW_UP"),
    ]
    assert (placed["warning"], placed["order"]["status"]) == (None, "PLACED")
    return [each["id"] for each in sessions]


async def _hold_the_sessions(client: Client, clock: Calendar, sessions: list[str]) -> None:
    """Three sessions in which the local assistant climbs; the needs are delivered with the second."""
    days = ("2025-03-17", "2025-03-31", "2025-04-14")
    rungs = (("LED_ALONE", "ASSISTED"), ("CO_LED", "LED_WITH_SUPPORT"), ("OBSERVED", "LED_ALONE"))
    statuses = []
    for session, day, (outside, local) in zip(sessions, days, rungs, strict=True):
        clock.day = date.fromisoformat(day)
        roles = [{"person": "Person:p-03", "rung": outside}, {"person": "Person:p-08", "rung": local}]
        held = {"session": session, "on": day, "hours": 2, "roles": roles}
        told = await client.do("deliverSession", held, "session { order { status } }")
        statuses.append((told["session"]["order"]["status"], (await _needs(client))["p-05"]))
    assert statuses == [("UNDER_WAY", "ORDERED"), ("UNDER_WAY", "DELIVERED"), ("DELIVERED", "DELIVERED")]

    came = {"p-05": True, "p-06": True, "p-07": True, "p-09": True, "p-10": False}
    await _sign(client, sessions[0], came)
    await _sign(client, sessions[1], {**came, "p-10": True, "p-11": True})


async def _sign(client: Client, session: str, came: dict[str, bool]) -> None:
    presences = [{"person": f"Person:{person}", "present": present} for person, present in came.items()]
    told = await client.do(
        "recordAttendance",
        {"session": session, "presences": presences},
        "attendances { present person { code } }",
    )
    assert {each["person"]["code"]: each["present"] for each in told["attendances"]} == came


async def _reopen_by_feedback(client: Client, store: Store, sessions: list[str]) -> None:
    """A 2 reopens the need of him who gave it, and no other; sent again it is answered as before."""
    assert set((await _needs(client)).values()) == {"DELIVERED", "OPEN"}
    selection = "feedback { rating } reopened { teacher { code } status }"
    for person, rating in (("p-05", 5), ("p-07", 4)):
        said = {"session": sessions[1], "person": f"Person:{person}", "rating": rating}
        assert (await client.do("giveFeedback", said, selection))["reopened"] == []
    said = {
        "session": sessions[1],
        "person": "Person:p-06",
        "rating": 2,
        "remark": "没听懂",
        "on": "2025-04-01",
        "key": "phone-1",
    }
    first = await client.do("giveFeedback", said, selection)
    assert first["reopened"] == [{"teacher": {"code": "p-06"}, "status": "REOPENED"}]
    assert await _needs(client) == {
        "p-05": "DELIVERED",
        "p-06": "REOPENED",
        "p-07": "DELIVERED",
        "p-08": "OPEN",
        "p-09": "DELIVERED",
        "p-10": "DELIVERED",
        "p-12": "DELIVERED",
    }

    before = await everything(store), await version(store.read)
    assert await client.do("giveFeedback", said, selection) == first
    other = await client.attempt("giveFeedback", {**said, "rating": 5})
    assert [each["code"] for each in other["userErrors"]] == ["KEY_REUSED"]
    assert (await everything(store), await version(store.read)) == before


async def _close_by_observation(client: Client, clock: Calendar) -> None:
    """No difficulty is seen in p-05's lesson: his need is met, and no other."""
    clock.day = date(2025, 4, 22)
    before = await _needs(client)
    seen = {
        "instrument": "OBSERVATION",
        "teacher": "Person:p-05",
        "on": "2025-04-22",
        "by": "Person:r-01",
        "items": [{"topic": "Topic:t-ld", "severity": 0, "text": "朗读自然"}],
    }
    told = await client.do("recordEvidence", seen, "rechecked { teacher { code } status }")
    assert told["rechecked"] == [{"teacher": {"code": "p-05"}, "status": "MET"}]
    assert await _needs(client) == {**before, "p-05": "MET"}


async def _bring_later_uses(template: Path, path: Path, options: list[str]) -> None:
    form = Form(template)
    form.append("资源使用", LATER_USES)
    form.save(path)
    assert "imported 2 rows" in (await zaoxue("import", path, options=options)).out


async def _find_indicators_moved(client: Client) -> None:
    found = await _indicators(client)
    assert _counts(found) == AFTER
    assert {code: each["percent"] for code, each in found.items()} == {
        "TRAINING_ATTENDANCE": 62.5,
        "SHARING": 66.7,
        "USE": 66.7,
        "SATISFACTION": 75.0,
        "LOCAL_DELIVERY": 50.0,
        "NEEDS_MET": 16.7,
    }
    assert (found["SATISFACTION"]["received"], found["SATISFACTION"]["expected"]) == (4, 11)
    assert {each["code"]: each["count"] for each in found["LOCAL_DELIVERY"]["parts"]} == {
        "LED_ALONE": 1,
        "LED_WITH_SUPPORT": 1,
        "CO_LED": 0,
        "ASSISTED": 2,
        "OBSERVED": 0,
        "NONE": 0,
    }
    # Formed on 03-10, delivered with the last training session on 03-31, seen again on 04-22.
    assert {each["code"]: (each["days"], each["cases"]) for each in found["NEEDS_MET"]["medians"]} == {
        "NEED_TO_DELIVERY": (21.0, 1),
        "DELIVERY_TO_RECHECK": (22.0, 1),
    }
    assert _listed(found["SHARING"]) == ["Resource:z-1", "Resource:z-2"]
    assert _listed(found["USE"]) == ["Gift:y-1", "Gift:y-2"]


async def _indicators(client: Client) -> dict[str, Any]:
    asked = await client.ask(INDICATORS, alliance=f"Alliance:{ALLIANCE}", period=SEMESTER)
    return {each["code"]: each for each in asked["indicators"]}


def _counts(found: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {code: (each["numerator"], each["denominator"]) for code, each in found.items()}


def _listed(indicator: Any) -> list[str]:
    return [edge["node"]["id"] for edge in indicator["numeratorItems"]["edges"]]


async def _needs(client: Client) -> dict[str, str]:
    """Where each teacher's need stands; in this county each has one."""
    edges = (await client.ask(NEEDS))["needs"]["edges"]
    return {edge["node"]["teacher"]["code"]: edge["node"]["status"] for edge in edges}


def _teachers(needs: Any) -> list[str]:
    return sorted(edge["node"]["teacher"]["code"] for edge in needs["edges"])
