"""Who sees people, where they work and when they have time, whom they mentor."""

from __future__ import annotations

from graph.access.circles import (
    COLLEAGUES,
    COUNCIL_ORDERS,
    COUNTY_ORDERS,
    COUNTY_PEOPLE,
    COUNTY_TRAINERS,
    LED_ORDERS,
    MENTEES,
    OF_COUNTY,
    OF_MENTEES,
    OFFERED,
    ORDER_PEOPLE,
    OWN,
    OWN_ORDERS,
    RESEARCHED,
    RESEARCHED_ORDERS,
    SELF,
    STAFF,
    TEACHER_SELF,
    at_schools,
    in_charge_of,
    of_people,
)
from graph.access.grants import Grant, Rule, View
from graph.access.trails import Trail, Trails, current, reached
from graph.model.terms import RoleKind

_TEACHER, _TRAINER, _PRINCIPAL = RoleKind.TEACHER, RoleKind.TRAINER, RoleKind.PRINCIPAL
_OFFICER, _RESEARCHER = RoleKind.RESEARCH_OFFICER, RoleKind.RESEARCHER
_POSTS_TODAY = "本校现在的任职", "today's at his school"
_IN_CHARGE = "可见订单的培训者与助教", "trainers and assistants of orders that he sees"


def _posts_today(schools: str) -> Trails:
    return (Trail(f"@1.id IN ${schools} AND {current('@')}", "-[:AT]->(@1:School)"),)


def _pairs(people: Trails) -> Trails:
    return reached("-[:BY|OF]->", "Person", people)


def _partners(people: Trails) -> Trails:
    """The other side of a mentorship."""
    return (
        *reached("<-[:BY]-(:Mentorship)-[:OF]->", "Person", people),
        *reached("<-[:OF]-(:Mentorship)-[:BY]->", "Person", people),
    )


_TAUGHT: Trails = reached("<-[:OF]-(:Need)<-[:FOR]-", "TrainingOrder", RESEARCHED_ORDERS)

PERSON = Rule(
    "Person",
    (
        Grant(None, "其角色所指的人", "the person of his assignment", SELF),
        Grant(_TEACHER, "现在的同事", "who works at his school today", COLLEAGUES, View.NARROW),
        Grant(_TEACHER, *_IN_CHARGE, in_charge_of(OWN_ORDERS), View.NARROW),
        Grant(
            _TEACHER,
            "结对的另一方",
            "the other side of his mentorships",
            _partners(TEACHER_SELF),
            View.NARROW,
        ),
        Grant(_TRAINER, "所带徒弟", "his mentees", MENTEES),
        Grant(
            _TRAINER, "其订单所服务的教师", "teachers whose needs his orders serve", ORDER_PEOPLE, View.NARROW
        ),
        Grant(_TRAINER, *_IN_CHARGE, in_charge_of(LED_ORDERS), View.NARROW),
        Grant(
            _TRAINER,
            "与其一同被推荐的培训者与助教",
            "who is recommended together with him",
            reached("<-[:BY|ASSISTED_BY]-", "Recommendation", OFFERED),
            View.NARROW,
        ),
        Grant(_PRINCIPAL, "本校现任教职工", "who works at his school today", STAFF),
        Grant(
            _OFFICER,
            "本县现任教职工、在本县支教者、校外人员",
            "who works at the county's schools today or is seconded there, outsiders",
            COUNTY_PEOPLE,
        ),
        Grant(
            _OFFICER,
            "联盟学校的教职工，以及可见订单的培训者与助教",
            "who works at a school allied with one of the county; who leads or assists an order that he sees",
            (*COUNTY_TRAINERS, *in_charge_of(COUNTY_ORDERS)),
            View.NARROW,
        ),
        Grant(RoleKind.COUNCIL, *_IN_CHARGE, in_charge_of(COUNCIL_ORDERS), View.NARROW),
        Grant(
            _RESEARCHER,
            "联盟学校的教职工，以及联盟订单中的人员",
            "who works at the alliance's schools, and who is in its orders",
            (*RESEARCHED, *in_charge_of(RESEARCHED_ORDERS), *_TAUGHT),
            View.PSEUDONYM,
        ),
    ),
    narrow=frozenset({"id", "name", "kind", "subject"}),
    pseudonymous=frozenset({"pseudonym", "kind", "subject"}),
)
EMPLOYMENT = Rule(
    "Employment",
    (
        Grant(_TEACHER, *OWN, of_people(TEACHER_SELF)),
        Grant(_TEACHER, *_POSTS_TODAY, _posts_today("viewer_own_schools")),
        Grant(_TRAINER, *OF_MENTEES, of_people(MENTEES)),
        Grant(_PRINCIPAL, *_POSTS_TODAY, _posts_today("viewer_led_schools")),
        Grant(_OFFICER, *OF_COUNTY, of_people(COUNTY_PEOPLE)),
    ),
)
AVAILABILITY = Rule(
    "Availability",
    (
        Grant(_TEACHER, *OWN, of_people(TEACHER_SELF)),
        Grant(_TRAINER, *OF_MENTEES, of_people(MENTEES)),
        Grant(_PRINCIPAL, "本校教职工的", "of who works at his school", of_people(STAFF)),
        Grant(_OFFICER, *OF_COUNTY, of_people(COUNTY_PEOPLE)),
    ),
)
CLASS_CONTEXT = Rule(
    "ClassContext",
    (
        Grant(_TEACHER, *OWN, of_people(TEACHER_SELF)),
        Grant(_TRAINER, *OF_MENTEES, of_people(MENTEES)),
        Grant(_PRINCIPAL, "本校的", "of his school", at_schools("viewer_led_schools")),
        Grant(_OFFICER, *OF_COUNTY, of_people(COUNTY_PEOPLE)),
    ),
)
MENTORSHIP = Rule(
    "Mentorship",
    (
        Grant(_TEACHER, "本人为师傅或徒弟的", "in which he is mentor or mentee", _pairs(TEACHER_SELF)),
        Grant(_TRAINER, *OF_MENTEES, _pairs(MENTEES)),
        Grant(_OFFICER, *OF_COUNTY, _pairs(COUNTY_PEOPLE)),
        Grant(
            _RESEARCHER,
            "联盟学校教职工的",
            "of who works at the alliance's schools",
            _pairs(RESEARCHED),
            View.PSEUDONYM,
        ),
    ),
    pseudonymous=frozenset({"subject", "start", "end", "mentor", "mentee"}),
)
PEOPLE: tuple[Rule, ...] = (PERSON, EMPLOYMENT, AVAILABILITY, CLASS_CONTEXT, MENTORSHIP)
