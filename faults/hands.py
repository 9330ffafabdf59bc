"""Somebody at work over HTTP, as a browser would be: cookies, the hidden fields of each form, the locked session."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

PASSWORD = "northshire-demo-only"  # noqa: S105  the demonstration's; such accounts exist in no other environment
TIMEOUT = 12.0
DOORS = ("/sign-in/", "/unlock/")
AGAIN = "/sign-in/again/"
REDIRECT = range(300, 400)
BROKEN = (OSError, http.client.HTTPException)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status 0 when nothing did."""

    status: int
    location: str = ""
    body: str = ""


class Unanswered(Exception):
    """Nobody answered for so long that the person gave up."""


class Hidden(HTMLParser):
    """The hidden fields of a page's forms."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input" and said.get("type") == "hidden" and said.get("name"):
            self.fields[said["name"] or ""] = said.get("value") or ""


@dataclass
class Hands:
    """One signed-in person. Not for two threads at once."""

    username: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, patience: float = 30.0) -> Answer:
        """The page, past the lock if it has fallen; asks again while nobody answers, for reading changes nothing."""
        end = time.monotonic() + patience
        while True:
            answer = self.send("GET", path)
            door = next((door for door in DOORS if answer.location.startswith(door)), "")
            if door:
                self._pass(door)
            elif answer.status and answer.status < 500:
                return answer
            if time.monotonic() > end:
                raise Unanswered(f"{path}: {answer.status}")
            if not door:
                time.sleep(0.2)

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of the page: the token of the form, the version seen, the guard against forgery."""
        return Hidden(self.get(path).body).fields

    def post(self, path: str, said: dict[str, str]) -> Answer:
        """Send a form, once: whether it arrived is for the caller to find out. Proof of who they are is given when asked."""
        answer = self.send("POST", path, said)
        if not answer.location.startswith(AGAIN):
            return answer
        self._pass(AGAIN)  # nothing was done: what leaves the system is asked for again after proof
        return self.send("POST", path, said)

    def sign_in(self) -> None:
        self.get("/")

    def _pass(self, door: str) -> None:
        page = self.send("GET", door)
        said = Hidden(page.body).fields | {"login": self.username, "password": PASSWORD}
        if page.status == 200:
            self.send("POST", door, said)

    def send(self, method: str, path: str, said: dict[str, str] | None = None) -> Answer:
        """One request on a connection of its own; status 0 when no whole answer came."""
        address = f"http://127.0.0.1:{self.port}"
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Referer": address}
        body = None
        if said is not None:
            body = urlencode(said)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            line.request(method, path, body, headers)
            found = line.getresponse()
            text = found.read().decode()
            self._keep(found)
        except BROKEN:
            return Answer(0)
        finally:
            line.close()
        where = urlsplit(found.headers.get("Location", ""))
        return Answer(found.status, where.path, text)

    def _keep(self, found: http.client.HTTPResponse) -> None:
        for header in found.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(header).items():
                if morsel.value:
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
