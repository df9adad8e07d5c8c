"""People: who they are, where they teach, when they have time, whom they mentor."""

from __future__ import annotations

from datetime import date

from graph.model.describe import column, noun, refers
from graph.model.terms import AgeBand, BackboneLevel, EmploymentRole, GradeBand, PersonKind, Subject, Title


@noun("Person", "人员", "a teacher, an expert or a research officer")
class Person:
    """Somebody of the alliance, and what he can train in by his own word.

    Experts and research officers belong to no one alliance: they serve every alliance of the store.
    """

    id: str = column("编号", "staff number or the office's code")
    name: str = column("姓名", "name", is_searched=True)
    kind: PersonKind = column("身份", "teacher, expert or research officer")
    distinguisher: str | None = column(
        "同名区分", "tells namesakes apart; needed as soon as two people share a name", default=None
    )
    organisation: str | None = column("单位", "where an expert or officer works", default=None)
    subject: Subject | None = column("学科", "the subject taught or researched", default=None)
    grade_bands: tuple[GradeBand, ...] = column("年级段", "the grades taught", default=())
    trains: tuple[str, ...] = refers(
        "TRAINS", "Topic", "可培训主题", "topics that he offers to train in (declared)", default=()
    )


@noun("Person", "教师", "what is known of a teacher beyond the person")
class Teacher:
    """Teacher's side of a person: same node, other properties. 青年/骨干/资深 is never stored."""

    id: str = column("编号", "the person's code")
    years_taught: int | None = column("教龄", "years taught", default=None, minimum=0, maximum=60)
    age_band: AgeBand | None = column("年龄段", "age in bands", default=None)
    title: Title | None = column("职称", "professional title", default=None)
    backbone_level: BackboneLevel | None = column("骨干级别", "for whom he is a named backbone", default=None)
    digital_awareness: int | None = column(
        "数字化意识", "JY/T 0646 dimension 1, 1 to 5", default=None, minimum=1, maximum=5
    )
    digital_skill: int | None = column(
        "数字技术知识与技能", "JY/T 0646 dimension 2, 1 to 5", default=None, minimum=1, maximum=5
    )
    digital_application: int | None = column(
        "数字化应用", "JY/T 0646 dimension 3, 1 to 5", default=None, minimum=1, maximum=5
    )
    digital_responsibility: int | None = column(
        "数字社会责任", "JY/T 0646 dimension 4, 1 to 5", default=None, minimum=1, maximum=5
    )
    digital_development: int | None = column(
        "专业发展", "JY/T 0646 dimension 5, 1 to 5", default=None, minimum=1, maximum=5
    )
    help_group: str | None = refers(
        "SECONDED_TO", "HelpGroup", "帮扶小组", "the help group of a seconded teacher", default=None
    )
    seconded_from: date | None = column("支教开始", "first day of the secondment", default=None)
    seconded_to: date | None = column("支教结束", "last day of the secondment", default=None)


@noun("Employment", "任职", "a teacher at a school, dated")
class Employment:
    """Where a teacher works and since when."""

    id: str = column("编号", "the office's code")
    person: str = refers("OF", "Person", "人员", "the teacher")
    school: str = refers("AT", "School", "学校", "the school")
    role: EmploymentRole = column("职务", "what he does there", default=EmploymentRole.TEACHER)
    start: date = column("开始", "first day")
    end: date | None = column("结束", "last day; none means still employed", default=None)


@noun("Availability", "可用时间", "hours a week that a person can train, own classes and travel taken off")
class Availability:
    """Hours a week over a run of weeks of one semester."""

    id: str = column("编号", "the office's code")
    person: str = refers("OF", "Person", "人员", "the trainer")
    semester: str = refers("IN", "Semester", "学期", "the semester")
    first_week: int = column("起始周", "first week, from 1", minimum=1, maximum=30)
    last_week: int = column("结束周", "last week, from 1", minimum=1, maximum=30)
    hours: float = column("每周课时", "hours a week", minimum=0, maximum=60)


@noun("ClassContext", "班级学情", "a class as a teacher meets it")
class ClassContext:
    """What a resource must fit to be used: size, pupils, language, textbook."""

    id: str = column("编号", "the office's code")
    teacher: str = refers("OF", "Person", "教师", "who teaches the class")
    school: str = refers("AT", "School", "学校", "where")
    semester: str | None = refers("IN", "Semester", "学期", "when", default=None)
    grade: int = column("年级", "grade, 1 to 12", minimum=1, maximum=12)
    class_size: int = column("班额", "pupils", minimum=1, maximum=200)
    multigrade: bool | None = column("复式班", "several grades in one room", default=None)
    boarding: int | None = column("寄宿生", "boarding pupils", default=None, minimum=0, maximum=200)
    left_behind: int | None = column(
        "留守儿童", "pupils whose parents work away", default=None, minimum=0, maximum=200
    )
    language: str | None = column("语言", "language at home", default=None)
    textbook_edition: str | None = column("教材版本", "textbook edition", default=None)


@noun("Mentorship", "结对", "a teacher mentors a teacher, dated")
class Mentorship:
    """One mentor, one mentee, from a day on."""

    id: str = column("编号", "the office's code")
    mentor: str = refers("BY", "Person", "师傅", "the mentor")
    mentee: str = refers("OF", "Person", "徒弟", "the mentee")
    subject: Subject | None = column("学科", "subject", default=None)
    topic: str | None = refers("ABOUT", "Topic", "主题", "topic", default=None)
    start: date = column("开始", "first day")
    end: date | None = column("结束", "last day; none means still going", default=None)
