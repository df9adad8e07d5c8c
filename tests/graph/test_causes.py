"""Why something outside failed is told in Chinese: the cause is made to happen, none of its words is copied here."""

from __future__ import annotations

import errno
import json
import os
import resource
import socket
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.causes import cause_of


def _cause(fails: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Exception) as raised:  # noqa: PT011  # of which kind is what differs
        fails()
    return cause_of(raised.value)


def _file(folder: Path, content: str = "") -> Path:
    path = folder / "file"
    path.write_text(content)
    return path


def _circle(folder: Path) -> Path:
    path = folder / "circle"
    path.symlink_to(path.name)
    return path


@pytest.mark.parametrize(
    ("fails", "number", "zh"),
    [
        (lambda folder: (folder / "none").open(), errno.ENOENT, "文件或目录不存在"),
        (lambda folder: folder.open(), errno.EISDIR, "是目录，不是文件"),
        (lambda folder: _file(folder).open("x"), errno.EEXIST, "文件已存在"),
        (lambda folder: (_file(folder) / "below").open(), errno.ENOTDIR, "路径中有一段不是目录"),
        (lambda folder: (folder / ("长" * 300)).open("w"), errno.ENAMETOOLONG, "文件名过长"),
        (lambda folder: _circle(folder).open(), errno.ELOOP, "符号链接成环"),
    ],
)
def test_what_the_system_refuses_of_a_file_is_told_in_chinese(
    tmp_path: Path, fails: Callable[[Path], object], number: int, zh: str
) -> None:
    assert _cause(lambda: fails(tmp_path)) == (zh, os.strerror(number))


def test_an_address_that_is_taken_is_told_in_chinese() -> None:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        told = _cause(lambda: second.bind(first.getsockname()))
    assert told == ("地址已被占用", os.strerror(errno.EADDRINUSE))


def test_an_address_of_another_machine_is_told_in_chinese() -> None:
    with socket.socket() as one:
        told = _cause(lambda: one.bind(("192.0.2.1", 0)))
    assert told == ("本机没有这个地址", os.strerror(errno.EADDRNOTAVAIL))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_told_in_chinese() -> None:
    def fill() -> None:
        with Path("/dev/full").open("wb", buffering=0) as file:
            file.write(b"x")

    assert _cause(fill) == ("磁盘已满", os.strerror(errno.ENOSPC))


def test_too_many_open_files_are_told_in_chinese(tmp_path: Path) -> None:
    path, limits = _file(tmp_path), resource.getrlimit(resource.RLIMIT_NOFILE)
    opened = [os.open(path, os.O_RDONLY)]

    def open_all() -> None:
        for _ in range(opened[0] + 2):  # descriptors below the first may still be free
            opened.append(os.open(path, os.O_RDONLY))  # each must be closed, also after a failure

    resource.setrlimit(resource.RLIMIT_NOFILE, (opened[0] + 1, limits[1]))
    try:
        told = _cause(open_all)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        for each in opened:
            os.close(each)
    assert told == ("本进程打开的文件过多", os.strerror(errno.EMFILE))


# Root is refused nothing, and a test can't fill a disk's quota: what the system would say is raised instead.
@pytest.mark.parametrize(
    ("number", "zh"),
    [
        (errno.EACCES, "没有权限"),
        (errno.EPERM, "系统不允许这样做"),
        (errno.EROFS, "文件系统只读"),
        (errno.EDQUOT, "磁盘配额已用完"),
        (errno.EFBIG, "文件超过允许的大小"),
        (errno.EIO, "读写磁盘出错"),
        (errno.ENFILE, "系统打开的文件过多"),
        (errno.ENOMEM, "内存不足"),
        (errno.EAGAIN, "系统资源暂时不足"),
    ],
)
def test_what_no_test_can_bring_about_is_known_by_its_number(number: int, zh: str) -> None:
    assert cause_of(OSError(number, os.strerror(number), "a file")) == (zh, os.strerror(number))


def test_what_is_not_known_keeps_its_english_behind_a_chinese_lead() -> None:
    text = os.strerror(errno.EXDEV)
    assert cause_of(OSError(errno.EXDEV, text)) == (f"英文原文：{text}", text)
    assert cause_of(OSError("no number at all")) == ("英文原文：no number at all", "no number at all")
    assert cause_of(ValueError("odd")) == ("英文原文：odd", "odd")
    assert cause_of(EOFError()) == ("压缩的内容已损坏或不完整", "EOFError")
    assert cause_of(KeyError()) == ("英文原文：KeyError", "KeyError")


@pytest.mark.parametrize(
    ("read", "text", "zh"),
    [
        (orjson.loads, b"query=x", "第 1 行第 1 列：不合 JSON 语法"),
        (json.loads, b"query=x", "第 1 行第 1 列：不合 JSON 语法"),
        (orjson.loads, b'\n\n {"a":\n "b" c}', "第 4 行第 6 列：不合 JSON 语法"),
        (json.loads, b'\n\n {"a":\n "b" c}', "第 4 行第 6 列：不合 JSON 语法"),
        (orjson.loads, b"{", "第 1 行第 2 列：内容到此中断"),
        (json.loads, b'["a', "第 1 行第 2 列：字符串没有结束"),
        (orjson.loads, b"", "第 1 行第 1 列：内容为空"),
        (orjson.loads, b"[" * 50_000, "第 1 行第 1026 列：嵌套过深"),
        (orjson.loads, b"\xef\xbb\xbf{}", "第 1 行第 1 列：开头有字节顺序标记（BOM），请去掉"),
        (orjson.loads, rb'{"a":"\ud800"}', "第 1 行第 7 列：\\u 转义的代理对不完整"),
        (orjson.loads, rb'["\udc00"]', "第 1 行第 3 列：\\u 转义的代理对不完整"),
        (orjson.loads, b'{"a":"x\n"}', "第 1 行第 8 列：字符串中有未转义的控制字符"),
        (json.loads, b'{"a":"x\n"}', "第 1 行第 8 列：字符串中有未转义的控制字符"),
        (orjson.loads, rb'["\q"]', "第 1 行第 3 列：转义序列无效"),
        (json.loads, rb'["\q"]', "第 1 行第 3 列：转义序列无效"),
        (orjson.loads, b"[1,]", "第 1 行第 3 列：逗号多余"),
        (json.loads, b"[1,]", "第 1 行第 3 列：逗号多余"),
        (orjson.loads, b'{"a":1} x', "第 1 行第 9 列：JSON 之后还有内容"),
        (json.loads, b'{"a":1} x', "第 1 行第 9 列：JSON 之后还有内容"),
        (orjson.loads, b'{"a":"\xff"}', "含有无效的 UTF-8"),
        (json.loads, b'{"a":"\xff"}', "第 7 字节起不是有效的 UTF-8"),
    ],
)
def test_json_that_is_none_is_told_by_its_place(read: Callable[[bytes], Any], text: bytes, zh: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011  # each parser has its own
        read(text)
    assert cause_of(raised.value) == (zh, str(raised.value))


def test_json_of_50000_levels_is_told_in_chinese_by_the_parser_that_counts_none() -> None:
    assert _cause(lambda: json.loads("[" * 50_000))[0] == "嵌套过深"


def test_json_that_is_refused_in_new_words_keeps_them() -> None:
    error = json.JSONDecodeError("a number too many", "[1]", 1)
    assert cause_of(error)[0] == "第 1 行第 2 列：不合 JSON 语法（a number too many）"


def test_what_is_no_archive_is_told_in_chinese(tmp_path: Path) -> None:
    assert _cause(lambda: zipfile.ZipFile(_file(tmp_path, "notes")))[0] == "不是 zip 文件"
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        archive.writestr("member", "content")
    (tmp_path / "a").write_bytes((tmp_path / "a").read_bytes().replace(b"content", b"c0ntent"))
    assert _cause(lambda: zipfile.ZipFile(tmp_path / "a").read("member"))[0] == "zip 文件已损坏"
    assert _cause(lambda: zlib.decompress(b"x"))[0] == "压缩的内容已损坏或不完整"
