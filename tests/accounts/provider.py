"""A small OpenID Connect provider of the tests' own: a real server with a real key, that can also be made to lie."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "cases", "a secret of the tests"  # the pair that the provider was told of
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What it will say, and what it was asked."""

    address: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "number-1", "preferred_username": "2877"})
    userinfo: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)  # claims said instead of the true ones; None: left out
    sign: Callable[[dict[str, Any]], str] | None = None
    asked: dict[str, str] = field(default_factory=dict)  # the last question at the door
    refuse: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        said: dict[str, Any] = {
            "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "auth_time": now,
            "nonce": asked.get("nonce"), **self.person, **self.lies,
        }  # fmt: skip
        said = {name: value for name, value in said.items() if value is not None}
        return self.sign(said) if self.sign else jwt.encode(said, KEY, "RS256", headers={"kid": "one"})

    def door(self, asked: dict[str, str]) -> str:
        """Somebody comes: they are signed in at once, and sent back."""
        self.asked = asked
        back = {"state": asked["state"]}
        if self.refuse:
            return f"{asked['redirect_uri']}?{urlencode(back | {'error': self.refuse})}"
        code = sha256(json.dumps(asked).encode()).hexdigest()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode(back | {'code': code})}"

    def exchange(self, said: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A code for a token, once, for the secret that its question was sealed with (PKCE)."""
        asked = self.codes.pop(said.get("code", ""), None)
        digest = sha256(said.get("code_verifier", "").encode()).digest()
        sealed = urlsafe_b64encode(digest).decode().rstrip("=")
        ours = (said.get("client_id"), said.get("client_secret")) == (CLIENT, SECRET)
        if not asked or not ours or asked["code_challenge_method"] != "S256" or asked["code_challenge"] != sealed:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "opens-userinfo", "token_type": "Bearer", "id_token": self.token(asked)}

    def configuration(self) -> dict[str, Any]:
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        points = {f"{name}_endpoint": f"{self.address}/{path}" for name, path in names.items()}
        return {"issuer": self.address, "jwks_uri": f"{self.address}/keys", **points}

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        if where.path == "/authorize":
            self.send_response(302)
            asked = {name: values[0] for name, values in parse_qs(where.query).items()}
            self.send_header("Location", self.provider.door(asked))
            self.end_headers()
        elif where.path == "/userinfo" and self.headers["Authorization"] != "Bearer opens-userinfo":
            self._say(401, {})
        else:
            said = {
                "/.well-known/openid-configuration": self.provider.configuration, "/keys": self.provider.keys,
                "/userinfo": lambda: self.provider.userinfo,
            }  # fmt: skip
            self._say(200, said[where.path]())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._say(*self.provider.exchange({name: values[0] for name, values in parse_qs(body).items()}))

    def _say(self, status: int, said: dict[str, Any]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *said: Any) -> None:
        """Say nothing on the screen."""


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Mine", (Handler,), {"provider": provider}))
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
