"""Which nodes are found by words: those whose texts hold every one."""

from __future__ import annotations

from graph.model.nouns import NOUNS
from graph.words import searched_text, words_of
from tests.oracle.graph import Node
from tests.oracle.kinds import Kinds
from tests.oracle.refusals import no_words, too_long

LONGEST = 200
TEXTS = {noun.label: noun.searched for noun in NOUNS if noun.searched}
"""The properties whose words are found, by label."""


def searched(given: str, kind: str, kinds: Kinds, at: str) -> list[str]:
    """The words that are asked for. Raises Refusal."""
    for name in TEXTS[kinds.label(kind)]:
        kinds.refuse_hidden(kind, name, at)
    if len(given) > LONGEST:
        raise too_long(at)
    words = words_of(given)
    if not words:
        raise no_words(given, at)
    return words


def has_words(node: Node, words: list[str]) -> bool:
    """Whether the node's texts hold all the words; of a word its beginning is enough."""
    text = text_of(node)
    return all(f" {word}" in text for word in words)


def text_of(node: Node) -> str:
    """The words of a node's texts, each with a space in front."""
    return searched_text(node.get(name) for name in TEXTS.get(node.label, ())) or ""
