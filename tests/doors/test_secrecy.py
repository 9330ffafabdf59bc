"""Where personal data may never stand: addresses, titles, notices, mails, logs, file names, error pages, a browser's cache."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from config.logs import logging_config
from supervision.escalation import sweep
from supervision.models import Notice
from supervision.services import send_notices
from tests.doors.addresses import Door
from tests.doors.conftest import PERSONAL, World
from tests.doors.test_every_url import filled, tried

LINKS = re.compile(r'\b(?:href|src|action|data-[a-z-]*url|formaction)="([^"]*)"')
POLICY = {
    "default-src": "'self'", "object-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'", "form-action": "'self'",
}  # fmt: skip
INLINE = {
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I),
    "an inline style sheet": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle=", re.I),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+=", re.I),
    "a javascript: address": re.compile(r"=\s*[\"']?\s*javascript:", re.I),
}
DOORS = (Door.OWN, Door.CASE, Door.PERSON, Door.SIGN_IN, Door.SHUT)


@pytest.fixture
def pages(world: World, browsers: dict[str, Client]) -> dict[tuple[str, str], Any]:
    """Every page as the officer, the sergeant, whoever is asked why, and whoever may not see it are answered."""
    found = {}
    for who in ("ellen", "priya", "sam", "victor", "nobody"):
        doors = DOORS if who in ("ellen", "nobody") else (Door.CASE, Door.OWN)
        for address, path in filled(world, *doors):
            if "GET" in address.methods and (who in ("ellen", "priya") or "/work/" not in path):
                found[who, path] = tried("get", browsers[who], path)
    return found


def html(pages: dict[tuple[str, str], Any]) -> Iterator[tuple[tuple[str, str], Any, str]]:
    for where, answer in pages.items():
        if "html" in answer.headers.get("Content-Type", "") and answer.content:
            yield where, answer, answer.content.decode()


def told_of(text: str) -> list[str]:
    return [word for word in PERSONAL if word.lower() in unescape(text).lower()]


def test_every_page_is_strict_private_and_clean(pages: dict[tuple[str, str], Any], world: World) -> None:
    """One look at each page: links, title, policy, nothing inline, nothing from elsewhere, nothing left in a cache."""
    wrong: list[Any] = []
    seen = 0
    for where, answer, page in html(pages):
        seen += 1
        wrong += [(*where, fault) for fault in faults_of(answer, page)]
    wrong += [
        (*where, "its Location")
        for where, answer in pages.items()
        if told_of(plain(answer.headers.get("Location", "")))
    ]
    assert not wrong
    assert seen > 80


def plain(address: str) -> str:
    return unescape(address).replace("+", " ").replace("%20", " ")


def faults_of(answer: Any, page: str) -> Iterator[str]:
    yield from policy_faults(answer)
    yield from (name for name, pattern in INLINE.items() if pattern.search(page))
    for link in map(plain, LINKS.findall(page)):
        if link.startswith(("http:", "https:", "//")):
            yield f"a link to elsewhere: {link}"
        if told := told_of(link):
            yield f"personal data in an address: {told}"
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    if "<html" in page and (not title or not title[1].strip() or told_of(title[1])):
        yield f"its title: {title[1].strip() if title else 'none'}"
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        yield "a browser may keep it"
    if answer.status_code >= 400 and told_of(page):
        yield f"personal data on an error page: {told_of(page)}"


def policy_faults(answer: Any) -> Iterator[str]:
    policy = dict(
        part.strip().split(" ", 1)
        for part in answer.headers.get("Content-Security-Policy", "").split(";")
        if " " in part.strip()
    )
    yield from (f"policy: {name}" for name, value in POLICY.items() if policy.get(name) != value)
    if re.search(r"unsafe-|https?:|\*", answer.headers.get("Content-Security-Policy", "")):
        yield "policy: something from elsewhere or inline is allowed"
    if answer.headers.get("X-Content-Type-Options") != "nosniff" or answer.headers.get("X-Frame-Options") != "DENY":
        yield "headers: nosniff, DENY"
    if answer.headers.get("Referrer-Policy") != "same-origin":
        yield "headers: referrer"


def test_nothing_of_anybodys_work_stays_in_a_browsers_cache(world: World, browsers: dict[str, Client]) -> None:
    paths = [
        "/",
        f"/cases/{world.case.reference}/",
        f"/documents/{world.document.pk}/file/",
        "/search/",
        "/nothing/",
        "/kept/",
    ]
    for path in paths:
        said = tried("get", browsers["ellen"], path).headers.get("Cache-Control", "")
        assert "no-store" in said and "private" in said, (path, said)


def test_a_search_leaves_its_terms_in_no_address(world: World, browsers: dict[str, Client]) -> None:
    answer: Any = browsers["ellen"].post("/search/", {"q": "Hannah Okoro"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "Hannah" in page
    assert not [link for link in LINKS.findall(page) if told_of(link)]
    assert told_of(re.search(r"<title>(.*?)</title>", page, re.S)[1]) == []  # type: ignore[index]


def test_a_paper_is_named_by_its_reference_alone(world: World, browsers: dict[str, Client]) -> None:
    answer: Any = browsers["ellen"].get(f"/documents/{world.document.pk}/file/")
    named = answer.headers["Content-Disposition"]
    assert world.case.reference in named and not told_of(named)
    assert "no-store" in answer.headers["Cache-Control"]


def test_notices_and_mails_name_nobody(world: World, ellen: User, priya: User, ruth: User, mailoutbox: Any) -> None:
    User.objects.update(email="somebody@example.invalid")
    later = timezone.now() + timedelta(hours=60)
    sweep(later)
    notices = list(Notice.objects.values_list("text", flat=True))
    assert len(notices) > 3 and not [text for text in notices if told_of(text)]
    Notice.objects.update(mail_at=timezone.now())
    send_notices(timezone.now())
    assert mail.outbox, "no mail was sent"
    for message in mail.outbox:
        whole = str(message.message())
        assert told_of(whole.replace("Ellen", "")) == [] and len(message.to) == 1


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """Everything that would be written to the log, at the level of production."""
    handler = logging.StreamHandler(StringIO())
    formatter: Any = logging_config("INFO")["formatters"]["lines"]
    handler.setFormatter(
        formatter["()"](processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"])
    )
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler.stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_line_of_the_log_holds_what_was_typed(
    world: World, browsers: dict[str, Client], lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browsers["ellen"]
    browser.post("/search/", {"q": "Hannah Okoro"})
    browser.get("/search/?q=Hannah+Okoro")
    browser.get(f"/people/{world.hannah.pk}/")
    browser.post(
        f"/work/incident/{world.incident.pk}/sections/happened/",
        {"account": "Daniel Reeve had both hands on her neck."},
    )
    browser.get("/cases/DA-2026-999999/?name=Hannah")
    browsers["nobody"].post("/sign-in/", {"login": "Hannah Okoro", "password": "tangerine"})

    def broken(*args: Any, **rest: Any) -> Any:
        raise RuntimeError("Failing row contains (Hannah Okoro, 14 Mill Lane)")

    monkeypatch.setattr("cases.views.case.identity_of", broken)
    browser.raise_request_exception = False
    assert browser.get(f"/cases/{world.case.reference}/?panel=Okoro").status_code == 500
    written = lines.getvalue()
    assert written.count("\n") > 5, "nothing was logged at all"
    assert "RuntimeError" in written, "the fault itself is not in the log"
    found = [line for line in written.splitlines() if told_of(line)]
    assert not found, found[0][:1500]


def test_lines_of_the_log_are_json(world: World, browsers: dict[str, Client], lines: StringIO) -> None:
    browsers["ellen"].get("/")
    written = lines.getvalue().splitlines()
    assert written and all(isinstance(json.loads(line), dict) for line in written)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: World, ellen: User) -> None:
    ellen.set_password("a long password of hers")
    ellen.save()
    browser = Client()
    browser.post("/sign-in/", {"login": "2877", "password": "a long password of hers"})
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]
    assert cookie["max-age"] in ("", None) or int(cookie["max-age"]) <= 12 * 60 * 60
    assert settings.CSRF_COOKIE_HTTPONLY


def test_a_form_from_elsewhere_is_refused(world: World, ellen: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ellen, backend="django.contrib.auth.backends.ModelBackend")
    answer: Any = browser.post(f"/work/case/{world.case.pk}/warn/", {"what": "A large dog is loose."})
    assert answer.status_code == 403 and not told_of(answer.content.decode())
