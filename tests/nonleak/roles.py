"""Which roles a holder has in a graph today, and what they never show him, read by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.access.expected import Role, shows
from tests.access.matrix import SEES
from tests.access.world import World

_COLUMNS = {
    "TEACHER": "teacher", "TRAINER": "trainer", "PRINCIPAL": "principal", "EXPERT": "expert",
    "RESEARCH_OFFICER": "officer", "COUNCIL": "council", "RESEARCHER": "researcher",
}  # fmt: skip
"""The column of the matrix in which a role stands."""
_VIEWS = {"W": "whole", "N": "narrow", "P": "pseudonym"}


def roles_of(world: World, holder: str, today: str) -> list[Role]:
    """The holder's roles whose tenure holds on that day."""
    found: list[Role] = []
    for id, node in sorted(world.of("RoleAssignment").items()):
        if node["holder"] == holder and str(node["start"]) <= today <= str(node.get("end", today)):
            county = node.get("county")
            found.append(
                Role(
                    str(node["role"]),
                    person=_end(world, id, "OF", "Person"),
                    school=_end(world, id, "AT", "School"),
                    county=None if county is None else str(county),
                    alliance=_end(world, id, "IN", "Alliance"),
                )
            )
    return found


def _end(world: World, id: str, relationship: str, label: str) -> str | None:
    return next(iter(world.out("RoleAssignment", id, relationship, label)), None)


def hidden_from(roles: Iterable[Role]) -> Callable[[str, str], bool]:
    """Whether somebody with those roles sees rows of a label, but a property on none, whatever rows there are."""
    held = list(roles)
    is_somebody = any(role.person is not None for role in held)

    def hides(label: str, name: str) -> bool:
        cells = [SEES[_COLUMNS[role.kind], label] for role in held] + [SEES["nobody", label]]
        kinds = {_VIEWS[letter] for cell in cells for letter in cell if letter in _VIEWS}
        if label == "RoleAssignment" or (label == "Person" and is_somebody):
            kinds.add("whole")  # his own roles, and himself
        return bool(kinds) and name != "id" and not shows(label, kinds, name)

    return hides
