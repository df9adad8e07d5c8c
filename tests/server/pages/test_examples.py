"""The example queries: each is valid under the printed contract, with its variables, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from graphql import FieldNode, GraphQLSchema, OperationDefinitionNode, build_schema, parse, validate
from graphql.execution.values import get_variable_values

from server.pages.tabs import Tab, read_tabs

CONTRACT = Path(__file__).parents[3] / "schema" / "schema.graphql"
TABS = read_tabs()


@pytest.fixture(scope="module")
def contract() -> GraphQLSchema:
    """The printed contract, as a schema."""
    return build_schema(CONTRACT.read_text(encoding="utf-8"))


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.en.split(":")[0])
def test_an_example_is_one_valid_named_operation_with_valid_variables(
    contract: GraphQLSchema, tab: Tab
) -> None:
    document = parse(tab.query)
    assert validate(contract, document) == []
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert operation.name is not None
    values = json.loads(tab.variables or "{}")
    assert not isinstance(get_variable_values(contract, operation.variable_definitions or (), values), list)
    assert set(values) == {each.variable.name.value for each in operation.variable_definitions or ()}


def test_the_examples_follow_the_main_job() -> None:
    fields = [
        field.name.value
        for tab in TABS
        for operation in parse(tab.query).definitions
        if isinstance(operation, OperationDefinitionNode)
        for field in operation.selection_set.selections
        if isinstance(field, FieldNode)
    ]
    assert fields == [
        "needs",
        "recommendOrders",
        "indicators",
        "teachers",
        "raiseRequest",
        "formNeeds",
        "issueRecommendations",
        "decideRecommendation",
        "placeOrder",
        "deliverSession",
        "recordAttendance",
        "giveFeedback",
        "recommendResources",
    ]
