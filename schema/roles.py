"""Roles, as the administrator and those who hold them ask for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Optional

from graph.compiler.declare import outgoing
from graph.model import roles as model
from graph.model.terms import RoleKind
from schema.kit.fields import graph_type, label_of, one

if TYPE_CHECKING:
    from schema.alliance import Alliance, School
    from schema.people import Person


@graph_type(model.RoleAssignment)
class RoleAssignment:
    """A role that somebody holds for a time, bound to a person, school, county or alliance. 中文：角色授予"""

    holder: str
    role: RoleKind
    role_label: str = label_of("role")
    county: str | None
    start: date
    end: date | None
    person: Optional[Person] = one(outgoing("OF", "Person"))
    school: Optional[School] = one(outgoing("AT", "School"))
    alliance: Optional[Alliance] = one(outgoing("IN", "Alliance"))
