"""Texts as offices type them, made plain: blanks, invisible characters, full-width forms, lists."""

from __future__ import annotations

import re
import unicodedata

LIST_JOINT = "；"
"""What joins the parts of one cell on export."""

_BREAKS = re.compile("\r\n?|\u2028|\u2029")
# what XML cannot carry, what nobody sees, and the marks left by copying from a browser or a PDF
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BLANK = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f]")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PARTS = re.compile("[；;，,、\n]")
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LOOSE = re.compile(r"[\s_]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")
_DASHES = re.compile("[\u2010-\u2015\u2212~\uff5e\u301c]")


def clean_text(text: str) -> str:
    """The text without blanks at its ends and without characters that nobody sees; lines are kept."""
    seen = _BLANK.sub(" ", _UNSEEN.sub("", _BREAKS.sub("\n", text)))
    return seen.strip(" \n\u3000")


def clean_id(text: str) -> str:
    """An id in half-width characters and without blanks at its ends."""
    return unicodedata.normalize("NFKC", clean_text(text)).strip()


def clean_name(text: str) -> str:
    """A person's name; blanks that pad a Chinese name of two characters are taken out."""
    return _BETWEEN_HAN.sub("", clean_text(text))


def fold(text: str) -> str:
    """What two spellings of one word share: half-width, one case, no blanks or underscores, plain dashes."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", clean_text(text)))
    return _LOOSE.sub("", plain.casefold())


def split_list(text: str) -> list[str]:
    """The parts of a cell that holds a list, cleaned, each once, in the order in which they stand."""
    parts = (clean_text(part) for part in _PARTS.split(clean_text(text)))
    return list(dict.fromkeys(part for part in parts if part))


def unescape(text: str) -> str:
    """Excel's `_x000D_` for a character that XML cannot hold, turned back into that character."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def characters(text: str) -> int:
    """How many characters of a cell the text takes as it is written: UTF-16 units, of escapes too."""
    return len(escape(text).encode("utf-16-le", "surrogatepass")) // 2


def escape(text: str) -> str:
    """The text with whatever looks like such an escape protected, so that `unescape` gives it back."""
    return _LIKE_ESCAPE.sub("_x005F_", text)
