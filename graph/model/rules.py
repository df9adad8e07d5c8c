"""Rules and what came of them: rule sets, recommendations, contributions, decisions."""

from __future__ import annotations

from datetime import date

from graph.model.describe import column, noun, refers
from graph.model.terms import OrderForm, Provenance, Reach, RuleKind, Verdict


@noun("RuleSet", "规则集", "a version of the rules, named by the hash of its content")
class RuleSet:
    """One published version of the rules; its file is kept word for word."""

    id: str = column("编号", "hash of the sorted rules")
    name: str = column("名称", "name")
    version: str = column("版本", "version, as its authors count")
    adopted_on: date = column("启用日期", "when it came into force here")
    content: str = column("内容", "the file, canonical JSON")


@noun("Rule", "规则", "one rule of a rule set")
class Rule:
    """A rule as a person reads it; `key` names it across versions."""

    id: str = column("编号", "rule set and key")
    rule_set: str = refers("IN", "RuleSet", "规则集", "the rule set")
    key: str = column("代号", "name across versions")
    kind: RuleKind = column("类型", "hard or soft")
    weight_millionths: int | None = column("权重(百万分点)", "most that a soft rule adds", default=None)
    sentence_zh: str = column("中文说明", "sentence in Chinese")
    sentence_en: str = column("英文说明", "sentence in English")
    provenance: Provenance = column("来源", "where it comes from")


@noun("Recommendation", "推荐", "a training order that the rules propose, with its contributions")
class Recommendation:
    """What was proposed for one need or one group; a person decides."""

    id: str = column("编号", "code")
    needs: tuple[str, ...] = refers("FOR", "Need", "需求", "the needs it would serve")
    group: str | None = refers("FOR", "NeedGroup", "共性需求", "the group it would serve", default=None)
    topic: str = refers("ABOUT", "Topic", "主题", "the topic")
    reach: Reach = column("类型", "common or individual")
    form: OrderForm = column("形式", "county class or school clinic")
    trainer: str = refers("BY", "Person", "培训者", "the trainer proposed")
    assistant: str | None = refers(
        "ASSISTED_BY", "Person", "本土助教", "the local assistant proposed", default=None
    )
    resources: tuple[str, ...] = refers("WITH", "Resource", "资源", "resources that fit", default=())
    sessions: int = column("场次数", "sessions proposed, follow-up included", minimum=1, maximum=100)
    rank: int = column("名次", "1 for the best proposal of its need", minimum=1)
    score_millionths: int = column("得分(百万分点)", "sum of its contributions, millionths")
    issued_on: date = column("推荐日期", "when it was issued")
    rule_set: str = refers("UNDER", "RuleSet", "规则集", "the rules that made it")


@noun("Contribution", "贡献", "what one rule added to one recommendation")
class Contribution:
    """Integer millionths, so that they add up to the score exactly."""

    id: str = column("编号", "code")
    recommendation: str = refers("TO", "Recommendation", "推荐", "the recommendation")
    rule: str = refers("BY", "Rule", "规则", "the rule that fired")
    millionths: int = column("百万分点", "what it added, millionths")
    because_zh: str = column("理由", "the rule's sentence with this case's facts, Chinese")
    because_en: str = column("英文理由", "the same in English")


@noun("Decision", "决定", "what a person decided of a recommendation, and why")
class Decision:
    """Nobody is bound by an automatic decision."""

    id: str = column("编号", "code")
    recommendation: str = refers("ON", "Recommendation", "推荐", "what was decided on")
    verdict: Verdict = column("决定", "accepted, changed or refused")
    reason: str | None = column("决定理由", "why; required unless accepted", default=None)
    by: str | None = refers("BY", "Person", "决定人", "who decided; none: the administrator", default=None)
    on: date = column("决定日期", "when")
    trainer: str | None = refers(
        "INSTEAD", "Person", "改为培训者", "the trainer chosen instead", default=None
    )
    assistant: str | None = refers(
        "ASSISTED_INSTEAD_BY", "Person", "改为助教", "the assistant chosen instead", default=None
    )
