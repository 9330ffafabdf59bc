"""English and Welsh: a person's language follows them, what is not translated yet is shown in English, nothing is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from accounts.models import User
from cases.models import Incident
from config.words import LANGUAGES, catalogue, catalogue_file, written
from people.models import Person
from supervision.escalation.plan import sentence
from workflow.models import Deadline
from workflow.pages.tasks import refusal_of
from workflow.policies import HOLDER, Rung
from workflow.templatetags.words import counted, lateness, opening

SignIn = Callable[[User | None], Client]


def choose(browser: Client, code: str, onward: str = "/") -> str:
    answer = browser.post("/language/", {"language": code, "next": onward})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_the_language_of_a_person_is_theirs_on_every_machine(ellen: User, sign_in: SignIn) -> None:
    assert choose(sign_in(ellen), "cy", "/notices/") == "/notices/"
    ellen.refresh_from_db()
    page = sign_in(ellen).get("/")
    assert page["Content-Language"] == "cy"
    text = page.content.decode()
    assert '<html lang="cy"' in text
    assert "Fy ngwaith" in text
    assert "Rheoli achosion cam-drin domestig" in text


def test_a_colleague_goes_on_in_english(ellen: User, tom: User, sign_in: SignIn) -> None:
    choose(sign_in(ellen), "cy")
    page = sign_in(tom).get("/").content.decode()
    assert '<html lang="en-GB"' in page
    assert "My work" in page


def test_whoever_has_not_signed_in_yet_may_choose_too(nobody: Client, db: None) -> None:
    choose(nobody, "cy", "/sign-in/")
    assert '<html lang="cy"' in nobody.get("/sign-in/").content.decode()


def test_what_a_form_asks_and_refuses_is_said_in_the_language(
    hannah: Person, hannahs_incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    browser = sign_in(ellen)
    choose(browser, "cy")
    page = browser.get(f"/work/incident/{hannahs_incident.pk}/sections/safe/").content.decode()
    assert "Diogelu ar unwaith" in page
    assert "Cadw a pharhau" in page


@pytest.mark.parametrize("code", ["xx", "", "en-gb'; DROP", "../../etc"])
def test_a_language_that_we_do_not_have_changes_nothing(ellen: User, sign_in: SignIn, code: str) -> None:
    choose(sign_in(ellen), code)
    ellen.refresh_from_db()
    assert ellen.language == "en-gb"


@pytest.mark.parametrize("onward", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_choosing_a_language_leads_to_no_other_site(ellen: User, sign_in: SignIn, onward: str) -> None:
    assert choose(sign_in(ellen), "cy", onward) == "/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_every_word_that_the_program_says(language: str) -> None:
    """Run manage.py words when this fails; what has no translation yet is shown in English."""
    assert catalogue_file(language).read_text(encoding="utf-8") == written(catalogue(language))


#: What law and the field call so; all else is domestic abuse.
STATUTORY = (
    "domestic violence protection notice", "domestic violence protection order", "domestic violence disclosure scheme",
    "independent domestic violence advis", "domestic violence, crime and victims act",
)  # fmt: skip


@pytest.mark.requirement("S4-009")
def test_pages_and_papers_say_domestic_abuse_but_for_names_of_the_law() -> None:
    said = {str(message.id) for message in catalogue(LANGUAGES[0])}
    said |= {page.read_text(encoding="utf-8") for page in (settings.BASE_DIR / "templates").rglob("*.html")}
    assert [words for words in said if "domestic violence" in re.sub("|".join(STATUTORY), "", words.lower())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_every_gap_that_is_filled_in(language: str) -> None:
    """A sentence whose %(name)s is missing or misspelt would break its page for that language's readers alone."""
    for message in catalogue(language):
        if message.id and message.string:
            one = message.id[0] if isinstance(message.id, tuple) else message.id
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            for words in filter(None, said if message.python_format else ()):
                assert sorted(_gaps(words)) == sorted(_gaps(one)), one


def _gaps(words: str) -> list[str]:
    return [part.partition(")")[0] for part in words.split("%(")[1:]]


OPENINGS = ("You cannot do this.", "Not available.", "Not yet.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("opening", OPENINGS)
def test_a_refusal_begins_with_the_translation_of_its_opening(language: str, opening: str) -> None:
    """Pages take the opening of a refusal off and say it by itself; a translation that begins otherwise says it twice."""
    found = catalogue(language)
    begins = found.get(opening).string  # type: ignore[union-attr]
    assert begins
    for message in found:
        one = message.id[0] if isinstance(message.id, tuple) else message.id
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        if str(one).startswith(f"{opening} "):
            assert all(str(words).startswith(f"{begins} ") for words in said if words), one


def test_numbers_are_said_as_welsh_says_them() -> None:
    """Welsh changes the word after two, and has one form for the rest."""
    with translation.override("cy"):
        said = [counted(count, "day") for count in (1, 2, 5)]
    assert said == ["1 diwrnod", "2 ddiwrnod", "5 diwrnod"]
    assert [counted(count, "person,people") for count in (1, 2)] == ["1 person", "2 people"]


def test_lateness_is_said_in_the_language() -> None:
    now = datetime(2026, 8, 29, 12, tzinfo=UTC)
    with translation.override("cy"):
        assert lateness(now - timedelta(hours=3), now) == "3 awr yn hwyr"
        assert opening("role") == "Ni allwch wneud hyn."
    assert lateness(now - timedelta(hours=3), now) == "Overdue by 3 hours"


def test_a_refusal_is_taken_apart_in_either_language() -> None:
    sentence = "You cannot do this. You sent it, so somebody else must decide."
    assert refusal_of(sentence) == ("role", "You sent it, so somebody else must decide.")
    with translation.override("cy"):
        kind, fact = refusal_of(sentence)
    assert kind == "role"
    assert fact.startswith("Chi a'i hanfonodd")


@pytest.mark.parametrize("path", ["/", "/search/", "/notices/", "/team/", "/work/begin/incident/begin/"])
def test_every_day_pages_stand_in_welsh(ellen: User, hannahs_incident: Incident, sign_in: SignIn, path: str) -> None:
    browser = sign_in(ellen)
    choose(browser, "cy")
    page = browser.get(path)
    assert page.status_code < 500
    assert '<html lang="cy"' in page.content.decode()


def test_the_case_and_its_record_stand_in_welsh(
    hannah: Person, hannahs_incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    browser = sign_in(ellen)
    choose(browser, "cy")
    pages = {hannahs_incident.case.get_absolute_url(): "Llinell amser"}
    pages[f"/work/incident/{hannahs_incident.pk}/"] = "Bob amser yn gyntaf"
    for path, words in pages.items():
        page = browser.get(path)
        assert page.status_code == 200
        assert '<html lang="cy"' in page.content.decode()
        assert words in page.content.decode()


def test_what_is_wrong_in_a_section_is_said_in_the_language(
    hannahs_incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    browser = sign_in(ellen)
    choose(browser, "cy")
    page = browser.post(f"/work/incident/{hannahs_incident.pk}/sections/safe/", {"seen": hannahs_incident.version})
    text = html.unescape(page.content.decode())
    assert page.status_code == 422
    assert '<html lang="cy"' in text
    assert "Mae problem" in text
    assert "Dywedwch a yw pawb yn ddiogel" in text


def test_a_notice_is_kept_in_english_whoever_caused_it() -> None:
    """What is stored is read later by people of either language, so it is written in the language of the record."""
    now = timezone.now()
    owed = Deadline(due_at=now - timedelta(hours=2))
    with translation.override("cy"):
        told = sentence(owed, Rung(0, HOLDER), widened=False, now=now)
    assert "Overdue by 2 hours" in told
