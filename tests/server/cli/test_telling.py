from __future__ import annotations

import pytest

from graph.errors import Faults, InvalidInput
from server.cli.telling import FAULTS_SHOWN, complain, counted


@pytest.mark.parametrize(("number", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
def test_a_number_and_its_noun_agree(number: int, said: str) -> None:
    assert counted(number, "row") == said


@pytest.mark.parametrize(("left", "said"), [(1, "and 1 more fault\n"), (2, "and 2 more faults\n")])
def test_faults_beyond_those_shown_are_counted(
    left: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    complain(Faults([InvalidInput("x", "错", "wrong") for _ in range(FAULTS_SHOWN + left)]))

    assert said in capsys.readouterr().err
