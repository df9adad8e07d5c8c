"""Cases and trainers side by side: the columns that features of trainers are measured on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray

from graph.model.needs import Topic
from graph.model.people import Person
from graph.model.terms import GradeBand, OrderForm, Side
from recommender.scoring.capacity import sessions_of, spare_hours
from recommender.scoring.cases import Case
from recommender.scoring.feature import Column, Numbers, Places
from recommender.scoring.measures.likeness import likeness
from recommender.scoring.measures.shrinkage import shrink
from recommender.scoring.surroundings import Surroundings
from recommender.situation import covers

BAND_BITS = {band: 1 << place for place, band in enumerate(GradeBand)}


class Trainers:
    """Everybody who offers to train or has proven that he can, by id, one row of columns each.

    Proven is who reached the rung `ready_rung` in some topic.
    """

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        ready = around.numbers["ready_rung"]
        proven = {
            person
            for person in around.ladder.people()
            if any(rung.height >= ready for rung in around.ladder.rungs(person).values())
        }
        self.people = [each for each in around.people.values() if each.trains or each.id in proven]
        self.place = {each.id: row for row, each in enumerate(self.people)}
        today = around.situation.today
        self.local = np.array([around.locals.is_local(each.id, today) for each in self.people], dtype=bool)
        self.bands = np.array([_bits(each.grade_bands) for each in self.people], dtype=np.intp)
        hours = spare_hours(around.situation, around.numbers)
        self.spare = np.array([hours.get(each.id, np.nan) for each in self.people])
        self.days_left = np.array([_days_left(each.id, around) for each in self.people])
        self.on_site = np.array([_is_on_site(each.id, around) for each in self.people])
        self.satisfied, self.answers = _satisfaction(self.people, around)
        self.declared, self.rung, self.proven = self._by_topic(ready)

    def _by_topic(self, ready: float) -> tuple[Column, Column, Column]:
        """Topics x trainers: steps to the nearest declared topic, height reached, steps to the nearest proven."""
        index, size = self.around.tree.index, len(self.people)
        steps = self.around.tree.distances()
        declared = np.full((len(index), size), np.inf)
        proven = np.full((len(index), size), np.inf)
        rung = np.full((len(index), size), np.nan)
        within = self.around.numbers["rung_counts_within"]
        for row, person in enumerate(self.people):
            for topic in person.trains:
                if topic in index:
                    declared[:, row] = np.minimum(declared[:, row], steps[:, index[topic]])
            for topic, reached in self.around.ladder.rungs(person.id).items():
                if topic in index:
                    column = steps[:, index[topic]]
                    rung[:, row] = np.where(
                        column <= within, np.fmax(rung[:, row], reached.height), rung[:, row]
                    )
                    if reached.height >= ready:
                        proven[:, row] = np.minimum(proven[:, row], column)
        return declared, rung, proven


class TrainerPairs:
    """Pairs of a case and a trainer; `case` and `trainer` hold, pair by pair, their places.

    Pairs are blocked: a trainer is paired with a case only if one of his topics lies at most `within`
    steps from it, which is what the hard rule on that distance says.
    `assistants` holds the assistant of each case, `materials` its best resource and that one's share
    of the highest possible score. `columns` keeps what was measured, by feature, for the sentences.
    """

    def __init__(
        self,
        cases: Sequence[Case],
        trainers: Trainers,
        assistants: Sequence[str | None],
        materials: Sequence[tuple[str | None, float]],
        within: float,
    ) -> None:
        self.cases = cases
        self.trainers = trainers
        self.around = trainers.around
        self.numbers = trainers.around.numbers
        self.assistants = assistants
        self.materials = materials
        index = self.around.tree.index
        self.topic = np.array([index.get(case.topic, -1) for case in cases], dtype=np.intp)
        rows = [self._in_block(place, within) for place in self.topic]
        self.case: Places = np.repeat(np.arange(len(cases)), [len(row) for row in rows])
        self.trainer: Places = np.concatenate(rows) if rows else np.empty(0, dtype=np.intp)
        self.columns: dict[str, Column] = {}

    def __len__(self) -> int:
        return len(self.case)

    def narrowed(self, alive: NDArray[np.bool_]) -> TrainerPairs:
        """The pairs marked in `alive`, in their order, with nothing measured yet."""
        kept = copy(self)
        kept.case, kept.trainer = self.case[alive], self.trainer[alive]
        kept.columns = {}
        return kept

    def parts(self, place: int) -> tuple[Case, Person]:
        """The case and the person of one pair."""
        return self.cases[self.case[place]], self.trainers.people[self.trainer[place]]

    def known_topic(self, place: int) -> Topic | None:
        """The topic of a case as a node of the tree; None when it is unknown."""
        return self.around.tree.topics.get(self.cases[place].topic)

    def by_topic(self, table: Column) -> Column:
        """The column of a topics x trainers table, pair by pair."""
        return table[self.topic[self.case], self.trainer]

    def by_case(self, values: Sequence[float]) -> Column:
        """A value a case, repeated pair by pair."""
        return np.array(values, dtype=np.float64)[self.case] if len(self.cases) else np.empty(0)

    def likeness(self) -> Column:
        """Likeness of what was said in the case's evidence to the topics that the trainer declared."""
        tree = self.around.tree
        offered = [" ".join(tree.name(topic)[0] for topic in each.trains) for each in self.trainers.people]
        table = likeness([case.words for case in self.cases], offered)
        return table[self.case, self.trainer]

    def _in_block(self, topic: int, within: float) -> Places:
        if topic < 0:
            return np.empty(0, dtype=np.intp)
        near = np.minimum(self.trainers.declared[topic], self.trainers.proven[topic])
        return np.flatnonzero(np.isfinite(near) & (near <= within))


def days_of(form: OrderForm, numbers: Numbers) -> int:
    """Days from placing an order of that form to its last session."""
    return sum(sessions_of(form, numbers)) * int(numbers["days_between_sessions"])


def _bits(bands: Sequence[GradeBand]) -> int:
    return sum(BAND_BITS[band] for band in set(bands))


def _days_left(person: str, around: Surroundings) -> float:
    """Days for which the person is still there; below 0 if gone or not yet come; NaN if nothing is known."""
    today = around.situation.today
    teacher = around.teachers.get(person)
    if teacher is not None and around.locals.is_seconded(person, today):
        return float("nan") if teacher.seconded_to is None else float((teacher.seconded_to - today).days)
    spans = [(each.start, each.end) for each in around.locals.posts_of(person)]
    here = [end for start, end in spans if covers(start, end, today)]
    if here:
        return max(float("inf") if end is None else float((end - today).days) for end in here)
    if teacher is not None and teacher.seconded_from is not None:
        spans.append((teacher.seconded_from, teacher.seconded_to))
    gone = [(end - today).days for start, end in spans if end is not None and end < today]
    coming = [(today - start).days for start, _ in spans if start > today]
    return float(max(gone + coming)) if gone or coming else float("nan")


def _is_on_site(person: str, around: Surroundings) -> float:
    """1 for who is local or seconded, 0 for who is employed at a helping school, else NaN."""
    today = around.situation.today
    if around.locals.is_local(person, today) or around.locals.is_seconded(person, today):
        return 1.0
    school = around.locals.school_of(person, today)
    helping = any(
        each.school == school and each.side is Side.HELPING and covers(each.start, each.end, today)
        for each in around.situation.memberships
    )
    return 0.0 if helping else float("nan")


def _satisfaction(people: Sequence[Person], around: Surroundings) -> tuple[Column, Column]:
    """Shrunk share of satisfied answers to each person's sessions, and how many answers there are."""
    situation, numbers = around.situation, around.numbers
    trainer_of = {each.id: each.trainer for each in situation.orders}
    order_of = {each.id: each.order for each in situation.sessions}
    ratings: dict[str, list[int]] = defaultdict(list)
    for each in situation.feedback:
        if each.on <= situation.today:
            ratings[trainer_of.get(order_of.get(each.session, ""), "")].append(each.rating)
    good = numbers["satisfied_from"]
    pleased = np.array([float(sum(rating >= good for rating in ratings[each.id])) for each in people])
    counts = np.array([float(len(ratings[each.id])) for each in people])
    return shrink(pleased, counts, numbers["feedback_strength"]), counts
