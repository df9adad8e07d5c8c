"""The floor: a bare ASGI app that runs one hand-written statement a request and writes its row as JSON.

No GraphQL, no checks, no routes: what is left is the driver, the engine and the bytes.
"""

from __future__ import annotations

from typing import Any

import orjson
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase

from bench.reads.documents import QUERIES, statement, today
from bench.reads.listening import App, given_address, listen

_HEADERS = [(b"content-type", b"application/json")]


async def make() -> App:
    """The app on the Neo4j that the environment names."""
    address = given_address()
    driver = AsyncGraphDatabase.driver(
        address.uri,
        auth=(address.user, address.password),
        telemetry_disabled=True,
        notifications_min_severity="OFF",
    )
    await driver.verify_connectivity()
    statements = {query: statement(query) for query in QUERIES}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asked = orjson.loads(await _body(receive))
        parameters = {**asked["variables"], "today": today()}
        row = await _row(driver, statements[asked["operationName"]], parameters)
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": orjson.dumps({"data": row})})

    return app


async def _body(receive: Any) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message["body"]
        more = message.get("more_body", False)
    return bytes(body)


async def _row(driver: AsyncDriver, text: str, parameters: dict[str, str]) -> dict[str, Any]:
    async with driver.session(database="neo4j", default_access_mode=READ_ACCESS) as session:
        result = await session.run(text, parameters)
        record = await result.single(strict=True)
        return dict(record)


if __name__ == "__main__":
    listen(make)
