"""People who share a name: each must be told apart, in the file and against the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graph.model.people import Person
from resolvers.workbook.cells.text import clean_name, fold
from resolvers.workbook.faults import CellFault, Namesake
from resolvers.workbook.incoming.drafts import Draft
from resolvers.workbook.known import KnownIds


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Somebody with that name: a row of the file, or (without a draft) a person of the store."""

    code: str
    distinguisher: str | None
    draft: Draft | None

    @property
    def zh(self) -> str:
        return self.draft.row.place("name").zh if self.draft is not None else f"库中的 {self.code}"

    @property
    def en(self) -> str:
        return self.draft.row.place("name").en if self.draft is not None else f"{self.code} of the store"


def namesakes(drafts: list[Draft], known: KnownIds) -> Iterator[CellFault]:
    """A fault for each row of a person whom nothing tells from somebody else of the same name."""
    for bearers in _by_name(drafts, known).values():
        if len(bearers) < 2:
            continue
        for bearer in bearers:
            if bearer.draft is None:
                continue
            rivals = [each for each in bearers if each is not bearer and not _told_apart(bearer, each)]
            if rivals:
                yield _fault(bearer, bearer.draft, rivals)


def _told_apart(one: _Bearer, other: _Bearer) -> bool:
    marks = [fold(each.distinguisher) if each.distinguisher else None for each in (one, other)]
    return None not in marks and marks[0] != marks[1]


def _fault(bearer: _Bearer, draft: Draft, rivals: list[_Bearer]) -> CellFault:
    shown = rivals[:3]
    zh = f"与{'、'.join(each.zh for each in shown)}同名，请在各行填写互不相同的“同名区分”（如学校或出生年代）"
    en = (
        f"the same name as {', '.join(each.en for each in shown)}: fill 同名区分 differently for each of them"
    )
    if any(each.draft is None for each in shown):
        zh += "；库中的人也请写进文件"
        en += "; write the one of the store into the file too"
    return draft.fault(Namesake, "name", zh, en, draft.values.get("name"))


def _by_name(drafts: list[Draft], known: KnownIds) -> dict[str, list[_Bearer]]:
    found: dict[str, list[_Bearer]] = defaultdict(list)
    in_file = set()
    for draft in drafts:
        name, code = draft.values.get("name"), draft.values.get("id")
        if draft.cls is Person and isinstance(name, str) and isinstance(code, str):
            in_file.add(code)
            mark = draft.values.get("distinguisher")
            found[fold(name)].append(_Bearer(code, mark if isinstance(mark, str) else None, draft))
    for code, person in known.people.items():
        if code not in in_file:
            found[fold(clean_name(person.name))].append(_Bearer(code, person.distinguisher, None))
    return found
