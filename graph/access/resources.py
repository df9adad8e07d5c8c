"""Who sees resources, their gifts and their uses."""

from __future__ import annotations

from graph.access.circles import (
    TAUGHT,
    TEACHER_SELF,
    named,
    resources_beside,
    seconded_to,
    shared_resources,
)
from graph.access.grants import Grant, Rule
from graph.access.trails import Trails, reached
from graph.model.terms import RoleKind

_TEACHER, _TRAINER = RoleKind.TEACHER, RoleKind.TRAINER
_PRINCIPAL, _OFFICER = RoleKind.PRINCIPAL, RoleKind.RESEARCH_OFFICER
_SHARED = "共享的：联盟学校、其人员与校外人员提供的", "shared: from allied schools, their people, outsiders"


def _by(people: Trails) -> Trails:
    return reached("-[:BY]->", "Person", people)


RESOURCE = Rule(
    "Resource",
    (
        Grant(
            _TEACHER,
            *_SHARED,
            (
                *shared_resources("viewer_own_alliance_schools"),
                *_by((seconded_to("viewer_own_alliances"),)),
            ),
        ),
        Grant(_TEACHER, "本人提供的", "that he contributed", _by(TEACHER_SELF)),
        Grant(
            _PRINCIPAL,
            *_SHARED,
            (
                *shared_resources("viewer_led_alliance_schools"),
                *reached("-[:FROM]->", "School", named("viewer_led_schools")),
            ),
        ),
        Grant(
            _OFFICER,
            "本县学校及其联盟学校、其人员与校外人员提供的",
            "from the county's schools, schools allied with them, their people, outsiders",
            (*shared_resources("viewer_county_schools"), *resources_beside("viewer_county_schools")),
        ),
    ),
)
GIFT = Rule(
    "Gift",
    (
        Grant(
            _TEACHER,
            "本人所提供资源的",
            "of resources that he contributed",
            reached("-[:OF]->", "Resource", _by(TEACHER_SELF)),
        ),
        Grant(
            _PRINCIPAL,
            "赠予本校的",
            "to his school",
            reached("-[:TO]->", "School", named("viewer_led_schools")),
        ),
        Grant(
            _OFFICER,
            "赠予本县学校的",
            "to the county's schools",
            reached("-[:TO]->", "School", named("viewer_county_schools")),
        ),
    ),
)
USE = Rule(
    "Use",
    (
        Grant(_TEACHER, "本人的", "his own", _by(TEACHER_SELF)),
        Grant(
            _TRAINER,
            "其订单所服务的教师与所带徒弟的",
            "of teachers whose needs his orders serve, of his mentees",
            _by(TAUGHT),
        ),
        Grant(
            _PRINCIPAL,
            "在本校的",
            "at his school",
            reached("-[:AT]->", "School", named("viewer_led_schools")),
        ),
    ),
)
RESOURCES: tuple[Rule, ...] = (RESOURCE, GIFT, USE)
