"""Loads the sample: raw input through the one write path, everything else by the use cases.

The keys of its calls make it safe to repeat: a second load changes nothing, an interrupted one is
completed, and more alliances can be added to those that are there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from graph.errors import ZaoxueError
from graph.store import Store, Transaction
from graph.writing import KeyReused, Outcome, commit
from resolvers.rules import keep_rules, packaged_rules
from seeds.office import Office, caller_on
from seeds.raw.alliances import SEMESTERS
from seeds.sample import DEFAULT_SEED, AllianceSample, Sample, generate
from seeds.story import Story

type Progress = Callable[[int, int, str], None]
"""Told after each step: steps done, steps in all, and what was just done (Chinese and English)."""

_SAMPLE_ALLIANCE = re.compile(r"a\d+-alliance")
_STEPS = len(SEMESTERS) + 1
_LAST_DAY = SEMESTERS[-1].end
_FIND_RECEIPT = "MATCH (r:Receipt {id: $key}) RETURN count(r) AS found"
_FIND_CLAIM = "MATCH (r:Receipt {id: $key, fingerprint: $fingerprint}) RETURN count(r) AS found"


class OtherSample(ZaoxueError):
    """The store holds a sample from another seed; the two would share ids."""

    code = "OTHER_SAMPLE"


class OfficeStore(ZaoxueError):
    """The store holds an alliance that is not the sample's; the sample is not mixed with it."""

    code = "OFFICE_STORE"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: ids of the alliances of the sample, and those that were not there before."""

    alliances: tuple[str, ...]
    added: tuple[str, ...]


async def load_sample(
    store: Store, *, seed: int = DEFAULT_SEED, scale: int = 1, progress: Progress | None = None
) -> Loaded:
    """The sample of `scale` alliances, in the store; what is there already is left alone.

    Raises OtherSample, OfficeStore, and what the store raises.
    """
    missing = [number for number in range(1, scale + 1) if not await _is_told(store, seed, number)]
    names = tuple(f"a{number}-alliance" for number in range(1, scale + 1))
    if not missing:
        return Loaded(names, ())
    await _refuse_office(store)
    await _claim(store, seed)
    sample = generate(seed, scale)
    rules = packaged_rules()
    await keep_rules(store, caller_on(SEMESTERS[0].start, None), rules)
    report = _Report(progress, len(missing) * _STEPS)
    for number in missing:
        alliance = sample.alliances[number - 1]
        office = Office(store, rules, seed, alliance.frame.prefix)
        await _tell(Story(office, alliance), sample, alliance, report)
        await _mark(store, f"{seed}/{number}", seed)
    return Loaded(names, tuple(names[number - 1] for number in missing))


async def is_half_told(store: Store, seed: int = DEFAULT_SEED) -> bool:
    """Whether a load of that seed was begun here and its first alliance is not whole yet."""
    command = caller_on(_LAST_DAY, "seed").command("markSample", {"seed": seed})
    rows = await store.read(_FIND_CLAIM, key=command.key, fingerprint=command.fingerprint)
    return rows[0]["found"] == 1 and not await _is_told(store, seed, 1)


class _Report:
    """Counts steps for whoever watches."""

    def __init__(self, progress: Progress | None, steps: int) -> None:
        self._progress = progress
        self._steps = steps
        self._done = 0

    def step(self, what: str) -> None:
        """One more step done."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._steps, what)


async def _tell(story: Story, sample: Sample, alliance: AllianceSample, report: _Report) -> None:
    await story.found(sample.shared_nouns())
    report.step(f"{alliance.frame.alliance.name}：人员与资源 people and resources")
    for place, semester in enumerate(SEMESTERS):
        await story.tell(place)
        report.step(f"{alliance.frame.alliance.name}：{semester.name}")


async def _refuse_office(store: Store) -> None:
    """Raises OfficeStore where an alliance is not the sample's: the two would share semesters and topics."""
    rows = await store.read("MATCH (a:Alliance) RETURN collect(a.id) AS ids")
    found = cast(list[str], rows[0]["ids"])
    claim = caller_on(_LAST_DAY, "seed").command("markSample", {})
    claimed = (await store.read(_FIND_RECEIPT, key=claim.key))[0]["found"] == 1
    own = sorted(id for id in found if not (claimed and _SAMPLE_ALLIANCE.fullmatch(id)))
    if own:
        raise OfficeStore(
            f"图库中已有本单位的联盟（{'、'.join(own)}），样例会覆盖同编号的学期与主题；请换一个数据目录",
            f"the store holds an office's own alliances ({', '.join(own)}), and the sample would overwrite "
            "semesters and topics of the same ids; use another data folder",
            alliances=own,
        )


async def _claim(store: Store, seed: int) -> None:
    """Mark the store as holding the sample of `seed`. Raises OtherSample for another one."""
    try:
        await _mark(store, "seed", seed)
    except KeyReused as error:
        raise OtherSample(
            "图库中已有用另一种子生成的样例；请换一个数据目录，或使用原来的种子",
            "the store holds a sample from another seed; use another data folder, or that seed",
            seed=seed,
        ) from error


async def _mark(store: Store, key: str, seed: int) -> None:
    async def work(_: Transaction) -> Outcome:
        return Outcome({"seed": seed})

    await commit(store, caller_on(_LAST_DAY, key).command("markSample", {"seed": seed}), work)


async def _is_told(store: Store, seed: int, number: int) -> bool:
    command = caller_on(_LAST_DAY, f"{seed}/{number}").command("markSample", {"seed": seed})
    rows = await store.read(_FIND_RECEIPT, key=command.key)
    return rows[0]["found"] == 1
