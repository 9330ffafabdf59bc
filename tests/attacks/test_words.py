"""Attempts through what is typed: markup, addresses, file names, headers, sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from cases.models import Case, Incident
from people.models import Person
from tests.cases.recording import press
from tests.cast import involve
from workflow import engine

SignIn = Callable[[User | None], Client]
SAFE = {"everyone_safe": "yes", "made_safe": "At her sister's."}
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_markup_in_a_name_and_an_account_is_shown_as_words(
    hannah: Person, hannahs_incident: Incident, ellen: User, priya: User, sign_in: SignIn
) -> None:
    """On the officer's page, the sergeant's, the person's and the list of sections."""
    involve(hannahs_incident, ellen, "witness", f"Olaf {SCRIPT[:60]}", own_words=SCRIPT)
    now = Incident.objects.get(pk=hannahs_incident.pk)
    engine.amend(now, {**SAFE, "account": SCRIPT, "place": SCRIPT[:100]}, by=ellen, seen=now.version)
    who = hannahs_incident.people("witness").get().person
    case = hannahs_incident.case
    pages = (
        case.get_absolute_url(), f"/people/{who.pk}/", f"/work/incident/{hannahs_incident.pk}/",
        f"/work/incident/{hannahs_incident.pk}/sections/happened/", "/", "/team/",
    )  # fmt: skip
    for reader in (ellen, priya):
        for path in pages:
            text = sign_in(reader).get(path).content.decode()
            assert "<script>alert(1)" not in text, path
            assert "<img src=x" not in text, path


def test_markup_in_the_search_box_comes_back_as_words(ellen: User, sign_in: SignIn) -> None:
    text = sign_in(ellen).post("/search/", {"q": SCRIPT}).content.decode()
    assert "<script>alert(1)" not in text


def test_a_template_in_what_is_typed_is_not_run(
    hannah: Person, hannahs_incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    now = Incident.objects.get(pk=hannahs_incident.pk)
    engine.amend(now, {**SAFE, "account": "{{ settings.SECRET_KEY }}{% debug %}${7*7}"}, by=ellen, seen=now.version)
    text = sign_in(ellen).get(f"/work/incident/{hannahs_incident.pk}/sections/happened/").content.decode()
    assert "{{ settings.SECRET_KEY }}{% debug %}${7*7}" in text


def test_a_new_line_in_the_way_on_makes_no_header(hannahs_case: Case, sam: User, sign_in: SignIn) -> None:
    onward = "/\r\nSet-Cookie: sessionid=mine"
    answer = sign_in(sam).post(f"/cases/{hannahs_case.reference}/reason/", {"later": "1", "next": onward})
    assert "sessionid" not in answer.cookies or answer.cookies["sessionid"].value != "mine"
    assert "\n" not in answer.get("Location", "")


def test_a_file_sent_where_none_is_asked_for_is_left_lying(
    hannah: Person, hannahs_incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    """No page takes uploads yet: a program named as a picture reaches neither disk nor row."""
    trick = SimpleUploadedFile("../../evil.jpg.php", b"MZ\x90\x00<?php system($_GET[0]);", content_type="image/jpeg")
    url = f"/work/incident/{hannahs_incident.pk}/sections/safe/"
    answer: Any = press(sign_in(ellen), url, {"everyone_safe": "yes", "made_safe": "Safe.", "photo": trick})
    assert answer.status_code == 302
    assert b"evil" not in sign_in(ellen).get(url).content


def test_thousands_of_fields_are_refused_before_they_are_read(ellen: User, sign_in: SignIn) -> None:
    answer = sign_in(ellen).post("/search/", {f"f{number}": "x" for number in range(2100)})
    assert answer.status_code in (400, 413)


def test_a_body_of_many_megabytes_is_refused(ellen: User, sign_in: SignIn) -> None:
    answer = sign_in(ellen).post("/search/", {"q": "x" * 4_000_000})
    assert answer.status_code in (400, 413)
