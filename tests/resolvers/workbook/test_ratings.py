"""Nobody rates his own training, whether file or store says who trains."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graph.model.terms import PersonKind
from resolvers.workbook.faults import Place
from resolvers.workbook.known import KnownFeedback, KnownIds, KnownOrder, KnownPerson
from tests.resolvers.workbook.office import Lines, faults_in_file, faults_of, typed

DAY = date(2024, 3, 1)
FEEDBACK = ["编号", "场次", "人员", "评分", "日期", "意见"]
SESSION = ["编号", "订单", "序号", "类型"]
ORDER = ["编号", "需求", "主题", "学科", "形式", "培训者", "本土助教", "状态", "下单日期"]
NEED = ["编号", "教师", "主题", "学科", "严重程度", "置信度", "类型", "状态", "形成日期", "规则集"]
KNOWN = KnownIds(
    {
        "Person": {"p-1": "甲", "p-2": "乙", "p-3": "丙", "p-4": "丁"},
        "Topic": {"t-1": "提问"},
        "RuleSet": {"rs": "默认"},
        "Need": {"n-2": "", "n-3": ""},
        "TrainingOrder": {"o-1": "", "o-2": ""},
        "Session": {"c-1": "", "c-2": ""},
    },
    {code: KnownPerson(code, None, PersonKind.TEACHER) for code in ("p-1", "p-2", "p-3", "p-4")},
    {"o-1": KnownOrder("t-1", "p-1", "p-2", ("n-3",)), "o-2": KnownOrder("t-1", "p-4", "p-2", ("n-2",))},
    sessions={"c-1": "o-1", "c-2": "o-2"},
    taught={"n-2": "p-2", "n-3": "p-3"},
)
"""A store in which p-1 trains in o-1 (session c-1) and p-2 assists; in o-2 (c-2) p-4 trains, p-2 assists and learns."""
REFUSED = [("反馈", "C2", "DISAGREEMENT")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "反馈.xlsx"


def said(session: str, person: str, rating: int = 5) -> Lines:
    return [FEEDBACK, ["f-1", session, person, rating, DAY, None]]


def order(code: str, trainer: str, assistant: str | None = None, need: str = "n-3") -> Lines:
    return [ORDER, [code, need, "t-1", "数学", "县域大课堂", trainer, assistant, "已下单", DAY]]


@pytest.mark.parametrize(
    ("session", "person", "refused"),
    [
        ("c-1", "p-1", True),
        ("c-1", "p-2", True),
        ("c-1", "p-3", False),
        ("c-1", "p-4", False),
        ("c-2", "p-4", True),
        ("c-2", "p-2", False),
    ],
)
def test_feedback_beside_the_orders_of_the_store(
    path: Path, session: str, person: str, refused: bool
) -> None:
    assert faults_of(typed(path, {"反馈": said(session, person)}), KNOWN) == (REFUSED if refused else [])


def test_feedback_on_ones_own_training_is_told_in_words(path: Path) -> None:
    (fault,) = faults_in_file(typed(path, {"反馈": said("c-1", "p-1")}), KNOWN)

    assert fault.place == Place("反馈", 2, "C", "人员")
    assert fault.zh == (
        "「反馈」C2（人员）：“p-1”：此人是该场次所属订单 o-1 的培训者或助教，不能评价自己的培训，请改人员或删去本行"
    )
    assert fault.en == (
        "'反馈' C2 (人员): 'p-1': this person trains or assists in the order of that session (o-1): nobody rates "
        "his own training; name another, or delete the row"
    )


@pytest.mark.parametrize(
    ("sheets", "refused"),
    [
        ({"订单": order("o-9", "p-1"), "场次": [SESSION, ["c-9", "o-9", 1, "培训"]]}, True),
        ({"订单": order("o-9", "p-3", "p-1"), "场次": [SESSION, ["c-9", "o-9", 1, "培训"]]}, True),
        ({"订单": order("o-9", "p-3"), "场次": [SESSION, ["c-9", "o-9", 1, "培训"]]}, False),
        ({"场次": [SESSION, ["c-9", "o-1", 1, "培训"]]}, True),
        ({"场次": [SESSION, ["c-9", "o-2", 1, "培训"]]}, False),
        ({"订单": order("o-2", "p-1"), "场次": [SESSION, ["c-9", "o-2", 1, "培训"]]}, True),
        ({"订单": order("o-1", "p-4"), "场次": [SESSION, ["c-9", "o-1", 1, "培训"]]}, False),
    ],
)
def test_what_the_file_says_of_order_and_session_counts(
    path: Path, sheets: dict[str, Lines], refused: bool
) -> None:
    typed(path, {**sheets, "反馈": said("c-9", "p-1")})

    assert faults_of(path, KNOWN) == (REFUSED if refused else [])


def test_an_assistant_with_a_need_there_judges_whether_file_or_store_has_the_need(path: Path) -> None:
    row = ["n-3", "p-2", "t-1", "数学", 2, 0.5, "个性", "待响应", DAY, "rs"]

    assert faults_of(typed(path, {"需求": [NEED, row], "反馈": said("c-1", "p-2")}), KNOWN) == []


TAKEN = replace(KNOWN, feedback={"f-1": KnownFeedback("c-1", "p-1", 5)})
"""A store that took such feedback before it was refused."""


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        (["f-1", "c-1", "p-1", 5, DAY, None], False),
        (["f-1", "c-1", "p-1", 5, DAY, "很好"], False),
        (["f-1", "c-1", "p-1", 4, DAY, None], True),
        (["f-1", "c-2", "p-4", 5, DAY, None], True),
        (["f-2", "c-1", "p-1", 5, DAY, None], True),
    ],
)
def test_what_the_store_has_taken_comes_in_again_and_no_other_rating(
    path: Path, row: list[object], refused: bool
) -> None:
    assert faults_of(typed(path, {"反馈": [FEEDBACK, row]}), TAKEN) == (REFUSED if refused else [])


HEARD = replace(
    KNOWN,
    names={**KNOWN.names, "Need": {"n-2": "", "n-3": "", "n-4": ""}},
    orders={**KNOWN.orders, "o-2": KnownOrder("t-1", "p-4", "p-2", ("n-2", "n-4"))},
    taught={**KNOWN.taught, "n-4": "p-3"},
    feedback={"f-1": KnownFeedback("c-1", "p-4", 5), "f-2": KnownFeedback("c-2", "p-2", 5)},
)
"""A store in which p-4 rated c-1, where he neither trains nor assists, and p-2 c-2, where he learns."""
MOVED: Lines = [SESSION, ["c-1", "o-2", 1, "培训"]]
TAKEN_OVER: Lines = [NEED, ["n-2", "p-3", "t-1", "数学", 2, 0.5, "个性", "待响应", DAY, "rs"]]
OF_ANOTHER: Lines = [["n-4", "p-3", "t-1", "数学", 2, 0.5, "个性", "待响应", DAY, "rs"]]


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        ({"订单": order("o-1", "p-4")}, [("订单", "F2", "DISAGREEMENT")]),
        ({"订单": order("o-1", "p-1", "p-4")}, [("订单", "G2", "DISAGREEMENT")]),
        ({"订单": order("o-2", "p-4", "p-2", "n-3")}, [("订单", "G2", "DISAGREEMENT")]),
        ({"场次": MOVED}, [("场次", "B2", "DISAGREEMENT")]),
        ({"需求": TAKEN_OVER}, [("需求", "B2", "DISAGREEMENT")]),
        ({"场次": MOVED, "订单": order("o-2", "p-4", "p-2", "n-2；n-4")}, [("场次", "B2", "DISAGREEMENT")]),
        ({"场次": MOVED, "订单": order("o-2", "p-4", None, "n-2；n-4")}, [("场次", "B2", "DISAGREEMENT")]),
        (
            {"需求": TAKEN_OVER, "订单": order("o-2", "p-4", "p-2", "n-2；n-4")},
            [("需求", "B2", "DISAGREEMENT")],
        ),
        ({"需求": [*TAKEN_OVER, *OF_ANOTHER]}, [("需求", "B2", "DISAGREEMENT")]),
        ({"订单": order("o-1", "p-4"), "反馈": said("c-1", "p-4")}, REFUSED),
        ({"订单": order("o-1", "p-4"), "反馈": said("c-1", "p-3")}, []),
    ],
)
def test_nobody_comes_to_train_where_the_store_has_his_feedback(
    path: Path, sheets: dict[str, Lines], found: list[tuple[str, str, str]]
) -> None:
    assert faults_of(typed(path, sheets), HEARD) == found


def test_a_trainer_against_the_stores_feedback_is_told_in_words(path: Path) -> None:
    (fault,) = faults_in_file(typed(path, {"订单": order("o-1", "p-4")}), HEARD)

    assert fault.zh == (
        "「订单」F2（培训者）：“p-4”：p-4 已评价场次 c-1（库中 f-1），不能是该订单的培训者或助教，请另选"
    )
    assert fault.en == (
        "'订单' F2 (培训者): 'p-4': p-4 has rated session c-1 (f-1 of the store), and can't train or assist in its "
        "order: name another"
    )


def test_a_session_that_comes_to_his_training_is_told_to_keep_another_order(path: Path) -> None:
    (fault,) = faults_in_file(
        typed(path, {"场次": MOVED, "订单": order("o-2", "p-4", None, "n-2；n-4")}), HEARD
    )

    assert fault.zh == (
        "「场次」B2（订单）：“o-2”：p-4 已评价场次 c-1（库中 f-1），又是此订单的培训者或助教；请填另一订单"
    )
    assert fault.en == (
        "'场次' B2 (订单): 'o-2': p-4 has rated session c-1 (f-1 of the store), and trains or assists in this order: "
        "give another order"
    )


def test_a_need_by_which_he_might_rate_is_told_to_stay_his(path: Path) -> None:
    (fault,) = faults_in_file(typed(path, {"需求": [*TAKEN_OVER, *OF_ANOTHER]}), HEARD)

    assert fault.zh == (
        "「需求」B2（教师）：“p-3”：p-2 是订单 o-2 的助教，因有此需求才可评价场次 c-2（库中 f-2）；教师请仍填 p-2"
    )
    assert fault.en == (
        "'需求' B2 (教师): 'p-3': p-2 assists in order o-2, and could rate session c-2 (f-2 of the store) only as the "
        "teacher of this need: the teacher should stay p-2"
    )
