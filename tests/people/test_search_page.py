"""The search page: what it says, what it refuses, and what never stands in an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.models import Unit, User
from audit.models import Access
from people import panels
from people.models import Person
from tests.cast import text_of
from tests.people.population import known

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
BORN = {"born_day": "11", "born_month": "4", "born_year": "1988"}


def test_a_misspelt_name_and_a_swapped_birth_date_show_him_and_why(
    gareth: Person, ellen: User, sign_in: SignIn
) -> None:
    typed = {"q": "garreth polit", "born_day": "4", "born_month": "11", "born_year": "1988"}
    answer = sign_in(ellen).post("/search/", typed)
    said = text_of(answer)
    assert answer.status_code == 200
    assert f'href="/people/{gareth.pk}/"' in said
    for words in ("sounds like", "Day and month swapped", "born 11 April 1988, age", "14 Tannery Row"):
        assert words in said


def test_no_name_stands_in_an_address_or_a_title(gareth: Person, ellen: User, sign_in: SignIn) -> None:
    client = sign_in(ellen)
    answer = client.post("/search/", {"q": "Gareth Pollitt"}, follow=True)
    assert answer.request["PATH_INFO"] == "/search/"
    assert not answer.request.get("QUERY_STRING")
    page = answer.content.decode()
    title = page[page.index("<title>") : page.index("</title>")]
    assert "ollitt" not in title
    assert "no-store" in answer["Cache-Control"]
    for address in [part.split('"')[0] for part in page.split('href="')[1:] + page.split('action="')[1:]]:
        assert "ollitt" not in address.lower()


def test_a_name_in_the_address_is_not_searched_for(gareth: Person, ellen: User, sign_in: SignIn) -> None:
    answer = sign_in(ellen).get("/search/", {"q": "Gareth Pollitt"})
    assert "Pollitt" not in text_of(answer)
    assert not Access.objects.filter(kind=Access.Kind.SEARCH).exists()


def test_the_search_in_the_header_is_sent_as_a_form(ellen: User, sign_in: SignIn) -> None:
    said = text_of(sign_in(ellen).get("/search/"))
    header = said[said.index('<form class="app-header__search"') :].split("</form>")[0]
    assert 'method="post"' in header
    assert "csrfmiddlewaretoken" in header
    assert "maxlength" not in header, (
        "cut by the browser, words would be lost silently; a sentence says what is too long"
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Enter a name, a birth date or a case reference"),
        ({"q": "   "}, "Enter a name, a birth date or a case reference"),
        ({"q": "x"}, "The name must have two letters or more"),
        ({"q": "%_*"}, "The name must have two letters or more"),
        ({"born_year": "1988"}, "Enter a name too, or the whole birth date"),
        ({"q": "Smith" * 50}, "The name or reference must be 200 characters or fewer"),
        ({"q": "Smith\x07"}, "The name or reference has characters in it that cannot be seen"),
        ({"q": "Smith\x00"}, "The name or reference"),
        ({"q": "Smith\u202e"}, "The name or reference has characters in it that cannot be seen"),
        (
            {"q": "Smith", "born_day": "31", "born_month": "2", "born_year": "1988"},
            "The birth date must be a real date",
        ),
        ({"q": "Smith", "born_day": "31", "born_year": "1988"}, "The birth date must include a month"),
        ({"q": "Smith", "born_day": "1"}, "The birth date must include a month and a year"),
        ({"q": "Smith", "born_year": "88"}, "The birth date must have a year of 4 numbers"),
        ({"q": "Smith", "born_year": "٢٠٢٠"}, "The birth date must have a year of 4 numbers"),
        ({"q": "Smith", "born_month": "13", "born_year": "1988"}, "The birth date must be a real date"),
        ({"q": "Smith", "born_year": "1899"}, "The birth date must be in 1900 or later"),
        ({"q": "Smith", "born_year": "9999"}, "The birth date must be today or in the past"),
        ({"q": "Smith", "born_day": "٣", "born_month": "4", "born_year": "1988"}, "The birth date must be a real date"),
    ],
)
def test_what_cannot_be_looked_for_is_a_sentence_and_stays_typed(
    ellen: User, sign_in: SignIn, typed: dict[str, str], sentence: str
) -> None:
    answer = sign_in(ellen).post("/search/", typed)
    said = text_of(answer)
    assert answer.status_code == 422
    assert said.count(sentence) >= 2  # in the summary and beside the box
    assert all(value in said for value in typed.values() if value.strip("\x00\x07 ") == value and value)
    assert not Access.objects.filter(kind=Access.Kind.SEARCH).exists()


@pytest.mark.parametrize("typed", ["DA-2026-{n}", "da 2026 {n}", " da/2026/{n} ", "DA2026{n}"])
def test_a_reference_leads_straight_to_its_case(hannahs_case: Any, ellen: User, sign_in: SignIn, typed: str) -> None:
    _, year, number = hannahs_case.reference.split("-")
    answer = sign_in(ellen).post("/search/", {"q": typed.replace("2026", year).format(n=number)})
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{hannahs_case.reference}/")
    looked = Access.objects.get(kind=Access.Kind.SEARCH)
    assert (looked.terms, looked.hits, looked.what) == (hannahs_case.reference, [hannahs_case.pk], "cases.case")


def test_a_hidden_case_and_one_that_never_was_are_answered_alike(
    hannahs_case: Any, victor: User, sign_in: SignIn
) -> None:
    client = sign_in(victor)
    hidden = client.post("/search/", {"q": hannahs_case.reference})
    never = client.post("/search/", {"q": "DA-2019-999999"})
    assert hidden.status_code == never.status_code == 200
    assert f"No case found with the reference {hannahs_case.reference}" in text_of(hidden)
    looked = Access.objects.filter(kind=Access.Kind.SEARCH, by=victor, what="cases.case").values_list("terms", "hits")
    assert set(map(str, looked)) == {str((hannahs_case.reference, [])), str(("DA-2019-999999", []))}


def test_who_is_hidden_leaves_no_trace_on_the_page(
    gareth: Person, victor: User, stranger: User, sign_in: SignIn
) -> None:
    for shut in (victor, stranger):
        said = text_of(sign_in(shut).post("/search/", {"q": "Gareth Pollitt"}))
        assert "Nobody found who may be “Gareth Pollitt”" in said
        assert not re.search(r"/people/\d", said)


def test_nobody_signed_in_is_sent_to_sign_in(nobody: Client) -> None:
    for answer in (nobody.get("/search/"), nobody.post("/search/", {"q": "Gareth Pollitt"})):
        assert answer.status_code == 302
        assert answer["Location"] == "/sign-in/?next=/search/"


def test_the_next_people_are_asked_for_in_the_same_words(hannahs_case: Any, ellen: User, sign_in: SignIn) -> None:
    for _ in range(13):
        known(hannahs_case, ellen, "Gareth", "Pollitt")
    client = sign_in(ellen)
    first = client.post("/search/", {"q": "Gareth Pollitt", **BORN})
    assert "Showing 1 to 10 of 13" in text_of(first)
    last = first.context["found"].matches[-1].person_id
    second = client.post("/search/", {"q": "Gareth Pollitt", **BORN, "after": str(last)})
    assert "Showing 11 to 13 of 13" in text_of(second)
    assert "Show the next people" not in text_of(second)


def test_what_a_locked_session_was_sending_is_offered_again_once(ellen: User, sign_in: SignIn) -> None:
    client = sign_in(ellen)
    client.get("/search/")
    client.post("/lock/")
    client.post("/search/", {"q": "Gareth Pollitt", **BORN})
    client = sign_in(ellen)
    assert 'value="Gareth Pollitt"' in text_of(client.get("/search/"))
    client.post("/search/", {"q": "Gareth Pollitt", **BORN})
    assert "Pollitt" not in text_of(client.get("/search/"))


@pytest.mark.parametrize("after", ["", "0", "-1", "nobody", "9" * 30, "٣"])
def test_a_place_to_go_on_from_that_is_none_begins_again(
    gareth: Person, ellen: User, sign_in: SignIn, after: str
) -> None:
    answer = sign_in(ellen).post("/search/", {"q": "Gareth Pollitt", "after": after})
    assert "Showing 1 to" in text_of(answer)


def test_markup_in_a_name_is_shown_as_it_was_typed(hannahs_case: Any, ellen: User, sign_in: SignIn) -> None:
    known(hannahs_case, ellen, "<b>Rob</b>", "Table")
    page = sign_in(ellen).post("/search/", {"q": "<b>Rob</b> Table"}).content.decode()
    assert "<b>Rob" not in page
    assert "&lt;b&gt;Rob" in page


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An app that says something of everybody."""
    monkeypatch.setattr(panels, "LINES", {})
    panels.say_in_search(
        "roles", lambda ids, user: {pk: [panels.Line("Suspect in DA-2026-000001", "/x/")] for pk in ids}
    )
    panels.say_in_search("grade", lambda ids, user: {pk: [panels.Line("", grade="high")] for pk in ids}, order=10)
    yield


def test_apps_say_their_lines_of_a_person(told: None, gareth: Person, ellen: User, sign_in: SignIn) -> None:
    said = text_of(sign_in(ellen).post("/search/", {"q": "Gareth Pollitt", **BORN}))
    assert "Suspect in DA-2026-000001" in said
    assert "HIGH" in said


def test_two_apps_may_not_say_a_thing_of_one_name(told: None) -> None:
    with pytest.raises(LookupError, match="Two lines of a search are named roles"):
        panels.say_in_search("roles", lambda ids, user: {})


def test_the_page_costs_the_same_for_one_person_and_for_ten(
    gareth: Person, hannahs_case: Any, ellen: User, nr3: Unit, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(ellen)
    client.get("/search/")  # the first request of a session writes when it began
    counted = []
    for _ in range(2):
        with django_assert_max_num_queries(25) as asked:  # why not 10: docs/performance.md
            client.post("/search/", {"q": "Gareth Pollitt"})
        counted.append(len(asked))
        for _ in range(9):
            known(hannahs_case, ellen, "Gareth", "Pollitt", address="1 High Street")
    assert counted[0] == counted[1]
