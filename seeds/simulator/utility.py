"""The truth, and the hidden utility that follows from it: the chance that an order meets its need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.simulator.needs import Needs
from seeds.simulator.parameters import Parameters
from seeds.simulator.people import Schools, Trainers
from seeds.simulator.resources import Resources
from seeds.simulator.topics import Tree


@dataclass(frozen=True, slots=True, eq=False)
class County:
    """What stays while needs come and go: the tree, schools, trainers, resources, and the parameters."""

    parameters: Parameters
    tree: Tree
    schools: Schools
    trainers: Trainers
    resources: Resources


def trainer_logits(
    county: County, needs: Needs, skill: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Needs × trainers: skill, skill × severity, rapport, and what a severe need costs.

    `skill` stands in for the county's own where trainers have grown.
    """
    p = county.parameters
    known = (county.trainers.skill if skill is None else skill)[:, needs.leaf].T
    severity = needs.severity[:, None] - 0.5
    logits: NDArray[np.float64] = (
        p.skill_weight * known
        + p.skill_severity * known * severity
        - p.severity_cost * severity
        + county.trainers.rapport[needs.school]
    )
    return logits


def format_logits(county: County, needs: Needs) -> NDArray[np.float64]:
    """Needs × formats, in the order of `FORMATS`: on site suffers from remoteness, online from few devices
    and little digital skill.
    """
    p = county.parameters
    on_site = -p.onsite_remote * county.schools.remoteness[needs.school]
    online = p.online_digital * (needs.digital - 0.5) - p.online_devices * (
        1 - county.schools.devices[needs.school]
    )
    return np.stack([on_site, online], axis=1)


def resource_logits(county: County, needs: Needs) -> NDArray[np.float64]:
    """Needs × resources: quality, nearness of topic, and each matching tag by its hidden weight."""
    resources = county.resources
    nearness = county.tree.closeness()[needs.leaf][:, resources.leaf]
    matches = needs.tags[:, None, :] == resources.tags[None, :, :]
    fit = matches @ resources.tag_weights
    logits: NDArray[np.float64] = resources.quality + county.parameters.resource_topic * nearness + fit
    return logits


def chances(
    county: County,
    needs: Needs,
    trainers: NDArray[np.int64],
    formats: NDArray[np.int64],
    resources: NDArray[np.int64],
    skill: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """The chance 0 to 1 of each need with the trainer, format and resource chosen for it, by row."""
    rows = np.arange(len(needs.leaf))
    return _logistic(
        county.parameters.base
        + trainer_logits(county, needs, skill)[rows, trainers]
        + format_logits(county, needs)[rows, formats]
        + resource_logits(county, needs)[rows, resources]
    )


def best_chances(
    county: County, needs: Needs, skill: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Needs × trainers: the chance 0 to 1 with the best format and the best resource.

    Neither hangs on the trainer, so this ranks trainers as any fixed choice would.
    """
    rest = format_logits(county, needs).max(axis=1) + resource_logits(county, needs).max(axis=1)
    return _logistic(county.parameters.base + rest[:, None] + trainer_logits(county, needs, skill))


def best_resource_chances(county: County, needs: Needs) -> NDArray[np.float64]:
    """Needs × resources: the chance 0 to 1 with the best format and the best trainer."""
    rest = format_logits(county, needs).max(axis=1) + trainer_logits(county, needs).max(axis=1)
    return _logistic(county.parameters.base + rest[:, None] + resource_logits(county, needs))


def draw_outcomes(chance: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.bool_]:
    """Whether each need was met."""
    met: NDArray[np.bool_] = rng.random(chance.shape) < chance
    return met


def _logistic(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    even: NDArray[np.float64] = 1 / (1 + np.exp(-logits))
    return even
