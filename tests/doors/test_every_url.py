"""Every address of the product and eight people: who gets in, who is asked why, for whom there is no such page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.test import Client

from accounts.models import User
from tests.doors.addresses import TABLE, Address, Door, address_of, routes
from tests.doors.conftest import World, give_reason, page_of
from workflow.declare import WORKFLOWS

#: Pages that lead on (a step that is decided elsewhere), and steps that are not open now or not this role's.
IN_OR_ON = {200, 302, 403, 409, 422}
NEVER = "/cases/DA-2019-000001/"
HIDDEN_FROM = ("stranger", "victor", "cleo")  # cleo: of an agency that is named on nothing
FROM_ELSEWHERE = ("sam", "ari")
INSIDE = ("ellen", "priya")


def every() -> Iterator[tuple[str, Address]]:
    for route in routes():
        address = address_of(route)
        assert address is not None, f"{route} is not in the table of addresses: say who gets in."
        yield route, address


def filled(world: World, *doors: Door) -> Iterator[tuple[Address, str]]:
    for _, address in every():
        if not doors or address.door in doors:
            for path in address.filled(world):
                yield address, path


def tried(method: str, browser: Client, path: str, **data: Any) -> Any:
    """What comes back, and nothing of what it changed. A fault of the program comes back as 500 with its traceback."""
    browser.raise_request_exception = False
    with transaction.atomic():
        answer = getattr(browser, method)(path, data)
        transaction.set_rollback(True)
    return answer


def asked_for_sign_in(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer["Location"].startswith("/sign-in/"))


def test_every_address_of_the_program_is_in_the_table() -> None:
    known = {route for route, _ in every()}
    gone = [route for route in TABLE if route not in known]
    assert not gone, f"the table names addresses that are gone: {gone}"


def test_nobody_is_sent_to_sign_in_and_shown_nothing(world: World, browsers: dict[str, Client]) -> None:
    wrong = []
    for address, path in filled(world, Door.OWN, Door.CASE, Door.PERSON, Door.NOTICE, Door.KEEPERS, Door.FIGURES):
        for method in address.methods.lower().split():
            answer = tried(method, browsers["nobody"], path)
            if not asked_for_sign_in(answer) or leaks(answer, world):
                wrong.append((method, path, answer.status_code))
    assert not wrong


def test_what_answers_without_sign_in_says_nothing_of_anybody(world: World, browsers: dict[str, Client]) -> None:
    wrong = []
    for address, path in filled(world, Door.ANYBODY, Door.SIGN_IN, Door.SHUT):
        answer = tried("get", browsers["nobody"], path)
        expected = {Door.SHUT: {404}, Door.ANYBODY: {200, 503}}.get(address.door, {200, 302})
        if answer.status_code not in expected or leaks(answer, world):
            wrong.append((path, answer.status_code))
    assert not wrong


def leaks(answer: Any, world: World) -> list[str]:
    """Which names, references and facts of the case stand in an answer, beside the address that was asked for."""
    text = answer.content.decode(errors="replace").replace(answer.request["PATH_INFO"], "")
    return [secret for secret in world.secrets() if secret in text]


def test_the_team_gets_in_everywhere_but_where_the_step_is_not_theirs(
    world: World, browsers: dict[str, Client]
) -> None:
    wrong = []
    for who in INSIDE:
        for address, path in filled(world, Door.CASE, Door.PERSON):
            if "GET" not in address.methods:
                continue
            if who == "priya" and re.search("/(sections|rows|people|case|assessment)/", path):
                continue
            answer = tried("get", browsers[who], path)
            if answer.status_code not in IN_OR_ON or "/reason/" in answer.headers.get("Location", ""):
                wrong.append((who, path, answer.status_code))
    assert not wrong


def test_somebody_from_elsewhere_is_asked_why_and_then_gets_in(world: World, browsers: dict[str, Client]) -> None:
    reason, task_list = f"/cases/{world.case.reference}/reason/", f"/work/incident/{world.incident.pk}/"
    paths = [(address, path) for address, path in filled(world, Door.CASE) if path != reason]
    wrong = []
    for who in FROM_ELSEWHERE:
        for address, path in paths:
            for method in address.methods.lower().split():
                answer = tried(method, browsers[who], path)
                if answer.status_code != 302 or not answer["Location"].startswith(reason) or leaks(answer, world):
                    wrong.append((who, method, path, answer.status_code))
    assert not wrong
    for who in FROM_ELSEWHERE:
        assert tried("get", browsers[who], reason).status_code == 200
        give_reason(browsers[who], world.case)
    paths = [(address, path) for address, path in paths if "/work/" not in path] + [(paths[0][0], task_list)]
    inside = {path: tried("get", browsers["sam"], path).status_code for one, path in paths if "GET" in one.methods}
    assert {path: status for path, status in inside.items() if status not in IN_OR_ON} == {}
    assert inside[f"/cases/{world.case.reference}/"] == inside[task_list] == 200
    assert tried("get", browsers["ari"], f"/cases/{world.case.reference}/").status_code == 200


def test_a_person_page_keeps_back_what_wants_a_reason(world: World, browsers: dict[str, Client]) -> None:
    url = f"/people/{world.hannah.pk}/"
    before = tried("get", browsers["sam"], url).content.decode()
    assert "Hannah Okoro" in before and "Mill Lane" not in before
    give_reason(browsers["sam"], world.case)
    assert "Mill Lane" in tried("get", browsers["sam"], url).content.decode()


def test_what_is_hidden_is_the_page_that_never_was(world: World, browsers: dict[str, Client]) -> None:
    wrong = []
    for who in HIDDEN_FROM:
        never = {method: tried(method, browsers[who], NEVER) for method in ("get", "post")}
        assert all(page.status_code == 404 and not leaks(page, world) for page in never.values())
        for address, path in filled(world, Door.CASE, Door.PERSON, Door.NOTICE):
            for method in address.methods.lower().split()[: 1 + (who == "victor")]:
                answer = tried(method, browsers[who], path)
                if answer.status_code != 404 or page_of(answer, path) != page_of(never[method], NEVER):
                    wrong.append((who, method, path, answer.status_code, leaks(answer, world)))
    assert not wrong


def test_somebody_elses_notice_is_a_page_that_never_was(world: World, browsers: dict[str, Client]) -> None:
    url = f"/notices/{world.notice.pk}/"
    assert tried("get", browsers["ellen"], url).status_code == 302
    others = {
        who: tried("get", browsers[who], url).status_code
        for who in ("priya", "sam", "victor", "ari", "stranger", "cleo")
    }
    assert set(others.values()) == {404}, others


def test_own_pages_show_nothing_of_a_case_that_may_not_be_opened(world: World, browsers: dict[str, Client]) -> None:
    wrong = []
    for who in ("stranger", "victor", "ari", "cleo", "ellen"):
        for address, path in filled(world, Door.OWN):
            answer = tried("get", browsers[who], path) if "GET" in address.methods else None
            if answer is None:
                continue
            leak = leaks(answer, world) if who != "ellen" else []
            if answer.status_code not in (200, 302, 403, 422) or leak:  # 422: it begins within a case
                wrong.append((who, path, answer.status_code, leak))
    assert not wrong


def test_a_record_of_the_force_is_there_for_its_keepers_alone(world: World, browsers: dict[str, Client]) -> None:
    wrong = []
    for who in ("ellen", "stranger", "ari", "sam", "cleo"):
        for address, path in filled(world, Door.KEEPERS):
            for method in address.methods.lower().split():
                answer = tried(method, browsers[who], path)
                if answer.status_code != 404:
                    wrong.append((who, method, path, answer.status_code))
    assert not wrong


def test_figures_of_the_force_are_there_for_the_analyst_and_name_nobody(
    world: World, browsers: dict[str, Client]
) -> None:
    for _, path in filled(world, Door.FIGURES):
        answer = tried("get", browsers["ari"], path)
        assert answer.status_code == 200 and not leaks(answer, world), path
        for who in ("ellen", "priya", "sam", "victor", "stranger", "cleo"):
            assert tried("get", browsers[who], path).status_code == 404, (who, path)


def test_every_step_posted_without_its_role_is_refused_as_such(world: World, browsers: dict[str, Client]) -> None:
    give_reason(browsers["ari"], world.case)
    people = {who: User.objects.get(pk=browsers[who].session["_auth_user_id"]) for who in ("ellen", "priya", "ari")}
    wrong, refused = [], 0
    for table, base, subject in records(world):
        for step in table.steps:
            for who, person in people.items():
                answer = tried("post", browsers[who], f"{base}{step.name}/", seen=str(subject.version))
                without = not person.holds(step.who, subject.scope)
                refused += without
                if (answer.status_code == 403) != without or answer.status_code >= 500:
                    wrong.append((who, base, step.name, answer.status_code, without))
    assert not wrong
    assert refused > 30, "the table of steps refuses nobody"


def records(world: World) -> list[tuple[Any, str, Any]]:
    found = []
    for name, subject in (world.records() | {"setting": world.setting}).items():
        found.append((WORKFLOWS[name], f"/work/{name}/{subject.pk}/", type(subject).objects.get(pk=subject.pk)))
    return found


def test_what_is_only_sent_is_not_opened(world: World, browsers: dict[str, Client]) -> None:
    for address, path in filled(world):
        if address.methods == "POST":
            assert tried("get", browsers["ellen"], path).status_code == 405, path
        elif address.methods == "GET":
            assert tried("post", browsers["ellen"], path).status_code == 405, path
