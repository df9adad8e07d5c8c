"""A county repeats itself from its seed, and what may be seen of it holds nothing of the truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import is_dataclass, replace

import numpy as np

from graph.model.terms import Instrument
from seeds.simulator import seen
from seeds.simulator.parameters import SIZE
from seeds.simulator.seen import Format
from seeds.simulator.world import World, simulate
from tests.seeds.simulator.conftest import SMALL
from tests.seeds.simulator.reach import values_of


def test_the_same_seed_gives_the_same_county() -> None:
    one, other = simulate(3, SMALL), simulate(3, SMALL)
    assert one.seen == other.seen
    assert np.array_equal(one.truth.gains(), other.truth.gains())
    assert np.array_equal(one.truth.is_need, other.truth.is_need)
    assert np.array_equal(one.truth.past.rating, other.truth.past.rating)


def test_another_seed_gives_another_county() -> None:
    one, other = simulate(3, SMALL), simulate(4, SMALL)
    for part in ("topics", "schools", "trainers", "needs", "resources", "orders", "soundings", "readings"):
        assert getattr(one.seen, part) != getattr(other.seen, part), part
    assert not np.allclose(one.truth.gains(), other.truth.gains())


def test_more_of_one_part_leaves_the_others_as_they_were() -> None:
    usual, sounded = simulate(3, SMALL), simulate(3, replace(SMALL, soundings=90))
    assert len(sounded.seen.soundings) == 90
    assert replace(sounded.seen, soundings=(), readings=(), requests=()) == replace(
        usual.seen, soundings=(), readings=(), requests=()
    )


def test_a_county_is_as_large_as_asked(world: World) -> None:
    assert len(world.seen.topics) == 6 + 24 + 96
    assert len(world.seen.schools) == SIZE.schools
    assert Counter(trainer.is_local for trainer in world.seen.trainers) == {True: 36, False: 24}
    assert len(world.seen.needs) == SIZE.needs
    assert len(world.seen.resources) == SIZE.resources
    assert len(world.seen.orders) == SIZE.past_orders
    assert world.truth.gains().shape == (200, 60)
    assert world.truth.resource_gains().shape == (200, 120)


def test_what_is_seen_is_plain_data_of_its_own_types(world: World) -> None:
    plain = {str, int, float, bool, type(None), tuple, dict, Format, Instrument}
    own = {each for each in vars(seen).values() if is_dataclass(each)}
    assert {type(value) for value in values_of(world.seen)} <= plain | own


def test_whatever_is_referred_to_is_there(world: World) -> None:
    topics = {topic.id for topic in world.seen.topics}
    leaves = topics - {topic.parent for topic in world.seen.topics}
    schools = {school.id for school in world.seen.schools}
    trainers = {trainer.id for trainer in world.seen.trainers}
    soundings = {sounding.id for sounding in world.seen.soundings}
    needs = [*world.seen.needs, *(order.need for order in world.seen.orders)]
    assert {topic.parent for topic in world.seen.topics} - {None} <= topics
    assert {need.topic for need in needs} <= leaves
    assert {need.school for need in needs} <= schools
    assert {topic for trainer in world.seen.trainers for topic in trainer.topics} <= leaves
    assert {order.trainer for order in world.seen.orders} <= trainers
    assert {reading.sounding for reading in world.seen.readings} <= soundings
    assert {request.sounding for request in world.seen.requests} <= soundings


def test_the_teachers_sounded_are_none_of_the_needs(world: World) -> None:
    sounded = {sounding.teacher for sounding in world.seen.soundings}
    assert sounded & {need.teacher for need in world.seen.needs} == set()
