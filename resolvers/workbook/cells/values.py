"""One cell's value as its field wants it: text, id, number, yes or no, coded term, date, or a list."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from openpyxl.utils.datetime import WINDOWS_EPOCH

from graph.model.describe import Field
from graph.model.terms import Term
from resolvers.workbook.cells.dates import Misread, read_date
from resolvers.workbook.cells.text import clean_id, clean_name, clean_text, fold, split_list
from resolvers.workbook.faults import CellFault, MissingValue, WrongDate, WrongNumber, WrongValue

YES = frozenset(("是", "有", "对", "yes", "y", "true", "t", "√", "✓", "✔", "☑", "1", "1.0"))
NO = frozenset(("否", "无", "没有", "错", "no", "n", "false", "f", "×", "✗", "✘", "0", "0.0"))
STILL = frozenset(("至今", "现在", "今", "迄今", "present", "now"))
"""How offices write that something has no end."""

_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_LEADING = re.compile(r"([-+]?\d+(?:\.\d+)?)\D*")
_MOST_DIGITS = 15
_MOST_TYPED = 100
"""Most digits of a number typed as text: none of ours comes near, and no other is worth computing."""


@dataclass(frozen=True, slots=True)
class Read:
    """A value as the field wants it, and a remark in both languages where something was assumed."""

    value: object
    remark: tuple[str, str] | None = None


def is_closing(field: Field) -> bool:
    """Whether the field ends a stretch of time, so that a month alone means its last day."""
    return field.kind is date and (field.name == "end" or field.name.endswith("_to"))


def read_value(field: Field, raw: object, epoch: datetime = WINDOWS_EPOCH) -> Read:
    """What the cell's `raw` value means in that field; `raw` is no blank.

    Raises Misread with what is wrong and what would be right; `fault_class` names the kind of fault.
    """
    if isinstance(raw, float) and not math.isfinite(raw):
        raise Misread("这个数字超出 Excel 的范围", "the number is beyond what Excel holds")
    if field.many:
        return Read(_read_list(field, raw))
    if field.kind is date:
        return _read_date(field, raw, epoch)
    return Read(_read_one(field, raw))


def fault_class(field: Field) -> type[CellFault]:
    """The kind of fault that a misread value of the field is."""
    if field.kind is date:
        return WrongDate
    return WrongNumber if field.kind in (int, float) else WrongValue


def is_blank(raw: object) -> bool:
    """Whether a cell holds nothing that anybody can see."""
    return raw is None or (isinstance(raw, str) and not clean_text(raw))


def missing(field: Field) -> tuple[type[CellFault], str, str]:
    """The fault of a blank cell in a field that must be filled."""
    zh, en = wanted(field)
    return MissingValue, f"必填，{zh}", f"must be filled: {en}"


def wanted(field: Field) -> tuple[str, str]:
    """What the field takes, said in Chinese and English."""
    if issubclass(field.kind, Term):
        return "应为：" + "、".join(_labels(field.kind)), "one of: " + ", ".join(_labels(field.kind, "en"))
    if field.reference is not None:
        return "应为编号", f"the id of a {field.reference.label} is wanted"
    return {
        bool: ("应为 是 或 否", "yes or no is wanted"),
        int: ("应为整数", "a whole number is wanted"),
        float: ("应为数字", "a number is wanted"),
        date: ("应为日期，如 2024-03-01", "a date is wanted, such as 2024-03-01"),
    }.get(field.kind, ("应为文字", "a text is wanted"))


def _labels(kind: type[Term], language: str = "zh") -> list[str]:
    return [term.label(language) for term in kind]


def _read_list(field: Field, raw: object) -> tuple[object, ...]:
    if field.reference is not None:
        ids = [clean_id(part) for part in split_list(_id_text(raw))]
        return tuple(sorted(set(ids)))
    parts = split_list(raw if isinstance(raw, str) else _plain(raw))
    if issubclass(field.kind, Term):
        return tuple(dict.fromkeys(_read_term(field.kind, part) for part in parts))
    return tuple(parts)


def _read_date(field: Field, raw: object, epoch: datetime) -> Read:
    closes = is_closing(field)
    if closes and field.optional and isinstance(raw, str) and fold(raw) in STILL:
        return Read(None)
    found = read_date(raw, closes, epoch)
    if not found.assumed:
        return Read(found.day)
    zh, en = f"“{raw}”读作 {found.day}", f"{raw!r} was read as {found.day}"
    return Read(found.day, (zh, en))


def _read_one(field: Field, raw: object) -> object:
    if field.reference is not None or field.name == "id":
        return clean_id(_id_text(raw))
    if field.kind is bool:
        return _read_bool(raw)
    if field.kind in (int, float):
        return _read_number(raw, whole=field.kind is int)
    if issubclass(field.kind, Term):
        return _read_term(field.kind, _plain(raw))
    text = _plain(raw)
    return clean_name(text) if field.name == "name" else clean_text(text)


def _id_text(raw: object) -> str:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if abs(raw) >= 10**_MOST_DIGITS:
            raise Misread(
                "Excel 的数字只保留 15 位，请把单元格设为文本再填编号",
                "Excel keeps 15 digits of a number: format the cell as text, then type the id",
            )
        return _plain(raw)
    return _plain(raw)


def _plain(raw: object) -> str:
    """A cell's value as its reader sees it; refuses what Excel turned into a date or a yes/no."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, date | time | timedelta):
        raise Misread(
            "Excel 把它变成了日期，请把单元格设为文本后重新填写",
            "Excel has made a date of it: format the cell as text and type it again",
        )
    if isinstance(raw, bool):
        raise Misread("这里不应填是或否", "yes or no has no place here")
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


def _read_bool(raw: object) -> bool:
    word = fold(str(raw))
    if word in YES:
        return True
    if word in NO:
        return False
    raise Misread("应为 是 或 否", "yes or no is wanted")


def _read_number(raw: object, whole: bool) -> float:
    zh, en = ("应为整数", "a whole number is wanted") if whole else ("应为数字", "a number is wanted")
    if isinstance(raw, bool | date | time | timedelta):
        raise Misread(zh, en)
    number = raw if isinstance(raw, int | float) else _number_in(str(raw), zh, en)
    if not whole:
        return float(number)
    if number != int(number):
        raise Misread(f"{zh}，如 {int(number)}", f"{en}, such as {int(number)}")
    return int(number)


def _number_in(text: str, zh: str, en: str) -> float:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", clean_text(text)))
    if _NUMBER.fullmatch(plain):
        digits = plain.replace(",", "")
        if len(digits) > _MOST_TYPED:
            raise Misread(f"{zh}，数字太长", f"{en}, of fewer digits")
        return float(digits) if "." in digits else int(digits)
    if plain.endswith("%") and _NUMBER.fullmatch(plain[:-1]):
        share = float(plain[:-1].replace(",", "")) / 100
        raise Misread(f"{zh}，请写 {share:g}", f"{en}: write {share:g}")
    if found := _LEADING.fullmatch(plain):
        raise Misread(f"{zh}，只写数字：{found[1]}", f"{en}: write {found[1]} alone")
    raise Misread(zh, en)


@cache
def _spellings(kind: type[Term]) -> Mapping[str, Term]:
    """Every folded spelling of a coded term: its label in both languages, its name, its label's stem."""
    found: dict[str, Term] = {}
    for term in kind:
        for word in (term.zh, term.en, term.name):
            found[fold(word)] = term
    for term in kind:
        for word in (term.zh, term.en):
            found.setdefault(fold(word).partition("(")[0], term)
    return found


def _read_term(kind: type[Term], text: str) -> Term:
    spellings, word = _spellings(kind), fold(text)
    if word in spellings:
        return spellings[word]
    near = difflib.get_close_matches(word, spellings, n=1, cutoff=0.5)
    zh, en = "应为：" + "、".join(_labels(kind)), "one of: " + ", ".join(_labels(kind, "en"))
    if near:
        term = spellings[near[0]]
        raise Misread(f"{zh}（是不是 {term.zh}？）", f"{en} (did you mean {term.en}?)")
    raise Misread(zh, en)
