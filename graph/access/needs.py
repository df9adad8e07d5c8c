"""Who sees what was sounded, asked for and needed, and what was recommended for it."""

from __future__ import annotations

from graph.access.circles import (
    COUNTY_NEEDS,
    COUNTY_PEOPLE,
    MENTEES,
    OF_COUNTY,
    OF_COUNTY_AND_SCHOOLS,
    OF_MENTEES,
    OF_TAUGHT,
    OFFERED,
    OWN,
    TAUGHT,
    TEACHER_SELF,
    TRAINER_SELF,
    at_schools,
    of_people,
)
from graph.access.grants import Grant, Rule, View
from graph.access.trails import Trails, reached, together
from graph.model.terms import RoleKind

_TEACHER, _TRAINER = RoleKind.TEACHER, RoleKind.TRAINER
_PRINCIPAL, _OFFICER = RoleKind.PRINCIPAL, RoleKind.RESEARCH_OFFICER
_OF_SCHOOL = "本校自身的（不含教师个人的）", "of the school itself, not of its teachers"
_NAMED_IN = "推荐其为培训者或助教的", "of what was recommended with him as trainer or assistant"


def _on(recommendations: Trails) -> Trails:
    return reached("-[:TO]->", "Recommendation", recommendations)


def _by(trainers: Trails) -> Trails:
    return reached("-[:TO]->(:Recommendation)-[:BY]->", "Person", trainers)


_COUNTY_RECOMMENDATIONS: Trails = reached("-[:FOR]->", "Need", COUNTY_NEEDS)
_ON_COUNTY: Trails = _on(_COUNTY_RECOMMENDATIONS)
_FROM_DIAGNOSIS = "-[:FROM]->"

DIAGNOSIS = Rule(
    "Diagnosis",
    (
        Grant(_TEACHER, *OWN, of_people(TEACHER_SELF)),
        Grant(_TRAINER, *OF_TAUGHT, of_people(TAUGHT)),
        Grant(_PRINCIPAL, *_OF_SCHOOL, at_schools("viewer_led_schools")),
        Grant(_OFFICER, *OF_COUNTY_AND_SCHOOLS, COUNTY_NEEDS),
    ),
)
EVIDENCE = Rule(
    "Evidence",
    (
        Grant(_TEACHER, *OWN, reached(_FROM_DIAGNOSIS, "Diagnosis", of_people(TEACHER_SELF))),
        Grant(_TRAINER, *OF_TAUGHT, reached(_FROM_DIAGNOSIS, "Diagnosis", of_people(TAUGHT))),
        Grant(_OFFICER, *OF_COUNTY_AND_SCHOOLS, reached(_FROM_DIAGNOSIS, "Diagnosis", COUNTY_NEEDS)),
    ),
)
REQUEST = Rule(
    "Request",
    (
        Grant(_TEACHER, *OWN, of_people(TEACHER_SELF)),
        Grant(_TRAINER, *OF_MENTEES, of_people(MENTEES)),
        Grant(_OFFICER, *OF_COUNTY, of_people(COUNTY_PEOPLE)),
    ),
)
NEED = Rule(
    "Need",
    (
        Grant(_TEACHER, *OWN, of_people(TEACHER_SELF)),
        Grant(_TRAINER, *OF_TAUGHT, of_people(TAUGHT)),
        Grant(_PRINCIPAL, *_OF_SCHOOL, at_schools("viewer_led_schools")),
        Grant(_OFFICER, *OF_COUNTY_AND_SCHOOLS, COUNTY_NEEDS),
    ),
)
NEED_GROUP = Rule(
    "NeedGroup",
    (
        Grant(_TRAINER, *_NAMED_IN, reached("<-[:FOR]-", "Recommendation", OFFERED)),
        Grant(
            _OFFICER,
            "含本县需求的",
            "that hold a need of the county",
            reached("<-[:IN]-", "Need", COUNTY_NEEDS),
        ),
    ),
)
RECOMMENDATION = Rule(
    "Recommendation",
    (
        Grant(_TRAINER, "推荐其为培训者或助教的", "that name him as trainer or assistant", OFFERED),
        Grant(_OFFICER, "针对本县需求的", "for a need of the county", _COUNTY_RECOMMENDATIONS),
    ),
)
CONTRIBUTION = Rule(
    "Contribution",
    (
        Grant(_TRAINER, *_NAMED_IN, _on(OFFERED), View.NARROW),
        Grant(_TRAINER, "推荐其为培训者的", "of what was recommended with him as trainer", _by(TRAINER_SELF)),
        Grant(_OFFICER, "针对本县需求的", "for a need of the county", _ON_COUNTY, View.NARROW),
        Grant(
            _OFFICER,
            "针对本县需求、且培训者为本县人员、在本县支教者或校外人员的",
            "for a need of the county, where who trains is of the county's people, seconded there or an outsider",
            together(_ON_COUNTY, _by(COUNTY_PEOPLE)),
        ),
    ),
    # All but the sentences: they tell of the trainer.
    narrow=frozenset({"id", "recommendation", "rule", "millionths"}),
)
DECISION = Rule(
    "Decision",
    (
        Grant(_TRAINER, *_NAMED_IN, reached("-[:ON]->", "Recommendation", OFFERED)),
        Grant(
            _OFFICER,
            "针对本县需求的",
            "for a need of the county",
            reached("-[:ON]->", "Recommendation", _COUNTY_RECOMMENDATIONS),
        ),
    ),
)
NEEDS: tuple[Rule, ...] = (
    DIAGNOSIS,
    EVIDENCE,
    REQUEST,
    NEED,
    NEED_GROUP,
    RECOMMENDATION,
    CONTRIBUTION,
    DECISION,
)
