"""Who is local on a day, and who stands on which rung of the ladder in a topic."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from graph.model.people import Employment
from graph.model.terms import Rung, Side
from recommender.situation import Situation, covers
from recommender.topics import TopicTree


class Locals:
    """Who belongs to the helped side, day by day.

    Local is who is employed that day at a school that is then a HELPED member, and is not seconded
    that day. Experts and research officers count as local only through such an employment.
    """

    def __init__(self, situation: Situation) -> None:
        self._helped: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
        for membership in situation.memberships:
            if membership.side is Side.HELPED:
                self._helped[membership.school].append((membership.start, membership.end))
        self._posts: dict[str, list[Employment]] = defaultdict(list)
        for employment in sorted(situation.employments, key=lambda each: (each.start, each.id)):
            self._posts[employment.person].append(employment)
        self._teachers = {each.id: each for each in situation.teachers}

    def posts_of(self, person: str) -> tuple[Employment, ...]:
        """All employments of the person, past and to come, earliest first."""
        return tuple(self._posts.get(person, ()))

    def school_of(self, person: str, on: date) -> str | None:
        """Where the person is employed that day (the latest post of several); None if nowhere."""
        posts = [each.school for each in self._posts.get(person, ()) if covers(each.start, each.end, on)]
        return posts[-1] if posts else None

    def is_seconded(self, person: str, on: date) -> bool:
        """Whether the person serves as a seconded teacher that day."""
        teacher = self._teachers.get(person)
        if teacher is None or (teacher.help_group is None and teacher.seconded_from is None):
            return False
        return covers(teacher.seconded_from, teacher.seconded_to, on)

    def is_local(self, person: str, on: date) -> bool:
        """Whether the person counts as local that day."""
        if self.is_seconded(person, on):
            return False
        schools = [each.school for each in self._posts.get(person, ()) if covers(each.start, each.end, on)]
        return any(
            covers(start, end, on) for school in schools for start, end in self._helped.get(school, ())
        )


class Ladder:
    """The highest rung of each person in each topic, read from roles in sessions up to a day.

    A rung in a topic counts for topics at most `within` steps away in the tree.
    """

    def __init__(self, situation: Situation, tree: TopicTree, within: int) -> None:
        self._tree = tree
        self._within = within
        self._reached: dict[str, dict[str, Rung]] = defaultdict(dict)
        for role in situation.capabilities:
            if role.on <= situation.today:
                known = self._reached[role.person].get(role.topic)
                if known is None or known.height < role.rung.height:
                    self._reached[role.person][role.topic] = role.rung

    def rungs(self, person: str) -> dict[str, Rung]:
        """The highest rung by topic, as it was earned (nothing lent to neighbouring topics)."""
        return self._reached.get(person, {})

    def rung(self, person: str, topic: str) -> Rung | None:
        """The highest rung that counts for the topic; None when no role is on record."""
        near = [
            rung
            for other, rung in self.rungs(person).items()
            if (steps := self._tree.distance(topic, other)) is not None and steps <= self._within
        ]
        return max(near, key=lambda rung: rung.height, default=None)

    def people(self) -> tuple[str, ...]:
        """Everybody with at least one role on record, by id."""
        return tuple(sorted(self._reached))
