"""The two steps before a document is run, each behind its limits: it is read, and it is validated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from graphlib import CycleError

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    Lexer,
    OperationDefinitionNode,
    Source,
    TokenKind,
)
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.types import ExecutionContext

from graph.errors import ZaoxueError
from schema.kit.context import Context
from schema.kit.documents.limits import (
    KEPT_DOCUMENTS,
    DocumentTooLarge,
    FragmentsInCircle,
    Limits,
    OperationNotNamed,
    beyond,
)
from schema.kit.documents.measure import measure

_OPENING = (TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L)
_NUMBERS = (TokenKind.INT, TokenKind.FLOAT)
_CLOSING = (TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R)


class GuardedParser(ParserCache):
    """Reads a document once it is known to be short and flat enough for a parser that calls itself."""

    def __init__(self) -> None:
        super().__init__(maxsize=KEPT_DOCUMENTS)

    def on_parse(self) -> Iterator[None]:
        """Raises DocumentTooLarge before anything is parsed."""
        text, limits = self.execution_context.query or "", _limits(self.execution_context)
        if len(text) > limits.characters:
            raise DocumentTooLarge("characters", len(text), limits.characters)
        tokens, levels, digits = _lexed(text)
        if tokens > limits.tokens:
            raise DocumentTooLarge("tokens", tokens, limits.tokens)
        if levels > limits.depth:
            raise DocumentTooLarge("depth", levels, limits.depth)
        if digits > limits.digits:
            raise DocumentTooLarge("digits", digits, limits.digits)
        yield from super().on_parse()


class GuardedValidation(ValidationCache):
    """Validates a document whose size is known to be bearable, as the rules may compare each field with each."""

    def __init__(self) -> None:
        super().__init__(maxsize=KEPT_DOCUMENTS)

    def on_validate(self) -> Iterator[None]:
        """Sets the errors of the document: refusals of ours, else what the rules find."""
        refusals = _refusals(self.execution_context)
        if not refusals:
            for step in super().on_validate():
                self._take_errors()
                yield step
            self._teach_lane()
            return
        self.execution_context.pre_execution_errors = [
            GraphQLError(each.en, original_error=each) for each in refusals
        ]
        yield

    def _take_errors(self) -> None:
        """A list of its own: errors are told in place, and the next asker may read another language."""
        self.execution_context.pre_execution_errors = list(self.execution_context.pre_execution_errors or ())

    def _teach_lane(self) -> None:
        execution, lane = self.execution_context, getattr(self.execution_context.schema, "lane", None)
        if lane is not None and execution.graphql_document and not execution.pre_execution_errors:
            lane.learn(execution.query, execution._provided_operation_name, execution.graphql_document)


@lru_cache(maxsize=KEPT_DOCUMENTS)
def _lexed(text: str) -> tuple[int, int, int]:
    """Up to the first fault: how many tokens, how deep brackets of all kinds are nested, the longest number's length."""
    tokens = level = deepest = digits = 0
    lexer = Lexer(Source(text))
    try:
        while (kind := (token := lexer.advance()).kind) is not TokenKind.EOF:
            tokens += 1
            level += (kind in _OPENING) - (kind in _CLOSING)
            deepest = max(deepest, level)
            if kind in _NUMBERS:
                digits = max(digits, len(token.value or ""))
    except GraphQLSyntaxError:
        pass  # the parser comes upon the same place, and tells of it
    return tokens, deepest, digits


def _refusals(execution: ExecutionContext) -> list[ZaoxueError]:
    document, limits = execution.graphql_document, _limits(execution)
    assert document is not None
    # `operation_name` falls back to the first operation's, so only what was given can be asked.
    names = _names(document)
    if len(names) > 1 and execution._provided_operation_name is None:
        return [OperationNotNamed(names)]
    fragments = sum(isinstance(each, FragmentDefinitionNode) for each in document.definitions)
    if fragments > limits.fragments:
        return [DocumentTooLarge("fragments", fragments, limits.fragments)]
    try:
        size = measure(execution.schema._schema, document, execution.variables or {})
    except CycleError as circle:
        return [FragmentsInCircle(circle.args[1][::-1])]
    return list(beyond(limits, size))


def _names(document: DocumentNode) -> list[str]:
    operations = (each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    return [each.name.value if each.name else "" for each in operations]


def _limits(execution: ExecutionContext) -> Limits:
    return execution.context.limits if isinstance(execution.context, Context) else Limits()
