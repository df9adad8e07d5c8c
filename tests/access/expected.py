"""Who sees what, written by hand from the roles' table: plain functions over dictionaries.

They share nothing with `graph.access`. A view is "whole", "narrow" or "pseudonym"; a row may have several,
of several roles: then every field is shown that one of them shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.access.world import Place, World

type Views = Mapping[Place, set[str]]
"""The views of each row that is seen; a row that is not in it is not seen."""

VOCABULARY = ("Topic", "Semester", "RuleSet", "Rule")
INSTITUTION = ("School", "Alliance", "HelpGroup", "Membership")
NARROW = {"Person": {"id", "name", "kind", "subject"}, "Contribution": {"id", "millionths"}}
SEEN_UNDER_PSEUDONYM = {
    "Person": {"pseudonym", "kind", "subject"},
    "Mentorship": {"subject", "start", "end"},
    "TrainingOrder": {"subject", "grade_band", "form", "status", "placed_on"},
    "Session": {"number", "kind", "planned_on", "delivered_on", "hours"},
}


@dataclass(frozen=True, slots=True)
class Role:
    """An assignment in force: its kind and what it is bound to."""

    kind: str
    person: str | None = None
    school: str | None = None
    county: str | None = None
    alliance: str | None = None


def views(world: World, roles: Iterable[Role], today: str, holder: str = "") -> Views:
    """What somebody with those roles sees; `holder` is who he is to his roles' assignments."""
    seen: dict[Place, set[str]] = defaultdict(set)
    assignments = world.of("RoleAssignment").items()
    _add(seen, "RoleAssignment", [id for id, node in assignments if node["holder"] == holder], "whole")
    for label in VOCABULARY:
        _add(seen, label, world.of(label), "whole")
    facts = Facts(world, today)
    for role in roles:
        if role.person is not None:
            _add(seen, "Person", [role.person], "whole")
        if role.kind != "RESEARCHER":
            for label in INSTITUTION:
                _add(seen, label, world.of(label), "whole")
        _BY_ROLE[role.kind](facts, role, seen)
    return seen


def shows(label: str, kinds: set[str], field: str) -> bool:
    """Whether a row with those views shows the stored property (`id`: the office's own)."""
    return (
        ("whole" in kinds and field != "pseudonym")
        or ("narrow" in kinds and field in NARROW[label])
        or ("pseudonym" in kinds and field in SEEN_UNDER_PSEUDONYM[label])
    )


def shown_id(world: World, label: str, id: str, kinds: set[str]) -> str:
    """Under which id a row is seen."""
    return str(world.of(label)[id]["pseudonym"]) if kinds == {"pseudonym"} else id


class Facts:
    """What holds in a world on a day."""

    def __init__(self, world: World, today: str) -> None:
        self.world, self.today = world, today
        jobs = _ends(world, "Employment", "OF", "Person")
        places = _ends(world, "Employment", "AT", "School")
        self.works = {
            (jobs[id], places[id]) for id, node in world.of("Employment").items() if self.holds(node)
        }
        alliances = _ends(world, "Membership", "IN", "Alliance")
        schools = _ends(world, "Membership", "OF", "School")
        memberships = world.of("Membership").items()
        self.members = {(schools[id], alliances[id]) for id, node in memberships if self.holds(node)}
        self.ever_members = {
            (schools[id], alliances[id]) for id, node in memberships if str(node["start"]) <= today
        }
        groups = _ends(world, "Alliance", "BOUND_TO", "HelpGroup")
        self.seconded = {
            (person, alliance)
            for person, group in world.pairs("Person", "SECONDED_TO", "HelpGroup")
            for alliance, bound in groups.items()
            if bound == group and self.holds(world.of("Person")[person], "seconded_from", "seconded_to")
        }

    def holds(self, node: Mapping[str, object], start: str = "start", end: str = "end") -> bool:
        first, last = node.get(start) or self.today, node.get(end) or self.today
        return str(first) <= self.today <= str(last)

    def staff(self, schools: set[str]) -> set[str]:
        return {person for person, school in self.works if school in schools}

    def schools_of(self, people: set[str]) -> set[str]:
        return {school for person, school in self.works if person in people}

    def alliances_of(self, schools: set[str]) -> set[str]:
        return {alliance for school, alliance in self.members if school in schools}

    def members_of(self, alliances: set[str]) -> set[str]:
        return {school for school, alliance in self.members if alliance in alliances}

    def ever_members_of(self, alliances: set[str]) -> set[str]:
        return {school for school, alliance in self.ever_members if alliance in alliances}

    def seconded_to(self, alliances: set[str]) -> set[str]:
        return {person for person, alliance in self.seconded if alliance in alliances}

    def outsiders(self) -> set[str]:
        return {id for id, node in self.world.of("Person").items() if node["kind"] != "TEACHER"}

    def whose(self, label: str, relationships: str, end: str, ids: set[str]) -> set[str]:
        """The nodes of a label that lead to one of the ids."""
        return {
            own
            for relationship in relationships.split()
            for own, to in self.world.pairs(label, relationship, end)
            if to in ids
        }

    def reached(self, label: str, ids: set[str], relationship: str, end: str) -> set[str]:
        """What the nodes lead to."""
        return {to for own, to in self.world.pairs(label, relationship, end) if own in ids}

    def orders_of_alliances(self, alliances: set[str]) -> set[str]:
        members = self.members_of(alliances)
        people = self.staff(members) | self.seconded_to(alliances)
        needs = self.whose("Need", "OF", "Person", people) | self.whose("Need", "AT", "School", members)
        groups = self.whose("NeedGroup", "OF", "Alliance", alliances)
        shared = self.whose("Recommendation", "FOR", "NeedGroup", groups)
        return self.whose("TrainingOrder", "FOR", "Need", needs) | self.whose(
            "TrainingOrder", "FOLLOWS", "Recommendation", shared
        )

    def orders_at(self, people: set[str], schools: set[str]) -> set[str]:
        needs = self.whose("Need", "OF", "Person", people) | self.whose("Need", "AT", "School", schools)
        return self.whose("TrainingOrder", "FOR", "Need", needs) | self.whose(
            "TrainingOrder", "AT", "School", schools
        )

    def led_by(self, people: set[str]) -> set[str]:
        return self.whose("TrainingOrder", "BY ASSISTED_BY", "Person", people)

    def in_charge(self, label: str, ids: set[str]) -> set[str]:
        return self.reached(label, ids, "BY", "Person") | self.reached(label, ids, "ASSISTED_BY", "Person")

    def sessions_of(self, orders: set[str]) -> set[str]:
        return self.whose("Session", "OF", "TrainingOrder", orders)

    def resources_from(self, schools: set[str], people: set[str]) -> set[str]:
        return self.whose("Resource", "FROM", "School", schools) | self.whose(
            "Resource", "BY", "Person", people
        )


_OF_PERSON = [
    "Employment",
    "Availability",
    "ClassContext",
    "Mentorship",
    "Diagnosis",
    "Request",
    "Need",
    "Attendance",
    "Feedback",
    "Capability",
]


def _own_rows(facts: Facts, people: set[str], seen: dict[Place, set[str]], without: str = "") -> None:
    """Everything that is of those people, named labels aside."""
    for label in _OF_PERSON:
        if label not in without.split():
            ends = "OF BY" if label == "Mentorship" else "OF"
            _add(seen, label, facts.whose(label, ends, "Person", people), "whole")
    diagnoses = facts.whose("Diagnosis", "OF", "Person", people)
    _add(seen, "Evidence", facts.whose("Evidence", "FROM", "Diagnosis", diagnoses), "whole")
    if "Use" not in without.split():
        _add(seen, "Use", facts.whose("Use", "BY", "Person", people), "whole")


def _orders(facts: Facts, orders: set[str], seen: dict[Place, set[str]], view: str = "whole") -> None:
    _add(seen, "TrainingOrder", orders, view)
    _add(seen, "Session", facts.sessions_of(orders), view)


def _teacher(facts: Facts, role: Role, seen: dict[Place, set[str]]) -> None:
    me = {str(role.person)}
    _own_rows(facts, me, seen)
    own = facts.schools_of(me)
    alliances = facts.alliances_of(own) | {each for person, each in facts.seconded if person in me}
    allied = facts.ever_members_of(alliances)
    mine = facts.whose("Resource", "BY", "Person", me)
    helpers = facts.staff(allied) | facts.seconded_to(alliances) | facts.outsiders()
    _add(seen, "Resource", mine | facts.resources_from(allied, helpers), "whole")
    _add(seen, "Gift", facts.whose("Gift", "OF", "Resource", mine), "whole")
    orders = facts.orders_of_alliances(alliances)
    _orders(facts, orders, seen)
    world = facts.world
    here = {own_id for own_id, place in world.pairs("Employment", "AT", "School") if place in own}
    _add(seen, "Employment", {id for id in here if facts.holds(world.of("Employment")[id])}, "whole")
    pairs = facts.whose("Mentorship", "OF BY", "Person", me)
    partners = facts.reached("Mentorship", pairs, "OF", "Person") | facts.reached(
        "Mentorship", pairs, "BY", "Person"
    )
    _add(seen, "Person", facts.staff(own) | facts.in_charge("TrainingOrder", orders) | partners, "narrow")


def _trainer(facts: Facts, role: Role, seen: dict[Place, set[str]]) -> None:
    _teacher(facts, role, seen)
    world, me = facts.world, {str(role.person)}
    led = facts.led_by(me)
    going = {id for id in led if world.of("TrainingOrder")[id]["status"] != "CANCELLED"}
    taught = facts.reached("Need", facts.reached("TrainingOrder", going, "FOR", "Need"), "OF", "Person")
    _orders(facts, led, seen)
    _add(seen, "Person", taught | facts.in_charge("TrainingOrder", led), "narrow")
    _own_rows(
        facts,
        taught,
        seen,
        without="Employment Availability ClassContext Mentorship Request Attendance Feedback",
    )
    listed = facts.whose("Attendance", "AT", "Session", facts.sessions_of(led))
    _add(seen, "Attendance", listed & facts.whose("Attendance", "OF", "Person", taught), "whole")
    mentorships = facts.whose("Mentorship", "BY", "Person", me)
    now = {id for id in mentorships if facts.holds(world.of("Mentorship")[id])}
    mentees = facts.reached("Mentorship", now, "OF", "Person")
    _add(seen, "Person", mentees, "whole")
    _own_rows(facts, mentees, seen, without="Feedback")
    offered = facts.whose("Recommendation", "BY ASSISTED_BY", "Person", me)
    _add(seen, "Person", facts.in_charge("Recommendation", offered), "narrow")
    _recommendations(facts, offered, seen, me)
    _add(seen, "NeedGroup", facts.reached("Recommendation", offered, "FOR", "NeedGroup"), "whole")


def _recommendations(facts: Facts, ids: set[str], seen: dict[Place, set[str]], known: set[str]) -> None:
    """Their contributions with their sentences only where the trainer is known whole."""
    _add(seen, "Recommendation", ids, "whole")
    told = ids & facts.whose("Recommendation", "BY", "Person", known)
    _add(seen, "Contribution", facts.whose("Contribution", "TO", "Recommendation", ids), "narrow")
    _add(seen, "Contribution", facts.whose("Contribution", "TO", "Recommendation", told), "whole")
    _add(seen, "Decision", facts.whose("Decision", "ON", "Recommendation", ids), "whole")


def _principal(facts: Facts, role: Role, seen: dict[Place, set[str]]) -> None:
    world, school = facts.world, {str(role.school)}
    staff = facts.staff(school)
    _add(seen, "Person", staff, "whole")
    jobs = facts.whose("Employment", "AT", "School", school)
    _add(seen, "Employment", {id for id in jobs if facts.holds(world.of("Employment")[id])}, "whole")
    _add(seen, "Availability", facts.whose("Availability", "OF", "Person", staff), "whole")
    for label in ("ClassContext", "Use", "Need", "Diagnosis"):
        _add(seen, label, facts.whose(label, "AT", "School", school), "whole")
    _add(seen, "Gift", facts.whose("Gift", "TO", "School", school), "whole")
    allied = facts.ever_members_of(facts.alliances_of(school)) | school
    helpers = facts.staff(allied - school) | facts.outsiders()
    if facts.alliances_of(school):
        helpers |= staff
    _add(seen, "Resource", facts.resources_from(allied, helpers), "whole")
    _orders(facts, facts.orders_at(staff, school), seen)


def _expert(facts: Facts, role: Role, seen: dict[Place, set[str]]) -> None:
    """Himself, and the institution: what he rates comes with evaluations."""


def _research_officer(facts: Facts, role: Role, seen: dict[Place, set[str]]) -> None:
    schools = {id for id, node in facts.world.of("School").items() if node.get("county") == role.county}
    alliances = facts.alliances_of(schools)
    people = facts.staff(schools) | facts.seconded_to(alliances) | facts.outsiders()
    _add(seen, "Person", people, "whole")
    _own_rows(facts, people, seen, without="Use")
    for label in ("Need", "Diagnosis"):
        _add(seen, label, facts.whose(label, "AT", "School", schools), "whole")
    own = facts.whose("Diagnosis", "AT", "School", schools)
    _add(seen, "Evidence", facts.whose("Evidence", "FROM", "Diagnosis", own), "whole")
    needs = facts.whose("Need", "OF", "Person", people) | facts.whose("Need", "AT", "School", schools)
    _add(seen, "NeedGroup", facts.reached("Need", needs, "IN", "NeedGroup"), "whole")
    _recommendations(facts, facts.whose("Recommendation", "FOR", "Need", needs), seen, people)
    orders = facts.orders_at(people, schools)
    _orders(facts, orders, seen)
    allied = facts.members_of(alliances)
    _add(seen, "Person", facts.staff(allied) | facts.in_charge("TrainingOrder", orders), "narrow")
    _add(seen, "Resource", facts.resources_from(schools | allied, people | facts.staff(allied)), "whole")
    _add(seen, "Gift", facts.whose("Gift", "TO", "School", schools), "whole")


def _council(facts: Facts, role: Role, seen: dict[Place, set[str]]) -> None:
    orders = facts.orders_of_alliances({str(role.alliance)})
    _orders(facts, orders, seen)
    _add(seen, "Person", facts.in_charge("TrainingOrder", orders), "narrow")


def _researcher(facts: Facts, role: Role, seen: dict[Place, set[str]]) -> None:
    alliance = {str(role.alliance)}
    staff = facts.staff(facts.ever_members_of(alliance))
    orders = facts.orders_of_alliances(alliance)
    served = facts.reached("Need", facts.reached("TrainingOrder", orders, "FOR", "Need"), "OF", "Person")
    _add(seen, "Person", staff | served | facts.in_charge("TrainingOrder", orders), "pseudonym")
    _add(seen, "Mentorship", facts.whose("Mentorship", "OF BY", "Person", staff), "pseudonym")
    _orders(facts, orders, seen, "pseudonym")


_BY_ROLE = {
    "TEACHER": _teacher,
    "TRAINER": _trainer,
    "PRINCIPAL": _principal,
    "EXPERT": _expert,
    "RESEARCH_OFFICER": _research_officer,
    "COUNCIL": _council,
    "RESEARCHER": _researcher,
}


def _add(seen: dict[Place, set[str]], label: str, ids: Iterable[str], view: str) -> None:
    for id in ids:
        seen[label, id].add(view)


def _ends(world: World, label: str, relationship: str, end: str) -> dict[str, str]:
    return dict(world.pairs(label, relationship, end))
