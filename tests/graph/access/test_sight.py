"""What a set of roles sees, as the compiler asks for it: the same text for the same roles, fresh names, masks."""

from __future__ import annotations

from datetime import date

import pytest

from graph.access.sight import RoleSight, sight_of
from graph.access.viewer import Viewer, administrator
from graph.compiler.visibility import EVERYTHING, Visibility
from graph.model.nouns import LABELS
from graph.model.roles import RoleAssignment
from graph.model.terms import RoleKind

DAY = date(2025, 3, 10)


def _viewer(holder: str, *roles: RoleKind, person: str | None = "p") -> Viewer:
    held = [
        RoleAssignment(id=f"{holder}-{role.name}", holder=holder, role=role, person=person, start=DAY)
        for role in roles
    ]
    return Viewer(holder, tuple(held))


def _sight(*roles: RoleKind, person: str | None = "p") -> Visibility:
    return sight_of(_viewer("h", *roles, person=person), DAY)


def _text(sight: Visibility) -> list[str | None]:
    return [sight.predicate(label, "n") for label in LABELS]


def test_viewers_of_the_same_roles_share_key_and_text_and_differ_in_parameters_only() -> None:
    one = sight_of(_viewer("one", RoleKind.TEACHER, RoleKind.COUNCIL, person="p-1"), DAY)
    two = sight_of(_viewer("two", RoleKind.COUNCIL, RoleKind.TEACHER, person="p-2"), DAY)
    assert one.key == two.key
    assert _text(one) == _text(two)
    assert one.parameters["viewer_teachers"] == ["p-1"]
    assert two.parameters["viewer_teachers"] == ["p-2"]
    assert one.key != _sight(RoleKind.TEACHER).key
    assert all(name.startswith("viewer_") for name in one.parameters)


@pytest.mark.parametrize(
    "viewer", [administrator(), Viewer("h", (), True), _viewer("h", RoleKind.ADMINISTRATOR, person=None)]
)
def test_an_administrator_sees_everything_without_a_condition(viewer: Viewer) -> None:
    assert sight_of(viewer, DAY) is EVERYTHING


def test_a_label_without_a_rule_and_a_label_without_a_grant_are_out_of_sight() -> None:
    sight = _sight(RoleKind.EXPERT)
    assert sight.predicate("AuditEntry", "n") == "false"
    assert sight.predicate("Need", "n") == "false"
    assert sight.value("AuditEntry", "n", "actor") == "null"
    assert sight.predicate("School", "n") is None
    assert sight.value("School", "n", "name") is None


def test_a_trainer_sees_what_a_teacher_sees() -> None:
    trainer, teacher = _sight(RoleKind.TRAINER), _sight(RoleKind.TEACHER)
    for label in LABELS:
        seen = (teacher.predicate(label, "n") or "").split(" OR ")
        if seen not in (["false"], [""]):
            assert set(seen) <= set((trainer.predicate(label, "n") or "").split(" OR "))


def test_names_in_a_condition_follow_from_the_name_of_the_node() -> None:
    condition = _sight(RoleKind.RESEARCH_OFFICER).predicate("Evidence", "n1h0") or ""
    assert "(n1h0)-[:FROM]->(n1h0v2:Diagnosis) MATCH (n1h0v2)-[:OF]->(n1h0v1:Person)" in condition
    assert "@" not in condition


def test_a_property_is_masked_where_only_some_views_show_it() -> None:
    teacher = _sight(RoleKind.TEACHER)
    assert teacher.value("Person", "n", "name") is None
    assert teacher.value("Person", "n", "title") == "CASE WHEN n.id IN $viewer_persons THEN n.title END"
    assert teacher.value("Person", "n", "pseudonym") == "null"
    assert teacher.hides("Person", "pseudonym")
    assert not teacher.hides("Person", "title")


def test_a_pseudonym_stands_for_the_id_where_no_other_view_shows_the_row() -> None:
    stranger, somebody = _sight(RoleKind.RESEARCHER, person=None), _sight(RoleKind.RESEARCHER)
    assert stranger.value("Person", "n", "id") == "n.pseudonym"
    assert somebody.value("Person", "n", "id") == (
        "CASE WHEN n.id IN $viewer_persons THEN n.id ELSE n.pseudonym END"
    )
    assert stranger.hides("Person", "name")
    assert not somebody.hides("Person", "name")
    assert not stranger.hides("Person", "id")
    assert stranger.value("School", "n", "id") is None


def test_a_relationship_is_followed_where_a_view_shows_it() -> None:
    teacher, researcher = _sight(RoleKind.TEACHER), _sight(RoleKind.RESEARCHER, person=None)
    assert teacher.link("Person", "n", "TRAINS", "Topic") == "n.id IN $viewer_persons"
    assert teacher.link("Need", "n", "ABOUT", "Topic") is None
    assert researcher.link("TrainingOrder", "n", "ABOUT", "Topic") == "false"
    assert researcher.link("TrainingOrder", "n", "BY", "Person") is None
    assert teacher.link("Person", "n", "OF_NO_FIELD", "Topic") == "n.id IN $viewer_persons"


def test_a_trainer_is_a_teacher_by_his_roles() -> None:
    sight = _sight(RoleKind.TRAINER)
    assert isinstance(sight, RoleSight)
    assert sight.roles == {RoleKind.TRAINER, RoleKind.TEACHER}
