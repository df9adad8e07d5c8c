"""From evidence to need: topics, diagnoses, evidence, requests, needs and their groups."""

from __future__ import annotations

from datetime import date

from graph.model.describe import column, noun, refers
from graph.model.terms import GradeBand, Instrument, NeedStatus, Reach, Subject


@noun("Topic", "主题", "a teaching competency, in a controlled hierarchy")
class Topic:
    """One node of the topic tree; without a parent it is a root."""

    id: str = column("编号", "code")
    name: str = column("名称", "name in Chinese", is_searched=True)
    name_en: str | None = column("英文名称", "name in English", default=None, is_searched=True)
    subject: Subject = column("学科", "subject", default=Subject.GENERAL)
    parent: str | None = refers("UNDER", "Topic", "上级主题", "the wider topic", default=None)


@noun("Diagnosis", "需求诊断", "one sounding of a teacher or a school with one instrument")
class Diagnosis:
    """One survey, interview or observation on one day."""

    id: str = column("诊断编号", "the office's code")
    instrument: Instrument = column("方式", "survey, interview or observation")
    teacher: str | None = refers("OF", "Person", "教师", "the teacher sounded", default=None)
    school: str | None = refers("AT", "School", "学校", "the school, where no teacher is meant", default=None)
    on: date = column("日期", "when")
    by: str | None = refers("BY", "Person", "诊断人", "who asked or observed", default=None)


@noun("Evidence", "证据", "one answer, remark or observed item")
class Evidence:
    """What one instrument says of one topic; severity 0 says that no difficulty was seen."""

    id: str = column("编号", "the office's code")
    diagnosis: str = refers("FROM", "Diagnosis", "诊断编号", "the diagnosis that it is part of")
    topic: str | None = refers(
        "ABOUT", "Topic", "主题", "the topic; none for an untagged remark", default=None
    )
    severity: int = column("严重程度", "0 none, 1 slight, 2 clear, 3 severe", minimum=0, maximum=3)
    text: str | None = column("内容", "the remark or item", default=None, is_searched=True)


@noun("Request", "主动需求", "a need that a teacher raises himself")
class Request:
    """A teacher's own word for what he wants to learn."""

    id: str = column("编号", "the office's code")
    teacher: str = refers("OF", "Person", "教师", "who asks")
    topic: str = refers("ABOUT", "Topic", "主题", "the topic")
    severity: int = column("迫切程度", "1 slight, 2 clear, 3 urgent", minimum=1, maximum=3)
    text: str | None = column("内容", "in his own words", default=None, is_searched=True)
    on: date = column("日期", "when")


@noun("NeedGroup", "共性需求", "needs that enough teachers of several schools share")
class NeedGroup:
    """What a county class answers."""

    id: str = column("编号", "code")
    alliance: str = refers("OF", "Alliance", "联盟", "the alliance whose teachers share it")
    topic: str = refers("ABOUT", "Topic", "主题", "the topic shared, maybe wider than the needs' own")
    subject: Subject = column("学科", "subject")
    grade_band: GradeBand | None = column("年级段", "grades", default=None)
    formed_on: date = column("形成日期", "when it was found")
    teachers: int = column("教师数", "teachers counted when it was formed", minimum=1)
    schools: int = column("学校数", "schools counted when it was formed", minimum=1)


@noun("Need", "需求", "what evidence and requests add up to, for one teacher (or one school)")
class Need:
    """One diagnosed need; `confidence` is by rule, 0 to 1, and no probability."""

    id: str = column("编号", "code")
    teacher: str | None = refers("OF", "Person", "教师", "whose need", default=None)
    school: str | None = refers(
        "AT", "School", "学校", "the school whose need, where no teacher is meant", default=None
    )
    topic: str = refers("ABOUT", "Topic", "主题", "the topic")
    subject: Subject = column("学科", "subject")
    grade_band: GradeBand | None = column("年级段", "grades", default=None)
    severity: float = column(
        "严重程度", "0 to 3, mean of the strongest item of each instrument", minimum=0, maximum=3
    )
    confidence: float = column("置信度", "0 to 1, by rule", minimum=0, maximum=1)
    reach: Reach = column("类型", "common or individual")
    status: NeedStatus = column("状态", "where it stands")
    formed_on: date = column("形成日期", "when it was formed")
    ordered_on: date | None = column("下单日期", "when it was first ordered", default=None)
    delivered_on: date | None = column("实施日期", "when its order was delivered", default=None)
    rechecked_on: date | None = column(
        "复查日期", "the re-observation that closed or reopened it", default=None
    )
    reopened_on: date | None = column("重开日期", "when it was last reopened", default=None)
    reason: str | None = column("原因", "why it was dismissed or reopened", default=None)
    rule_set: str | None = refers("UNDER", "RuleSet", "规则集", "the rule set that formed it", default=None)
    group: str | None = refers("IN", "NeedGroup", "共性需求", "the group, for a common need", default=None)
    evidence: tuple[str, ...] = refers("FROM", "Evidence", "证据", "what it rests on", default=())
    requests: tuple[str, ...] = refers("FROM", "Request", "主动需求", "the requests it rests on", default=())
