"""What a driver's error means for the caller: an unknown outcome is said to be one."""

from __future__ import annotations

from neo4j.exceptions import IncompleteCommit

from graph.refusals import EngineFailed, Unavailable, is_worth_retrying, refusal_of


def test_a_commit_that_was_cut_off_may_have_written_and_a_key_makes_a_retry_safe() -> None:
    refusal = refusal_of(IncompleteCommit(), "bolt://x")
    assert isinstance(refusal, Unavailable)
    assert refusal.outcome_unknown
    assert ("可能已写入" in refusal.zh, "幂等键" in refusal.zh) == (True, True)
    assert "may have been written" in refusal.en
    assert "idempotency key" in refusal.en
    assert "written" not in Unavailable().en


def test_a_failure_at_the_commit_does_not_say_that_nothing_was_written() -> None:
    known, unknown = EngineFailed(None), EngineFailed(None, outcome_unknown=True)
    assert "nothing was written" in known.en
    assert "没有写入" not in unknown.zh
    assert "it may have been written" in unknown.en
    assert is_worth_retrying(known, 1, 0.0)
    assert not is_worth_retrying(unknown, 1, 0.0)
