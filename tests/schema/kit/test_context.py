"""What a request knows: nobody asks without being said to be somebody, and what he sees follows from that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from graph.access.sight import RoleSight
from graph.access.viewer import Viewer
from graph.compiler.visibility import EVERYTHING
from graph.model.roles import RoleAssignment
from graph.model.terms import RoleKind
from graph.store import Store
from schema.kit.context import Context
from tests.schema.kit.orchards import TODAY, context

NO_STORE = cast(Store, None)
TEACHER = Viewer(
    "li.si", (RoleAssignment(id="k", holder="li.si", role=RoleKind.TEACHER, person="p-1", start=TODAY),)
)


def test_what_is_seen_follows_from_who_sees() -> None:
    asked = context(NO_STORE)
    assert asked.visibility is EVERYTHING
    seen = replace(asked, viewer=TEACHER).visibility
    assert isinstance(seen, RoleSight)
    assert seen.roles == {RoleKind.TEACHER}
    assert seen.parameters["viewer_holder"] == "li.si"
    nobodys = replace(asked, viewer=Viewer("li.si")).visibility
    assert isinstance(nobodys, RoleSight)
    assert nobodys.roles == set()


def test_neither_can_be_left_out_nor_said_apart() -> None:
    given: dict[str, Any] = {
        name: getattr(context(NO_STORE), name)
        for name in ("store", "today", "language", "secret", "request_id", "actor", "now", "rules")
    }
    with pytest.raises(TypeError, match="viewer"):
        Context(**given)
    with pytest.raises(TypeError, match="visibility"):
        Context(**given, viewer=TEACHER, visibility=EVERYTHING)  # type: ignore[call-arg]  # what is refused here
