"""A request without any script: one question a page, nothing shown back, nothing kept, sent once, and never a bare refusal."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.local.supervisor import Supervisor, commands
from dvds.models import PublicRequest
from tests.public.conftest import WHOLE, Visitor, serving

Strict = Callable[..., Any]
NUMBERS = ("tel:999", "tel:101", "tel:08082000247")


def said_in(text: str) -> bool:
    """Whether a page tells who may be rung."""
    return all(number in text for number in NUMBERS) and "press 55" in text


def test_a_whole_request_is_one_row_with_the_words_as_they_were_typed(visitor: Visitor, letterbox: str) -> None:
    visitor.to(9)
    assert visitor.heading == "Send your request"
    assert not PublicRequest.objects.exists()
    visitor.post()
    assert visitor.heading == "We have your request"
    row = PublicRequest.objects.get()
    assert (row.danger, row.asks_as, row.at_risk) == ("possible", "friend", "Rosa Field, About 30, Mill Lane")
    assert (row.subject, row.why) == ("Kurt Vane, Drives a white van", "He hurt somebody before.\nShe has a bruise.")
    assert row.feared == ["assault", "control"]
    assert (row.safe_means, row.safe_place) == ("Phone somebody they trust: 07700 900417", "")
    assert (row.safe_times, row.never) == ("Tuesdays before 11", "Never ring the house")
    assert (row.asker, row.language, row.taken_at) == ("Nina", "Polish", None)


def test_one_question_stands_on_a_page_and_none_shows_what_was_said_before(visitor: Visitor, served: str) -> None:
    visitor.begin()
    told: list[str] = []
    for number, said in enumerate(WHOLE):
        visitor.answer(**said)
        told += [str(word) for words in said.values() for word in (words if isinstance(words, list) else [words])]
        if number < len(WHOLE) - 1:
            assert f"Question {number + 1} of 9" in visitor.html
            assert visitor.html.count("<h1") == 1
        typed = re.findall(
            r'<input[^>]*type="(?:text|tel)"[^>]*value="([^"]+)"|checked|<textarea[^>]*>\n([^<]+)', visitor.html
        )
        assert typed == []
        page = visitor.html.replace(visitor.sealed, "")
        assert [word for word in told if len(word) > 12 and word in page] == []


def test_every_page_may_be_left_and_says_who_answers_now(visitor: Visitor, served: str) -> None:
    visitor.begin()
    for said in WHOLE:
        visitor.answer(**said)
        assert 'class="govuk-button govuk-button--warning leave__button"' in visitor.html
        assert said_in(visitor.html)


def test_nothing_is_kept_nothing_names_the_scheme_and_no_cookie_is_set(visitor: Visitor, served: str) -> None:
    for _ in range(2):
        visitor.to(3)
        assert visitor.headers["Cache-Control"] == "no-store, max-age=0"
        assert visitor.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in visitor.headers
        assert "unsafe" not in visitor.headers["Content-Security-Policy"]
        assert re.search(r"<title>Question 4 of 9 – Your request</title>", visitor.html)
        assert not re.search(r"clare|dvds|disclos", visitor.html, re.IGNORECASE)
        addresses = re.findall(r'(?:href|src|action)="([^"]+)"', visitor.html)
        assert [
            one for one in addresses if not re.match(r"/$|/static/|tel:|data:,|#|http://127.0.0.1:\d+/again/cy/$", one)
        ] == []
        assert 'autocomplete="off"' in visitor.html


def test_coming_back_begins_anew(visitor: Visitor, served: str) -> None:
    visitor.to(5)
    visitor.begin()
    assert visitor.heading == "Ask about somebody you are worried about"
    visitor.answer()
    assert "Question 1 of 9" in visitor.html


def test_sent_twice_is_one(visitor: Visitor, letterbox: str) -> None:
    visitor.to(9)
    last = visitor.sealed
    for _ in range(3):
        visitor.post(page=last)
        assert visitor.heading == "We have your request"
    assert PublicRequest.objects.count() == 1


def test_a_refused_answer_says_what_to_do_and_loses_nothing(visitor: Visitor, served: str) -> None:
    visitor.to(5)
    visitor.answer(reach="friend", friend_when="Tuesdays before 11")
    assert visitor.status == 200
    assert "Question 6 of 9" in visitor.html
    assert "Type the number, or choose another way" in visitor.html
    assert 'value="Tuesdays before 11"' in visitor.html
    assert '<a href="#friend_number">' in visitor.html
    assert "<title>Error: " in visitor.html


def test_whoever_cannot_be_reached_is_told_how_to_reach_us(visitor: Visitor, letterbox: str) -> None:
    visitor.to(5)
    visitor.answer(reach="none")
    for said in WHOLE[7:]:
        visitor.answer(**said)
    visitor.post()
    assert "go into any police station" in visitor.html
    assert PublicRequest.objects.get().safe_times == ""


def test_almost_nothing_has_to_be_said(visitor: Visitor, letterbox: str) -> None:
    visitor.begin()
    for said in ({}, {"danger": "none"}, {"asks_as": "self"}, {}, {}, {"reach": "none"}, {}, {}, {}, {}):
        visitor.answer(**said)
    assert visitor.heading == "We have your request"
    assert PublicRequest.objects.get().subject == ""


def test_danger_now_is_answered_on_every_page_after(visitor: Visitor, served: str) -> None:
    visitor.begin()
    visitor.answer()
    visitor.answer(danger="yes")
    assert "You said that somebody is in danger now." in visitor.html
    visitor.answer(asks_as="self")
    assert "You said that somebody is in danger now." in visitor.html


def test_welsh_from_any_page_keeps_what_is_typed(visitor: Visitor, letterbox: str) -> None:
    visitor.to(3)
    visitor.answer(speak="cy", subject_name="Kurt Vane")
    assert 'lang="cy"' in visitor.html
    assert "Cwestiwn 4 o 9" in visitor.html
    assert 'value="Kurt Vane"' in visitor.html
    for said in WHOLE[4:]:
        visitor.answer(**(said | ({"language": ""} if "language" in said else {})))
    visitor.post()
    assert visitor.heading == "Mae eich cais gennym"
    assert PublicRequest.objects.get().language == "Welsh"


def test_a_browser_that_prefers_welsh_begins_in_welsh(visitor: Visitor, served: str) -> None:
    visitor.begin(**{"Accept-Language": "cy,en;q=0.5"})
    assert visitor.heading == "Holi am rywun yr ydych yn poeni amdano"


@pytest.mark.parametrize("aside", ["hide", "accessibility", "privacy"])
def test_what_is_read_beside_a_question_leads_back_to_it(visitor: Visitor, served: str, aside: str) -> None:
    visitor.to(3)
    visitor.answer(aside=aside, subject_name="Kurt Vane")
    assert "Kurt Vane" not in visitor.html
    visitor.post(back="yes")
    assert "Question 4 of 9" in visitor.html
    assert 'value="Kurt Vane"' in visitor.html


@pytest.mark.parametrize("page", ["", "nonsense", "gAAAAABrA4dHUp_XUEIV", "x" * 160_000])
def test_a_page_that_is_not_ours_or_too_old_is_wiped(visitor: Visitor, served: str, page: str) -> None:
    visitor.post(page=page or " ", subject_name="Kurt Vane")
    assert visitor.heading == "What you typed has been wiped"
    assert "Kurt Vane" not in visitor.html
    assert said_in(visitor.html)


def test_half_an_hour_is_the_longest(strict: Strict) -> None:
    with strict() as visitor:
        visitor.begin()
        assert 'content="1800;url=/again/en/"' in visitor.html
        assert 'data-quiet="1800"' in visitor.html


def test_a_page_is_sealed_anew_for_whoever_still_types(visitor: Visitor, served: str) -> None:
    visitor.to(3)
    before = visitor.sealed
    renewed = visitor.take("/stay/", f"page={before}".encode())
    assert renewed != before
    visitor.post(page=renewed, back="yes")
    assert "Question 4 of 9" in visitor.html
    visitor.take("/stay/", b"page=nonsense")
    assert visitor.status == 410


def test_another_sites_form_only_leads_to_the_start(visitor: Visitor, letterbox: str) -> None:
    visitor.to(9)
    visitor.post(headers={"Sec-Fetch-Site": "cross-site"})
    assert visitor.heading == "Ask about somebody you are worried about"
    assert not PublicRequest.objects.exists()


def test_the_limit_shows_who_answers_and_keeps_what_was_typed(strict: Strict) -> None:
    with strict(PUBLIC_STEPS="4/600") as visitor:
        visitor.to(3)
        visitor.answer(subject_name="Kurt Vane")
        assert visitor.status == 429
        assert visitor.heading == "Too much comes from this connection just now"
        assert said_in(visitor.html)
        assert "Kurt Vane" not in visitor.html
        kept = visitor.sealed
    with strict() as visitor:
        visitor.post(page=kept, back="yes")
        assert 'value="Kurt Vane"' in visitor.html


@pytest.mark.parametrize("limit", ["PUBLIC_SENDINGS", "PUBLIC_ALL_SENDINGS"])
def test_the_limit_of_requests_shows_who_answers_too(strict: Strict, limit: str) -> None:
    with strict(**{limit: "1/3600"}) as visitor:
        for _ in range(2):
            visitor.to(9)
            visitor.post()
        assert visitor.status == 429
        assert said_in(visitor.html)
        visitor.post(back="yes")
        assert visitor.heading == "Send your request"
    assert PublicRequest.objects.count() == 1


def test_behind_the_proxy_one_visitor_does_not_use_up_the_turn_of_another(strict: Strict) -> None:
    with strict(PUBLIC_STEPS="1/600", BEHIND_PROXY="true") as visitor:
        for forwarded, status in (("9.9.9.9, 192.0.2.1", 200), ("8.8.8.8, 192.0.2.1", 429), ("192.0.2.2", 200)):
            visitor.begin()
            visitor.post(headers={"X-Forwarded-For": forwarded})
            assert visitor.status == status


def test_a_database_that_is_down_is_said_and_nothing_is_lost_or_logged(strict: Strict, tmp_path: Path) -> None:
    with strict(database="postgresql://da_public@127.0.0.1:1/nowhere") as visitor:
        visitor.to(9)
        visitor.post()
        assert (visitor.status, visitor.heading) == (503, "We could not take your request")
        assert said_in(visitor.html)
        visitor.post(back="yes")
        assert visitor.heading == "Send your request"
    lines = (tmp_path / "public.log").read_text()
    assert "a request was not taken" in lines
    assert not re.search(r"Kurt|Rosa|900417|bruise", lines)


def test_its_process_is_told_no_secret_of_the_staffs(tmp_path: Path) -> None:
    secrets = dict.fromkeys(("SECRET_KEY", "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_URL"), "secret")
    known = {"PATH": "/bin", "PUBLIC_DATABASE_URL": "postgresql://da_public@/cases"}
    system = Supervisor(commands(8000, tmp_path, public=8002), {**secrets, **known}, tmp_path)
    assert system.children["public"].environment == known
    assert set(secrets) <= set(system.children["web"].environment)


def test_it_starts_with_no_role_that_may_do_more(tmp_path: Path) -> None:
    for role in ("da_app", "da_owner", "postgres"):
        with pytest.raises(AssertionError, match="PUBLIC_DATABASE_URL must name a role"):
            with serving(tmp_path / "public.log", f"postgresql://{role}@localhost/cases"):
                pass


@pytest.mark.parametrize("lacking", ["PUBLIC_SECRET_KEY", "PUBLIC_HOSTS", "PUBLIC_DATABASE_URL"])
def test_production_does_not_start_without_its_own(tmp_path: Path, lacking: str) -> None:
    whole = {"PUBLIC_SECRET_KEY": "x1y2" * 20, "PUBLIC_HOSTS": "request.example", "DJANGO_ENV": "production"}
    given = whole | {"PUBLIC_DATABASE_URL": "postgresql://da_public@localhost/cases", lacking: ""}
    with pytest.raises(AssertionError, match=f"Set {lacking} in the environment"):
        with serving(tmp_path / "public.log", **({"database": given.pop("PUBLIC_DATABASE_URL")} | given)):
            pass
