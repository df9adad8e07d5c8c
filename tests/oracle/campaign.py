"""Documents asked of both: the compiled schema on an engine and the oracle over the same data."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from graph.access.viewer import administrator
from graph.store import Store
from schema.kit.context import Context
from schema.root import schema
from tests.journeys.spring import RULES
from tests.oracle.declarations import read_declarations
from tests.oracle.differ import Cursors, differences, shapes
from tests.oracle.documents import Document, Ground
from tests.oracle.graph import Graph, graph_of, read_rows
from tests.oracle.listing import CURSOR
from tests.oracle.plain import Answer, Plain, Surroundings
from tests.oracle.refusals import in_english
from tests.oracle.values import GARBAGE_CURSORS, Pool

LANGUAGES = ("zh", "en")
_REQUEST = "r-1"
_REFUSED = "DOCUMENT_TOO_LARGE"
"""What the service does not execute at all, so that there is nothing to compare."""
_DECLARED = read_declarations(schema._schema)
_PLAIN, _LOOSE = Plain(_DECLARED), Plain(_DECLARED, is_loose=True)
_LABELS = {name: _PLAIN.kinds.label(name) for name in (*_DECLARED.kinds, "Person")}


@dataclass(frozen=True, slots=True)
class Difference:
    """One execution whose answers differ, told so that it can be asked again by hand."""

    document: Document
    variables: Mapping[str, Any]
    told: list[str]
    compiled: Answer
    plain: Answer

    def __str__(self) -> str:
        told = "\n".join(self.told[:5])
        return (
            f"{told}\n{self.document.text}\nvariables: {dict(self.variables)}\n"
            f"compiled: {self.compiled}\nplain: {self.plain}"
        )


@dataclass(slots=True)
class Campaign:
    """Asks documents on one engine's data, and counts what the answers exercised.

    Numbers over stored data that does not fit the schema are the engine's own refusals: ask without tallies there.
    """

    store: Store
    graph: Graph
    today: date
    cursors: Cursors = field(default_factory=Cursors)
    seen: Counter[str] = field(default_factory=Counter)
    executions: int = 0
    with_tallies: bool = True
    _kept: dict[tuple[str, str, str], tuple[Answer, Answer]] = field(default_factory=dict)
    _checked: dict[str, Any] = field(default_factory=dict)

    @classmethod
    async def on(cls, store: Store, today: date) -> Campaign:
        """A campaign over what the store holds now."""
        return cls(store, graph_of(await read_rows(store)), today)

    def again(self) -> Campaign:
        """The same campaign before anything was asked; what the oracle answered is kept."""
        return Campaign(
            self.store,
            self.graph,
            self.today,
            with_tallies=self.with_tallies,
            _kept=self._kept,
            _checked=self._checked,
        )

    def ground(self) -> Ground:
        """What documents are made from."""
        return Ground(_PLAIN.schema, _DECLARED, Pool.of(self.graph, _LABELS), self.with_tallies)

    async def differing(self, documents: Iterable[Document], mark: str = "") -> list[Difference]:
        """The executions that differ; `mark` makes documents new to whatever keeps them."""
        return [each async for each in self._asked(documents, mark)]

    async def first_differing(self, documents: Iterable[Document], mark: str = "") -> Difference | None:
        """The first execution that differs."""
        async for each in self._asked(documents, mark):
            return each
        return None

    async def _asked(self, documents: Iterable[Document], mark: str) -> AsyncIterator[Difference]:
        for number, document in enumerate(documents):
            chance, language = Random(number), LANGUAGES[number % 2]
            for variables in self._bindings(document, language, chance):
                found = await self._ask(document, variables, language, mark)
                if found is not None:
                    yield found

    def _bindings(self, document: Document, language: str, chance: Random) -> Iterator[dict[str, Any]]:
        """Each set of variables, and again with cursors of the answer that it got."""
        for binding in document.bindings:
            yield dict(binding)
            if document.cursors:
                plain, _ = self.plain(document.text, dict(binding), language)
                yield {**binding, **_drawn(document.cursors, plain.data, chance)}

    async def _ask(
        self, document: Document, variables: dict[str, Any], language: str, mark: str
    ) -> Difference | None:
        plain, loose = self.plain(document.text, variables, language)
        given = {name: self._signed(value) for name, value in variables.items()}
        compiled = await self._compiled(document.text + mark, given, language)
        self.executions += 1
        self.seen.update(shapes(plain))
        if [error["extensions"]["code"] for error in compiled.errors] == [_REFUSED]:
            self.seen[_REFUSED] += 1
            return None
        told = differences(compiled, plain, loose, self.cursors)
        return Difference(document, given, told, compiled, plain) if told else None

    def _signed(self, value: Any) -> Any:
        """The compiler's own cursor for one of ours."""
        return self.cursors.compiled.get(value, "unpaired") if _is_cursor(value) else value

    def plain(self, text: str, variables: dict[str, Any], language: str) -> tuple[Answer, Answer]:
        """The oracle's answer, and the one where each root field stands on its own."""
        key = (text, repr(variables), language)
        if key not in self._kept:
            around = Surroundings(self.graph, self.today.isoformat(), language, _REQUEST)
            if text not in self._checked:
                self._checked[text] = _PLAIN.check(text)
            plain = _PLAIN.answer(self._checked[text], variables, around)
            loose = _LOOSE.answer(self._checked[text], variables, around) if plain.errors else plain
            self._kept[key] = plain, loose
        return self._kept[key]

    async def _compiled(self, text: str, variables: dict[str, Any], language: str) -> Answer:
        result = await schema.execute(text, variable_values=variables, context_value=self._context(language))
        return Answer(result.data, [in_english(dict(error.formatted)) for error in result.errors or ()])

    def _context(self, language: str) -> Context:
        now = f"{self.today.isoformat()}T02:00:00Z"
        who = administrator("tester")
        return Context(self.store, self.today, language, b"secret", _REQUEST, who.holder, now, RULES, who)  # type: ignore[arg-type]  # one of LANGUAGES


def _is_cursor(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(CURSOR)


def _drawn(wanted: Mapping[str, str], data: Any, chance: Random) -> dict[str, str]:
    """A cursor for each variable: of its own list where the answer has one, else of any, else none at all."""
    by_key: dict[str, list[str]] = {}
    for path, cursor in _cursors(data, ()):
        by_key.setdefault(path[-3], []).append(cursor)
    everything = [cursor for each in by_key.values() for cursor in each]
    drawn: dict[str, str] = {}
    for name, key in wanted.items():
        own = by_key.get(key, [])
        choices = own if own and chance.random() < 0.9 else everything
        drawn[name] = chance.choice(choices or list(GARBAGE_CURSORS))
    return drawn


def _cursors(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if _is_cursor(value):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _cursors(each, (*path, key))
    elif isinstance(value, list):
        for each in value:
            yield from _cursors(each, path)
