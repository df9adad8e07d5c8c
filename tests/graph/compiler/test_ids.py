"""Global ids are `Label:id` and nothing else."""

from __future__ import annotations

import pytest

from graph.compiler.ids import MalformedId, global_id, own_id, split_id


def test_an_id_keeps_colons_of_the_own_id() -> None:
    assert split_id(global_id("School", "a:b")) == ("School", "a:b")


@pytest.mark.parametrize("given", ["", "School", "School:", ":s-1", "a b:c"])
def test_a_text_of_another_form_is_refused(given: str) -> None:
    with pytest.raises(MalformedId) as refused:
        split_id(given)
    assert refused.value.data["value"] == given


def test_the_id_of_another_kind_is_refused_by_the_arguments_name() -> None:
    with pytest.raises(MalformedId) as refused:
        own_id("Topic:t-1", "School", "school")
    assert refused.value.data == {"field": "school", "value": "Topic:t-1", "wanted": "School"}
