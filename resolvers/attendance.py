"""Who was at a session: its list, and what is said of it that must agree with the list."""

from __future__ import annotations

from collections.abc import Mapping

from graph.compiler.visibility import Visibility
from graph.errors import NotAllowedNow
from graph.model.made_ids import made_id
from graph.model.orders import Attendance, Feedback
from graph.nodes import Run, load
from resolvers.checking import refuse_all
from resolvers.rights import seen_among

_AT_SESSION = "MATCH (:Session {id: $session})<-[:AT]-(n:Attendance)"
_SAID = "MATCH (:Session {id: $session})<-[:ON]-(n:Feedback)"


def attendance_id(session: str, person: str) -> str:
    """The id that a workbook's row without one gets, too. Joined by "/", the ids of two pairs might read alike."""
    return made_id("Attendance", session, person)


async def attendances_of(run: Run, session: str) -> dict[str, Attendance]:
    """The list of a session by person: an imported one bears ids of the office's own."""
    listed = await load(run, Attendance, _AT_SESSION, session=session)
    return {each.person: each for each in listed}


async def refuse_absences_of_who_spoke(
    run: Run, sight: Visibility, session: str, absences: Mapping[int, str]
) -> None:
    """Feedback is expected from those present only: what was received must not exceed it.

    `absences` are the people told as absent, by their places in the list. Raises Faults with each who has
    given feedback; NotAllowedNow, naming nobody, where that feedback is not the viewer's to see.
    """
    if not absences:
        return
    given = await load(run, Feedback, _SAID, session=session)
    against = {each.id for each in given if each.person in absences.values()}
    if await seen_among(run, sight, "Feedback", against) != against:
        raise NotAllowedNow(
            "session",
            "名单中有未到登记与该场次已有记录不符，请联系本县教研员",
            "an absence in this list does not agree with what is kept of the session;"
            " ask a research officer of the county",
        )
    said = {each.person for each in given}
    refuse_all(
        NotAllowedNow(
            f"presences.{place}.present",
            f"{person!r} 已评价该场次，不能登记为未到",
            f"{person!r} has given feedback on that session and can't be recorded as absent",
        )
        for place, person in absences.items()
        if person in said
    )


async def refuse_who_was_not_there(run: Run, session: str, person: str) -> None:
    """Who was there may judge, and who was expected while nothing is recorded of him. Raises NotAllowedNow."""
    known = (await attendances_of(run, session)).get(person)
    if known is not None and known.present is False:
        raise NotAllowedNow(
            "person",
            f"{person!r} 在场次 {session!r} 登记为未到；如有误，请先更正签到",
            f"{person!r} is recorded as absent from session {session!r}; correct the attendance first",
        )
    if known is None:
        raise NotAllowedNow(
            "person",
            f"{person!r} 既不在应到名单也未签到，不能评价该场次",
            f"{person!r} was neither expected nor present at that session",
        )
