"""What graphql-core says of a document and its variables, in Chinese; it knows English alone.

Each sentence stands here beside its Chinese, with the same parts in braces. What has changed with a new release of
graphql-core, or is rare, stays in English: `tests/schema/kit/documents/test_wording.py` finds what has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SENTENCES = (
    # The document's text.
    (
        "Syntax Error: Expected {token}, found {other_token}.",
        "语法错误：此处应为{token}，得到的是{other_token}",
    ),
    ("Syntax Error: Unexpected {token}.", "语法错误：此处不应出现{token}"),
    ("Syntax Error: Unexpected character: {value}.", "语法错误：不认识的字符 {value}；标点须用半角"),
    (
        "Syntax Error: Unexpected single quote character ('), did you mean to use a double quote (\")?",
        "语法错误：字符串须用双引号（\"），不用单引号（'）",
    ),
    ("Syntax Error: Unterminated string.", "语法错误：字符串没有结束，缺少右边的双引号"),
    ("Syntax Error: {detail}", "语法错误：{detail}"),
    # Its operations and fields.
    ("This anonymous operation must be the only defined operation.", "没有名称的操作须是文档中唯一的操作"),
    ("The {kind} operation is not supported by the schema.", "没有 {kind} 操作"),
    ("The {detail} definition is not executable.", "文档中只能有操作和片段，不能有 {detail} 的定义"),
    (
        "Cannot query field '{field}' on type '{type}'. Did you mean to use an inline fragment on {names}?",
        "类型 {type} 没有字段 {field}；{names} 才有，请用内联片段（... on 类型）选取",
    ),
    ("Cannot query field '{field}' on type '{type}'.{meant}", "类型 {type} 没有字段 {field}{meant}"),
    (
        "Field '{field}' of type '{type}' must have a selection of subfields. Did you mean '{same} { ... }'?",
        "字段 {field} 的类型是 {type}，须选取其下的字段：{field} { … }",
    ),
    (
        "Field '{field}' must not have a selection since type '{type}' has no subfields.",
        "字段 {field} 的类型是 {type}，其下没有字段；请去掉花括号",
    ),
    (
        (
            "Fields '{field}' conflict because {detail}. Use different aliases on the fields to fetch both"
            " if this was intentional."
        ),
        "结果中名为 {field} 的几个字段互相冲突；都要的话，请各用不同的别名",
    ),
    ("There can be only one {kind} named '{name}'.", "名为 {name} 的{kind}只能有一个"),
    ("Unknown type '{type}'.{meant}", "没有类型 {type}{meant}"),
    # Arguments and directives.
    ("Unknown argument '{name}' on field '{field}'.{meant}", "字段 {field} 没有参数 {name}{meant}"),
    (
        "Unknown argument '{name}' on directive '@{directive}'.{meant}",
        "指令 @{directive} 没有参数 {name}{meant}",
    ),
    (
        "Argument '{name}' of type '{type}' is required, but it was not provided.",
        "缺少参数 {name}，其类型为 {type}，不能省略",
    ),
    ("Argument '{name}' has invalid value{at}: {why}", "参数 {name} 的值不对{at}：{why}"),
    ("Unknown directive '@{directive}'.", "没有指令 @{directive}"),
    ("Directive '@{directive}' may not be used on {place}.", "指令 @{directive} 不能用在 {place} 上"),
    (
        "The directive '@{directive}' can only be used once at this location.",
        "指令 @{directive} 在一处只能用一次",
    ),
    # Fragments.
    ("Unknown fragment '{name}'.", "没有名为 {name} 的片段"),
    ("Fragment '{name}' is never used.", "片段 {name} 没有用到；请引用它，或删去"),
    (
        "Fragment '{name}' cannot be spread here as objects of type '{type}' can never be of type '{other}'.",
        "片段 {name} 不能用在这里：{type} 不可能是 {other}",
    ),
    (
        "Fragment cannot be spread here as objects of type '{type}' can never be of type '{other}'.",
        "内联片段不能用在这里：{type} 不可能是 {other}",
    ),
    (
        "Fragment '{name}' cannot condition on non composite type '{type}'.",
        "片段 {name} 的类型不能是 {type}：其下没有字段",
    ),
    (
        "Fragment cannot condition on non composite type '{type}'.",
        "内联片段的类型不能是 {type}：其下没有字段",
    ),
    # Variables.
    ("Variable '${name}' is not defined{operation}.", "变量 ${name} 没有声明{operation}"),
    (
        "Variable '${name}' is never used{operation}.",
        "变量 ${name} 没有用到{operation}；请使用它，或删去声明",
    ),
    (
        "Variable '${name}' cannot be non-input type '{type}'.",
        "变量 ${name} 的类型不能是 {type}：它不是输入类型",
    ),
    (
        "Variable '${name}' of type '{type}' used in position expecting type '{other}'.",
        "变量 ${name} 的类型是 {type}，此处应为 {other}",
    ),
    (
        "Variable '${name}' is of type '{type}' but must be non-nullable to be used for OneOf Input Object '{other}'.",
        "变量 ${name} 用在 {other} 中，其类型应为 {type}!",
    ),
    ("Variable '${name}' has invalid value{at}: {why}", "变量 ${name} 的值不对{at}：{why}"),
    ("Variable values are nested too deeply.", "变量的值嵌套过深"),
    (
        "Expected variable '${name}' provided to non-null type '{type}' not to be None.",
        "变量 ${name} 是 null；此处须有 {type} 的值",
    ),
    # Values.
    ("Expected a value of non-null type '{type}' to be provided.", "没有给出；须有 {type} 的值"),
    ("Expected value of non-null type '{type}' not to be None.", "不能是 null；须有 {type} 的值"),
    (
        "Expected value of type '{type}' to be an object, found: {value}.",
        "应为输入对象 {type}，得到的是 {value}",
    ),
    (
        "Expected value of type '{type}' to include required field '{field}', found: {value}.",
        "{type} 须有字段 {field}，得到的是 {value}",
    ),
    (
        "Expected value of type '{type}' not to include unknown field '{field}', found: {value}.",
        "{type} 没有字段 {field}，得到的是 {value}",
    ),
    (
        "Expected value of type '{type}' not to include unknown field '{field}'.{meant} Found: {value}.",
        "{type} 没有字段 {field}{meant}得到的是 {value}",
    ),
    ("Expected value of type '{type}', found: {value}.", "应为 {type} 的值，得到的是 {value}"),
    (
        (
            "Within OneOf Input Object type '{type}', exactly one field must be specified, and the value for that"
            " field must be non-null."
        ),
        "{type} 须恰好有一个字段，其值不能是 null",
    ),
    ("Value '{value}' does not exist in '{type}' enum.{meant}", "枚举 {type} 没有值 {value}{meant}"),
    ("Enum '{type}' cannot represent value: {value}", "枚举 {type} 没有值 {value}"),
    (
        "Enum '{type}' cannot represent {kind} value: {value}.{meant}",
        "应为枚举 {type} 的值，得到的是 {value}{meant}",
    ),
    ("{scalar} cannot represent {detail}: {value}", "{scalar}，得到的是 {value}"),
    (
        'Value cannot represent a Date: "{value}". {detail}',
        "Date 应为 2025-09-01 这样的日期，得到的是 {value}",
    ),
    # What ends a list of errors, and what is missing in the graph.
    ("Too many validation errors, error limit reached. Validation aborted.", "错误过多，其余未列出"),
    (
        "Too many errors processing variables, error limit reached. Execution aborted.",
        "变量的错误过多，其余未列出",
    ),
    ("Cannot return null for non-nullable field {place}.", "字段 {place} 须有值，图库中却没有"),
)

_PART = re.compile(r"\{(\w+)\}")
_LIST = r"'\w+'(?:(?:,| or|, or) '\w+')*"
_SHAPES = {
    "meant": rf"(?: Did you mean (?:the enum value )?(?P<meant>{_LIST})\?)?",
    "operation": r"(?: (?:by|in) operation '(?P<operation>\w+)')?",
    "at": r"(?: at (?P<at>[\w.\[\]]+))?",
    "token": r"(?P<token><EOF>|'[^']*'|\w+(?: '.*')?)",
    "other_token": r"(?P<other_token><EOF>|'[^']*'|\w+(?: '.*')?)",
    "scalar": r"(?P<scalar>Int|Float|String|Boolean|ID)",
    "kind": r"(?P<kind>[a-z-]+(?: [a-z]+)?)",
    "place": r"(?P<place>[\w.]+)",
    "detail": r"(?P<detail>.+?)",
    "value": r"(?P<value>.+)",
    "why": r"(?P<why>.+)",
    "names": f"(?P<names>{_LIST})",
}
_OTHER = "[^']+"

_TOKENS = {
    "<EOF>": "文档结尾",
    "Name": "名称",
    "Int": "整数",
    "Float": "小数",
    "String": "字符串",
    "BlockString": "块字符串",
}
_KINDS = {
    "argument": "参数",
    "variable": "变量",
    "fragment": "片段",
    "operation": "操作",
    "input field": "输入字段",
}
_SCALARS = {
    "Int": "Int 应为 32 位整数",
    "Float": "Float 应为数字",
    "String": "String 应为字符串",
    "Boolean": "Boolean 应为 true 或 false",
    "ID": "ID 应为字符串或整数",
}


def in_chinese(message: str) -> str | None:
    """The Chinese of a sentence of graphql-core's; None for one that is not known here."""
    for pattern, zh in _PATTERNS:
        found = pattern.fullmatch(message)
        if found is not None:
            return _filled(zh, found.groupdict())
    return None


def _filled(zh: str, parts: dict[str, str | None]) -> str:
    """The sentence with its parts in Chinese; names and values stay as they are, what was left out is left out."""

    def told(place: re.Match[str]) -> str:
        part, text = place[1], parts[place[1]]
        return "" if text is None else _TELLING.get(part, str)(text)

    return _PART.sub(told, zh)


def _token(text: str) -> str:
    name, space, value = text.partition(" ")
    return f"{_TOKENS.get(name, f' {name}')}{space}{value}"


def _names(text: str) -> str:
    return "、".join(re.findall(r"'([^']+)'", text))


_TELLING: dict[str, Callable[[str], str]] = {
    "meant": lambda text: f"；是否想写 {_names(text)}？",
    "names": _names,
    "operation": lambda text: f"（操作 {text}）",
    "at": lambda text: f"（位于 {text.removeprefix('.')}）",
    "token": _token,
    "other_token": _token,
    "scalar": lambda text: _SCALARS[text],
    "kind": lambda text: _KINDS.get(text, text),
    "why": lambda text: in_chinese(text) or text,
}


def _pattern(en: str) -> re.Pattern[str]:
    """The sentence with any text for its parts."""
    pieces = _PART.split(en)
    texts, parts = pieces[::2], pieces[1::2]
    shapes = [_SHAPES.get(part, f"(?P<{part}>{_OTHER})") for part in parts]
    escaped = [re.escape(text) for text in texts]
    return re.compile("".join(a + b for a, b in zip(escaped, [*shapes, ""], strict=True)), re.DOTALL)


_PATTERNS = tuple((_pattern(en), zh) for en, zh in _SENTENCES)
