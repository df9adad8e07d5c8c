"""The words of a text, as searching sees them: the same for what is stored and for what is asked.

Width, letter case and punctuation do not matter. Letters and digits make words, of which the beginning is
enough; Chinese and Japanese, which put no spaces between words, are cut into each two neighbouring characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

SEARCHED = "searched"
"""The property of a node that holds the words of its searched properties, each with a space in front."""
LONGEST_WORD = 40
"""How many characters of a word count: an index takes no word of any length."""

_REMEMBERED = 10_000
"""Characters that are looked up once: more than a language has."""

_UNSPACED = (
    (0x3005, 0x3007),  # 々〆〇
    (0x3041, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_CHARACTER = "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED) + "]"
_GAP = re.compile(rf"(?<={_CHARACTER})\s+(?={_CHARACTER})")


def index_of(label: str) -> str:
    """The name of the full-text index of a label's nodes: the embedded engine gives no other."""
    return f"{label}[{SEARCHED}]"


def words_of(text: str) -> list[str]:
    """The words of a text that is asked for, each once; none for a text without letters and digits."""
    return list(
        dict.fromkeys(word for run, cut in _runs(_folded(text)) for word in (_pairs(run) if cut else [run]))
    )


def searched_text(values: Iterable[str | None]) -> str | None:
    """What `SEARCHED` holds for a node with those texts; None where there is none.

    A text holds a word that is asked for exactly if this contains it with a space in front. A space between two
    Chinese characters is for the eye, as in a name of two in a column of names of three.
    """
    kept: dict[str, None] = {}
    texts = (_GAP.sub("", _folded(value)) for value in values if value)
    for run, is_unspaced in (each for text in texts for each in _runs(text)):
        # The last character begins no pair: alone it must be found, too.
        kept.update(dict.fromkeys([*_pairs(run), run[-1]] if is_unspaced else [run]))
    return "".join(f" {word}" for word in kept) or None


def in_text(words: Sequence[str]) -> list[str]:
    """What a searched text must contain, all of it, for these words to be found there."""
    return [f" {word}" for word in words]


def for_index(words: Sequence[str]) -> str:
    """The same in the query language of the full-text indexes; words hold none of its signs."""
    return " ".join(f"+{word}" if _is_pair(word) else f"+{word}*" for word in words)


def _is_pair(word: str) -> bool:
    return len(word) == 2 and _is_unspaced(word[0])


def _pairs(run: str) -> list[str]:
    return [one + other for one, other in pairwise(run)] or [run]


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """The stretches of letters and digits, and whether each is of a script without spaces."""
    for kind, characters in groupby(text, _kind):
        run = "".join(characters)
        if kind is not None:
            yield (run, True) if kind else (run[:LONGEST_WORD], False)


def _folded(text: str) -> str:
    """The text without what makes no other word of it: width, letter case, hints to a renderer."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(_is_seen, unicodedata.normalize("NFKC", plain).lower()))


@lru_cache(_REMEMBERED)
def _is_seen(character: str) -> bool:
    """Whether it is more than a hint to a renderer, such as a soft hyphen or a variation selector."""
    return unicodedata.category(character) != "Cf" and not 0xFE00 <= ord(character) <= 0xFE0F


@lru_cache(_REMEMBERED)
def _kind(character: str) -> bool | None:
    """Whether it is of a script without spaces; None for what is in no word."""
    if unicodedata.category(character)[0] not in "LNM":
        return None
    return _is_unspaced(character)


def _is_unspaced(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _UNSPACED)
