"""The vocabulary, which everybody sees, and the institution, which all but researchers see."""

from __future__ import annotations

from graph.access.grants import Grant, Rule, everybody
from graph.access.trails import Trail
from graph.model.terms import RoleKind

_INSIDE = (
    RoleKind.TEACHER,
    RoleKind.TRAINER,
    RoleKind.PRINCIPAL,
    RoleKind.EXPERT,
    RoleKind.RESEARCH_OFFICER,
    RoleKind.COUNCIL,
)
_ALL = "全部", "all"

VOCABULARY: tuple[Rule, ...] = tuple(
    Rule(label, (Grant(None, *_ALL, None),)) for label in ("Topic", "Semester", "RuleSet", "Rule")
)
INSTITUTION: tuple[Rule, ...] = tuple(
    Rule(label, everybody(_INSIDE, *_ALL, None))
    for label in ("School", "Alliance", "HelpGroup", "Membership")
)
ROLES = Rule(
    "RoleAssignment",
    (Grant(None, "本人持有的", "those that he holds", (Trail("@.holder = $viewer_holder"),)),),
)
