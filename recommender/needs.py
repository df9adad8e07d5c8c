"""Needs from evidence: formed, updated, rechecked and rolled up, each with what it rests on."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from graph.model.needs import Need, NeedGroup
from graph.model.terms import Instrument, NeedStatus, Reach
from recommender.diagnosis.deliveries import settle_deliveries
from recommender.diagnosis.evidence import Fused, Item, fuse
from recommender.diagnosis.groups import roll_up
from recommender.diagnosis.rechecks import recheck_needs, reopen_by_feedback, take_back_reopenings
from recommender.diagnosis.soundings import Owner, Placing, items_by_owner, owner_of
from recommender.ids import derived_id
from recommender.rule_files.form import REQUEST
from recommender.rules import Rules
from recommender.scoring.cases import WAITING
from recommender.situation import Situation
from recommender.topics import TopicTree

_CLOSED = frozenset({NeedStatus.MET, NeedStatus.DISMISSED})
_NAMES = {each.name: (each.zh, each.en) for each in Instrument} | {REQUEST: ("主动需求", "request")}


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedExplanation:
    """Why a need has its confidence, or (`need` None) why there is none: what each item adds, in words."""

    need: str | None
    teacher: str | None
    school: str | None
    topic: str
    contradiction: bool
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormedNeeds:
    """What forming changed; what stays as it was is in none of the first three.

    `groups` are new or have new counts, and come before the needs that refer to them. `below` are
    topics with evidence that stayed under the threshold, or is too old to count.
    """

    created: tuple[Need, ...]
    changed: tuple[Need, ...]
    groups: tuple[NeedGroup, ...]
    explanations: tuple[NeedExplanation, ...]
    below: tuple[NeedExplanation, ...]


def form_needs(situation: Situation, alliance: str, rules: Rules) -> FormedNeeds:
    """The needs that evidence and requests of the last `evidence_days` add up to, as of today.

    First the needs there are take in what happened: sessions, feedback, later observations. A waiting
    need of the same owner and topic is updated, never doubled; an ordered or delivered one is left
    alone; after a closed one only what came later counts. `alliance` is whose situation it is: its
    groups are its own. Forming twice on the same day changes nothing more.
    """
    tree = TopicTree(situation.topics)
    old = {each.id: each for each in situation.needs}
    known = settled(situation, rules)
    told = _fused_needs(known, situation, tree, rules)
    rolled = roll_up(known.values(), situation, alliance, tree, rules)
    known.update({each.id: each for each in rolled.needs})
    return FormedNeeds(
        created=tuple(known[name] for name in sorted(known) if name not in old),
        changed=tuple(known[name] for name in sorted(known) if name in old and known[name] != old[name]),
        groups=tuple(group for group in rolled.groups if group not in situation.groups),
        explanations=tuple(each for each in told if each.need is not None),
        below=tuple(each for each in told if each.need is None),
    )


def settled(situation: Situation, rules: Rules) -> dict[str, Need]:
    """The needs by id after what happened to them: first deliveries, then feedback, then observations.

    What a rating reopened that was corrected since is closed before the feedback is heard again.
    """
    known = {each.id: each for each in situation.needs}
    known |= {each.id: each for each in (*settle_deliveries(situation), *take_back_reopenings(situation))}
    delivered = replace(situation, needs=tuple(known.values()))
    known |= {each.id: each for each in reopen_by_feedback(delivered, rules)}
    rated = replace(situation, needs=tuple(known.values()))
    return known | {each.id: each for each in recheck_needs(rated, rules)}


def _fused_needs(
    known: dict[str, Need], situation: Situation, tree: TopicTree, rules: Rules
) -> list[NeedExplanation]:
    """Puts created and updated needs into `known`; gives what was weighed for each owner and topic."""
    placing = Placing(situation, tree)
    histories = _histories(known)
    rests = _rests(known)
    told = []
    for (owner, topic), items in items_by_owner(situation).items():
        history = histories.get((owner, topic), [])
        standing = next((need for need in history if need.status not in _CLOSED), None)
        free = [item for item in items if topic in rests.get(item.source, {topic})]
        fresh, old = _by_age(free, history, situation.today, rules)
        if standing is not None and (not fresh or standing.status not in WAITING):
            continue
        if fresh:
            fused = fuse(fresh, rules)
            need = _formed(owner, topic, fused, standing, placing, situation.today, rules)
            if need is not None:
                known[need.id] = need
            sentences = _told(fused, len(old), tree.name(topic), need is not None, rules)
            told.append(_explained(owner, topic, need, fused.contradiction, sentences))
        elif old:
            told.append(_explained(owner, topic, None, False, _told_old(old, tree.name(topic), rules)))
    return told


def _histories(known: dict[str, Need]) -> dict[tuple[Owner, str], list[Need]]:
    """The needs of each owner and topic, earliest first."""
    found: dict[tuple[Owner, str], list[Need]] = defaultdict(list)
    for need in sorted(known.values(), key=lambda each: (each.formed_on, each.id)):
        found[owner_of(need), need.topic].append(need)
    return found


def _rests(known: dict[str, Need]) -> dict[str, set[str]]:
    """The topics of the needs that rest on each piece of evidence.

    What rechecked a need of a wider topic rests there, and forms no second need of its own topic.
    """
    topics: dict[str, set[str]] = defaultdict(set)
    for need in known.values():
        for source in need.evidence:
            topics[source].add(need.topic)
    return topics


def _by_age(
    items: list[Item], history: list[Need], today: date, rules: Rules
) -> tuple[list[Item], list[Item]]:
    """Of the items later than the last closing, those that count and those too old to.

    What the standing need rests on already counts, however old.
    """
    closed = [need for need in history if need.status in _CLOSED]
    standing = {
        name for need in history if need.status not in _CLOSED for name in (*need.evidence, *need.requests)
    }
    since = max((_closed_on(need) for need in closed), default=date.min)
    used = {name for need in closed for name in (*need.evidence, *need.requests)}
    oldest = today - timedelta(days=int(rules.numbers["evidence_days"]))
    later = [item for item in items if item.on > since and item.source not in used]
    fresh = [item for item in items if item.source in standing or (item in later and item.on >= oldest)]
    return fresh, [item for item in later if item not in fresh]


def _closed_on(need: Need) -> date:
    """The last day on record for a closed need."""
    days = (need.rechecked_on, need.reopened_on, need.delivered_on, need.ordered_on, need.formed_on)
    return max(day for day in days if day is not None)


def _formed(
    owner: Owner,
    topic: str,
    fused: Fused,
    standing: Need | None,
    placing: Placing,
    today: date,
    rules: Rules,
) -> Need | None:
    # In the order in which a graph gives them back: else a need would seem changed when it is formed again.
    evidence = tuple(sorted(each.source for each in fused.weights if each.instrument != REQUEST))
    requests = tuple(sorted(each.source for each in fused.weights if each.instrument == REQUEST))
    if standing is not None:
        # What rechecked it may be of a narrower topic, and so among no items of its own.
        evidence = tuple(sorted({*standing.evidence, *evidence}))
        changed = replace(standing, severity=fused.severity, confidence=fused.confidence)
        return replace(changed, evidence=evidence, requests=requests, rule_set=rules.id)
    if fused.confidence < rules.numbers["need_confidence"]:
        return None
    return Need(
        id=derived_id("n", owner.teacher, owner.school, topic, today.isoformat()),
        teacher=owner.teacher or None,
        school=owner.school or None,
        topic=topic,
        subject=placing.subject(owner, topic),
        grade_band=placing.grade_band(owner),
        severity=fused.severity,
        confidence=fused.confidence,
        reach=Reach.INDIVIDUAL,
        status=NeedStatus.OPEN,
        formed_on=today,
        rule_set=rules.id,
        evidence=evidence,
        requests=requests,
    )


def _explained(
    owner: Owner, topic: str, need: Need | None, contradiction: bool, sentences: tuple[str, str]
) -> NeedExplanation:
    zh, en = sentences
    return NeedExplanation(
        need=None if need is None else need.id,
        teacher=owner.teacher or None,
        school=owner.school or None,
        topic=topic,
        contradiction=contradiction,
        zh=zh,
        en=en,
    )


def _told_old(old: list[Item], topic: tuple[str, str], rules: Rules) -> tuple[str, str]:
    """That there is nothing but evidence too old, in Chinese and in English."""
    days, latest, count = int(rules.numbers["evidence_days"]), max(item.on for item in old), len(old)
    items = "1 item of evidence is" if count == 1 else f"{count} items of evidence are"
    zh = f"“{topic[0]}”：{count}条证据都已超过{days}天（最近一条{latest}），不再计入，不形成需求"
    en = f"“{topic[1]}”: {items} older than {days} days (the latest of {latest}), so no need is formed"
    return zh, en


def _told(fused: Fused, old: int, topic: tuple[str, str], formed: bool, rules: Rules) -> tuple[str, str]:
    """The sum in words, in Chinese and in English; `old` items were too old to count."""
    prior = rules.numbers["prior"]
    counted = [each for each in fused.weights if each.counted]
    items_zh = "，".join(f"{_NAMES[each.instrument][0]}{each.weight:+.2f}" for each in counted)
    items_en = ", ".join(f"{_NAMES[each.instrument][1]} {each.weight:+.2f}" for each in counted)
    odds = math.log(prior / (1 - prior))
    zh = f"“{topic[0]}”：起点{odds:+.2f}，{items_zh}，合计置信度（按规则）{fused.confidence:.2f}"
    en = f"“{topic[1]}”: start {odds:+.2f}, {items_en}, together confidence by rule {fused.confidence:.2f}"
    if fused.contradiction:
        zh, en = f"{zh}；各方式结论不一", f"{en}; the instruments contradict each other"
    if old:
        days = int(rules.numbers["evidence_days"])
        zh = f"{zh}；另有{old}条超过{days}天的证据不再计入"
        en = f"{en}; {old} older than {days} days no longer count{'s' if old == 1 else ''}"
    if not formed:
        least = rules.numbers["need_confidence"]
        zh, en = f"{zh}；未达到{least:g}，不形成需求", f"{en}; under {least:g}, so no need is formed"
    return zh, en
