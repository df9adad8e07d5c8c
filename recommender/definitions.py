"""What each indicator is: its definition as data, with the paper's own figures where it has them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model.terms import Provenance

DOI = "10.61369/ETR.2025480044"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A figure of the paper, in per cent, before and after; the paper defines none of its rates."""

    before: int
    before_year: int
    after: int
    after_year: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """How an indicator is counted, in both languages."""

    code: str
    zh: str
    en: str
    sentence_zh: str
    sentence_en: str
    provenance: Provenance
    cited: Cited | None = None


def _cited(before: int, after: int) -> Cited:
    return Cited(
        before=before,
        before_year=2022,
        after=after,
        after_year=2025,
        source=f"许彤，表2，DOI {DOI}",
    )


TRAINING_ATTENDANCE = Definition(
    code="TRAINING_ATTENDANCE",
    zh="培训出席率",
    en="training attendance",
    sentence_zh="期内已实施场次的应到人次中，实到的人次；未登记的计入应到，不计入实到。",
    sentence_en="Of the attendances expected at sessions delivered in the period, those recorded as present; "
    "what was not recorded counts as expected and not as present.",
    provenance=Provenance.OURS,
)
SHARING = Definition(
    code="SHARING",
    zh="资源共享率",
    en="sharing",
    sentence_zh="期内可用的联盟资源（成员校及其教师、支教教师、专家和教研员贡献的，以及赠予成员校的）中，"
    "期内在贡献校以外的学校（不限本联盟）用于教学或被改编的资源。",
    sentence_en="Of the alliance's resources (those of its schools, their teachers, the seconded, experts and "
    "research officers, and those given to its schools) available in the period, those taught with or adapted in "
    "it at a school other than the contributor's, in the alliance or not.",
    provenance=Provenance.OURS,
    cited=_cited(20, 80),
)
USE = Definition(
    code="USE",
    zh="资源使用率",
    en="use",
    sentence_zh="截至期末赠予学校的资源（每校每件计一次，以首次赠予为准）中，期内、首次赠予当日或之后在该校用于教学"
    "或被改编的。",
    sentence_en="Of the resources given to a school by the end of the period (each once a school, by its first gift), "
    "those taught with or adapted at that school in the period, on the day of the first gift or later.",
    provenance=Provenance.OURS,
)
SATISFACTION = Definition(
    code="SATISFACTION",
    zh="培训满意度",
    en="satisfaction",
    sentence_zh="对期内已实施场次的反馈中，4分或5分的反馈；另列收到数与应收数（实到人次）。",
    sentence_en="Of the feedback on sessions delivered in the period, that of 4 or 5 out of 5; beside it what was "
    "received and what was expected (one from each person present).",
    provenance=Provenance.OURS,
    cited=_cited(58, 98),
)
LOCAL_DELIVERY = Definition(
    code="LOCAL_DELIVERY",
    zh="本土供给率",
    en="local delivery",
    sentence_zh="期内已实施的场次中，本土人员达到“有支持主讲”及以上的场次；并按本土人员的最高梯级分列。"
    "本土指当日受聘于受援成员校且当日不在支教期内的人员。",
    sentence_en="Of the sessions delivered in the period, those in which a local person led with support or alone; "
    "listed by the highest rung of a local person. Local is who was employed at a helped member school and not "
    "seconded that day.",
    provenance=Provenance.OURS,
)
NEEDS_MET = Definition(
    code="NEEDS_MET",
    zh="需求解决率",
    en="needs met",
    sentence_zh="截至期末已下单、期初之前未解决且未撤销的需求中，期内经复查确认解决的需求；"
    "另列形成到实施、实施到复查的中位天数。",
    sentence_en="Of the needs ordered by the end of the period, not met before it began and not dismissed, those met "
    "by a re-observation in it; beside it the median days from forming to delivery and from delivery to re-check.",
    provenance=Provenance.OURS,
)
DEFINITIONS = (TRAINING_ATTENDANCE, SHARING, USE, SATISFACTION, LOCAL_DELIVERY, NEEDS_MET)
