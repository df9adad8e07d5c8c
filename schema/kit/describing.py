"""Descriptions that follow from a declaration: English first, then Chinese.

What a field or an argument says of itself goes before; this fills what would otherwise be empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLSchema, get_named_type

from graph.compiler.declare import Compare, Filter, Within
from graph.model.describe import Field, Noun
from graph.model.nouns import NOUNS

_TESTS = {
    "equals": ("only with this {en}", "只看该{zh}"),
    "among": ("only with one of these: {en}", "只看其中之一：{zh}"),
    "contains": ("only with this text in: {en}", "{zh}中包含的文字"),
    "at_least": ("from this on: {en}", "不早于（不小于）：{zh}"),
    "at_most": ("up to this: {en}", "不晚于（不大于）：{zh}"),
    "holds": ("only with this among: {en}", "包含该项：{zh}"),
}
_SCALARS = {
    "Date": "a day, YYYY-MM-DD. 中文：日期",
    "DateTime": "an instant, ISO 8601. 中文：时间",
    "ID": "an id among all things, `Label:code`. 中文：全局编号",
    "String": "text, UTF-8. 中文：文字",
    "Int": "a whole number, -2147483648 to 2147483647. 中文：整数",
    "Float": "a number, double precision. 中文：小数",
    "Boolean": "true or false. 中文：是或否",
}

SEARCH = (
    "plain words, all of which must occur: of a word its beginning, of Chinese each two neighbouring characters; "
    "letter case, width and punctuation do not matter. "
    "中文：检索词，须全部出现；汉字按相邻两字匹配，外文按词首匹配，不分大小写与全半角"
)
"""What a search finds, told wherever one may be asked for."""


def described(en: str, zh: str) -> str:
    """Both languages in one text; one alone where the other is missing."""
    return f"{en}. 中文：{zh}" if en and zh else en or zh


def filter_text(name: str, declared: Filter, known: Mapping[str, Field]) -> str:
    """What a filter does, from its test and the noun's own word for the property."""
    if isinstance(declared, Within):
        noun = noun_of(declared.label)
        return described(
            f"only those of this {name} (id of a {declared.label})", f"只看该{noun.zh if noun else name}"
        )
    return _comparison_text(declared, known)


def end_text(name: str, label: str) -> str:
    """What a list of nodes of a label is, from the field's name and the noun's own word."""
    words = name.replace("_", " ")
    noun = noun_of(label)
    return words if noun is None else described(words, noun.zh)


def noun_of(label: str) -> Noun | None:
    """The first noun that is kept under a label."""
    return next((noun for noun in NOUNS if noun.label == label), None)


def _comparison_text(declared: Compare, known: Mapping[str, Field]) -> str:
    fields = [known[name] for name in declared.properties if name in known]
    en, zh = _TESTS[declared.test]
    if not fields:
        return en.format(en=" or ".join(declared.properties))
    told = " or ".join(each.en for each in fields)
    return described(en.format(en=told), zh.format(zh="、".join(each.zh for each in fields)))


def describe_rest(schema: GraphQLSchema) -> None:
    """Describes what strawberry leaves without a word: terms, scalars, and inputs where they are asked for."""
    for kind in schema.type_map.values():
        if kind.name in _SCALARS:
            kind.description = _SCALARS[kind.name]
        if isinstance(kind, GraphQLEnumType):
            _describe_term(kind)
        for field in getattr(kind, "fields", {}).values():
            for argument in getattr(field, "args", {}).values():
                asked = get_named_type(argument.type)
                if argument.description is None and isinstance(asked, GraphQLInputObjectType):
                    argument.description = asked.description


def _describe_term(kind: GraphQLEnumType) -> None:
    """Each coded value is described by its labels, the term by its class."""
    term: Any = getattr(kind, "wrapped_cls", None)
    if term is None or not hasattr(next(iter(term)), "zh"):
        return
    for name, value in kind.values.items():
        member = term[name]
        value.description = value.description or described(member.en, member.zh)
    kind.description = kind.description or (term.__doc__ or "").strip().split("\n")[0]
