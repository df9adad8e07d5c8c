"""Who asks over HTTP: tokens of both kinds, nobody's, bad ones; from this machine and from elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.model.terms import RoleKind
from graph.store import Store, count_statements
from resolvers.roles import Granting, grant_role
from server.app import create_app
from server.auth.keyring import KeyFile
from server.auth.own import issue
from server.settings import Settings, read_settings
from tests.journeys.spring import bring_the_workbook, on
from tests.journeys.standing import unchanged
from tests.resolvers.traces import last_audit
from tests.server.auth.issuing import AUDIENCE, County, county_provider, signed

NOW = datetime(2025, 3, 14, 2, tzinfo=UTC)
HERE, ELSEWHERE = "127.0.0.1", "10.20.30.40"
WHO = "{ viewer { holder isAdministrator note roles { role roleLabel start end person { code } school { code } } } }"
REVOKE = """
    mutation ($id: ID!) { revokeRole(input: {assignment: $id}) { assignment { end } userErrors { code } } }
"""
GRANT = """
    mutation ($input: GrantRoleInput!) {
      grantRole(input: $input) { assignment { id holder role person { name } } userErrors { field code message } }
    }
"""


@dataclass(frozen=True, slots=True)
class Caller:
    """Asks one service over HTTP."""

    http: httpx.AsyncClient

    async def post(self, document: str, token: str | None = None, **headers: str) -> httpx.Response:
        bearing = {} if token is None else {"Authorization": f"Bearer {token}"}
        told = {"Accept-Language": "en"} | bearing | headers
        return await self.http.post("/graphql", json={"query": document}, headers=told)

    async def ask(self, document: str, token: str | None = None, **variables: object) -> Any:
        bearing = {} if token is None else {"Authorization": f"Bearer {token}"}
        body = {"query": document, "variables": variables}
        headers = {"Accept-Language": "en"} | bearing
        return (await self.http.post("/graphql", json=body, headers=headers)).json()


@asynccontextmanager
async def calling(store: Store, settings: Settings, address: str = HERE) -> AsyncIterator[Caller]:
    """A caller at that address; the service believes it is the 14th of March 2025, and reads roles each time."""
    app = create_app(settings, store, clock=lambda: NOW, roles_kept=0)
    transport = httpx.ASGITransport(app=app, client=(address, 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        yield Caller(http)


@pytest.fixture
async def county(store: Store) -> Store:
    await bring_the_workbook(store)
    return store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"ZAOXUE_DATA": str(tmp_path)})


@pytest.fixture
def token(settings: Settings) -> Callable[..., str]:
    """Makes a token of the service's own."""

    def make(holder: str, days: int = 7, now: datetime = NOW) -> str:
        return issue(KeyFile.of(settings).newest(), holder, now, days)

    return make


async def test_from_this_machine_without_a_token_the_administrator_asks(
    county: Store, settings: Settings
) -> None:
    async with calling(county, settings) as caller:
        answer = await caller.ask(WHO)
    assert answer["data"]["viewer"] == {
        "holder": "administrator",
        "isAdministrator": True,
        "note": None,
        "roles": [],
    }


async def test_a_token_from_this_machine_is_its_holder_and_not_the_administrator(
    county: Store, settings: Settings, token: Callable[..., str]
) -> None:
    await grant_role(
        county, on(NOW.date()), Granting("qing.jia", RoleKind.TEACHER, NOW.date(), person="p-05")
    )
    async with calling(county, settings) as caller:
        known = await caller.ask(WHO, token("qing.jia"))
        stranger = await caller.ask(WHO, token("nobody"))
    assert known["data"]["viewer"] == {
        "holder": "qing.jia",
        "isAdministrator": False,
        "note": None,
        "roles": [
            {
                "role": "TEACHER",
                "roleLabel": "teacher",
                "start": "2025-03-14",
                "end": None,
                "person": {"code": "p-05"},
                "school": None,
            }
        ],
    }
    assert stranger["data"]["viewer"] == {
        "holder": "nobody",
        "isAdministrator": False,
        "note": "you hold no role today and see topics, semesters and rules only; ask the administrator for one",
        "roles": [],
    }


@pytest.mark.parametrize("address", [ELSEWHERE, "2001:db8::7", "not-an-address"])
async def test_from_elsewhere_nobody_asks_without_a_token(
    county: Store, settings: Settings, token: Callable[..., str], address: str
) -> None:
    async with calling(county, settings, address) as caller:
        with count_statements() as counted:
            refused = await caller.post(WHO)
        assert counted.total == 0
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Bearer realm="zaoxue"')
        assert refused.json() == {
            "errors": [
                {
                    "message": "a token is wanted: send the header `Authorization: Bearer TOKEN`; the administrator"
                    " makes one (zaoxue token), or you get it where you sign in",
                    "extensions": {"code": "TOKEN_MISSING", "data": {}},
                }
            ]
        }
        answer = await caller.ask(WHO, token("nobody"))
        assert answer["data"]["viewer"]["holder"] == "nobody"


@pytest.mark.parametrize(
    "name",
    [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Server",
        "Forwarded",
        "Via",
        "X-Real-IP",
        "X-Client-IP",
        "CF-Connecting-IP",
        "True-Client-IP",
    ],
)
async def test_what_a_proxy_on_this_machine_passes_on_is_from_elsewhere(
    county: Store, settings: Settings, name: str
) -> None:
    async with calling(county, settings) as caller:
        refused = await caller.post(WHO, **{name: "127.0.0.1"})
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (401, "TOKEN_MISSING")


async def test_a_refusal_is_in_the_askers_language(county: Store, settings: Settings) -> None:
    async with calling(county, settings, ELSEWHERE) as caller:
        refused = await caller.post(WHO, **{"Accept-Language": "zh-CN"})
    assert refused.json()["errors"][0]["message"].startswith("请出示令牌")


async def test_health_and_page_stay_open_and_the_graph_does_not(county: Store, settings: Settings) -> None:
    async with calling(county, settings, ELSEWHERE) as caller:
        open_to_all = [
            await caller.http.get("/health/live"),
            await caller.http.get("/health/ready"),
            await caller.http.get("/graphql", headers={"Accept": "text/html"}),
        ]
        asked = [
            await caller.http.get("/graphql", params={"query": WHO}),
            await caller.http.get("/graphql", params={"query": WHO}, headers={"Accept": "text/html"}),
            await caller.http.post("/graphql", content=b"{"),
            await caller.http.options("/graphql"),
        ]
    assert [each.status_code for each in open_to_all] == [200, 200, 200]
    assert [each.status_code for each in asked] == [401, 401, 401, 401]


@pytest.mark.parametrize("address", [HERE, ELSEWHERE])
@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Bearer", "MALFORMED"),
        ("Bearer ", "MALFORMED"),
        ("Bearer a.b.c", "MALFORMED"),
        ("Bearer ImFsZyI.e30.e30", "MALFORMED"),  # "alg"
        ("Bearer WyJhbGciXQ.e30.e30", "MALFORMED"),  # ["alg"]
        ("Bearer NQ.e30.e30", "MALFORMED"),  # 5
        ("Bearer bnVsbA.e30.e30", "MALFORMED"),  # null
        ("Bearer eyJhbGciOlsiSFMyNTYiXX0.e30.e30", "MALFORMED"),  # {"alg":["HS256"]}
        ("Bearer eyJhbGciOiJIUzI1NiIsImtpZCI6N30.e30.e30", "MALFORMED"),  # {"alg":"HS256","kid":7}
        ("Basic YWRtaW46", "MALFORMED"),
        ("", "MALFORMED"),
        ("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbmlzdHJhdG9yIn0.", "ALGORITHM"),
        ("Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln", "ALGORITHM"),
        ("Bearer eyJhbGciOiJIUzI1NiIsImtpZCI6IngifQ.eyJzdWIiOiJ4In0.c2ln", "UNKNOWN_KEY"),
    ],
)
async def test_a_bad_token_is_refused_also_on_this_machine(
    county: Store, settings: Settings, address: str, header: str, reason: str
) -> None:
    async with calling(county, settings, address) as caller:
        with count_statements() as counted:
            refused = await caller.post(WHO, Authorization=header)
    assert counted.total == 0
    assert refused.status_code == 401
    (error,) = refused.json()["errors"]
    assert error["extensions"] == {"code": "TOKEN_REFUSED", "data": {"reason": reason}}
    assert refused.headers["WWW-Authenticate"].startswith('Bearer realm="zaoxue", error="invalid_token"')


async def test_two_authorizations_are_none(
    county: Store, settings: Settings, token: Callable[..., str]
) -> None:
    async with calling(county, settings) as caller:
        both = [("Authorization", f"Bearer {token('a')}"), ("Authorization", f"Bearer {token('b')}")]
        refused = await caller.http.post("/graphql", json={"query": WHO}, headers=both)
    assert refused.json()["errors"][0]["extensions"]["data"] == {"reason": "MALFORMED"}


async def test_an_expired_token_says_so_in_both_languages(
    county: Store, settings: Settings, token: Callable[..., str]
) -> None:
    old = token("zhang.san", 1, datetime(2025, 3, 1, tzinfo=UTC))
    async with calling(county, settings) as caller:
        told = [await caller.post(WHO, old, **{"Accept-Language": tag}) for tag in ("zh", "en")]
    assert [each.json()["errors"][0]["message"] for each in told] == [
        "令牌已过期；请重新登录，或向管理员要新令牌",
        "the token has expired; sign in again, or ask the administrator for a new one",
    ]


async def test_a_setting_wants_a_token_from_everybody(
    county: Store, tmp_path: Path, token: Callable[..., str]
) -> None:
    settings = read_settings({"ZAOXUE_DATA": str(tmp_path), "ZAOXUE_REQUIRE_TOKEN": "yes"})
    async with calling(county, settings) as caller:
        assert (await caller.post(WHO)).status_code == 401
        assert (await caller.post(WHO, token("zhang.san"))).status_code == 200


async def test_where_a_token_is_wanted_the_service_may_be_called_by_any_name(
    county: Store, settings: Settings, tmp_path: Path, token: Callable[..., str]
) -> None:
    wanting = read_settings({"ZAOXUE_DATA": str(tmp_path), "ZAOXUE_REQUIRE_TOKEN": "yes"})
    name = {"Host": "zaoxue.county.example:8321"}
    async with calling(county, wanting, ELSEWHERE) as caller:
        known = await caller.post(WHO, token("zhang.san"), **name)
        unknown = await caller.post(WHO, **name)
    assert (known.status_code, known.json()["data"]["viewer"]["holder"]) == (200, "zhang.san")
    assert (unknown.status_code, unknown.json()["errors"][0]["extensions"]["code"]) == (401, "TOKEN_MISSING")
    async with calling(county, settings) as caller:
        refused = await caller.post(WHO, **name)
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (400, "HOST_REFUSED")


async def test_in_a_container_everybody_needs_a_token(
    county: Store, tmp_path: Path, token: Callable[..., str]
) -> None:
    mark = tmp_path / ".dockerenv"
    mark.touch()
    told = {"ZAOXUE_DATA": str(tmp_path), "ZAOXUE_LISTEN": "container"}
    settings = read_settings(told, container_marks=[mark])
    for address in (HERE, "172.17.0.1"):
        async with calling(county, settings, address) as caller:
            assert (await caller.post(WHO)).status_code == 401
            assert (await caller.post(WHO, token("zhang.san"))).status_code == 200
            assert (await caller.http.get("/health/ready")).status_code == 200


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with county_provider() as county:
        yield county


async def test_with_a_provider_its_tokens_and_our_own_are_taken_and_none_is_not(
    county: Store, tmp_path: Path, token: Callable[..., str], provider: County
) -> None:
    told = {"ZAOXUE_OIDC_ISSUER": provider.issuer, "ZAOXUE_OIDC_AUDIENCE": AUDIENCE}
    settings = read_settings({"ZAOXUE_DATA": str(tmp_path)} | told)
    key, at = provider.add("RS256", "k-1"), int(NOW.timestamp())
    claims = {"iss": provider.issuer, "aud": AUDIENCE, "sub": "li.si", "exp": at + 300, "iat": at}
    async with calling(county, settings) as caller:
        assert (await caller.post(WHO)).status_code == 401
        theirs = await caller.ask(WHO, signed(key, "RS256", claims))
        ours = await caller.ask(WHO, token("zhang.san"))
        assert [each["data"]["viewer"]["holder"] for each in (theirs, ours)] == ["li.si", "zhang.san"]
        refused = await caller.post(WHO, signed(key, "RS256", claims | {"exp": at - 60}))
        assert refused.json()["errors"][0]["extensions"]["data"] == {"reason": "EXPIRED"}


async def test_a_provider_that_is_silent_is_no_fault_of_the_token(
    county: Store, tmp_path: Path, provider: County
) -> None:
    told = {"ZAOXUE_OIDC_ISSUER": provider.issuer, "ZAOXUE_OIDC_AUDIENCE": AUDIENCE}
    settings = read_settings({"ZAOXUE_DATA": str(tmp_path)} | told)
    key = provider.add("RS256", "k-1")
    provider.status = 500
    async with calling(county, settings) as caller:
        refused = await caller.post(WHO, signed(key, "RS256", {}))
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert refused.json()["errors"][0]["extensions"]["code"] == "IDENTITY_PROVIDER_UNAVAILABLE"


async def test_an_administrator_grants_and_the_role_counts_at_once_and_ends_at_once(
    county: Store, settings: Settings, token: Callable[..., str]
) -> None:
    today = NOW.date()
    await grant_role(county, on(today), Granting("head", RoleKind.ADMINISTRATOR, today))
    wish = {"holder": "zhi.jia", "role": "TRAINER", "person": "Person:p-03"}
    async with calling(county, settings) as caller:
        granted = await caller.ask(GRANT, token("head"), input=wish)
        kept = granted["data"]["grantRole"]["assignment"]
        assert (kept["holder"], kept["role"], kept["person"]["name"]) == ("zhi.jia", "TRAINER", "支甲")
        assert await last_audit(county) == ("grantRole", "head", [kept["id"]])
        held = await caller.ask(WHO, token("zhi.jia"))
        assert [each["role"] for each in held["data"]["viewer"]["roles"]] == ["TRAINER"]
        revoked = await caller.ask(REVOKE, token("head"), id=kept["id"])
        assert revoked["data"]["revokeRole"] == {"assignment": {"end": "2025-03-13"}, "userErrors": []}
        gone = await caller.ask(WHO, token("zhi.jia"))
        assert gone["data"]["viewer"]["roles"] == []


async def test_nobody_makes_himself_an_administrator(
    county: Store, settings: Settings, token: Callable[..., str]
) -> None:
    await grant_role(
        county, on(NOW.date()), Granting("qing.jia", RoleKind.TEACHER, NOW.date(), person="p-05")
    )
    async with calling(county, settings) as caller, unchanged(county):
        refused = await caller.ask(
            GRANT, token("qing.jia"), input={"holder": "qing.jia", "role": "ADMINISTRATOR"}
        )
    assert refused["data"]["grantRole"] == {
        "assignment": None,
        "userErrors": [
            {
                "field": None,
                "code": "FORBIDDEN",
                "message": "your roles do not allow grantRole here; these may: an administrator",
            }
        ],
    }


async def test_roles_are_read_by_one_statement_beside_the_read(
    county: Store, settings: Settings, token: Callable[..., str]
) -> None:
    async with calling(county, settings) as caller:
        with count_statements() as counted:
            await caller.ask("{ topics { totalCount } }", token("zhang.san"))
        assert counted.total == 2
        with count_statements() as counted:
            await caller.ask("{ topics { totalCount } }")
        assert counted.total == 1


async def test_a_lost_engine_is_told_also_before_the_roles_are_known(tmp_path: Path) -> None:
    settings = read_settings({"ZAOXUE_DATA": str(tmp_path / "keys")})
    engine = await EmbeddedEngine.start(tmp_path / "data")
    store = await Store.open(engine.address)
    await migrate(store)
    bearer = issue(KeyFile.of(settings).newest(), "zhang.san", NOW, 7)
    async with calling(store, settings) as caller:
        assert (await caller.post(WHO, bearer)).status_code == 200
        await engine.stop()
        lost = await caller.post(WHO, bearer)
    await store.close()
    assert (lost.status_code, lost.json()["errors"][0]["extensions"]["code"]) == (503, "UNAVAILABLE")
