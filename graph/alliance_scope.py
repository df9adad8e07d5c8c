"""Which nodes belong to one alliance: for each noun the MATCH that binds `n` to its part of the graph.

Membership at any time counts: what a school did in the alliance stays the alliance's. People who
teach nowhere (experts, research officers) serve every alliance.
"""

from __future__ import annotations

from graph.model.alliance import Membership, School, Semester
from graph.model.describe import Identified
from graph.model.needs import Diagnosis, Evidence, Need, NeedGroup, Request, Topic
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Person, Teacher
from graph.model.resources import Gift, Resource, Use
from graph.nodes import Run, load

_MEMBERSHIPS = "MATCH (:Alliance {id: $alliance})<-[:IN]-(membership:Membership)"
_SCHOOLS = f"{_MEMBERSHIPS}-[:OF]->(school:School) WITH DISTINCT school"
_STAFF = (
    f"{_SCHOOLS} MATCH (school)<-[:AT]-(:Employment)-[:OF]->(teacher:Person) WITH DISTINCT teacher AS person"
)
_EMPLOYED_HERE = (
    "EXISTS { MATCH (person)<-[:OF]-(employment:Employment)-[:AT]->(place:School)"
    "<-[:OF]-(membership:Membership)-[:IN]->(alliance:Alliance {id: $alliance}) }"
)
_PEOPLE = f"MATCH (person:Person) WHERE person.kind <> 'TEACHER' OR {_EMPLOYED_HERE} WITH person"
_OWNERS = "CALL () {{ {staff} MATCH (person)<-[:OF]-(owned:{label}) RETURN owned UNION {schools} MATCH (school)<-[:AT]-(owned:{label}) RETURN owned }}"
_DIAGNOSES = _OWNERS.format(staff=_STAFF, schools=_SCHOOLS, label="Diagnosis")
_NEEDS = _OWNERS.format(staff=_STAFF, schools=_SCHOOLS, label="Need")
_ORDERS = f"{_NEEDS} WITH owned MATCH (owned)<-[:FOR]-(ordered:TrainingOrder) WITH DISTINCT ordered"
_SESSIONS = f"{_ORDERS} MATCH (ordered)<-[:OF]-(session:Session) WITH session"

_SCOPES: dict[type, str] = {
    Membership: f"{_MEMBERSHIPS} WITH membership AS n",
    School: f"{_SCHOOLS} WITH school AS n",
    Semester: "MATCH (n:Semester)",
    Topic: "MATCH (n:Topic)",
    Person: f"{_PEOPLE} WITH person AS n",
    Teacher: f"{_STAFF} WITH person AS n",
    Employment: f"{_SCHOOLS} MATCH (school)<-[:AT]-(n:Employment)",
    Availability: f"{_PEOPLE} MATCH (person)<-[:OF]-(n:Availability)",
    ClassContext: f"{_SCHOOLS} MATCH (school)<-[:AT]-(n:ClassContext)",
    Mentorship: f"{_STAFF} MATCH (person)<-[:OF]-(n:Mentorship)",
    Diagnosis: f"{_DIAGNOSES} WITH owned AS n",
    Evidence: f"{_DIAGNOSES} WITH owned MATCH (owned)<-[:FROM]-(n:Evidence)",
    Request: f"{_STAFF} MATCH (person)<-[:OF]-(n:Request)",
    Need: f"{_NEEDS} WITH owned AS n",
    NeedGroup: f"{_NEEDS} WITH owned MATCH (owned)-[:IN]->(n:NeedGroup)",
    Resource: (
        f"CALL () {{ {_SCHOOLS} MATCH (school)<-[:FROM]-(shared:Resource) RETURN shared"
        f" UNION {_SCHOOLS} MATCH (school)<-[:TO]-(:Gift)-[:OF]->(shared:Resource) RETURN shared"
        f" UNION {_STAFF} MATCH (person)<-[:BY]-(shared:Resource) RETURN shared }} WITH shared AS n"
    ),
    Gift: f"{_SCHOOLS} MATCH (school)<-[:TO]-(n:Gift)",
    Use: f"{_SCHOOLS} MATCH (school)<-[:AT]-(n:Use)",
    TrainingOrder: f"{_ORDERS} WITH ordered AS n",
    Session: f"{_SESSIONS} AS n",
    Attendance: f"{_SESSIONS} MATCH (session)<-[:AT]-(n:Attendance)",
    Feedback: f"{_SESSIONS} MATCH (session)<-[:ON]-(n:Feedback)",
    Capability: f"{_SESSIONS} MATCH (session)<-[:FROM]-(n:Capability)",
}


async def load_of_alliance[T: Identified](run: Run, cls: type[T], alliance: str) -> tuple[T, ...]:
    """Every noun of a class that belongs to the alliance with that id, ordered by id."""
    return tuple(await load(run, cls, _SCOPES[cls], alliance=alliance))
