"""The page of the checks and the pages that lead from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from dvds.models import Application, NoTrace, Trace
from tests.cases.recording import words
from tests.dvds.judged import agreed, look, trace, whom
from tests.dvds.test_checks import alias

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


def address(application: Application, *parts: Any) -> str:
    return "/".join(["", "considerations", application.case.reference, "checks", *map(str, parts), ""])


def seen_on(page: Any) -> dict[str, str]:
    html = page.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', html)[1] for name in ("seen", "token")}  # type: ignore[index]


def test_a_look_is_recorded_on_its_page_with_what_our_records_propose(
    in_checks: Application, perry: User, wren: User, sign_in: SignIn
) -> None:
    alias(whom(in_checks), in_checks, perry, "Karl", "Brandt")
    client, url = sign_in(perry), address(in_checks, "pnd", whom(in_checks))
    page = client.get(url)
    assert page.status_code == 200 and "30/01/1988" in words(page) and "Karl Brandt" in words(page)
    now = timezone.localtime()
    said = {
        **seen_on(page), "system": "pnd", "person": whom(in_checks), "names": "Karl Field", "births": "30/01/1988",
        "checked_at_day": now.day, "checked_at_month": now.month, "checked_at_year": now.year, "checked_at_time": "00:00",
        "found": "nothing",
    }  # fmt: skip
    refused = client.post(url, said)
    assert refused.status_code == 422 and "Our own records also know: Karl Brandt" in words(refused)
    offered = refused.content.decode()
    assert (
        'name="also_searched" value="Karl Brandt"' in offered
        and 'name="also_searched" value="Karl Field"' not in offered
    )
    done = client.post(url, {**said, "names": "Karl Field\nKarl Brandt"})
    assert done.status_code == 302 and done["Location"] == address(in_checks)
    assert NoTrace.objects.get().tried == ["Karl Field", "Karl Brandt", "1988-01-30"]
    listed = words(client.get(address(in_checks)))
    assert "No trace: to be confirmed" in listed and "Confirm that there is no trace" not in listed
    assert "Searched: Karl Field, Karl Brandt; 30/01/1988" in listed
    other = sign_in(wren)
    assert "Confirm that there is no trace" in words(other.get(address(in_checks)))
    agree = other.get(f"/work/no-trace/{NoTrace.objects.get().pk}/agree/")
    assert "Karl Brandt" in words(agree)
    done = other.post(f"/work/no-trace/{NoTrace.objects.get().pk}/agree/", {**seen_on(agree), "read": "on"})
    assert done.status_code == 302 and done["Location"] == address(in_checks)
    assert "Agreed by" in words(other.get(address(in_checks)))


def test_what_was_found_is_said_on_its_page_and_spent_is_marked(
    in_checks: Application, perry: User, sign_in: SignIn
) -> None:
    found = look(in_checks, perry, "pnc", found="something", result="One conviction.", visor_marker="yes")
    client = sign_in(perry)
    page = words(client.get(address(in_checks)))
    assert "Found: say what" in page and "Incomplete" in page
    form = client.get(address(in_checks, "found", found.pk))
    said = {
        **seen_on(form),
        "check_made": found.pk,
        "sort": "conviction",
        "words": "Harassment, 2009.",
        "spent": "spent",
    }
    assert client.post(address(in_checks, "found", found.pk), said).status_code == 302
    assert Trace.objects.get().spent == "spent"
    page = words(client.get(address(in_checks)))
    assert "Spent: informs the risk, cannot be chosen to be told." in page


def test_nobody_else_finds_the_pages(in_checks: Application, perry: User, ellen: User, sign_in: SignIn) -> None:
    found = look(in_checks, perry, "pnc", found="something", result="One conviction.")
    for parts in ((), ("pnd", whom(in_checks)), ("pnd", whom(in_checks), "away"), ("found", found.pk)):
        assert sign_in(ellen).get(address(in_checks, *parts)).status_code == 404
    assert sign_in(perry).get(address(in_checks, "pnd", 999999)).status_code == 404
    assert sign_in(perry).get(address(in_checks, "nothing", found.pk)).status_code == 404
    assert sign_in(perry).get("/considerations/DA-2020-000001/checks/").status_code == 404


def test_the_page_takes_as_many_queries_for_many_looks_as_for_one(
    in_checks: Application, perry: User, wren: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(perry)
    agreed(look(in_checks, perry, "pnc"), wren)
    client.get(address(in_checks))
    with django_assert_max_num_queries(45) as one:
        client.get(address(in_checks))
    for code in ("pnd", "intelligence"):
        agreed(look(in_checks, perry, code), wren)
    made = look(in_checks, perry, "custody", found="something", result="Held once.")
    for _ in range(3):
        trace(in_checks, perry, made)
    with django_assert_max_num_queries(len(one)):
        client.get(address(in_checks))
