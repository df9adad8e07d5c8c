"""Who sees resources, their gifts and their uses."""

from __future__ import annotations

from graph.access.circles import (
    COUNTY_TRAINERS,
    OF_TAUGHT,
    OWN,
    TAUGHT,
    TEACHER_SELF,
    at_schools,
    by_people,
    named,
    resources_from,
)
from graph.access.grants import Grant, Rule
from graph.access.trails import reached
from graph.model.terms import RoleKind

_TEACHER, _TRAINER = RoleKind.TEACHER, RoleKind.TRAINER
_PRINCIPAL, _OFFICER = RoleKind.PRINCIPAL, RoleKind.RESEARCH_OFFICER
_SHARED = "共享的：联盟学校、其人员与校外人员提供的", "shared: from allied schools, their people, outsiders"

RESOURCE = Rule(
    "Resource",
    (
        Grant(
            _TEACHER,
            *_SHARED,
            resources_from(named("viewer_own_alliance_schools"), "viewer_own_sharers"),
        ),
        Grant(_TEACHER, "本人提供的", "that he contributed", by_people(TEACHER_SELF)),
        Grant(
            _PRINCIPAL,
            *_SHARED,
            resources_from(
                (*named("viewer_led_alliance_schools"), *named("viewer_led_schools")), "viewer_led_sharers"
            ),
        ),
        Grant(
            _OFFICER,
            "本县学校及其联盟学校、其人员与校外人员提供的",
            "from the county's schools, schools allied with them, their people, outsiders",
            (
                *resources_from(
                    (*named("viewer_county_schools"), *named("viewer_county_allied")), "viewer_county_people"
                ),
                *by_people(COUNTY_TRAINERS),
            ),
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
            reached("-[:OF]->", "Resource", by_people(TEACHER_SELF)),
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
        Grant(_TEACHER, *OWN, by_people(TEACHER_SELF)),
        Grant(_TRAINER, *OF_TAUGHT, by_people(TAUGHT)),
        Grant(_PRINCIPAL, "在本校的", "at his school", at_schools("viewer_led_schools")),
    ),
)
RESOURCES: tuple[Rule, ...] = (RESOURCE, GIFT, USE)
