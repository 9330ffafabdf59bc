"""Somebody at a browser: one kept connection, cookies, forms. Only this machine's own loop is ever spoken to."""

from __future__ import annotations

import http.client
import time
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

STALE = 1.5  # seconds: gunicorn closes a silent connection after two


class Browser:
    """Speaks HTTP over one connection, as long as the server keeps it."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.spoke_at = 0.0
        self.location = ""

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, Any]) -> tuple[int, bytes]:
        """Send a form, with the token that the cookie says."""
        said = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}
        return self._ask("POST", path, urlencode(said, doseq=True))

    def open_sign_in(self) -> None:
        """The page with the form: it sets the token."""
        status, _ = self.get("/sign-in/")
        if status != 200:
            raise RuntimeError(f"The page of sign-in answered {status}.")

    def sign_in(self, login: str, password: str) -> None:
        """Send the form; RuntimeError where that does not open the session."""
        status, body = self.post("/sign-in/", {"login": login, "password": password})
        if status != 302:
            raise RuntimeError(f"Signing in answered {status}: {body[-400:]!r}")

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        if time.monotonic() - self.spoke_at > STALE:
            self.line.close()
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: crumb.value for name, crumb in SimpleCookie(line).items()}
        self.spoke_at, self.location = time.monotonic(), answer.headers.get("Location", "")
        return answer.status, content
