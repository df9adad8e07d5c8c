"""What a calculation looks at: the nouns of one alliance, as they stand on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.model.alliance import Membership, School, Semester
from graph.model.needs import Diagnosis, Evidence, Need, NeedGroup, Request, Topic
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Person, Teacher
from graph.model.resources import Gift, Resource, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The nouns of one alliance on the day `today`; what a calculation does not read may stay empty.

    Nothing dated after `today` is used as if it were known.
    """

    today: date
    people: tuple[Person, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    employments: tuple[Employment, ...] = ()
    memberships: tuple[Membership, ...] = ()
    schools: tuple[School, ...] = ()
    semesters: tuple[Semester, ...] = ()
    topics: tuple[Topic, ...] = ()
    availabilities: tuple[Availability, ...] = ()
    class_contexts: tuple[ClassContext, ...] = ()
    mentorships: tuple[Mentorship, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    requests: tuple[Request, ...] = ()
    needs: tuple[Need, ...] = ()
    groups: tuple[NeedGroup, ...] = ()
    resources: tuple[Resource, ...] = ()
    gifts: tuple[Gift, ...] = ()
    uses: tuple[Use, ...] = ()
    orders: tuple[TrainingOrder, ...] = ()
    sessions: tuple[Session, ...] = ()
    attendances: tuple[Attendance, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    capabilities: tuple[Capability, ...] = ()


def covers(start: date | None, end: date | None, day: date) -> bool:
    """Whether `day` lies within start..end, both included; an end that is None is open."""
    return (start is None or start <= day) and (end is None or day <= end)


def semester_on(situation: Situation, on: date | None = None) -> Semester | None:
    """The semester that orders of a day (today) fall into: the running one, else the next to begin."""
    day = situation.today if on is None else on
    ahead = [each for each in situation.semesters if each.end >= day]
    return min(ahead, key=lambda each: (each.start, each.id), default=None)
