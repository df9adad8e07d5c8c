"""How large a simulated county is, and every number that its hidden truth is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model.terms import Instrument

# Provenance of each value below: PROTOCOL (the evaluation protocol of the project: its published figures
# and likelihood ratios) or OURS (chosen, on seeds 0 to 5, so that rankings by chance, popularity, text and
# nearest declared topic come out near the figures which that protocol gives for them).


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of what is drawn; every one at least 1, terms counted from 1."""

    domains: int = 6  # OURS
    branches: int = 4  # OURS, in each domain
    leaves: int = 4  # OURS, in each branch
    schools: int = 20  # OURS
    locals: int = 36  # OURS, trainers of the county's own
    outsiders: int = 24  # OURS, trainers who came and will leave
    needs: int = 200  # OURS
    resources: int = 120  # OURS
    past_orders: int = 600  # PROTOCOL
    soundings: int = 600  # OURS, pairs of a teacher and a topic that were asked about
    terms: int = 10  # PROTOCOL
    term_needs: int = 120  # OURS, new needs in each term


@dataclass(frozen=True, slots=True)
class Worth:
    """What one instrument is worth: likelihood ratios, need against no need, of a hit (over 1) and of a miss
    (under 1); the share 0 to 1 of soundings that it is tried on; and the shares of those asked, in need and
    not in need, who answer.
    """

    instrument: Instrument
    hit: float
    miss: float
    asked: float
    answered: tuple[float, float]

    def flagged(self) -> tuple[float, float]:
        """The shares 0 to 1 of flagged answers, of those in need and of those not in need.

        The only pair that has both ratios: a / b = hit and (1 - a) / (1 - b) = miss.
        """
        without = (1 - self.miss) / (self.hit - self.miss)
        return self.hit * without, without


@dataclass(frozen=True, slots=True)
class Parameters:
    """The numbers behind the truth; skill, quality and rapport are in logits, shares are 0 to 1."""

    # Skill = person + domain + branch + leaf (PROTOCOL); the spreads are OURS.
    person_spread: float = 0.5
    domain_spread: float = 1.2
    branch_spread: float = 1.0
    leaf_spread: float = 0.9
    local_handicap: float = 0.5  # OURS: how much less the mean local trainer can do than the mean outsider
    rapport_spread: float = 0.5  # OURS
    declared_fewest: int = 3  # OURS: topics that a trainer names
    declared_most: int = 8  # OURS
    declared_noise: float = 1.6  # OURS: spread of what a trainer thinks of himself around his skill
    capacity_fewest: int = 3  # OURS: orders that a trainer can take in a term
    capacity_most: int = 4  # OURS
    outsider_capacity: int = 0  # OURS: how much more an outsider can take, who has no class of his own
    county_radius_km: float = 60.0  # OURS

    # Utility: the form is PROTOCOL, the sizes are OURS.
    base: float = -3.6
    skill_weight: float = 1.0
    severity_cost: float = 0.8
    skill_severity: float = 0.5
    online_digital: float = 1.2
    online_devices: float = 0.8
    onsite_remote: float = 1.0
    quality_spread: float = 0.35
    resource_topic: float = 0.8
    # By match of one tag; which tag is worth which of them is drawn.
    tag_worths: tuple[float, ...] = (0.45, 0.25, 0.15, 0.10, 0.05)

    # Diagnosis: how far severity and digital skill (0 to 1) are misjudged, as spreads. OURS.
    severity_noise: float = 0.12
    digital_noise: float = 0.10

    # Text: shares of words of the leaf, the branch, the domain; the rest is noise. OURS.
    text_leaf: float = 0.40
    text_branch: float = 0.20
    text_domain: float = 0.15
    text_fewest: int = 10
    text_most: int = 18

    # The older policy: that it goes by popularity and by the nearest school is PROTOCOL, the sizes are OURS.
    popularity_pull: float = 0.7
    nearness_pull_per_km: float = 0.03
    reputation_pull: float = 0.6
    reputation_noise: float = 0.6
    domain_pull: float = 1.6
    online_share: float = 0.2
    rechecked_share: float = 0.6

    # Satisfaction, 1 to 5, and who answers: dissatisfied people less (PROTOCOL), the sizes are OURS.
    rating_base: float = 1.7
    rating_met: float = 2.0
    rating_chance: float = 1.0
    rating_noise: float = 0.7
    answered_by_rating: tuple[float, float, float, float, float] = (0.25, 0.35, 0.50, 0.65, 0.75)

    # Evidence: the ratios are PROTOCOL (the interview's is the artefact's, as nothing real on interviews was
    # found); who is asked and who answers is OURS: who struggles is more often silent.
    instruments: tuple[Worth, ...] = (
        Worth(Instrument.OBSERVATION, hit=1.64, miss=0.76, asked=0.45, answered=(1.0, 1.0)),
        Worth(Instrument.SURVEY, hit=1.31, miss=0.87, asked=0.95, answered=(0.70, 0.80)),
        Worth(Instrument.INTERVIEW, hit=1.38, miss=0.84, asked=0.50, answered=(0.85, 0.90)),
    )
    prior: float = 1 / 3  # PROTOCOL
    items_most: int = 3  # OURS: items that one instrument gives on one topic; they are not independent
    request_ratio: float = 1.31  # OURS: a request is a self-report, so worth a survey's hit
    request_share: float = 0.15  # OURS: of those not in need, who ask all the same

    # Terms.
    last_term: int = 5  # PROTOCOL: outsiders are gone after it
    late_arrivals: float = 0.2  # OURS: share of outsiders who come in the second term, not the first
    early_leavers: float = 0.2  # OURS: share of outsiders gone one term earlier
    learning: float = (
        0.10  # PROTOCOL's middle rate, an order; as a share of the gap to the trainer it is OURS
    )
    learning_branch: float = 0.5  # OURS: share of that rate for the other leaves of the branch
    learning_domain: float = 0.25  # OURS: the same for the rest of the domain


SIZE = Size()
"""The usual county."""
PARAMETERS = Parameters()
"""The usual truth."""
SCARCE = Parameters(
    base=0.9, local_handicap=2.5, outsider_capacity=3, domain_spread=0.8, branch_spread=0.6, leaf_spread=0.5
)
"""PROTOCOL: a world made so that leaving hurts, where outsiders are much abler than locals. The numbers are OURS."""
