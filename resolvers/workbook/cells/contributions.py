"""The contributions of a recommendation in three cells: the figures, and a sentence a rule, twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from resolvers.workbook.cells.dates import Misread
from resolvers.workbook.cells.text import LIST_JOINT, clean_text, split_list

_PART = re.compile(r"([^\W_][\w\-./]*)=([-+]?\d+)")
_SENTENCE = re.compile(r"([^\W_][\w\-./]*)[：:](.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """What one rule, named by its key, added to the score, in millionths."""

    key: str
    millionths: int


def read_parts(cell: object) -> list[Part]:
    """The parts of a cell such as `topic=300000；text=50000`. Raises Misread."""
    parts: dict[str, Part] = {}
    for text in split_list(cell) if isinstance(cell, str) else ():
        found = _PART.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
        if found is None:
            raise Misread(
                f"应为“规则代号=百万分点”，以；分隔，“{text}”不是",
                f"key=millionths joined by ； is wanted, {text!r} is not",
            )
        if found[1] in parts:
            raise Misread(f"规则 {found[1]} 出现了两次", f"the rule {found[1]!r} is there twice")
        parts[found[1]] = Part(found[1], int(found[2]))
    return list(parts.values())


def write_parts(parts: Iterable[Part]) -> str:
    """The cell that `read_parts` reads back."""
    return LIST_JOINT.join(f"{part.key}={part.millionths}" for part in parts)


def read_sentences(cell: object) -> dict[str, str]:
    """Rule key → sentence, of a cell with one line a rule: `key：sentence`. Raises Misread."""
    found: dict[str, str] = {}
    for line in cell.split("\n") if isinstance(cell, str) else ():
        sentence = _SENTENCE.fullmatch(clean_text(line))
        if sentence is None and clean_text(line):
            zh, en = f"每行应为“规则代号：理由”，“{line}”不是", f"each line is key：sentence, {line!r} is not"
            raise Misread(zh, en)
        if sentence is not None:
            found[sentence[1]] = clean_text(_unfolded(sentence[2]))
    return found


def write_sentences(sentences: Iterable[tuple[str, str]]) -> str:
    """The cell that `read_sentences` reads back: a line for each (rule key, sentence)."""
    return "\n".join(f"{key}：{_folded(clean_text(text))}" for key, text in sentences)


def _folded(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unfolded(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)
