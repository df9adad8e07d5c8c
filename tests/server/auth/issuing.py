"""An identity provider on this machine: a real HTTP server with keys, and tokens that it signs."""

from __future__ import annotations

import json
import threading
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey

AUDIENCE = "zaoxue-county"
DISCOVERY = "/realms/county/.well-known/openid-configuration"
KEYS = "/keys"


def key_for(algorithm: str, kid: str) -> Key:
    """A new private key with which that algorithm signs."""
    if algorithm.startswith("ES"):
        curves = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}
        return ECKey.generate_key(curves[algorithm], {"kid": kid})
    if algorithm.startswith("Ed"):
        return OKPKey.generate_key("Ed25519", {"kid": kid})
    return RSAKey.generate_key(2048, {"kid": kid})


def signed(key: Key, algorithm: str, claims: dict[str, Any], **header: Any) -> str:
    """A token with those claims; its head names the key unless `header` says otherwise."""
    head = {"alg": algorithm, "kid": key.kid} | header
    registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        return jwt.encode({k: v for k, v in head.items() if v is not None}, claims, key, registry=registry)


class County:
    """The provider of the issuer `.issuer`; `asked` counts the requests by path."""

    def __init__(self, address: str) -> None:
        self.issuer = f"{address}/realms/county"
        self.keys: list[Key] = []
        self.entries: list[dict[str, Any]] = []
        self.document: dict[str, Any] = {"issuer": self.issuer, "jwks_uri": f"{address}{KEYS}"}
        self.status = 200
        self.asked: Counter[str] = Counter()

    def add(self, algorithm: str, kid: str) -> Key:
        """A new key, published at once."""
        key = key_for(algorithm, kid)
        self.keys.append(key)
        return key

    def answer(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        self.asked[path] += 1
        if path == DISCOVERY:
            return self.status, json.dumps(self.document).encode()
        if path == KEYS:
            published = [key.as_dict(private=False) for key in self.keys if not isinstance(key, OctKey)]
            return self.status, json.dumps({"keys": [*published, *self.entries]}).encode()
        return 404, b"{}"


@contextmanager
def county_provider() -> Iterator[County]:
    """The provider, up for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = county.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    county = County(f"http://127.0.0.1:{server.server_address[1]}")
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    try:
        yield county
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
