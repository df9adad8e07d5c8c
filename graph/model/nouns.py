"""Every noun of the graph, in the order in which a store is filled: what is referred to comes first."""

from __future__ import annotations

from graph.model.alliance import Alliance, HelpGroup, Membership, School, Semester
from graph.model.describe import Noun, describe
from graph.model.needs import Diagnosis, Evidence, Need, NeedGroup, Request, Topic
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Person, Teacher
from graph.model.resources import Gift, Resource, Use
from graph.model.roles import RoleAssignment
from graph.model.rules import Contribution, Decision, Recommendation, Rule, RuleSet

NOUNS: tuple[Noun, ...] = tuple(
    describe(each)
    for each in (
        HelpGroup,
        Alliance,
        School,
        Membership,
        Semester,
        Topic,
        Person,
        Teacher,
        Employment,
        Availability,
        ClassContext,
        Mentorship,
        Diagnosis,
        Evidence,
        Request,
        Resource,
        Gift,
        Use,
        RuleSet,
        Rule,
        NeedGroup,
        Need,
        Recommendation,
        Contribution,
        Decision,
        TrainingOrder,
        Session,
        Attendance,
        Feedback,
        Capability,
        RoleAssignment,
    )
)

LABELS: tuple[str, ...] = tuple(dict.fromkeys(each.label for each in NOUNS))
