"""Who sees orders and sessions, who came to them, what was said of them, who climbed by them."""

from __future__ import annotations

from graph.access.circles import (
    COUNCIL_ORDERS,
    COUNTY_ORDERS,
    COUNTY_PEOPLE,
    LED_ORDERS,
    MENTEES,
    OF_COUNTY,
    OF_MENTEES,
    OF_TAUGHT,
    OWN,
    OWN_ORDERS,
    RESEARCHED_ORDERS,
    SCHOOL_ORDERS,
    TAUGHT,
    TEACHER_SELF,
    of_people,
)
from graph.access.grants import Grant, Rule, View
from graph.access.trails import Trail, Trails, reached
from graph.model.terms import RoleKind

_TEACHER, _TRAINER = RoleKind.TEACHER, RoleKind.TRAINER
_OFFICER, _RESEARCHER = RoleKind.RESEARCH_OFFICER, RoleKind.RESEARCHER
_OF_ALLIANCES = "所在联盟的", "of his alliances"
_OF_THE_ALLIANCE = "该联盟的", "of the alliance"
_WORDS: dict[RoleKind, tuple[str, str]] = {
    RoleKind.TEACHER: _OF_ALLIANCES,
    RoleKind.TRAINER: ("本人主讲或担任助教的", "that he leads or assists"),
    RoleKind.PRINCIPAL: ("服务于本校教师或在本校实施的", "that serve people of his school or are held there"),
    RoleKind.RESEARCH_OFFICER: ("服务于本县或在本县学校实施的", "that serve the county or are held there"),
    RoleKind.COUNCIL: _OF_THE_ALLIANCE,
    RoleKind.RESEARCHER: _OF_THE_ALLIANCE,
}
_ORDERS: dict[RoleKind, Trails] = {
    RoleKind.TEACHER: OWN_ORDERS,
    RoleKind.TRAINER: LED_ORDERS,
    RoleKind.PRINCIPAL: SCHOOL_ORDERS,
    RoleKind.RESEARCH_OFFICER: COUNTY_ORDERS,
    RoleKind.COUNCIL: COUNCIL_ORDERS,
    RoleKind.RESEARCHER: RESEARCHED_ORDERS,
}


def _view(role: RoleKind) -> View:
    return View.PSEUDONYM if role is _RESEARCHER else View.WHOLE


# Of those in his orders, and at his own sessions: the path of the session and that of the person in one pattern.
_TAUGHT_AT_HIS = Trail(
    "@1.id IN $viewer_order_people AND @2.id IN $viewer_trainers",
    "-[:OF]->(@1:Person), (@)-[:AT]->(:Session)-[:OF]->(:TrainingOrder)-[:BY|ASSISTED_BY]->(@2:Person)",
)

TRAINING_ORDER = Rule(
    "TrainingOrder",
    tuple(Grant(role, *_WORDS[role], _ORDERS[role], _view(role)) for role in _ORDERS),
    pseudonymous=frozenset({"subject", "grade_band", "form", "status", "placed_on", "trainer", "assistant"}),
)
SESSION = Rule(
    "Session",
    tuple(
        Grant(role, *_WORDS[role], reached("-[:OF]->", "TrainingOrder", _ORDERS[role]), _view(role))
        for role in _ORDERS
    ),
    pseudonymous=frozenset({"number", "kind", "planned_on", "delivered_on", "hours", "order"}),
)
ATTENDANCE = Rule(
    "Attendance",
    (
        Grant(_TEACHER, *OWN, of_people(TEACHER_SELF)),
        Grant(
            _TRAINER,
            "其订单所服务的教师在其场次的",
            "at his sessions, of teachers whose needs his orders serve",
            (_TAUGHT_AT_HIS,),
        ),
        Grant(_TRAINER, *OF_MENTEES, of_people(MENTEES)),
        Grant(_OFFICER, *OF_COUNTY, of_people(COUNTY_PEOPLE)),
    ),
)
FEEDBACK = Rule(
    "Feedback",
    (Grant(_TEACHER, *OWN, of_people(TEACHER_SELF)), Grant(_OFFICER, *OF_COUNTY, of_people(COUNTY_PEOPLE))),
)
CAPABILITY = Rule(
    "Capability",
    (
        Grant(_TEACHER, *OWN, of_people(TEACHER_SELF)),
        Grant(_TRAINER, *OF_TAUGHT, of_people(TAUGHT)),
        Grant(_OFFICER, *OF_COUNTY, of_people(COUNTY_PEOPLE)),
    ),
)
ORDERS: tuple[Rule, ...] = (TRAINING_ORDER, SESSION, ATTENDANCE, FEEDBACK, CAPABILITY)
