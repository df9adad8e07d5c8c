"""Who was there may judge, and who has judged was there."""

from __future__ import annotations

import pytest

from graph.errors import Faults, NotAllowedNow
from graph.model.terms import Rung
from graph.store import Store
from resolvers.attendance import attendances_of
from resolvers.sessions import Opinion, Presence, give_feedback, record_attendance
from tests.journeys.spring import DAYS, RULES, Ordered, hold, on
from tests.journeys.standing import unchanged
from tests.resolvers.traces import told


async def test_feedback_by_a_stranger_is_refused(formed: Store, trained: Ordered) -> None:
    async with unchanged(formed):
        with pytest.raises(NotAllowedNow) as refused:
            await give_feedback(formed, on(DAYS[1]), Opinion(trained.sessions[0], "p-12", 1, DAYS[1]), RULES)
    assert refused.value.field == "person"


async def test_feedback_by_whom_the_list_has_as_absent_is_refused(formed: Store, trained: Ordered) -> None:
    async with unchanged(formed):
        with pytest.raises(NotAllowedNow) as refused:
            await give_feedback(formed, on(DAYS[1]), Opinion(trained.sessions[0], "p-10", 4, DAYS[1]), RULES)
    assert refused.value.field == "person"
    assert refused.value.en == (
        f"'p-10' is recorded as absent from session '{trained.sessions[0]}'; correct the attendance first"
    )


async def test_feedback_may_come_before_the_list(formed: Store, ordered: Ordered) -> None:
    session = ordered.sessions[0]
    await hold(formed, session, DAYS[0], Rung.LED_ALONE, Rung.ASSISTED)
    await give_feedback(formed, on(DAYS[0]), Opinion(session, "p-10", 4, DAYS[0]), RULES)
    kept = (await attendances_of(formed.read, session))["p-10"]
    assert (kept.expected, kept.present) == (True, None)


async def test_who_has_given_feedback_is_not_recorded_as_absent(formed: Store, trained: Ordered) -> None:
    session = trained.sessions[1]
    await give_feedback(formed, on(DAYS[1]), Opinion(session, "p-06", 4, DAYS[1]), RULES)
    came = (Presence("p-05", False), Presence("p-06", False))
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await record_attendance(formed, on(DAYS[1]), session, came)
    assert told(refused.value) == [("presences.1.present", "NOT_ALLOWED_NOW")]
