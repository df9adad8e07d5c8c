"""The raw input of the sample: its size, its references, its determinism, its invented names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from graph.model.describe import Identified, describe
from graph.model.needs import Diagnosis, Evidence
from graph.model.nouns import NOUNS
from graph.model.people import Employment
from graph.model.terms import AgeBand, Connectivity, Instrument, PersonKind, Pool, Side
from seeds.raw.alliances import SEMESTERS
from seeds.sample import AllianceSample, Sample, generate
from tests.seeds.real_names import PEOPLE, PLACES


@pytest.fixture(scope="module")
def sample() -> Sample:
    return generate(scale=2)


@pytest.fixture(scope="module")
def alliance(sample: Sample) -> AllianceSample:
    return sample.alliances[0]


def all_nouns(sample: Sample) -> Iterator[Identified]:
    yield from sample.shared_nouns()
    for each in sample.alliances:
        yield from each.standing_nouns()
        yield from each.sounding_nouns()


def texts_of(noun: Identified) -> Iterator[str]:
    for field in describe(type(noun)).properties:
        value = getattr(noun, field.name)
        yield from value if isinstance(value, tuple) else (value,)


def test_one_seed_gives_one_sample_and_another_seed_another() -> None:
    first, again, other = (list(all_nouns(generate(seed))) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_the_first_alliance_is_the_same_whatever_the_scale(alliance: AllianceSample) -> None:
    alone = generate(scale=1).alliances[0]
    assert alone.standing_nouns() == alliance.standing_nouns()
    assert alone.sounding_nouns() == alliance.sounding_nouns()


def test_an_alliance_has_the_size_of_the_papers(alliance: AllianceSample) -> None:
    sides = Counter(each.side for each in alliance.frame.memberships)
    assert sides == {Side.HELPED: 5, Side.HELPING: 1}
    assert sum(each.helped for each in alliance.colleagues) == 350
    assert sum(each.is_seconded for each in alliance.colleagues) == 10
    kinds = Counter(each.kind for each in alliance.staff.persons)
    assert kinds == {PersonKind.TEACHER: 388, PersonKind.RESEARCH_OFFICER: 5, PersonKind.EXPERT: 3}
    pools = Counter(each.pool for each in alliance.pools.resources)
    assert pools == {Pool.SOFTWARE: 452, Pool.HARDWARE: 38, Pool.HUMAN: 30}
    assert [each.semester for each in alliance.soundings] == list(SEMESTERS)


def test_the_five_helped_schools_employ_350_teachers_on_every_day(alliance: AllianceSample) -> None:
    helped = {school.id for school in alliance.frame.helped}
    local = {each.id for each in alliance.colleagues if each.helped}
    for day in (date(2022, 9, 1), date(2023, 8, 31), date(2023, 9, 1), date(2025, 7, 11)):
        there = [
            each.person
            for each in alliance.staff.employments
            if each.school in helped and each.start <= day and (each.end is None or day <= each.end)
        ]
        assert sorted(set(there) & local) == sorted(local)
        assert len(there) == len(set(there))


def test_one_school_has_two_fifths_over_50_and_one_a_weak_line(alliance: AllianceSample) -> None:
    ages = {each.id: each.age_band for each in alliance.staff.teachers}
    third = [each.id for each in alliance.colleagues if each.school == "a1-s-3" and each.helped]
    assert len(third) == 70
    assert sum(ages[each] is AgeBand.FROM_50 for each in third) == 28
    weak = [each.id for each in alliance.frame.schools if each.connectivity is Connectivity.WEAK]
    assert weak == ["a1-s-5"]


def test_every_id_is_used_once_within_its_noun(sample: Sample) -> None:
    used = Counter((type(each), each.id) for each in all_nouns(sample))
    assert max(used.values()) == 1


def test_ids_of_an_alliance_start_with_its_prefix(sample: Sample) -> None:
    for number, each in enumerate(sample.alliances, start=1):
        nouns = [*each.standing_nouns(), *each.sounding_nouns()]
        assert {noun.id.split("-")[0] for noun in nouns} == {f"a{number}"}


def test_every_reference_leads_to_a_noun_of_the_sample(sample: Sample) -> None:
    there = {(describe(type(each)).label, each.id) for each in all_nouns(sample)}
    for noun in all_nouns(sample):
        for field in describe(type(noun)).references:
            value = getattr(noun, field.name)
            ids = value if field.many else () if value is None else (value,)
            assert field.reference is not None
            assert {(field.reference.label, each) for each in ids} <= there, (noun.id, field.name)


def test_nothing_that_follows_from_raw_input_is_invented(sample: Sample) -> None:
    made = {type(each) for each in all_nouns(sample)}
    names = {noun.cls.__name__ for noun in NOUNS} - {each.__name__ for each in made}
    assert names == {
        "RuleSet",
        "Rule",
        "NeedGroup",
        "Need",
        "Recommendation",
        "Contribution",
        "Decision",
        "TrainingOrder",
        "Session",
        "Attendance",
        "Feedback",
        "Capability",
        "RoleAssignment",
    }


def test_no_two_people_share_a_name_and_nobody_real_is_named(sample: Sample) -> None:
    names = [person.name for each in sample.alliances for person in each.staff.persons]
    assert len(set(names)) == len(names) == 2 * 396
    assert set(names).isdisjoint(PEOPLE)
    words = [str(text) for noun in all_nouns(sample) for text in texts_of(noun)]
    assert [word for word in words if any(name in word for name in (*PEOPLE, *PLACES))] == []


def test_the_sample_says_that_it_is_one(alliance: AllianceSample) -> None:
    named = (
        alliance.frame.group.name,
        alliance.frame.alliance.name,
        *[each.name for each in alliance.frame.schools],
    )
    assert [name for name in named if "样例" not in name] == []


def test_a_teacher_is_asked_for_a_topic_in_one_semester_only(alliance: AllianceSample) -> None:
    asked: dict[tuple[str | None, str], set[str]] = {}
    for sounding in alliance.soundings:
        owners = {each.id: each.teacher for each in sounding.diagnoses if each.teacher is not None}
        for each in sounding.evidence:
            if each.topic is not None and each.diagnosis in owners:
                asked.setdefault((owners[each.diagnosis], each.topic), set()).add(sounding.semester.id)
    assert max(len(semesters) for semesters in asked.values()) == 1


def test_the_first_semester_sounds_every_local_teacher_with_a_survey(alliance: AllianceSample) -> None:
    first = alliance.soundings[0]
    surveyed = {each.teacher for each in first.diagnoses if each.instrument is Instrument.SURVEY}
    assert surveyed - {None} == {each.id for each in alliance.colleagues if each.helped}
    assert {each.instrument for each in first.diagnoses} == set(Instrument)


def test_soundings_lie_within_their_semester(alliance: AllianceSample) -> None:
    for sounding in alliance.soundings:
        days = [each.on for each in sounding.diagnoses] + [each.on for each in sounding.requests]
        assert sounding.semester.start <= min(days)
        assert max(days) <= sounding.semester.end


def test_evidence_without_difficulty_has_no_remark(alliance: AllianceSample) -> None:
    evidence = [each for each in alliance.sounding_nouns() if isinstance(each, Evidence)]
    diagnoses = [each for each in alliance.sounding_nouns() if isinstance(each, Diagnosis)]
    assert {each.severity for each in evidence} == {0, 1, 2, 3}
    assert all((each.text is None) == (each.severity == 0) for each in evidence)
    assert {each.diagnosis for each in evidence} == {each.id for each in diagnoses}


def test_uses_come_after_the_resource_and_at_the_users_school(alliance: AllianceSample) -> None:
    ready = {each.id: each.available_from for each in alliance.pools.resources}
    posts: dict[str, list[Employment]] = {}
    for post in alliance.staff.employments:
        posts.setdefault(post.person, []).append(post)
    for use in alliance.uses:
        assert ready[use.resource] <= use.on
        now = [post for post in posts[use.person] if post.start <= use.on <= (post.end or use.on)]
        assert [post.school for post in now] == [use.school]


def test_the_seconded_leave_at_the_end_of_their_tenure(alliance: AllianceSample) -> None:
    seconded = [each for each in alliance.staff.teachers if each.help_group]
    assert Counter(each.seconded_to for each in seconded) == {date(2024, 7, 31): 4, date(2025, 7, 31): 6}
    hours = {each.person for each in alliance.availability if each.semester == "2024-1"}
    gone = {each.id for each in seconded if each.seconded_to == date(2024, 7, 31)}
    assert hours.isdisjoint(gone)
