"""Terms in which needs arise, local assistants grow and outsiders leave, played through with a given policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.simulator.needs import Needs, draw_needs, see_needs
from seeds.simulator.parameters import Parameters
from seeds.simulator.policy import Assignment, Delivery, OpenTerm, Policy, check_assignments
from seeds.simulator.seen import FORMATS
from seeds.simulator.topics import Tree
from seeds.simulator.utility import chances
from seeds.simulator.world import World

_NEEDS, _LUCK = 1, 2


@dataclass(frozen=True, slots=True)
class TermResult:
    """What became of the needs of one term, by id; unserved needs are unmet too.

    `expected_unmet_share` (0 to 1) is what luck had no part in; it follows from the truth.
    """

    term: int
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    unserved: tuple[str, ...]
    expected_unmet_share: float
    by_locals: int
    assisted: int

    @property
    def unmet_share(self) -> float:
        """Needs unmet of all needs of the term, 0 to 1."""
        return len(self.unmet) / (len(self.met) + len(self.unmet))


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The terms in order, and what the judge alone may see: the skill (trainers × leaves) at their end."""

    terms: tuple[TermResult, ...]
    skill: NDArray[np.float64]


def run_terms(world: World, policy: Policy) -> Run:
    """Play all terms of `world` with `policy`.

    The needs of a term, and the luck of each, are the same for every policy, so that two runs differ by
    what the policies did. A need that stays unmet is not carried on: each term's figure stands for itself.

    Raises:
        Faults: the assignments of a term ask for what is not there.
    """
    skill = world.truth.county.trainers.skill.copy()
    results: list[TermResult] = []
    earlier: list[Delivery] = []
    for term in range(1, world.size.terms + 1):
        needs, opened = _open_term(world, term, tuple(earlier))
        chosen = tuple(policy(opened))
        check_assignments(opened, chosen)
        chance = _chances(world, needs, opened, chosen, skill)
        luck = np.random.default_rng([world.seed, term, _LUCK]).random(len(chance))
        delivered = _deliveries(opened, chosen, luck < chance)
        skill = grown(world, skill, opened, chosen)
        earlier += delivered
        results.append(_tell(opened, delivered, chance))
    return Run(tuple(results), skill)


def grown(
    world: World, skill: NDArray[np.float64], opened: OpenTerm, chosen: Sequence[Assignment]
) -> NDArray[np.float64]:
    """The skill after the assistants of a term learned, a share of the gap to whom they assisted.

    Most in the leaf of the need, less in its branch and its domain; nobody loses by it.
    """
    county = world.truth.county
    row_of = {trainer.id: at for at, trainer in enumerate(world.seen.trainers)}
    leaf_of = {leaf: at for at, leaf in enumerate(county.tree.leaf_ids)}
    topic_of = {need.id: need.topic for need in opened.needs}
    after = skill.copy()
    for each in chosen:
        if each.assistant is not None:
            rates = _learning(county.tree, leaf_of[topic_of[each.need]], county.parameters)
            learner, master = row_of[each.assistant], row_of[each.trainer]
            after[learner] += rates * np.maximum(0.0, skill[master] - after[learner])
    return after


def _learning(tree: Tree, leaf: int, parameters: Parameters) -> NDArray[np.float64]:
    """The share of the gap that one order closes, by leaf."""
    p = parameters
    nearby = np.where(tree.domain_of == tree.domain_of[leaf], p.learning_domain, 0.0)
    nearby[tree.branch_of == tree.branch_of[leaf]] = p.learning_branch
    nearby[leaf] = 1.0
    rates: NDArray[np.float64] = nearby * p.learning
    return rates


def _open_term(world: World, term: int, earlier: tuple[Delivery, ...]) -> tuple[Needs, OpenTerm]:
    county, seen = world.truth.county, world.seen
    rng = np.random.default_rng([world.seed, term, _NEEDS])
    needs = draw_needs(world.size.term_needs, world.size, county.tree, rng)
    there = tuple(trainer for trainer in seen.trainers if trainer.is_there(term))
    written = see_needs(needs, f"term-{term}", county.tree, county.parameters, rng)
    return needs, OpenTerm(term, written, there, seen.schools, seen.resources, earlier)


def _chances(
    world: World,
    needs: Needs,
    opened: OpenTerm,
    chosen: tuple[Assignment, ...],
    skill: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The chance 0 to 1 of each need of the term, in their order; 0 for who is not served."""
    trainer_of = {trainer.id: at for at, trainer in enumerate(world.seen.trainers)}
    resource_of = {resource.id: at for at, resource in enumerate(world.seen.resources)}
    row_of = {need.id: at for at, need in enumerate(opened.needs)}
    # Whoever is not served is reckoned with the first of everything, and then taken out.
    picked = np.zeros((3, len(opened.needs)), np.int64)
    is_served = np.zeros(len(opened.needs), np.bool_)
    for each in chosen:
        row = row_of[each.need]
        picked[:, row] = trainer_of[each.trainer], FORMATS.index(each.format), resource_of[each.resource]
        is_served[row] = True
    chance = chances(world.truth.county, needs, picked[0], picked[1], picked[2], skill)
    return np.where(is_served, chance, 0.0)


def _deliveries(
    opened: OpenTerm, chosen: tuple[Assignment, ...], is_met: NDArray[np.bool_]
) -> list[Delivery]:
    chosen_of = {each.need: each for each in chosen}
    return [
        Delivery(opened.term, need, chosen_of[need.id], bool(met))
        for need, met in zip(opened.needs, is_met, strict=True)
        if need.id in chosen_of
    ]


def _tell(opened: OpenTerm, delivered: list[Delivery], chance: NDArray[np.float64]) -> TermResult:
    met = {each.need.id for each in delivered if each.is_met}
    served = {each.need.id for each in delivered}
    local = {trainer.id for trainer in opened.trainers if trainer.is_local}
    ids = [need.id for need in opened.needs]
    return TermResult(
        term=opened.term,
        met=tuple(need for need in ids if need in met),
        unmet=tuple(need for need in ids if need not in met),
        unserved=tuple(need for need in ids if need not in served),
        expected_unmet_share=float(1 - chance.mean()),
        by_locals=sum(each.assignment.trainer in local for each in delivered),
        assisted=sum(each.assignment.assistant is not None for each in delivered),
    )
