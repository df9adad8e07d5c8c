"""Who is recorded as absent from a session says nothing of it: feedback beside attendance, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.model.orders import Attendance, Feedback
from resolvers.workbook.faults import CellFault, Disagreement
from resolvers.workbook.incoming.drafts import Draft
from resolvers.workbook.known import KnownFeedback

_Pair = tuple[object, object]


def feedback_of_absent(drafts: list[Draft], stored: Mapping[str, tuple[str, str]]) -> Iterator[CellFault]:
    """A fault for each feedback of a person whom the file, or the store, has as absent from its session.

    `stored`: attendance id → session and person of those whom the store has as absent; what the file
    says of an attendance counts in its place.
    """
    listed = [draft for draft in drafts if draft.cls is Attendance]
    told = {draft.values.get("id") for draft in listed}
    away: dict[_Pair, Draft | None] = {pair: None for id, pair in stored.items() if id not in told}
    away |= {_pair_of(draft): draft for draft in listed if draft.values.get("present") is False}
    for draft in drafts:
        if draft.cls is Feedback and _pair_of(draft) in away:
            yield _fault(draft, away[_pair_of(draft)])


def absence_of_heard(drafts: list[Draft], stored: Mapping[str, KnownFeedback]) -> Iterator[CellFault]:
    """A fault for each row by which somebody becomes absent from a session on which the store has his feedback.

    `stored`: feedback id → the feedback; what the file says of it counts in its place, and is told by
    `feedback_of_absent`.
    """
    told = {draft.values.get("id") for draft in drafts if draft.cls is Feedback}
    heard: dict[_Pair, str] = {
        (said.session, said.person): id for id, said in stored.items() if id not in told
    }
    for draft in drafts:
        code = heard.get(_pair_of(draft)) if draft.values.get("present") is False else None
        if draft.cls is Attendance and code is not None:
            zh = f"此人已评价该场次（库中 {code}），不能登记为未到"
            en = f"this person gave feedback on that session ({code} of the store): not absent"
            yield draft.fault(Disagreement, "present", zh, en)


def _pair_of(draft: Draft) -> _Pair:
    return draft.values.get("session"), draft.values.get("person")


def _fault(feedback: Draft, absence: Draft | None) -> CellFault:
    zh, en = "库中", "the store"
    if absence is not None:
        place = absence.row.place("present")
        zh, en = place.zh, place.en
    return feedback.fault(
        Disagreement,
        "person",
        f"此人在{zh}登记为未到，不能评价该场次",
        f"{en} has this person as absent: no feedback on that session",
        feedback.values.get("person"),
    )
