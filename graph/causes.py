"""Why something outside of this program failed, in Chinese: what the system, a JSON text or an archive says of itself.

Who raised the error says it in English alone; a sentence of ours that quotes the cause needs it in both languages.
"""

from __future__ import annotations

import errno
import json
import zipfile
import zlib

_OF_SYSTEM = {
    errno.EACCES: "没有权限",
    errno.EADDRINUSE: "地址已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.EAGAIN: "系统资源暂时不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EEXIST: "文件已存在",
    errno.EFBIG: "文件超过允许的大小",
    errno.EIO: "读写磁盘出错",
    errno.EISDIR: "是目录，不是文件",
    errno.ELOOP: "符号链接成环",
    errno.EMFILE: "本进程打开的文件过多",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ENFILE: "系统打开的文件过多",
    errno.ENOENT: "文件或目录不存在",
    errno.ENOMEM: "内存不足",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.EPERM: "系统不允许这样做",
    errno.EROFS: "文件系统只读",
}
_OF_JSON = (
    # Parts of what json and orjson say, the narrower before the wider.
    ("depth limit", "嵌套过深"),
    ("end of data", "内容到此中断"),
    ("Unterminated string", "字符串没有结束"),
    ("zero-length", "内容为空"),
    ("byte order mark", "开头有字节顺序标记（BOM），请去掉"),
    ("surrogate", "\\u 转义的代理对不完整"),
    ("control character", "字符串中有未转义的控制字符"),
    ("escape", "转义序列无效"),
    ("trailing comma", "逗号多余"),
    ("after document", "JSON 之后还有内容"),
    ("Extra data", "JSON 之后还有内容"),
    ("xpect", "不合 JSON 语法"),
)
_NOT_UTF8 = "not valid UTF-8"


def cause_of(error: Exception) -> tuple[str, str]:
    """Why `error` was raised: in Chinese, and in the English of who raised it.

    What no table here knows keeps its English in both, with a Chinese lead in front.
    """
    en = _english(error)
    return _chinese(error, en) or f"英文原文：{en}", en


def _english(error: Exception) -> str:
    told = error.strerror if isinstance(error, OSError) else None
    return told or str(error) or type(error).__name__


def _chinese(error: Exception, en: str) -> str | None:
    match error:
        case OSError():
            return _OF_SYSTEM.get(error.errno or 0)
        case json.JSONDecodeError():  # orjson's is one, too
            return _of_json(error)
        case UnicodeDecodeError():
            return f"第 {error.start + 1} 字节起不是有效的 UTF-8"
        case RecursionError():  # of json: orjson counts the levels
            return "嵌套过深"
        case zipfile.BadZipFile():
            return "不是 zip 文件" if "not a zip" in en else "zip 文件已损坏"
        case zlib.error() | EOFError():
            return "压缩的内容已损坏或不完整"
    return None


def _of_json(error: json.JSONDecodeError) -> str:
    if _NOT_UTF8 in error.msg:  # orjson does not say where
        return "含有无效的 UTF-8"
    told = next((zh for part, zh in _OF_JSON if part in error.msg), f"不合 JSON 语法（{error.msg}）")
    return f"第 {error.lineno} 行第 {error.colno} 列：{told}"
