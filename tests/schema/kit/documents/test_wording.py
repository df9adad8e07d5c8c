"""The sentences of graphql-core in Chinese: each is brought about by a document that graphql-core itself refuses.

No English of its is copied here, so that a release that puts a sentence in other words is noticed.
"""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLError, GraphQLScalarType, Undefined, build_schema, execute_sync, parse, validate

from schema.kit.documents.wording import _PATTERNS, in_chinese
from schema.kit.errors import tell
from schema.root import schema

SCHEMA = build_schema("""
    type Query {
      trees(first: Int!, kind: Kind, where: TreeWhere, by: TreeBy, odd: Odd): [Tree!]
      counted(size: Int, weight: Float, name: String, is_old: Boolean, id: ID, sizes: [Int!]): Int
      plant: Plant
      tree: Tree
      total: Int!
      kind: Kind
    }
    interface Plant { id: ID }
    type Tree implements Plant { id: ID, kind: Kind, apples: Int, thorns: Int }
    type Rose implements Plant { id: ID, thorns: Int }
    type Rock { id: ID }
    enum Kind { APPLE, PEAR }
    input TreeWhere { apples: Int!, not: TreeWhere }
    input TreeBy @oneOf { kind: Kind, apples: Int }
    scalar Odd
""")
_odd = SCHEMA.type_map["Odd"]
assert isinstance(_odd, GraphQLScalarType)
_odd.coerce_input_literal = lambda node: Undefined  # a scalar that takes nothing

STORED = {"kind": "CHERRY", "tree": {"id": "t-1"}}


def _where(levels: int) -> dict[str, Any]:
    where: dict[str, Any] = {"apples": 1}
    for _ in range(levels):
        where = {"apples": 1, "not": where}
    return where


def _refused(document: str, variables: dict[str, Any]) -> list[GraphQLError]:
    """Why graphql-core does not read, validate or run the document."""
    try:
        parsed = parse(document)
    except GraphQLError as error:
        return [error]
    return validate(SCHEMA, parsed) or execute_sync(SCHEMA, parsed, STORED, None, variables).errors or []


# A document, its variables, and what is wrong.
REFUSED: list[tuple[str, dict[str, Any], list[str]]] = [
    # Its text.
    ("{ tree { id }", {}, ["语法错误：此处应为名称，得到的是文档结尾"]),
    ("query (x: Int) { total }", {}, ["语法错误：此处应为 '$'，得到的是名称 'x'"]),
    ("query Q }", {}, ["语法错误：此处应为 '{'，得到的是 '}'"]),
    ("qery { total }", {}, ["语法错误：此处不应出现名称 'qery'"]),
    ('{ tree(5: "a") { id } }', {}, ["语法错误：此处应为名称，得到的是整数 '5'"]),
    ("{ trees（first: 3) { id } }", {}, ["语法错误：不认识的字符 U+FF08；标点须用半角"]),
    ("{ counted(name: 'a') }", {}, ["语法错误：字符串须用双引号（\"），不用单引号（'）"]),
    ('{ counted(name: "a) }', {}, ["语法错误：字符串没有结束，缺少右边的双引号"]),
    # Its operations and fields.
    ("{ total } query A { total }", {}, ["没有名称的操作须是文档中唯一的操作"]),
    ("subscription { total }", {}, ["没有 subscription 操作"]),
    ("{ total } type A { a: Int }", {}, ["文档中只能有操作和片段，不能有 'A' 的定义"]),
    ("{ weather }", {}, ["类型 Query 没有字段 weather"]),
    ("{ tre { id } }", {}, ["类型 Query 没有字段 tre；是否想写 tree、trees？"]),
    ("{ plant { apples } }", {}, ["类型 Plant 没有字段 apples；Tree 才有，请用内联片段（... on 类型）选取"]),
    (
        "{ plant { thorns } }",
        {},
        ["类型 Plant 没有字段 thorns；Rose、Tree 才有，请用内联片段（... on 类型）选取"],
    ),
    ("{ tree }", {}, ["字段 tree 的类型是 Tree，须选取其下的字段：tree { … }"]),
    ("{ total { id } }", {}, ["字段 total 的类型是 Int!，其下没有字段；请去掉花括号"]),
    ("{ tree { a: id a: kind } }", {}, ["结果中名为 a 的几个字段互相冲突；都要的话，请各用不同的别名"]),
    ("query A { total } query A { total }", {}, ["名为 A 的操作只能有一个"]),
    # Arguments and directives.
    ("{ trees(first: 1, colour: 2) { id } }", {}, ["字段 Query.trees 没有参数 colour"]),
    ("{ trees(first: 1, kin: APPLE) { id } }", {}, ["字段 Query.trees 没有参数 kin；是否想写 kind？"]),
    ("{ trees(first: 1, first: 2) { id } }", {}, ["名为 first 的参数只能有一个"]),
    ("{ trees { id } }", {}, ["缺少参数 Query.trees(first:)，其类型为 Int!，不能省略"]),
    ("{ total @include }", {}, ["缺少参数 @include(if:)，其类型为 Boolean!，不能省略"]),
    ("{ total @skip(if: true, of: 1) }", {}, ["指令 @skip 没有参数 of；是否想写 if？"]),
    ("{ total @gone }", {}, ["没有指令 @gone"]),
    ("query @skip(if: true) { total }", {}, ["指令 @skip 不能用在 query 上"]),
    ("{ total @skip(if: true) @skip(if: true) }", {}, ["指令 @skip 在一处只能用一次"]),
    # Fragments.
    ("{ tree { ...F } }", {}, ["没有名为 F 的片段"]),
    ("{ total } fragment F on Tree { id }", {}, ["片段 F 没有用到；请引用它，或删去"]),
    ("{ tree { ...F } } fragment F on Tre { id }", {}, ["没有类型 Tre；是否想写 Tree？"]),
    ("{ tree { ...F } } fragment F on Rock { id }", {}, ["片段 F 不能用在这里：Tree 不可能是 Rock"]),
    ("{ tree { ... on Rock { id } } }", {}, ["内联片段不能用在这里：Tree 不可能是 Rock"]),
    ("{ tree { ...F } } fragment F on Int { id }", {}, ["片段 F 的类型不能是 Int：其下没有字段"]),
    ("{ tree { ... on Int { id } } }", {}, ["内联片段的类型不能是 Int：其下没有字段"]),
    (
        "{ tree { ...F } } fragment F on Tree { id } fragment F on Tree { kind }",
        {},
        ["名为 F 的片段只能有一个"],
    ),
    # Variables.
    ("{ counted(size: $n) }", {}, ["变量 $n 没有声明"]),
    ("query A { counted(size: $n) }", {}, ["变量 $n 没有声明（操作 A）"]),
    ("query ($n: Int) { total }", {}, ["变量 $n 没有用到；请使用它，或删去声明"]),
    ("query A($n: Int) { total }", {}, ["变量 $n 没有用到（操作 A）；请使用它，或删去声明"]),
    ("query ($n: Int, $n: Int) { counted(size: $n) }", {}, ["名为 $n 的变量只能有一个"]),
    (
        "query ($n: Tree) { counted(size: $n) }",
        {},
        ["变量 $n 的类型不能是 Tree：它不是输入类型", "变量 $n 的类型是 Tree，此处应为 Int"],
    ),
    ("query ($n: ID) { counted(size: $n) }", {}, ["变量 $n 的类型是 ID，此处应为 Int"]),
    (
        "query ($n: Int) { trees(first: 1, by: { apples: $n }) { id } }",
        {},
        ["变量 $n 用在 TreeBy 中，其类型应为 Int!"],
    ),
    ("query ($n: Int!) { counted(size: $n) }", {}, ["变量 $n 的值不对：没有给出；须有 Int! 的值"]),
    (
        "query ($n: Int!) { counted(size: $n) }",
        {"n": None},
        ["变量 $n 的值不对：不能是 null；须有 Int! 的值"],
    ),
    (
        "query ($n: Int) { counted(size: $n) }",
        {"n": "many"},
        ["变量 $n 的值不对：Int 应为 32 位整数，得到的是 'many'"],
    ),
    (
        "query ($n: [Int!]) { counted(sizes: $n) }",
        {"n": [1, 2**40]},
        ["变量 $n 的值不对（位于 [1]）：Int 应为 32 位整数，得到的是 1099511627776"],
    ),
    (
        "query ($w: TreeWhere) { trees(first: 1, where: $w) { id } }",
        {"w": {"apples": 1, "not": {"apples": "x"}}},
        ["变量 $w 的值不对（位于 not.apples）：Int 应为 32 位整数，得到的是 'x'"],
    ),
    (
        "query ($k: Kind) { trees(first: 1, kind: $k) { id } }",
        {"k": "APLE"},
        ["变量 $k 的值不对：枚举 Kind 没有值 APLE；是否想写 APPLE？"],
    ),
    (
        "query ($w: TreeWhere) { trees(first: 1, where: $w) { id } }",
        {"w": _where(1_000)},
        ["变量的值嵌套过深"],
    ),
    (
        "query ($n: Int = 1) { trees(first: $n) { id } }",
        {"n": None},
        ["参数 first 的值不对：变量 $n 是 null；此处须有 Int! 的值"],
    ),
    # Values.
    ("{ trees(first: null) { id } }", {}, ["不能是 null；须有 Int! 的值"]),
    ('{ counted(size: "1") }', {}, ['Int 应为 32 位整数，得到的是 "1"']),
    ('{ counted(weight: "1") }', {}, ['Float 应为数字，得到的是 "1"']),
    ("{ counted(name: 1) }", {}, ["String 应为字符串，得到的是 1"]),
    ("{ counted(is_old: 1) }", {}, ["Boolean 应为 true 或 false，得到的是 1"]),
    ("{ counted(id: 1.5) }", {}, ["ID 应为字符串或整数，得到的是 1.5"]),
    ("{ trees(first: 1, where: 5) { id } }", {}, ["应为输入对象 TreeWhere，得到的是 5"]),
    ("{ trees(first: 1, where: {}) { id } }", {}, ["TreeWhere 须有字段 apples，得到的是 {  }"]),
    (
        "{ trees(first: 1, where: { apples: 1, stones: 2 }) { id } }",
        {},
        ["TreeWhere 没有字段 stones，得到的是 { apples: 1, stones: 2 }"],
    ),
    (
        "{ trees(first: 1, where: { apples: 1, nott: 2 }) { id } }",
        {},
        ["TreeWhere 没有字段 nott；是否想写 not？得到的是 { apples: 1, nott: 2 }"],
    ),
    ("{ trees(first: 1, where: { apples: 1, apples: 2 }) { id } }", {}, ["名为 apples 的输入字段只能有一个"]),
    ("{ trees(first: 1, by: {}) { id } }", {}, ["TreeBy 须恰好有一个字段，其值不能是 null"]),
    ("{ trees(first: 1, odd: 5) { id } }", {}, ["应为 Odd 的值，得到的是 5"]),
    ("{ trees(first: 1, kind: CHERRY) { id } }", {}, ["枚举 Kind 没有值 CHERRY"]),
    (
        '{ trees(first: 1, kind: "APPLE") { id } }',
        {},
        ['应为枚举 Kind 的值，得到的是 "APPLE"；是否想写 APPLE？'],
    ),
    # What is stored.
    ("{ total }", {}, ["字段 Query.total 须有值，图库中却没有"]),
    ("{ kind }", {}, ["枚举 Kind 没有值 'CHERRY'"]),
]


def _used(message: str) -> list[str]:
    """Which Chinese sentences tell the message, the one within the other."""
    for pattern, zh in _PATTERNS:
        if found := pattern.fullmatch(message):
            return [zh, *_used(found.groupdict().get("why") or "")]
    return []


@pytest.mark.parametrize(("document", "variables", "zh"), REFUSED)
def test_what_graphql_core_refuses_is_told_in_chinese(
    document: str, variables: dict[str, Any], zh: list[str]
) -> None:
    errors = _refused(document, variables)
    assert [in_chinese(each.message) for each in errors] == zh


def test_an_error_keeps_its_place_and_its_english_beside_the_chinese() -> None:
    (error,) = _refused("{ weather }", {})
    told = tell(error, None)
    assert (told.message, told.locations) == ("类型 Query 没有字段 weather", error.locations)
    assert told.extensions == {"code": "BAD_REQUEST", "data": {"original": error.message}}


def test_what_is_known_in_english_alone_stays_english() -> None:
    (error,) = _refused('{ counted(name: "\\q") }', {})
    assert in_chinese(error.message) == "语法错误：" + error.message.removeprefix("Syntax Error: ")
    told = tell(GraphQLError("The orchard is closed."), None)
    assert (told.message, told.extensions) == ("The orchard is closed.", {"code": "BAD_REQUEST"})


def test_a_list_of_errors_that_is_cut_off_says_so() -> None:
    fields = validate(SCHEMA, parse(f"{{ {' '.join(f's{number}' for number in range(101))} }}"))
    variables = _refused("query ($n: [Int!]) { counted(sizes: $n) }", {"n": ["x"] * 51})
    assert in_chinese(fields[-1].message) == "错误过多，其余未列出"
    assert in_chinese(variables[-1].message) == "变量的错误过多，其余未列出"


def test_a_date_that_is_none_is_told_with_one_that_would_be() -> None:
    document = parse('query ($day: Date = "soon") { needs(first: $day) { totalCount } }')
    told = [in_chinese(each.message) for each in validate(schema._schema, document)]
    assert told == ["Date 应为 2025-09-01 这样的日期，得到的是 soon", "变量 $day 的类型是 Date，此处应为 Int"]


def test_no_sentence_is_kept_that_nobody_says() -> None:
    said = [each.message for document, variables, _ in REFUSED for each in _refused(document, variables)]
    unsaid = [zh for _, zh in _PATTERNS if zh not in {used for message in said for used in _used(message)}]
    # Each of these has a test of its own.
    assert unsaid == [
        "语法错误：{detail}",
        "Date 应为 2025-09-01 这样的日期，得到的是 {value}",
        "错误过多，其余未列出",
        "变量的错误过多，其余未列出",
    ]


@pytest.mark.parametrize(
    "message",
    [
        "Enum 'x' cannot represent non-enum value: " + "a. Did you mean the enum value 'a', " * 50_000,
        "Expected value of type 'x' not to include unknown field 'f'. Did you mean " + "x? Found: " * 50_000,
        "Fields 'x' conflict because " + "they do. Use " * 50_000,
    ],
)
def test_a_long_message_is_looked_through_once(message: str) -> None:
    assert in_chinese(message) is None  # a pattern that went back for each place would take minutes
