"""The three pools of one alliance, and what was given to which school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from graph.model.resources import Gift, Resource
from graph.model.terms import GradeBand, PersonKind, Pool, Subject
from seeds.raw.alliances import MEGABYTE, SEMESTERS, Frame
from seeds.raw.calendars import edition, is_serving
from seeds.raw.catalogue import Catalogue, Competency
from seeds.raw.colleagues import Colleague

SOFTWARE, HARDWARE, HUMAN = 452, 38, 30
# Share of the software there when the alliance starts; the rest comes semester by semester.
_AT_START_PERCENT = 55
_LOCAL_PERCENT = (10, 20, 30, 40, 50, 60)
_ADAPTED_PERCENT = 55
_FORMATS = (
    ("演示文稿", "pptx", 3, 60),
    ("视频", "mp4", 40, 480),
    ("任务单", "docx", 1, 4),
    ("音频", "mp3", 4, 30),
)
_HARDWARE_NAMES = ("平板电脑", "实物展台", "科学实验箱", "竖笛", "足球", "图书漂流箱", "录播摄像机", "打印机")
_TAGS = ("农村学校", "留守儿童", "寄宿生", "复式班", "方言区")
_CHANGES = (
    "换成本地集市与山水的例子",
    "改用本县教材版本",
    "压缩体积，可离线使用",
    "为学困生增加支架",
    "拆成两个年级的任务",
)
_BANDS = (GradeBand.LOWER, GradeBand.MIDDLE, GradeBand.UPPER)


@dataclass(frozen=True, slots=True)
class Pools:
    """The resources of the three pools and the gifts of them."""

    resources: tuple[Resource, ...]
    gifts: tuple[Gift, ...]


def build_pools(frame: Frame, colleagues: tuple[Colleague, ...], catalogue: Catalogue, rng: Random) -> Pools:
    """`SOFTWARE` + `HARDWARE` + `HUMAN` resources; what came from outside was given to schools."""
    stocker = _Stocker(frame, colleagues, catalogue, rng)
    resources = stocker.software() + stocker.hardware() + stocker.human()
    return Pools(tuple(resources), tuple(stocker.gifts(resources)))


class _Stocker:
    """Fills the pools of one alliance."""

    def __init__(
        self, frame: Frame, colleagues: tuple[Colleague, ...], catalogue: Catalogue, rng: Random
    ) -> None:
        self._frame = frame
        self._catalogue = catalogue
        self._rng = rng
        self._outside = [each for each in colleagues if each.school is not None and not each.helped]
        self._local = [each for each in colleagues if each.helped and each.ability > 0.05]
        self._colleagues = colleagues
        self._leaves = list(catalogue.leaves.values())

    def software(self) -> list[Resource]:
        """Files: at first from outside, more and more from local teachers, many of them adapted."""
        made: list[Resource] = []
        for number in range(1, SOFTWARE + 1):
            at_start = number <= SOFTWARE * _AT_START_PERCENT // 100
            place = 0 if at_start else self._rng.randrange(len(SEMESTERS))
            local = self._rng.random() * 100 < (5 if at_start else _LOCAL_PERCENT[place])
            foreign = [each for each in made if each.school == self._frame.helping.id]
            if local and foreign and self._rng.random() * 100 < _ADAPTED_PERCENT:
                made.append(self._adapted(number, place, self._rng.choice(foreign)))
            else:
                made.append(self._file(number, place, local=local, at_start=at_start))
        return made

    def hardware(self) -> list[Resource]:
        """Things: with a count, a condition and a keeper at the school that has them."""
        return [
            Resource(
                id=f"{self._frame.prefix}r-h{number:02d}",
                name=_HARDWARE_NAMES[number % len(_HARDWARE_NAMES)],
                pool=Pool.HARDWARE,
                school=self._frame.helping.id,
                keeper=self._rng.choice(self._local).id,
                available_from=SEMESTERS[number % 4].start,
                count=self._rng.randint(2, 40),
                condition=self._rng.choice(("完好", "完好", "需维修")),
            )
            for number in range(1, HARDWARE + 1)
        ]

    def human(self) -> list[Resource]:
        """People's hours: trainers of the help group, officers and experts."""
        people = [
            each for each in self._colleagues if each.is_seconded or each.kind is not PersonKind.TEACHER
        ]
        return [self._hours_of(number, people[number % len(people)]) for number in range(1, HUMAN + 1)]

    def gifts(self, resources: list[Resource]) -> list[Gift]:
        """What the helping side contributed, given to one to three helped schools each."""
        made: list[Gift] = []
        for each in resources:
            if each.school != self._frame.helping.id or each.pool is Pool.HUMAN:
                continue
            count = 1 if each.pool is Pool.HARDWARE else self._rng.choice((1, 2, 2, 3))
            for school in self._rng.sample(self._frame.helped, count):
                made.append(
                    Gift(
                        id=f"{self._frame.prefix}g-{len(made) + 1:04d}",
                        resource=each.id,
                        school=school.id,
                        on=each.available_from + timedelta(days=self._rng.randint(0, 60)),
                    )
                )
        return made

    def _file(self, number: int, place: int, *, local: bool, at_start: bool) -> Resource:
        giver = self._giver(place, local=local)
        leaf = self._leaf_for(giver.subject)
        word, suffix, small, large = self._rng.choice(_FORMATS)
        subject = leaf.topic.subject
        book = edition(giver.subject, helping=not local) if subject is not Subject.GENERAL else None
        # A multiple of a prime plus the number: no two files of the sample weigh the same.
        size = self._rng.randint(small, large) * MEGABYTE + 1009 * number
        return Resource(
            id=f"{self._frame.prefix}r-{number:03d}",
            name=f"{self._rng.choice(leaf.titles)}（{word}{number:03d}）",
            pool=Pool.SOFTWARE,
            school=giver.school if local else self._frame.helping.id,
            contributor=giver.id,
            keeper=giver.id,
            topics=(leaf.topic.id,),
            subject=subject,
            grade_bands=self._bands(subject),
            available_from=SEMESTERS[place].start
            + timedelta(days=0 if at_start else self._rng.randint(0, 90)),
            size_bytes=size,
            format=suffix,
            textbook_edition=book,
            volume=self._rng.choice(("上册", "下册")) if book else None,
            unit=f"第{self._rng.choice('一二三四五六七八')}单元" if book else None,
            lesson=f"第{self._rng.randint(1, 6)}课" if book else None,
            context_tags=self._tags(leaf, local=local),
        )

    def _adapted(self, number: int, place: int, source: Resource) -> Resource:
        """A local teacher's version of what came from outside: local textbook, lighter, with tags."""
        subject = source.subject or Subject.GENERAL
        fitting = [each for each in self._local if subject in (each.subject, Subject.GENERAL)]
        giver = self._rng.choice(fitting or self._local)
        book = edition(subject, helping=False)
        ready = max(SEMESTERS[place].start, source.available_from) + timedelta(days=self._rng.randint(20, 80))
        return Resource(
            id=f"{self._frame.prefix}r-{number:03d}",
            name=source.name.split("（")[0] + f"（本地改编{number:03d}）",
            pool=Pool.SOFTWARE,
            school=giver.school,
            contributor=giver.id,
            keeper=giver.id,
            topics=source.topics,
            subject=subject,
            grade_bands=source.grade_bands,
            available_from=ready,
            size_bytes=max(MEGABYTE, (source.size_bytes or MEGABYTE) // 4) + 1009 * number,
            format=source.format,
            textbook_edition=book,
            volume=source.volume if book else None,
            unit=source.unit if book else None,
            context_tags=("农村学校", self._rng.choice(_TAGS[1:])),
            adapted_from=source.id,
            what_changed=self._rng.choice(_CHANGES),
        )

    def _hours_of(self, number: int, person: Colleague) -> Resource:
        leaf = self._leaf_for(person.subject)
        start = person.seconded_from or SEMESTERS[0].start
        return Resource(
            id=f"{self._frame.prefix}r-p{number:02d}",
            name=f"{person.name}：{leaf.topic.name}指导",
            pool=Pool.HUMAN,
            school=self._frame.helping.id if person.is_seconded else None,
            contributor=person.id,
            topics=(leaf.topic.id,),
            subject=leaf.topic.subject,
            grade_bands=person.bands,
            available_from=start,
            available_to=person.seconded_to,
            hours=float(self._rng.randint(8, 36)),
        )

    def _giver(self, place: int, *, local: bool) -> Colleague:
        if local:
            return self._rng.choice(self._local)
        there = [each for each in self._outside if is_serving(each, SEMESTERS[place])]
        return self._rng.choice(there)

    def _leaf_for(self, subject: Subject) -> Competency:
        """A topic that a person of `subject` contributes to; the own subject twice as often."""
        own = [leaf for leaf in self._leaves if leaf.topic.subject is subject]
        general = [leaf for leaf in self._leaves if leaf.topic.subject is Subject.GENERAL]
        return self._rng.choice(own if own and self._rng.random() < 0.7 else general)

    def _bands(self, subject: Subject) -> tuple[GradeBand, ...]:
        if subject in (Subject.CHINESE, Subject.MATHEMATICS, Subject.ENGLISH):
            return (self._rng.choice(_BANDS if subject is not Subject.ENGLISH else _BANDS[1:]),)
        return _BANDS

    def _tags(self, leaf: Competency, *, local: bool) -> tuple[str, ...]:
        special = {"t-gen-leftbehind": "留守儿童", "t-gen-boarding": "寄宿生", "t-gen-multigrade": "复式班"}
        tags = {special[leaf.topic.id]} if leaf.topic.id in special else set()
        if local:
            tags |= {"农村学校", self._rng.choice(_TAGS)}
        return tuple(sorted(tags))
