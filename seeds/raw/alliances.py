"""The frame of one alliance: help group, schools, memberships, and the shared calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from graph.model.alliance import Alliance, HelpGroup, Membership, School, Semester
from graph.model.terms import Connectivity, SchoolLevel, Side
from seeds.raw.names import NameStock, read_names

FOUNDED = date(2022, 9, 1)
MEGABYTE = 1_000_000
SEMESTERS = (
    Semester(id="2022-1", name="2022-2023学年第一学期", start=date(2022, 9, 1), end=date(2023, 1, 13)),
    Semester(id="2022-2", name="2022-2023学年第二学期", start=date(2023, 2, 13), end=date(2023, 7, 7)),
    Semester(id="2023-1", name="2023-2024学年第一学期", start=date(2023, 9, 1), end=date(2024, 1, 19)),
    Semester(id="2023-2", name="2023-2024学年第二学期", start=date(2024, 2, 26), end=date(2024, 7, 12)),
    Semester(id="2024-1", name="2024-2025学年第一学期", start=date(2024, 9, 1), end=date(2025, 1, 17)),
    Semester(id="2024-2", name="2024-2025学年第二学期", start=date(2025, 2, 17), end=date(2025, 7, 11)),
)


@dataclass(frozen=True, slots=True)
class SchoolShape:
    """What makes a helped school of the sample what it is (sizes add up to the paper's 350 teachers)."""

    teachers: int
    over_50_percent: int
    connectivity: Connectivity
    limit_megabytes: int | None
    devices: int
    support: bool
    multigrade_percent: int


SHAPES = (
    SchoolShape(94, 12, Connectivity.GOOD, None, 90, True, 0),
    SchoolShape(84, 15, Connectivity.GOOD, None, 72, True, 0),
    SchoolShape(70, 40, Connectivity.GOOD, 200, 40, False, 0),
    SchoolShape(60, 18, Connectivity.GOOD, 100, 38, True, 5),
    SchoolShape(42, 22, Connectivity.WEAK, 20, 15, False, 45),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One alliance without its people; `helped` in the order of `SHAPES`."""

    prefix: str
    county: str
    city: str
    group: HelpGroup
    alliance: Alliance
    helped: tuple[School, ...]
    helping: School
    memberships: tuple[Membership, ...]

    @property
    def schools(self) -> tuple[School, ...]:
        """The helped schools, then the helping one."""
        return (*self.helped, self.helping)


def build_frame(number: int) -> Frame:
    """The frame of the alliance `number` (from 1); every id starts with `a<number>-`."""
    stock, prefix = read_names(), f"a{number}-"
    county, city = _place(stock.county, stock, number), _place(stock.city, stock, number)
    stem = stock.helping_schools[(number - 1) % len(stock.helping_schools)]
    group = HelpGroup(id=f"{prefix}group", name=f"{city}{stem[:-2]}{stock.group}", home=city)
    alliance = Alliance(
        id=f"{prefix}alliance",
        name=f"{stem[:-2]}·{county}{stock.alliance}",
        founded=FOUNDED,
        help_group=group.id,
    )
    helped = _helped(prefix, county, number, stock)
    helping = School(
        id=f"{prefix}s-0",
        name=city + stem,
        county=city,
        level=SchoolLevel.PRIMARY,
        connectivity=Connectivity.GOOD,
        devices=160,
        technical_support=True,
    )
    members = tuple(
        Membership(
            id=f"{prefix}m-{school.id.rsplit('-', 1)[1]}",
            alliance=alliance.id,
            school=school.id,
            side=Side.HELPING if school is helping else Side.HELPED,
            start=FOUNDED,
        )
        for school in (*helped, helping)
    )
    return Frame(prefix, county, city, group, alliance, helped, helping, members)


def day_of(semester: Semester, week: int, weekday: int = 0) -> date:
    """A day of `semester`: `week` from 1, `weekday` 0 to 4 after the first day of that week."""
    return min(semester.start + timedelta(days=7 * (week - 1) + weekday), semester.end)


def _place(name: str, stock: NameStock, number: int) -> str:
    """`name` with a numeral before its last character: 样例县, 样例二县, and digits past the tenth."""
    numeral = stock.numerals[number - 1] if number <= len(stock.numerals) else str(number)
    return name[:-1] + numeral + name[-1]


def _helped(prefix: str, county: str, number: int, stock: NameStock) -> tuple[School, ...]:
    first = (number - 1) * len(SHAPES)
    return tuple(
        School(
            id=f"{prefix}s-{place}",
            name=county + stock.helped_schools[(first + place - 1) % len(stock.helped_schools)],
            county=county,
            level=SchoolLevel.PRIMARY,
            connectivity=shape.connectivity,
            download_limit_bytes=shape.limit_megabytes and shape.limit_megabytes * MEGABYTE,
            devices=shape.devices,
            technical_support=shape.support,
        )
        for place, shape in enumerate(SHAPES, start=1)
    )
