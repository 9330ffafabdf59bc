"""Attempts through what administration and oversight type: names of units, answers of lists, reasons, purposes, ranks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import SystemAccount, Unit, User
from cases.models import AccessConcern, Incident
from supervision.models import PostingChange
from tests.api.test_webhooks import subscribed
from tests.attacks.conftest import SCRIPT
from tests.attacks.test_sight import restricted
from tests.cast import take
from workflow import engine
from workflow.models import ReferenceEntry, Refused

SignIn = Callable[[User | None], Client]
SHORT = "<script>alert(1)</script>"


def clean(browser: Client, *paths: str) -> None:
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        text = answer.content.decode()
        assert "<script>alert(1)" not in text and "<img src=x" not in text, path
        assert "&lt;script&gt;" in text, f"{path} does not show it: the test is of another page"


def test_markup_in_a_unit_a_rank_and_a_name_is_shown_as_words(
    una: User, nr3: Unit, tom: User, ellen: User, sign_in: SignIn
) -> None:
    take(nr3, "rename", una, name=SHORT)
    take(tom, "change", una, first_name=SHORT, last_name=SHORT, rank="<b>PC</b>", collar_number="2208", unit="NR3")
    clean(sign_in(una), "/administration/units/", f"/administration/units/{nr3.pk}/", "/administration/people/",
          f"/administration/people/{tom.pk}/")  # fmt: skip
    incident = engine.perform(
        Incident(), "begin", by=tom, evidence={"reported_at": "2026-01-01T08:00:00Z", "channel": "999", "log_ref": "1"}
    )
    clean(sign_in(ellen), incident.case.get_absolute_url())


def test_markup_in_why_somebody_is_posted_is_shown_as_words(
    una: User, ivor: User, tom: User, nr4: Unit, sign_in: SignIn
) -> None:
    said = {"user": "2208", "role": "sergeant", "unit": "NR4", "why": SCRIPT}
    change: Any = take(PostingChange(), "ask", una, **said)
    clean(sign_in(ivor), "/administration/postings/", f"/work/posting/{change.pk}/approve/")


def test_markup_in_an_answer_of_a_list_is_shown_as_words_where_it_is_asked(
    una: User, hannahs_incident: Incident, sam: User, sign_in: SignIn
) -> None:
    said = {"of": "open_reason", "label": SCRIPT, "hint": SCRIPT, "code": "marked-up", "order": "5"}
    said["of"] = ReferenceEntry.List.values[0]
    take(ReferenceEntry(), "add", una, **said)
    clean(sign_in(una), "/administration/lists/")
    clean(sign_in(sam), f"/cases/{hannahs_incident.case.reference}/reason/")


def test_markup_in_what_another_system_is_for_is_shown_as_words(
    account: SystemAccount, anna: User, otto: User, sign_in: SignIn
) -> None:
    said = {"name": "Feed", "purpose": SCRIPT, "contact": SCRIPT, "roles": ["officer"], "over": "NR3"}
    found = engine.perform(SystemAccount(), "ask", by=anna, evidence=said)
    clean(sign_in(otto), f"/systems/{found.pk}/")


@pytest.mark.parametrize("address", [f"https://outside.example/{SHORT}", 'https://outside.example/"onmouseover="x'])
def test_markup_in_the_address_of_a_webhook_is_shown_as_words(
    address: str, account: SystemAccount, anna: User, sign_in: SignIn
) -> None:
    try:
        subscribed(account, anna, address)
    except Refused:
        return  # not taken is as good
    text = sign_in(anna).get(f"/systems/{account.pk}/").content.decode()
    assert "<script>alert(1)" not in text and '"onmouseover' not in text


def test_markup_in_the_words_of_an_emergency_is_shown_as_words_to_who_reads_them(
    ellen: User, priya: User, ruth: User, dana: User, sign_in: SignIn
) -> None:
    case = restricted(ellen, priya).case
    sign_in(ruth).post("/emergency/", {"code": "danger", "words": SCRIPT, "reference": case.reference})
    assert AccessConcern.objects.get().words == SCRIPT
    clean(sign_in(dana), "/audit/accesses/", "/audit/")
    clean(sign_in(priya), f"/cases/{case.reference}/looks/")


def test_markup_in_a_search_is_shown_as_words_to_who_audits(
    hannahs_incident: Incident, ellen: User, dana: User, sign_in: SignIn
) -> None:
    sign_in(ellen).post("/search/", {"q": f"Hannah {SHORT}"})
    clean(sign_in(dana), "/audit/")


def test_markup_in_an_address_comes_back_from_no_page(una: User, dana: User, ellen: User, sign_in: SignIn) -> None:
    asked = {"after": SCRIPT, "before": SCRIPT, "unit": SCRIPT, "group": SCRIPT, "holder": SCRIPT, "next": SCRIPT,
             "day": SCRIPT, "state": SCRIPT, "page": SCRIPT, "left": SCRIPT, "of": SCRIPT}  # fmt: skip
    pages = {
        una: (
            "/administration/people/",
            "/administration/postings/",
            "/administration/units/",
            "/systems/",
            "/features/",
        ),
        dana: ("/audit/", "/audit/unusual/", "/audit/accesses/", "/audit/export/"),
        ellen: ("/", "/team/", "/notices/", "/sessions/", "/unlock/", "/sign-in/again/"),
    }
    for who, paths in pages.items():
        browser = sign_in(who)
        for path in paths:
            text = browser.get(path, asked).content.decode()
            assert "<script>alert(1)" not in text and "<img src=x" not in text, path
