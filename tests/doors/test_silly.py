"""What no browser of ours would send: addresses of nothing, boxes of nonsense. A sentence comes back, never a fault."""

from __future__ import annotations

import re
from html import unescape
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from cases.steps import SAFETY
from tests.doors.addresses import Door, routes
from tests.doors.conftest import World
from tests.doors.test_every_url import filled, tried
from workflow.declare import WORKFLOWS

pytestmark = pytest.mark.long
NUMBERS = ("0", "999999999", "9223372036854775807", "9223372036854775808", "1" + "0" * 60)
WORDS = ("no-such-thing", "record", "x" * 300)
HOSTILE = {
    "control characters": "\x00\x01\x02\x1b\x7f\u202e\ufeff\u0085",
    "a hundred kilobytes": "A'\"<b>&;" * 12_500,
    "a long number": "9" * 400,
    "markup": "</textarea><script>alert(1)</script>{{ 7|add:7 }}",
}
NAMES = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
FORMS = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
ACTION = re.compile(r'\baction="([^"]*)"')
SAFETY_ACTS = {step.name for step in SAFETY}
OF_THE_DOOR = ("/sign-out/", "/lock/")


def filled_badly(route: str) -> list[str]:
    """The route with every hole filled with a number or a word that names nothing."""
    numbers = [re.sub(r"<slug:\w+>", "safe", re.sub(r"<int:\w+>", n, route)) for n in NUMBERS]
    words = [re.sub(r"<slug:\w+>", w, re.sub(r"<int:\w+>", "7654321", route)) for w in WORDS]
    known = [re.sub(r"<slug:workflow>", name, path) for path in numbers + words[:1] for name in WORKFLOWS]
    kept = re.sub(r"<slug:workflow>", "incident", route)
    return list(dict.fromkeys(numbers + words + known if "<slug:workflow>" in route else numbers + words + [kept]))


def test_an_address_of_nothing_is_a_page_that_is_not_there(world: World, browsers: dict[str, Client]) -> None:
    wrong = []
    for route in routes():
        if "<" not in route or route.startswith("api/v1/"):  # schemathesis sends it worse, in tests/api
            continue
        for path in filled_badly(route):
            if "<" in path:
                continue
            for method in ("get", "post"):
                answer = tried(method, browsers["ellen"], f"/{path}")
                if answer.status_code not in (302, 404, 405):
                    wrong.append((method, path[:100], answer.status_code, why(answer)))
    assert not wrong


def why(answer: Any) -> str:
    """The fault behind a 500."""
    fault = getattr(answer, "exc_info", None)
    return f"{fault[0].__name__}: {str(fault[1])[:120]}" if fault else ""


QUERIES = (
    "panel", "before", "met", "group", "after", "holder", "grade", "next", "rule", "n", "on", "on_day", "on_month", "on_year",
    "at_time", "q", "kind", "late",
)  # fmt: skip


NONSENSE = ("\x00", "9" * 400, "\u0663", "-1", "x" * 3000, "2026-13-45T99:99", "[", "//evil.example")


def test_a_query_of_nonsense_is_answered(world: World, browsers: dict[str, Client]) -> None:
    wrong = []
    pages = [
        "/",
        "/team/",
        "/notices/",
        "/when-would-it-be-due/",
        "/unlock/",
        "/sign-in/",
        f"/cases/{world.case.reference}/",
    ]
    pages += [f"/cases/{world.case.reference}/reason/", f"/deadlines/{world.deadline.pk}/", "/search/"]
    for path, value in product(pages, NONSENSE):
        answer = tried("get", browsers["priya"], path, **dict.fromkeys(QUERIES, value))
        if answer.status_code >= 500 or "evil.example" in answer.headers.get("Location", ""):
            wrong.append((path, value[:20], answer.status_code, why(answer)))
    assert not wrong


def forms_of(path: str, page: str) -> list[tuple[str, list[str]]]:
    """(where it is sent, the names of its boxes) of every form of a page but those that end the session."""
    found = []
    for attributes, inside in FORMS.findall(page):
        action = ACTION.search(attributes)
        url = unescape(action[1]) if action and action[1] else path
        names = [name for name in NAMES.findall(inside) if name != "csrfmiddlewaretoken"]
        if 'method="post"' in attributes.lower() and not url.startswith(OF_THE_DOOR):
            found.append((url.partition("#")[0], list(dict.fromkeys(names))))
    return found


def all_forms(browser: Client, world: World) -> dict[str, list[str]]:
    """Every form that this person is shown, by where it is sent."""
    shown: dict[str, list[str]] = {}
    for _, path in filled(world, Door.CASE, Door.OWN, Door.PERSON):
        if path.startswith("/work/assessment/") and path.rstrip("/").rpartition("/")[2] in SAFETY_ACTS:
            continue  # the same forms as the case's own
        answer = tried("get", browser, path)
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            for url, names in forms_of(path, answer.content.decode()):
                shown[url] = list(dict.fromkeys([*shown.get(url, []), *names]))
    return shown


def test_nonsense_in_every_box_of_every_form_is_a_sentence(world: World, browsers: dict[str, Client]) -> None:
    hers = all_forms(browsers["ellen"], world)
    beside = {url: names for url, names in all_forms(browsers["priya"], world).items() if url not in hers}
    assert len(hers) > 30 and len(beside) > 3, "the pages show hardly any form"
    wrong = []
    for who, forms in (("ellen", hers), ("priya", beside)):
        for (url, names), (kind, value) in product(forms.items(), HOSTILE.items()):
            said = dict.fromkeys([*names, "next", "seen", "token", "kept_path", "extra"], value)
            answer = tried("post", browsers[who], url, **said)
            if answer.status_code >= 500 or b"<script>alert(1)" in answer.content:
                wrong.append((who, url, kind, answer.status_code, why(answer)))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("who", ["ellen", "priya"])
def test_one_bad_box_among_good_ones_is_named(who: str, world: World, browsers: dict[str, Client]) -> None:
    """What is hidden in a form is sent as it was; every other box is hostile: the answer is 422 with the summary, or leads on."""
    wrong = []
    for url in (f"/work/incident/{world.incident.pk}/sections/happened/", f"/work/case/{world.case.pk}/warn/"):
        page = tried("get", browsers[who], url).content.decode()
        for _, names in [form for form in forms_of(url, page) if form[0] == url]:
            typed = [name for name in names if name not in ("seen", "token", "original")]
            answer = tried("post", browsers[who], url, seen="1", **dict.fromkeys(typed, "\x07bell" + "A" * 9000))
            if answer.status_code != 422 or "govuk-error-summary" not in answer.content.decode():
                wrong.append((url, answer.status_code))
    assert not wrong


def test_a_fault_of_the_program_gives_a_reference_and_no_detail(
    browsers: dict[str, Client], monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    def broken(*args: Any, **rest: Any) -> Any:
        raise RuntimeError("Hannah Okoro lives at 14 Mill Lane")

    monkeypatch.setattr("cases.views.case.identity_of", broken)
    browser = browsers["ellen"]
    browser.raise_request_exception = False
    answer: Any = browser.get(f"/cases/{world.case.reference}/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Hannah" not in page and "RuntimeError" not in page and "Traceback" not in page
    assert re.search(r"<strong>[0-9A-Za-z-]{8,}</strong>", page), "the error page carries no reference"


def test_the_database_is_as_it_was_after_a_tried_request(world: World, browsers: dict[str, Client]) -> None:
    """The tool of these tests itself: what it sends leaves nothing behind."""
    with transaction.atomic():
        tried(
            "post", browsers["ellen"], f"/work/case/{world.case.pk}/warn/", what="A large dog is loose there.", seen="1"
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_safetywarning")
        assert cursor.fetchone() == (0,)
