"""People and schools whom a role reaches, by id: looked up once with the viewer, named by the rules.

A rule could hold the way to them, but then every node of a statement would bear it, and Neo4j takes seconds to
plan such a statement. They change by an import only, never by what the service itself writes: lists that are
kept for a moment don't miss what their viewer has just done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.access.circles import (
    OUTSIDERS,
    allied_with,
    members_of,
    seconded_beside,
    seconded_to,
    works_at,
    works_beside,
    works_in,
)
from graph.access.trails import Trails
from graph.model.terms import RoleKind
from graph.nodes import Run


@dataclass(frozen=True, slots=True)
class Lookup:
    """The nodes of a label of which one of the trails holds; who has one of the roles is given their ids.

    The rules name the list by the parameter "viewer_" and its name.
    """

    name: str
    label: str
    roles: frozenset[RoleKind]
    trails: Trails

    @property
    def subquery(self) -> str:
        """Cypher that collects the ids under the name."""
        ways = " UNION ".join(f"{each.match('n', self.label)} RETURN n.id AS id" for each in self.trails)
        return f"CALL () {{ CALL () {{ {ways} }} RETURN collect(id) AS {self.name} }}"


_TEACHERS = frozenset({RoleKind.TEACHER, RoleKind.TRAINER})
_PRINCIPAL = frozenset({RoleKind.PRINCIPAL})
_OFFICER = frozenset({RoleKind.RESEARCH_OFFICER})
_COUNCIL = frozenset({RoleKind.COUNCIL})
_RESEARCHER = frozenset({RoleKind.RESEARCHER})

LOOKUPS: tuple[Lookup, ...] = (
    Lookup("colleagues", "Person", _TEACHERS, (works_at("viewer_own_schools"),)),
    Lookup(
        "own_served",
        "Person",
        _TEACHERS,
        (works_in("viewer_own_alliances"), seconded_to("viewer_own_alliances")),
    ),
    Lookup("own_members", "School", _TEACHERS, (members_of("viewer_own_alliances"),)),
    Lookup(
        "own_sharers",
        "Person",
        _TEACHERS,
        (works_at("viewer_own_alliance_schools"), seconded_to("viewer_own_alliances"), OUTSIDERS),
    ),
    Lookup("staff", "Person", _PRINCIPAL, (works_at("viewer_led_schools"),)),
    Lookup("led_sharers", "Person", _PRINCIPAL, (works_at("viewer_led_alliance_schools"), OUTSIDERS)),
    Lookup(
        "county_people",
        "Person",
        _OFFICER,
        (works_at("viewer_county_schools"), seconded_beside("viewer_county_schools"), OUTSIDERS),
    ),
    Lookup("county_trainers", "Person", _OFFICER, (works_beside("viewer_county_schools"),)),
    Lookup("county_allied", "School", _OFFICER, (allied_with("viewer_county_schools"),)),
    Lookup(
        "council_served", "Person", _COUNCIL, (works_in("viewer_councils"), seconded_to("viewer_councils"))
    ),
    Lookup("council_members", "School", _COUNCIL, (members_of("viewer_councils"),)),
    Lookup("researched_people", "Person", _RESEARCHER, (works_at("viewer_researcher_schools"),)),
    Lookup(
        "researched_served",
        "Person",
        _RESEARCHER,
        (works_in("viewer_researched"), seconded_to("viewer_researched")),
    ),
    Lookup("researched_members", "School", _RESEARCHER, (members_of("viewer_researched"),)),
)


async def look_up(
    run: Run, roles: frozenset[RoleKind], parameters: Mapping[str, object]
) -> dict[str, tuple[str, ...]]:
    """The ids of each list that one of the roles reaches by, sorted, by its name. One statement, or none.

    `parameters` are the values that the trails name.
    """
    asked = [each for each in LOOKUPS if each.roles & roles]
    if not asked:
        return {}
    names = ", ".join(each.name for each in asked)
    statement = "\n".join([*(each.subquery for each in asked), f"RETURN {names}"])
    (row,) = await run(statement, **parameters)
    return {name: tuple(sorted(ids)) for name, ids in row.items()}
