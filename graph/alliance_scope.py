"""Which nodes belong to one alliance: for each noun the MATCH that binds `n` to its part of the graph.

A school counts that was a member on one of the days asked for, a teacher who has or had a post there
or is seconded to the alliance's help group. Experts and research officers serve every alliance, and so does
what they contribute: it belongs to each, unless it is a member school's or they have a post at one.
"""

from __future__ import annotations

from datetime import date

from graph.model.alliance import Membership, School, Semester
from graph.model.describe import Identified
from graph.model.needs import Diagnosis, Evidence, Need, NeedGroup, Request, Topic
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Person, Teacher
from graph.model.resources import Gift, Resource, Use
from graph.nodes import Run, load

_MEMBERSHIPS = (
    "MATCH (:Alliance {id: $alliance})<-[:IN]-(membership:Membership)"
    " WHERE membership.start <= $until AND coalesce(membership.end, $since) >= $since"
)
_SCHOOLS = f"{_MEMBERSHIPS} MATCH (membership)-[:OF]->(school:School) WITH DISTINCT school"
_EMPLOYED = (
    f"{_SCHOOLS} MATCH (school)<-[:AT]-(:Employment)-[:OF]->(teacher:Person) WITH DISTINCT teacher AS person"
)
# A seconded teacher keeps his post at home, which is no member.
_SECONDED = (
    "MATCH (:Alliance {id: $alliance})-[:BOUND_TO]->(:HelpGroup)<-[:SECONDED_TO]-(person:Person)"
    " WHERE coalesce(person.seconded_from, $until) <= $until"
    " AND coalesce(person.seconded_to, $since) >= $since WITH person"
)
_OUTSIDERS = "MATCH (person:Person) WHERE person.kind <> 'TEACHER' WITH person"
_SERVING_ALL = (
    f"{_OUTSIDERS} WHERE NOT EXISTS "
    "{ MATCH (person)<-[:OF]-(:Employment)-[:AT]->(:School)<-[:OF]-(:Membership) }"
)
_OF_NO_MEMBER = "NOT EXISTS { MATCH (shared)-[:FROM]->(:School)<-[:OF]-(:Membership) }"


def _any_of(name: str, *branches: str) -> str:
    """Whatever one of the branches binds to `name`, once."""
    return f"CALL () {{ {' UNION '.join(f'{each} RETURN {name}' for each in branches)} }} WITH {name}"


_STAFF = _any_of("person", _EMPLOYED, _SECONDED)
_PEOPLE = _any_of("person", _EMPLOYED, _SECONDED, _OUTSIDERS)


def _owned(label: str) -> str:
    """Diagnoses or needs of the staff, and those of the schools themselves."""
    return _any_of(
        "owned",
        f"{_EMPLOYED} MATCH (person)<-[:OF]-(owned:{label})",
        f"{_SECONDED} MATCH (person)<-[:OF]-(owned:{label})",
        f"{_SCHOOLS} MATCH (school)<-[:AT]-(owned:{label})",
    )


_DIAGNOSES = _owned("Diagnosis")
_NEEDS = _owned("Need")
_ORDERS = f"{_NEEDS} MATCH (owned)<-[:FOR]-(ordered:TrainingOrder) WITH DISTINCT ordered"
_SESSIONS = f"{_ORDERS} MATCH (ordered)<-[:OF]-(session:Session) WITH session"
_BOOKED = f"{_PEOPLE} MATCH (person)<-[:BY|ASSISTED_BY]-(ordered:TrainingOrder) WITH DISTINCT ordered"
_RESOURCES = (
    f"{_SCHOOLS} MATCH (school)<-[:FROM]-(shared:Resource)",
    f"{_SCHOOLS} MATCH (school)<-[:TO]-(:Gift)-[:OF]->(shared:Resource)",
    f"{_EMPLOYED} MATCH (person)<-[:BY]-(shared:Resource)",
    f"{_SECONDED} MATCH (person)<-[:BY]-(shared:Resource)",
    f"{_SERVING_ALL} MATCH (person)<-[:BY]-(shared:Resource) WHERE {_OF_NO_MEMBER}",
)
# A resource is shared where it is used by others, members or not.
_USES = (
    f"{_SCHOOLS} MATCH (school)<-[:AT]-(used:Use)",
    *(f"{each} WITH DISTINCT shared MATCH (shared)<-[:OF]-(used:Use)" for each in _RESOURCES),
)

_SCOPES: dict[type, str] = {
    Membership: f"{_MEMBERSHIPS} WITH membership AS n",
    School: f"{_SCHOOLS} WITH school AS n",
    Semester: "MATCH (n:Semester)",
    Topic: "MATCH (n:Topic)",
    Person: f"{_PEOPLE} WITH person AS n",
    Teacher: f"{_STAFF} WITH person AS n",
    Employment: _any_of(
        "n",
        f"{_SCHOOLS} MATCH (school)<-[:AT]-(n:Employment)",
        f"{_SECONDED} MATCH (person)<-[:OF]-(n:Employment)",
    ),
    Availability: f"{_PEOPLE} MATCH (person)<-[:OF]-(n:Availability)",
    ClassContext: f"{_SCHOOLS} MATCH (school)<-[:AT]-(n:ClassContext)",
    Mentorship: f"{_STAFF} MATCH (person)<-[:OF]-(n:Mentorship)",
    Diagnosis: f"{_DIAGNOSES} AS n",
    Evidence: f"{_DIAGNOSES} MATCH (owned)<-[:FROM]-(n:Evidence)",
    Request: f"{_STAFF} MATCH (person)<-[:OF]-(n:Request)",
    Need: f"{_NEEDS} AS n",
    NeedGroup: f"{_NEEDS} MATCH (owned)-[:IN]->(n:NeedGroup)",
    Resource: f"{_any_of('shared', *_RESOURCES)} AS n",
    Gift: f"{_SCHOOLS} MATCH (school)<-[:TO]-(n:Gift)",
    Use: f"{_any_of('used', *_USES)} AS n",
    TrainingOrder: f"{_ORDERS} WITH ordered AS n",
    Session: f"{_SESSIONS} AS n",
    Attendance: f"{_SESSIONS} MATCH (session)<-[:AT]-(n:Attendance)",
    Feedback: f"{_SESSIONS} MATCH (session)<-[:ON]-(n:Feedback)",
    Capability: f"{_SESSIONS} MATCH (session)<-[:FROM]-(n:Capability)",
}

_BOOKINGS: dict[type, str] = {
    TrainingOrder: f"{_any_of('ordered', _ORDERS, _BOOKED)} AS n",
    Session: f"{_any_of('ordered', _ORDERS, _BOOKED)} MATCH (ordered)<-[:OF]-(n:Session)",
}
"""What takes the time of the alliance's people: their orders in other alliances, too."""


async def load_of_alliance[T: Identified](
    run: Run, cls: type[T], alliance: str, since: date, until: date, *, bookings: bool = False
) -> tuple[T, ...]:
    """Every noun of a class that belongs to the alliance with that id, ordered by id.

    The schools are those that were members on a day of `since` to `until`, both included. With
    `bookings` the orders and sessions of its people in other alliances are among them.
    """
    scope = _BOOKINGS.get(cls, _SCOPES[cls]) if bookings else _SCOPES[cls]
    days = {"since": since.isoformat(), "until": until.isoformat()}
    return tuple(await load(run, cls, scope, alliance=alliance, **days))
