"""What the sample's office makes of recommendations."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from graph.model.rules import Recommendation
from graph.model.terms import OrderForm, PersonKind, Reach, Subject, Verdict
from seeds.deciding import LIMITS, Ruling, decide
from seeds.raw.colleagues import Colleague

PEOPLE = {
    "outside": Colleague("outside", "甲", PersonKind.RESEARCH_OFFICER, Subject.CHINESE, (), 0.3),
    "local": Colleague("local", "乙", PersonKind.TEACHER, Subject.CHINESE, (), 0.2, helped=True),
}


def proposal(need: str, rank: int, trainer: str, assistant: str | None = None) -> Recommendation:
    return Recommendation(
        id=f"{need}/{rank}",
        needs=(need,),
        topic="t-chi-poetry",
        reach=Reach.INDIVIDUAL,
        form=OrderForm.SCHOOL_CLINIC,
        trainer=trainer,
        assistant=assistant,
        sessions=2,
        rank=rank,
        score_millionths=0,
        issued_on=date(2022, 9, 29),
        rule_set="rules",
    )


def decided(proposals: list[Recommendation], local_share: float = 0.0, seed: int = 1) -> list[Ruling]:
    return decide(proposals, PEOPLE, "officer", local_share, Random(seed))


def test_a_case_is_ruled_on_once_and_the_best_proposal_is_taken() -> None:
    rulings = decided([proposal("n", 1, "outside"), proposal("n", 2, "local")])
    assert [each.recommendation.id for each in rulings] == ["n/1"]
    assert rulings[0].judgement.by == "officer"


def test_a_local_trainer_is_taken_first_where_the_office_prefers_it() -> None:
    rulings = decided([proposal("n", 1, "outside"), proposal("n", 2, "local")], local_share=1.0)
    assert [each.recommendation.id for each in rulings] == ["n/2"]


def test_no_trainer_gets_more_orders_than_he_has_time_for() -> None:
    rulings = decided([proposal(f"n{number}", 1, "local") for number in range(40)])
    assert sum(each.is_ordered for each in rulings) == 2


def test_a_stranger_to_the_alliance_gets_no_order() -> None:
    assert decided([proposal("n", 1, "somebody else")]) == []


def test_the_office_starts_no_more_orders_than_it_can_organise() -> None:
    people = PEOPLE | {f"p{number}": PEOPLE["local"] for number in range(40)}
    many = [proposal(f"n{number}", 1, f"p{number}") for number in range(40)]
    rulings = decide(many, people, "officer", 0.0, Random(1))
    assert sum(each.is_ordered for each in rulings) == LIMITS[OrderForm.SCHOOL_CLINIC] == 8


def test_refusals_and_changes_have_a_reason_and_a_change_names_another_assistant() -> None:
    verdicts: Counter[Verdict] = Counter()
    for seed in range(200):
        pair = [proposal("n", 1, "outside", "first"), proposal("n", 2, "local", "second")]
        (ruling,) = decided(pair, seed=seed)
        judgement = ruling.judgement
        verdicts[judgement.verdict] += 1
        assert (judgement.reason is None) == (judgement.verdict is Verdict.ACCEPTED)
        assert (judgement.assistant == "second") == (judgement.verdict is Verdict.CHANGED)
        assert ruling.assistant == ("second" if judgement.verdict is Verdict.CHANGED else "first")
    assert set(verdicts) == set(Verdict)
    assert verdicts[Verdict.ACCEPTED] > 150
