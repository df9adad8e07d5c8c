"""A Neo4j that was asked for and can't be had is an error that says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines import neo4j
from tests.engines.neo4j import Neo4jMissing, running_neo4j


def test_without_maven_it_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j, "_find_java", lambda version: "java")
    monkeypatch.setattr(neo4j, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Neo4jMissing, match="Maven"), running_neo4j(tmp_path / "home"):
        pass


def test_without_a_java_that_is_new_enough_it_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "old" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    monkeypatch.setattr(neo4j, "INSTALLED", tmp_path)
    monkeypatch.setenv("JAVA_HOME", str(java.parents[1]))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Neo4jMissing, match="needs Java 17"), running_neo4j(tmp_path / "home", "5.26.30"):
        pass
