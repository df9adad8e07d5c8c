"""In whose name a right is used that is for one's own name only."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from graph.access.viewer import Viewer
from graph.errors import InvalidInput
from graph.model.roles import RoleAssignment
from graph.model.terms import RoleKind
from resolvers.caller import Caller
from resolvers.rights import RIGHTS, signature

DAY = date(2025, 5, 6)
TRAINERS, OFFICERS = RIGHTS["decideRecommendation"]


def _trainer(*people: str) -> Caller:
    held = tuple(
        RoleAssignment(id=f"ra-{each}", holder="li", role=RoleKind.TRAINER, person=each, start=DAY)
        for each in people
    )
    return Caller("li", datetime(2025, 5, 6, 2, tzinfo=UTC), DAY, viewer=Viewer("li", held))


def test_who_names_nobody_signs_himself_where_only_that_is_his_right() -> None:
    assert signature(_trainer("p-1"), TRAINERS, None) == "p-1"
    assert signature(_trainer("p-1", "p-2"), TRAINERS, "p-2") == "p-2"


def test_where_others_may_be_named_nobody_is_filled_in() -> None:
    assert signature(_trainer("p-1"), OFFICERS, None) is None
    assert signature(_trainer("p-1"), None, None) is None


def test_who_is_several_people_has_to_say_which() -> None:
    with pytest.raises(InvalidInput) as refused:
        signature(_trainer("p-1", "p-2"), TRAINERS, None)
    assert refused.value.field == "by"
