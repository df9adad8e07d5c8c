"""The engine's own query language through its HTTP interface, for what Cypher has no word for."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx

from graph.embedded.folder import DATABASE, USER
from graph.errors import ZaoxueError


class SqlFailed(ZaoxueError):
    """The engine refused an SQL statement or did not answer it."""

    code = "ENGINE_FAILED"


@dataclass(frozen=True, slots=True)
class SqlConsole:
    """Sends SQL to the engine on this machine."""

    http_port: int
    password: str = field(repr=False)

    async def run(self, statement: str, *, seconds: float = 600.0) -> list[dict[str, object]]:
        """The rows of `statement`. Raises: SqlFailed."""
        url = f"http://127.0.0.1:{self.http_port}/api/v1/command/{DATABASE}"
        body = {"language": "sql", "command": statement}
        try:
            # Loopback: a proxy of the environment must not see it.
            async with httpx.AsyncClient(trust_env=False, timeout=seconds) as client:
                answer = await client.post(url, json=body, auth=(USER, self.password))
                rows = answer.raise_for_status().json()["result"]
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise SqlFailed(
                f"图数据库未能执行：{statement}",
                f"the engine could not run {statement!r}: {error}",
                statement=statement,
            ) from error
        return list(rows)
