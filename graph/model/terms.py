"""The coded terms: each value with its label in Chinese and English; stored by name."""

from __future__ import annotations

from enum import Enum


class Term(Enum):
    """A coded value; `zh` and `en` are the labels that a person sees."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en

    def label(self, language: str) -> str:
        """The label in `language` ("zh" or "en")."""
        return self.zh if language == "zh" else self.en


class Side(Term):
    """Which end of the alliance a member school is: a property of its membership. 中文：成员方"""

    HELPING = "支援校", "helping (east)"
    HELPED = "受援校", "helped (west)"


class SchoolLevel(Term):
    """What a school teaches. 中文：学段"""

    PRIMARY = "小学", "primary"
    JUNIOR = "初中", "junior secondary"
    NINE_YEAR = "九年一贯制", "nine-year"
    SENIOR = "高中", "senior secondary"
    TEACHING_POINT = "教学点", "teaching point"


class Connectivity(Term):
    """How a school's line carries resources. 中文：网络条件"""

    GOOD = "良好", "good"
    WEAK = "不稳定", "unstable"
    NONE = "无网络", "none"


class PersonKind(Term):
    """What a person is in the alliance. 中文：身份"""

    TEACHER = "教师", "teacher"
    EXPERT = "专家", "expert"
    RESEARCH_OFFICER = "教研员", "research officer"


class Subject(Term):
    """School subject; GENERAL is for what every teacher does. 中文：学科"""

    GENERAL = "综合", "general"
    CHINESE = "语文", "Chinese"
    MATHEMATICS = "数学", "mathematics"
    ENGLISH = "英语", "English"
    SCIENCE = "科学", "science"
    MORALITY_AND_LAW = "道德与法治", "morality and law"
    MUSIC = "音乐", "music"
    ART = "美术", "art"
    PHYSICAL_EDUCATION = "体育与健康", "physical education"
    INFORMATION_TECHNOLOGY = "信息科技", "information technology"


class GradeBand(Term):
    """Grades taught together in the curriculum standards of 2022. 中文：年级段"""

    LOWER = "低年级（1-2）", "grades 1-2"
    MIDDLE = "中年级（3-4）", "grades 3-4"
    UPPER = "高年级（5-6）", "grades 5-6"
    JUNIOR = "初中（7-9）", "grades 7-9"


class AgeBand(Term):
    """Age in bands; an exact age is never stored. 中文：年龄段"""

    UNDER_30 = "30岁以下", "under 30"
    FROM_30 = "30-39岁", "30 to 39"
    FROM_40 = "40-49岁", "40 to 49"
    FROM_50 = "50岁及以上", "50 and over"


class Title(Term):
    """Professional title of a teacher. 中文：职称"""

    THIRD = "三级教师", "third grade"
    SECOND = "二级教师", "second grade"
    FIRST = "一级教师", "first grade"
    SENIOR = "高级教师", "senior"
    PROFESSOR = "正高级教师", "professor grade"


class BackboneLevel(Term):
    """For whom a teacher is a named backbone. 中文：骨干级别"""

    SCHOOL = "校级骨干", "school"
    COUNTY = "县级骨干", "county"
    CITY = "市级骨干", "city"
    PROVINCE = "省级骨干", "province"


class EmploymentRole(Term):
    """What a person does at a school. 中文：职务"""

    TEACHER = "教师", "teacher"
    PRINCIPAL = "校长", "principal"
    RESEARCH_LEAD = "教研组长", "research lead"


class Instrument(Term):
    """With what a diagnosis was made; the paper's three. 中文：诊断方式"""

    SURVEY = "问卷", "survey"
    INTERVIEW = "访谈", "interview"
    OBSERVATION = "课堂观察", "observation"


class NeedStatus(Term):
    """Where a need stands between evidence and re-observation. 中文：需求状态"""

    OPEN = "待响应", "open"
    ORDERED = "已下单", "ordered"
    DELIVERED = "已实施", "delivered"
    MET = "已解决", "met"
    REOPENED = "重新打开", "reopened"
    DISMISSED = "已撤销", "dismissed"


class Reach(Term):
    """Whether a need is shared: enough teachers in several schools, or one teacher's own. 中文：需求类型"""

    COMMON = "共性", "common"
    INDIVIDUAL = "个性", "individual"


class OrderForm(Term):
    """In which form a training order is delivered. 中文：订单形式"""

    COUNTY_CLASS = "县域大课堂", "county class"
    SCHOOL_CLINIC = "校级开小灶", "school clinic"


class OrderStatus(Term):
    """Where a training order stands. 中文：订单状态"""

    PLACED = "已下单", "placed"
    UNDER_WAY = "实施中", "under way"
    DELIVERED = "已完成", "delivered"
    CANCELLED = "已取消", "cancelled"


class SessionKind(Term):
    """Whether a session opens the matter or follows it up. 中文：场次类型"""

    MAIN = "培训", "training"
    FOLLOW_UP = "跟进", "follow-up"


class Verdict(Term):
    """What a person decided of a recommendation. 中文：决定"""

    ACCEPTED = "采纳", "accepted"
    CHANGED = "修改后采纳", "accepted with changes"
    REFUSED = "不采纳", "refused"


class Pool(Term):
    """The three pools of resources. 中文：资源池"""

    HARDWARE = "硬件资源池", "hardware"
    SOFTWARE = "软件资源云", "software"
    HUMAN = "人力资源库", "human"


class UseLevel(Term):
    """How far a resource was used; only the last two count in a rate. 中文：使用程度"""

    OPENED = "打开", "opened"
    DOWNLOADED = "下载", "downloaded"
    TAUGHT_WITH = "用于教学", "taught with"
    ADAPTED = "改编", "adapted"


class Rung(Term):
    """The ladder of capability, lowest first: this ladder is blood production. 中文：能力梯级"""

    OBSERVED = "观摩", "observed"
    ASSISTED = "协助", "assisted"
    CO_LED = "合作主讲", "co-led"
    LED_WITH_SUPPORT = "有支持主讲", "led with support"
    LED_ALONE = "独立主讲", "led alone"

    @property
    def height(self) -> int:
        """0 for OBSERVED to 4 for LED_ALONE."""
        return list(Rung).index(self)


class RuleKind(Term):
    """A hard rule drops a candidate, a soft rule scores it. 中文：规则类型"""

    HARD = "硬规则", "hard"
    SOFT = "软规则", "soft"


class Provenance(Term):
    """Where a rule, weight or definition comes from. 中文：来源"""

    PAPER = "论文", "stated in the paper"
    INFERRED = "推断", "follows from the paper"
    OURS = "本系统", "chosen by this system"


class RoleKind(Term):
    """What somebody may see and do. 中文：角色"""

    TEACHER = "教师", "teacher"
    TRAINER = "培训者", "trainer"
    PRINCIPAL = "校长", "principal"
    EXPERT = "专家", "expert"
    RESEARCH_OFFICER = "教研员", "research officer"
    COUNCIL = "联席会议", "council"
    RESEARCHER = "研究者", "researcher"
    ADMINISTRATOR = "管理员", "administrator"
