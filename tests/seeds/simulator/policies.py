"""Simple policies that see what may be seen: the nearest declared topic, with local assistants or without."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from seeds.simulator.metrics import NOBODY, assign
from seeds.simulator.policy import Assignment, OpenTerm
from seeds.simulator.seen import Format, SeenNeed, SeenTrainer

_ASSISTS_TO_KNOW = 4


@cache
def closeness(one: str, other: str) -> float:
    """1 the same leaf, 0.5 the same branch, 0.2 the same domain, else 0; read off the ids."""
    mine, yours = one.split("-"), other.split("-")
    shared = next((at for at in (4, 3, 2) if mine[:at] == yours[:at]), 0)
    return {4: 1.0, 3: 0.5, 2: 0.2, 0: 0.0}[shared]


def nearest(needs: tuple[SeenNeed, ...], trainers: tuple[SeenTrainer, ...]) -> NDArray[np.float64]:
    """Needs × trainers: how near the nearest declared topic is."""
    return np.array(
        [
            [max(closeness(need.topic, topic) for topic in trainer.topics) for trainer in trainers]
            for need in needs
        ]
    )


def assisted(opened: OpenTerm) -> NDArray[np.float64]:
    """Needs × trainers: what each picked up by assisting, 0 to 1."""
    times = Counter(
        (each.assignment.assistant, each.need.topic) for each in opened.earlier if each.assignment.assistant
    )
    row_of = {trainer.id: at for at, trainer in enumerate(opened.trainers)}
    known = np.zeros((len(opened.needs), len(opened.trainers)))
    for (assistant, topic), count in times.items():
        if assistant in row_of:
            column = known[:, row_of[assistant]]
            column += [closeness(need.topic, topic) * count / _ASSISTS_TO_KNOW for need in opened.needs]
    return np.minimum(known, 1.0)


def proven(opened: OpenTerm) -> NDArray[np.float64]:
    """By trainer: the share of his earlier orders that met their need, shrunk to a half."""
    orders = Counter(each.assignment.trainer for each in opened.earlier)
    met = Counter(each.assignment.trainer for each in opened.earlier if each.is_met)
    return np.array([(met[each.id] + 1) / (orders[each.id] + 2) for each in opened.trainers])


def promise(opened: OpenTerm) -> NDArray[np.float64]:
    """Needs × trainers: near in topic or learned, and proven."""
    return np.maximum(nearest(opened.needs, opened.trainers), assisted(opened)) + proven(opened)


def without_assistants(opened: OpenTerm) -> list[Assignment]:
    """The most promising trainers within everybody's capacity."""
    capacity = np.array([trainer.capacity for trainer in opened.trainers])
    assigned = assign(promise(opened), capacity)
    return [
        Assignment(need.id, opened.trainers[trainer].id, _format(need), _resource(opened, need))
        for need, trainer in zip(opened.needs, assigned, strict=True)
        if trainer != NOBODY
    ]


def with_assistants(opened: OpenTerm) -> list[Assignment]:
    """The same, and beside each outsider a local, nearest in topic, who has a place left."""
    chosen = without_assistants(opened)
    row = {need.id: at for at, need in enumerate(opened.needs)}
    column = {trainer.id: at for at, trainer in enumerate(opened.trainers)}
    helped = [each for each in chosen if not opened.trainers[column[each.trainer]].is_local]
    locals_ = [trainer for trainer in opened.trainers if trainer.is_local]
    if not helped:
        return chosen
    near = nearest(opened.needs, opened.trainers) + assisted(opened)
    wanted = near[[row[each.need] for each in helped]][:, [column[each.id] for each in locals_]]
    picked = assign(wanted, np.array([each.capacity for each in locals_]))
    beside = {each.need: locals_[at].id for each, at in zip(helped, picked, strict=True) if at != NOBODY}
    return [replace(each, assistant=beside.get(each.need)) for each in chosen]


def _format(need: SeenNeed) -> Format:
    return Format.ONLINE if need.digital >= 4 else Format.ON_SITE


def _resource(opened: OpenTerm, need: SeenNeed) -> str:
    """The one nearest in topic, then with the most tags alike."""
    return max(
        opened.resources,
        key=lambda each: (
            closeness(need.topic, each.topic)
            + 0.2 * sum(need.tags[key] == each.tags[key] for key in need.tags)
        ),
    ).id
