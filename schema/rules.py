"""Rules and what came of them: rule sets, recommendations, contributions, decisions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Optional

from graph.compiler.declare import equals, incoming, outgoing
from graph.model import rules as model
from graph.model.terms import OrderForm, Provenance, Reach, RuleKind, Verdict
from schema.kit.bilingual import in_language
from schema.kit.connections import Connection
from schema.kit.fields import derived, graph_type, label_of, many, one, several

if TYPE_CHECKING:
    from schema.needs import Need, NeedGroup, Topic
    from schema.orders import TrainingOrder
    from schema.people import Person
    from schema.resources import Resource


@graph_type(model.RuleSet)
class RuleSet:
    """A version of the rules, named by the hash of its content. 中文：规则集"""

    name: str
    version: str
    adopted_on: date
    content: str
    rules: Connection[Rule] = many(incoming("IN", "Rule"), args={"kind": equals("kind")})


@graph_type(model.Rule)
class Rule:
    """One rule, as a person reads it. 中文：规则"""

    key: str
    kind: RuleKind
    kind_label: str = label_of("kind")
    weight_millionths: int | None
    sentence: str = derived(
        "sentence_zh", "sentence_en", make=in_language, en="the rule in a sentence", zh="说明"
    )
    provenance: Provenance
    provenance_label: str = label_of("provenance")
    rule_set: RuleSet = one(outgoing("IN", "RuleSet"))


@graph_type(model.Recommendation)
class Recommendation:
    """A training order that the rules propose; a person decides. 中文：推荐"""

    reach: Reach
    reach_label: str = label_of("reach")
    form: OrderForm
    form_label: str = label_of("form")
    sessions: int
    rank: int
    score_millionths: int
    issued_on: date
    topic: Topic = one(outgoing("ABOUT", "Topic"))
    trainer: Optional[Person] = one(outgoing("BY", "Person"))
    assistant: Optional[Person] = one(outgoing("ASSISTED_BY", "Person"))
    resources: list[Resource] = several(outgoing("WITH", "Resource"))
    group: Optional[NeedGroup] = one(outgoing("FOR", "NeedGroup"))
    rule_set: RuleSet = one(outgoing("UNDER", "RuleSet"))
    needs: Connection[Need] = many(outgoing("FOR", "Need"))
    contributions: list[Contribution] = several(
        incoming("TO", "Contribution"),
        order=("-millionths", "id"),
        en="what each rule added, most first",
        zh="各规则的贡献",
    )
    decisions: Connection[Decision] = many(incoming("ON", "Decision"), order=("-on", "id"))
    orders: Connection[TrainingOrder] = many(incoming("FOLLOWS", "TrainingOrder"))


@graph_type(model.Contribution)
class Contribution:
    """What one rule added to one recommendation, in millionths that add up to its score. 中文：贡献"""

    millionths: int
    because: str | None = derived(
        "because_zh",
        "because_en",
        make=in_language,
        en="the rule's sentence with this case's facts; null where the asker does not see the trainer whole",
        zh="理由（无权查看培训者全部信息时为空）",
    )
    rule: Rule = one(outgoing("BY", "Rule"))
    recommendation: Recommendation = one(outgoing("TO", "Recommendation"))


@graph_type(model.Decision)
class Decision:
    """What a person decided of a recommendation, and why. 中文：决定"""

    verdict: Verdict
    verdict_label: str = label_of("verdict")
    reason: str | None
    on: date
    recommendation: Recommendation = one(outgoing("ON", "Recommendation"))
    by: Optional[Person] = one(outgoing("BY", "Person"))
    trainer: Optional[Person] = one(outgoing("INSTEAD", "Person"))
    assistant: Optional[Person] = one(outgoing("ASSISTED_INSTEAD_BY", "Person"))
