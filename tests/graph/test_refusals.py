"""What a driver's error means for the caller: an unknown outcome is said to be one."""

from __future__ import annotations

import pytest
from neo4j.exceptions import ClientError, IncompleteCommit, Neo4jError

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
    assert "重试不会重复写入" in unknown.zh
    assert "is not written twice" in unknown.en
    assert is_worth_retrying(known, 1, 0.0)
    assert not is_worth_retrying(unknown, 1, 0.0)


@pytest.mark.parametrize("name", ["TransactionNotFound", "Terminated", "TransactionTimedOut"])
def test_a_transaction_that_the_engine_dropped_is_its_failure_and_no_mistake_of_ours(name: str) -> None:
    code = f"Neo.ClientError.Transaction.{name}"
    error = Neo4jError._hydrate_neo4j(code=code, message="The request failed")
    assert isinstance(error, ClientError)
    refusal = refusal_of(error, "bolt://x")
    assert isinstance(refusal, EngineFailed)
    assert refusal.data == {"engine_code": code, "outcome_unknown": False}


def test_a_mistake_in_a_statement_is_no_refusal() -> None:
    error = Neo4jError._hydrate_neo4j(code="Neo.ClientError.Statement.SyntaxError", message="RETRUN")
    assert refusal_of(error, "bolt://x") is None
