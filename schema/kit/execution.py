"""The executable schema: strawberry's, with finished parts of an answer passed on as they are.

graphql-core walks only where a Python resolver sits, and where stored data surprises the compiler.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import strawberry
from graphql import GraphQLError, GraphQLInterfaceType, GraphQLSchema
from strawberry.exceptions import UnresolvedFieldTypeError
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from graph.compiler.catalogue import SchemaFault
from graph.compiler.plan import Completed, Raw
from schema.kit.annotations import declared_subtypes
from schema.kit.catalogue import compile_schema
from schema.kit.describing import describe_rest
from schema.kit.documents.guarding import GuardedParser, GuardedValidation
from schema.kit.errors import tell
from schema.kit.lane import Lane


class GraphExecutor(StrawberryGraphQLCoreExecutionContext):
    """Passes finished values on, and knows the type of a raw one by its tag.

    The three methods are private to graphql-core 3.3; `tests/schema/kit/test_execution.py` is the canary.
    """

    def complete_object_value(
        self,
        return_type: Any,
        field_details_list: Any,
        info: Any,
        path: Any,
        result: Any,
        position_context: Any,
    ) -> Any:
        """As graphql-core, which would refuse a value of no strawberry class."""
        if type(result) is Completed:
            return result.value
        if type(result) is Raw:
            return self.collect_and_execute_subfields(
                return_type, field_details_list, path, result, position_context
            )
        return super().complete_object_value(
            return_type, field_details_list, info, path, result, position_context
        )

    def complete_abstract_value(
        self,
        return_type: Any,
        field_details_list: Any,
        info: Any,
        path: Any,
        result: Any,
        position_context: Any,
    ) -> Any:
        """As graphql-core, with the type by the stored tag."""
        if type(result) is Completed:
            return result.value
        if type(result) is Raw:
            kind = self.ensure_valid_runtime_type(
                result.type_name, return_type, field_details_list, info, result
            )
            return self.collect_and_execute_subfields(
                kind, field_details_list, path, result, position_context
            )
        return super().complete_abstract_value(
            return_type, field_details_list, info, path, result, position_context
        )


class GraphSchema(strawberry.Schema):
    """A strawberry schema that tells every error in its own way, also those before execution.

    `lane` answers the documents that it has learnt.
    """

    lane: Lane

    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Tells the errors of a result, in place; what was not raised on purpose is logged once."""
        errors[:] = [tell(error, getattr(execution_context, "context", None)) for error in errors]


def build_schema(
    query: type,
    mutation: type | None = None,
    *,
    types: Sequence[type] = (),
    extensions: Sequence[Any] = (),
) -> GraphSchema:
    """The executable schema. Raises SchemaFault for what can't be served as declared."""
    known = list(types)
    while True:
        schema = _schema(query, mutation, known, extensions)
        missing = [cls for cls in _implementations(schema._schema) if cls not in known]
        if not missing:
            break
        known += missing
    schema.lane = Lane(schema._schema, compile_schema(schema._schema))
    describe_rest(schema._schema)
    return schema


def _schema(
    query: type,
    mutation: type | None,
    types: list[type],
    extensions: Sequence[Any],
) -> GraphSchema:
    try:
        return GraphSchema(
            query,
            mutation,
            types=types,
            extensions=[GuardedParser, GuardedValidation, *extensions],
            execution_context_class=GraphExecutor,
            config=StrawberryConfig(),
        )
    except UnresolvedFieldTypeError as fault:
        raise SchemaFault(query.__name__, f"有未声明的类型：{fault}", f"undeclared type: {fault}") from fault
    except TypeError as fault:
        raise _cause(fault) from fault


def _cause(fault: BaseException) -> BaseException:
    """What went wrong below the errors that graphql-core wraps around it while it builds a type."""
    found: BaseException | None = fault
    while found is not None and not isinstance(found, SchemaFault):
        found = found.__cause__
    return found or fault


def _implementations(schema: GraphQLSchema) -> list[type]:
    """The declared types behind the interfaces that the schema reaches, `Node` aside."""
    found: list[type] = []
    for kind in schema.type_map.values():
        origin: Any = getattr(kind.extensions.get("strawberry-definition"), "origin", None)
        if isinstance(kind, GraphQLInterfaceType) and hasattr(origin, "__graph__"):
            found += declared_subtypes(origin)
    return found
