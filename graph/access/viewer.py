"""Who asks: the roles he holds today, and what they reach, read in one statement or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from graph.access.lookups import LOOKUPS, look_up
from graph.model.roles import RESERVED_HOLDER, RoleAssignment
from graph.model.terms import RoleKind
from graph.nodes import Run


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks. Without an assignment and no administrator he sees the vocabulary only.

    The tuples hold ids, sorted, each once; they follow from the assignments in force today. "His persons
    of teachers" are those of his assignments as TEACHER or TRAINER.
    """

    holder: str
    assignments: tuple[RoleAssignment, ...] = ()
    """In force today, by id."""
    is_administrator: bool = False

    own_schools: tuple[str, ...] = ()
    """Where his persons of teachers are employed today."""
    own_alliances: tuple[str, ...] = ()
    """Of which one of `own_schools` is a member today, or to whose help group he is seconded today."""
    own_alliance_schools: tuple[str, ...] = ()
    """Members, today or once, of one of `own_alliances`."""
    led_alliance_schools: tuple[str, ...] = ()
    """Members, today or once, of an alliance of which a school he is PRINCIPAL of is a member today."""
    county_schools: tuple[str, ...] = ()
    """In the counties he is RESEARCH_OFFICER of."""
    researcher_schools: tuple[str, ...] = ()
    """Members, today or once, of the alliances he is RESEARCHER of."""
    order_people: tuple[str, ...] = ()
    """Teachers of the needs of orders (none cancelled) that he leads or assists as TRAINER."""
    mentees: tuple[str, ...] = ()
    """Whom he mentors today, as TRAINER."""
    looked_up: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The lists of `graph.access.lookups` by their names."""

    def holds(self, role: RoleKind) -> bool:
        """Whether one of the assignments is of that role (an administrator holds only what he was given)."""
        return any(each.role is role for each in self.assignments)

    def persons(self, *roles: RoleKind) -> tuple[str, ...]:
        """Who he is, by his assignments of those roles; by all of them where none is named."""
        return self._bound("person", roles)

    def schools(self, *roles: RoleKind) -> tuple[str, ...]:
        """The schools named by his assignments of those roles."""
        return self._bound("school", roles)

    def alliances(self, *roles: RoleKind) -> tuple[str, ...]:
        """The alliances named by his assignments of those roles."""
        return self._bound("alliance", roles)

    def parameters(self, today: date) -> dict[str, object]:
        """The values that the rules name, on that day."""
        taught = (RoleKind.TEACHER, RoleKind.TRAINER)
        lists = {
            "persons": self.persons(),
            "teachers": self.persons(*taught),
            "trainers": self.persons(RoleKind.TRAINER),
            "mentees": self.mentees,
            "order_people": self.order_people,
            "own_schools": self.own_schools,
            "own_alliances": self.own_alliances,
            "own_alliance_schools": self.own_alliance_schools,
            "led_schools": self.schools(RoleKind.PRINCIPAL),
            "led_alliance_schools": self.led_alliance_schools,
            "county_schools": self.county_schools,
            "councils": self.alliances(RoleKind.COUNCIL),
            "researched": self.alliances(RoleKind.RESEARCHER),
            "researcher_schools": self.researcher_schools,
            **{each.name: self.looked_up.get(each.name, ()) for each in LOOKUPS},
        }
        given: dict[str, object] = {"viewer_holder": self.holder, "viewer_today": today.isoformat()}
        return given | {f"viewer_{name}": list(ids) for name, ids in lists.items()}

    def _bound(self, field: str, roles: tuple[RoleKind, ...]) -> tuple[str, ...]:
        chosen = [each for each in self.assignments if not roles or each.role in roles]
        return tuple(sorted({value for each in chosen if (value := getattr(each, field)) is not None}))


def administrator(holder: str = RESERVED_HOLDER) -> Viewer:
    """A viewer who sees and writes everything, without an assignment in the graph."""
    return Viewer(holder, is_administrator=True)


async def load_viewer(run: Run, holder: str, today: date) -> Viewer:
    """The viewer with what his roles reach on that day; nothing where he holds none.

    One statement, and one more where a role reaches by lists of people or schools.
    """
    (row,) = await run(_VIEWER, holder=holder, today=today.isoformat())
    assignments = sorted(
        (_assignment(holder, values) for values in row.pop("roles")), key=lambda each: each.id
    )
    reached: dict[str, Any] = {name: tuple(sorted(ids)) for name, ids in row.items()}
    is_administrator = any(each.role is RoleKind.ADMINISTRATOR for each in assignments)
    viewer = Viewer(holder, tuple(assignments), is_administrator, **reached)
    if is_administrator:  # he sees everything, whatever else he is
        return viewer
    roles = frozenset(each.role for each in assignments)
    return replace(viewer, looked_up=await look_up(run, roles, viewer.parameters(today)))


def _assignment(holder: str, values: Sequence[Any]) -> RoleAssignment:
    id, role, persons, schools, county, alliances, start, end = values
    return RoleAssignment(
        id=id,
        holder=holder,
        role=RoleKind[role],
        person=next(iter(persons), None),
        school=next(iter(schools), None),
        county=county,
        alliance=next(iter(alliances), None),
        start=date.fromisoformat(start),
        end=None if end is None else date.fromisoformat(end),
    )


def _today(node: str, start: str = "start", end: str = "end") -> str:
    """The condition that a node's tenure holds today; a day that is not given does not bound it."""
    return f"coalesce({node}.{start}, $today) <= $today AND coalesce({node}.{end}, $today) >= $today"


def _holding(*roles: RoleKind) -> str:
    """Binds `r` to the holder's assignments of those roles (of any where none is named) in force today."""
    of_kind = f" AND r.role IN {[role.name for role in roles]}" if roles else ""
    return f"MATCH (r:RoleAssignment {{holder: $holder}}) WHERE {_today('r')}{of_kind}"


_TEACHING = f"{_holding(RoleKind.TEACHER, RoleKind.TRAINER)} MATCH (r)-[:OF]->(p:Person)"
_TRAINING = f"{_holding(RoleKind.TRAINER)} MATCH (r)-[:OF]->(p:Person)"
_EMPLOYED = f"{_TEACHING}<-[:OF]-(e:Employment) WHERE {_today('e')} MATCH (e)-[:AT]->(s:School)"
_MEMBER_TODAY = f"MATCH (s)<-[:OF]-(m:Membership) WHERE {_today('m')} MATCH (m)-[:IN]->(a:Alliance)"
_SECONDED = (
    f"{_TEACHING} WHERE {_today('p', 'seconded_from', 'seconded_to')}"
    " MATCH (p)-[:SECONDED_TO]->(:HelpGroup)<-[:BOUND_TO]-(a:Alliance)"
)
_EVER_MEMBERS = "MATCH (a)<-[:IN]-(m:Membership) WHERE m.start <= $today MATCH (m)-[:OF]->(s:School)"
_IN_ALLIANCE = "MATCH (r)-[:IN]->(a:Alliance)"
_SCHOOLS = "collect(DISTINCT s.id)"

# Each part answers one row, also where it finds nothing, so that the whole is one row.
_VIEWER = f"""
CALL () {{ {_holding()} RETURN collect([r.id, r.role,
    [(r)-[:OF]->(p:Person) | p.id], [(r)-[:AT]->(s:School) | s.id], r.county,
    [(r)-[:IN]->(a:Alliance) | a.id], r.start, r.end]) AS roles }}
CALL () {{ {_EMPLOYED} RETURN {_SCHOOLS} AS own_schools }}
CALL () {{ CALL () {{ {_EMPLOYED} {_MEMBER_TODAY} RETURN a.id AS id UNION {_SECONDED} RETURN a.id AS id }}
    RETURN collect(id) AS own_alliances }}
CALL (own_alliances) {{ UNWIND own_alliances AS id MATCH (a:Alliance {{id: id}}) {_EVER_MEMBERS}
    RETURN {_SCHOOLS} AS own_alliance_schools }}
CALL () {{ {_holding(RoleKind.PRINCIPAL)} MATCH (r)-[:AT]->(s:School) {_MEMBER_TODAY} WITH DISTINCT a
    MATCH (a)<-[:IN]-(f:Membership) WHERE f.start <= $today MATCH (f)-[:OF]->(t:School)
    RETURN collect(DISTINCT t.id) AS led_alliance_schools }}
CALL () {{ {_holding(RoleKind.RESEARCH_OFFICER)} MATCH (s:School) WHERE s.county = r.county
    RETURN {_SCHOOLS} AS county_schools }}
CALL () {{ {_holding(RoleKind.RESEARCHER)} {_IN_ALLIANCE} {_EVER_MEMBERS}
    RETURN {_SCHOOLS} AS researcher_schools }}
CALL () {{ {_TRAINING}<-[:BY|ASSISTED_BY]-(o:TrainingOrder) WHERE o.status <> 'CANCELLED'
    MATCH (o)-[:FOR]->(:Need)-[:OF]->(t:Person) RETURN collect(DISTINCT t.id) AS order_people }}
CALL () {{ {_TRAINING}<-[:BY]-(j:Mentorship) WHERE {_today("j")} MATCH (j)-[:OF]->(t:Person)
    RETURN collect(DISTINCT t.id) AS mentees }}
RETURN roles, own_schools, own_alliances, own_alliance_schools, led_alliance_schools, county_schools,
    researcher_schools, order_people, mentees
"""
