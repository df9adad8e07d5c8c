"""Why a file is no whole backup, in both languages: each cause is a file that has it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.backup.archive import BackupDamaged, check_archive, read_nodes, read_relationships
from graph.backup.manifest import NODES, RELATIONSHIPS, Manifest

_MANIFEST = Manifest(1, 0, "2025-09-01T08:00:00Z", {}, {}, {NODES: "", RELATIONSHIPS: ""}).written().decode()


def _archive(path: Path, **members: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)


@pytest.mark.parametrize(
    ("make", "zh", "en"),
    [
        (lambda path: None, "文件或目录不存在", "No such file or directory"),
        (Path.mkdir, "是目录，不是文件", "Is a directory"),
        (lambda path: path.write_text("notes"), "不是 zip 文件", "not a zip file"),
        (_archive, "缺少其中的文件 'manifest.json'", "no item named 'manifest.json'"),
        (
            lambda path: _archive(path, manifest_json='{\n "format": }'),
            "manifest.json：第 2 行第 12 列：不合 JSON 语法",
            "manifest.json: Expecting value: line 2 column 12",
        ),
        (lambda path: _archive(path, manifest_json="[" * 50_000), "manifest.json：嵌套过深", "recursion"),
        (
            lambda path: _archive(path, manifest_json=json.dumps({"format": 1})),
            "manifest.json：缺少字段",
            "manifest.json: fields are missing",
        ),
        (
            lambda path: _archive(path, manifest_json=_MANIFEST),
            "缺少其中的文件 'nodes.jsonl'",
            "no item named 'nodes.jsonl'",
        ),
        (
            lambda path: _archive(path, manifest_json=_MANIFEST, nodes_jsonl=""),
            "nodes.jsonl 与写入时不同",
            "nodes.jsonl is not what was written",
        ),
    ],
)
def test_what_is_no_whole_backup_says_why(
    tmp_path: Path, make: Callable[[Path], object], zh: str, en: str
) -> None:
    path = tmp_path / "a.zaoxue-backup"
    make(path)
    with pytest.raises(BackupDamaged) as refused:
        check_archive(path)
    assert refused.value.zh == f"{str(path)!r} 不是完整的备份（{zh}）；未作任何改动，请换另一份备份"
    assert en in str(refused.value.data["what"])
    assert str(refused.value.data["what"]) in refused.value.en


def test_a_line_that_is_no_record_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.zaoxue-backup"
    _archive(path, nodes_jsonl="[1]\n", relationships_jsonl="[2]\n")
    with pytest.raises(BackupDamaged, match=r"\(no node: \[1\]\)") as refused:
        next(read_nodes(path))
    assert "（不是节点：[1]）" in refused.value.zh
    with pytest.raises(BackupDamaged, match=r"\(no relationship: \[2\]\)") as refused:
        next(read_relationships(path))
    assert "（不是关系：[2]）" in refused.value.zh


@pytest.mark.parametrize(("name", "read"), [(NODES, read_nodes), (RELATIONSHIPS, read_relationships)])
def test_a_line_nested_too_deeply_says_so(
    tmp_path: Path, name: str, read: Callable[[Path], Iterator[object]]
) -> None:
    path = tmp_path / "a.zaoxue-backup"
    _archive(path, **{name: "[" * 50_000 + "]" * 50_000 + "\n"})
    with pytest.raises(BackupDamaged) as refused:
        next(read(path))
    assert "（嵌套过深）" in refused.value.zh
    assert "recursion" in refused.value.en
