"""How people take what is delivered: who comes, what they say, what they learn, what is seen later.

Each function draws from the generator that it is given and reads the hidden skills; `learn` alone
changes them. The recommender never sees any of this: it knows the events that come of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from graph.model.terms import AgeBand, Rung
from seeds.raw.alliances import FOUNDED
from seeds.raw.catalogue import read_catalogue
from seeds.raw.colleagues import Colleague
from seeds.raw.skills import Skills, severity_of

_DAYS = 3 * 365
_OBSERVER_NOISE = 0.08
# Forms come back after the last session of a series, few before it.
_FEEDBACK_SHARE = {True: 0.88, False: 0.3}
_REMARK_SHARE = 0.5
_REMARKS = {
    1: ("和我班上的情况对不上，用不了",),
    2: ("讲得太快，回去不知道怎么用", "例子离我们学校太远"),
    3: ("有收获，但还想看具体课例", "内容偏理论，希望多一些操作"),
    4: ("例子贴近班级，准备回去试一试", "跟进那次帮我改了教案，有用"),
    5: ("当场就改好了自己的一节课，很实在", "有人陪着一起磨，心里有底了"),
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one participant says of one session."""

    rating: int
    remark: str | None


def progress(day: date) -> float:
    """How far the three years have run on `day`, 0 to 1."""
    return min(max((day - FOUNDED).days / _DAYS, 0.0), 1.0)


def attends(colleague: Colleague, day: date, remote: bool, rng: Random) -> bool:
    """Whether somebody expected comes: more of them each year, fewer from a remote school."""
    chance = 0.74 + 0.23 * progress(day)
    if remote:
        chance -= 0.16
    if colleague.age is AgeBand.FROM_50:
        chance -= 0.04
    return rng.random() < chance


def opinion(trainer_level: float, day: date, is_last: bool, rng: Random) -> Opinion | None:
    """What a participant says, None where no form came back; the form's fit to needs grows by year."""
    mean = 3.35 + 0.95 * progress(day) + 1.2 * (trainer_level - 0.75) + (0.2 if is_last else 0.0)
    rating = min(5, max(1, round(rng.gauss(mean, 0.75))))
    remark = rng.choice(_REMARKS[rating]) if rng.random() < _REMARK_SHARE else None
    return Opinion(rating, remark) if rng.random() < _FEEDBACK_SHARE[is_last] else None


def learn(skills: Skills, lessons: Iterable[tuple[str, str]], trainer: str, assistant: str | None) -> None:
    """Each (person present, topic) closes a part of the gap, more under an able trainer.

    The assistant learns a little in every topic of the session.
    """
    taught = tuple(lessons)
    for person, topic in taught:
        skills.learn(person, topic, 0.04 + 0.24 * skills.level(trainer, topic))
    if assistant is not None:
        for topic in dict.fromkeys(topic for _, topic in taught):
            skills.learn(assistant, topic, 0.12)


def seen_later(skills: Skills, person: str, topic: str, rng: Random) -> tuple[int, str | None]:
    """What an observer notes some weeks afterwards: a severity of 0 to 3, and a remark where not 0."""
    severity = severity_of(skills.level(person, topic) + 0.06 + rng.gauss(0, _OBSERVER_NOISE))
    phrases = read_catalogue().leaves[topic].observed if topic in read_catalogue().leaves else ()
    return severity, rng.choice(phrases) if severity and phrases else None


def rung_of_assistant(earlier: int, level: float) -> Rung:
    """What an assistant does at the next session, after `earlier` sessions assisted in the topic."""
    for sessions, skill, rung in ((5, 0.7, Rung.LED_WITH_SUPPORT), (2, 0.55, Rung.CO_LED)):
        if earlier >= sessions and level >= skill:
            return rung
    return Rung.ASSISTED


def rung_of_trainer(local: bool, earlier: int) -> Rung:
    """What a trainer does: a local one is supported in the first two sessions led."""
    return Rung.LED_WITH_SUPPORT if local and earlier < 2 else Rung.LED_ALONE
