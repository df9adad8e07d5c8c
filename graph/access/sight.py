"""What one viewer sees, as the compiler and the use cases ask for it: conditions, masks, parameters."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date

from graph.access.circles import SELF
from graph.access.grants import Grant, View
from graph.access.rules import RULES
from graph.access.trails import any_of
from graph.access.viewer import Viewer
from graph.compiler.visibility import EVERYTHING, Visibility
from graph.model.nouns import NOUNS
from graph.model.pseudonyms import PSEUDONYM
from graph.model.terms import RoleKind


def sight_of(viewer: Viewer, today: date) -> Visibility:
    """What the viewer sees on that day; everything for an administrator."""
    if viewer.is_administrator or viewer.holds(RoleKind.ADMINISTRATOR):
        return EVERYTHING
    return RoleSight(frozenset(each.role for each in viewer.assignments), viewer.parameters(today))


class RoleSight:
    """What a set of roles sees (`graph.compiler.visibility.Visibility`). A trainer sees as a teacher, too."""

    def __init__(self, roles: frozenset[RoleKind], parameters: Mapping[str, object]) -> None:
        self.roles = roles | {RoleKind.TEACHER} if RoleKind.TRAINER in roles else roles
        self.parameters = parameters
        self._is_somebody = bool(parameters["viewer_persons"])

    @property
    def key(self) -> Hashable:
        """Equal for viewers with the same kinds of roles, of which some or none name a person."""
        return self.roles, self._is_somebody

    def predicate(self, label: str, variable: str) -> str | None:
        """The condition under which the node is seen at all; None where all of the label are."""
        return _condition(self._granted(label), variable)

    def whole(self, label: str, variable: str) -> str | None:
        """The condition under which every field of the node is shown; None where it always is."""
        return _condition((each for each in self._granted(label) if each.view is View.WHOLE), variable)

    def value(self, label: str, variable: str, name: str) -> str | None:
        """What stands for a property: itself on the rows whose widest view shows it, else null.

        An id is never null: where only a researcher's view shows the row, the pseudonym stands for it.
        """
        granted = self._granted(label)
        if name == "id":
            return _shown_id(granted, variable)
        shown, is_always = _shown(label, granted, variable, name)
        if is_always:
            return None
        return "null" if shown is None else f"CASE WHEN {shown} THEN {variable}.{name} END"

    def hides(self, label: str, name: str) -> bool:
        """Whether rows are seen of which no view of these roles shows the property.

        Of a label that is out of sight there is nothing to find out: it is asked as an empty one.
        """
        granted = self._granted(label)
        return (
            bool(granted)
            and name != "id"
            and not any(RULES[label].gives(each.view, name) for each in granted)
        )

    def link(self, label: str, variable: str, relationship: str, end: str) -> str | None:
        """The condition under which a relationship that the node owns may be followed; None: always."""
        field = _FIELDS.get((label, relationship, end), relationship)
        shown, is_always = _shown(label, self._granted(label), variable, field)
        return None if is_always else shown or "false"

    def _granted(self, label: str) -> tuple[Grant, ...]:
        rule = RULES.get(label)
        granted = () if rule is None else rule.of(self.roles)
        return tuple(each for each in granted if self._is_somebody or each.trails is not SELF)


_FIELDS: Mapping[tuple[str, str, str], str] = {
    (noun.label, field.reference.relationship, field.reference.label): field.name
    for noun in NOUNS
    for field in noun.references
    if field.reference is not None
}
"""The field of a noun by its relationship and the label at its end."""


def _condition(grants: Iterable[Grant], variable: str) -> str | None:
    """That one of the grants covers the node; None where one covers all."""
    trails = [each.trails for each in grants]
    if any(each is None for each in trails):
        return None
    return any_of(variable, (trail for each in trails for trail in each or ()))


def _shown(label: str, granted: tuple[Grant, ...], variable: str, name: str) -> tuple[str | None, bool]:
    """Where a field is shown, None for nowhere; and whether that is on every row that is seen."""
    givers = [each for each in granted if RULES[label].gives(each.view, name)]
    if not givers:
        return None, False
    condition = _condition(givers, variable)
    return condition, len(givers) == len(granted) or condition is None


def _shown_id(granted: tuple[Grant, ...], variable: str) -> str | None:
    openly = [each for each in granted if each.view is not View.PSEUDONYM]
    if len(openly) == len(granted):
        return None
    if not openly:
        return f"{variable}.{PSEUDONYM}"
    condition = _condition(openly, variable)
    if condition is None:
        return None
    return f"CASE WHEN {condition} THEN {variable}.id ELSE {variable}.{PSEUDONYM} END"
