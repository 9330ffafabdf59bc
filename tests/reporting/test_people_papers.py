"""The narrative of one person and the history of two as papers: queued, made with the asker's eyes, theirs alone, written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Unit, User
from audit.models import Access
from cases.models import Case
from people.models import Person
from reporting import services
from reporting.explorer.asked import Asked
from reporting.models import Document
from tests.cases.lives import a_case, it_happened, many
from tests.cases.recording import words as text
from tests.cast import shut_out
from tests.people.merging import merged, suggested
from tests.people.population import known
from tests.reporting.conftest import words_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


@pytest.fixture
def theirs(nr3: Unit) -> Case:
    return a_case(nr3, 900)


@pytest.fixture
def gareth(theirs: Case, ellen: User) -> Person:
    return known(theirs, ellen, "Gareth", "Pollitt", date(1988, 4, 11))


@pytest.fixture
def kerry(theirs: Case, ellen: User, gareth: Person) -> Person:
    harmed = known(theirs, ellen, "Kerry", "Dunmore", date(1990, 6, 2))
    it_happened(theirs, ellen, harmed, gareth, 800, "Kitchen knife shown.", offence="actual-bodily-harm", grade="high")
    return harmed


def made(*people: Person, by: User) -> Any:
    document, _ = services.ask_about(*(person.pk for person in people), by=by)
    assert services.make(document.pk)
    return Document.objects.select_related("content", "case", "asked_by").get(pk=document.pk)


@pytest.mark.requirement("S3-188")
def test_the_history_leaves_as_one_narrative(gareth: Person, kerry: Person, theirs: Case, ellen: User) -> None:
    many(theirs, ellen, kerry, gareth, 3)
    document = made(gareth, by=ellen)
    said = " ".join(words_of(document))
    for words in ("What is known of Gareth Pollitt", "Kerry Dunmore", "Kitchen knife shown", "4 events", "11 April 1988",
                  "Suspect in 4, victim in 0", "High", theirs.reference, "OFFICIAL-SENSITIVE"):  # fmt: skip
        assert words in said, words
    assert "Gareth" not in document.file_name and f"person {gareth.pk} narrative" in document.file_name


def test_what_is_between_two_leaves_with_the_safeguarding_beside_it(
    gareth: Person, kerry: Person, theirs: Case, ellen: User
) -> None:
    said = " ".join(words_of(made(kerry, gareth, by=ellen)))
    for words in ("Everything between Kerry Dunmore and Gareth Pollitt", "Gareth Pollitt said to harm Kerry Dunmore",
                  "not recorded", "1 event, newest first: 1 one way, 0 the other",
                  "Born 2 June 1990 · victim in 1, suspect in 0 of these"):  # fmt: skip
        assert words in said, words


def test_the_button_leads_to_the_paper_and_twice_is_once(
    gareth: Person, kerry: Person, theirs: Case, ellen: User, sign_in: SignIn
) -> None:
    client = sign_in(ellen)
    page = client.get(f"/people/{gareth.pk}/narrative/")
    assert f'action="/people/{gareth.pk}/narrative/paper/"' in page.content.decode()
    for _ in range(2):
        answer = client.post(f"/people/{gareth.pk}/narrative/paper/", {"token": "t1"})
        assert answer.status_code == 302
    document = Document.objects.get()
    assert answer["Location"] == f"/documents/{document.pk}/"
    assert "Waiting for its turn" in client.get(f"/documents/{document.pk}/").content.decode()
    printed = Access.objects.filter(kind=Access.Kind.PRINT, what=f"people.person:{gareth.pk}")
    assert [row.hits for row in printed] == [[theirs.pk]]
    assert client.get(f"/people/{gareth.pk}/narrative/paper/")["Location"] == f"/people/{gareth.pk}/narrative/"


def test_papers_about_others_do_not_wait_for_each_other(gareth: Person, kerry: Person, ellen: User) -> None:
    asked = {
        services.ask_about(*people, by=ellen)[0].pk for people in ((gareth.pk,), (kerry.pk,), (gareth.pk, kerry.pk))
    }
    assert len(asked) == 3
    again = [services.ask_about(*people, by=ellen) for people in ((gareth.pk,), (gareth.pk, kerry.pk))]
    assert [new for _, new in again] == [False, False] and {paper.pk for paper, _ in again} <= asked
    kinds = Document.objects.order_by("pk").values_list("kind", "person", "other")
    assert list(kinds) == [
        ("narrative", gareth.pk, None), ("narrative", kerry.pk, None), ("pair", gareth.pk, kerry.pk)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "people"),
    [("case-file", 1), ("brief", 2), ("narrative", 0), ("narrative", 2), ("pair", 1), ("pair", 0)],
)
def test_the_database_keeps_no_paper_about_others_than_its_kind_says(
    kind: str, people: int, gareth: Person, kerry: Person, theirs: Case, ellen: User
) -> None:
    person, other = [gareth, kerry][:people] + [None] * (2 - people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(case=theirs, asked_by=ellen, kind=kind, person=person, other=other)


def test_a_paper_says_of_whom_it_was_made_also_when_they_were_merged_since(
    gareth: Person, kerry: Person, theirs: Case, nr3: Unit, ellen: User, priya: User, sign_in: SignIn
) -> None:
    """It is out of the house with the number of that record on it, and holds what was read of that record alone."""
    second = a_case(nr3, 100)
    double = known(second, ellen, "Garreth", "Pollit", date(1988, 4, 11))
    una = known(second, ellen, "Una", "Moss")
    it_happened(second, ellen, una, double, 90, "Came back at night.")
    papers = [made(double, by=ellen), made(una, double, by=ellen)]
    printed = [(paper.person_id, paper.other_id, paper.digest) for paper in papers]
    merged(suggested(theirs, second, (gareth, double), ellen), priya)
    kept = Document.objects.order_by("pk")
    assert list(kept.values_list("person", "other", "digest")) == printed
    page = sign_in(ellen).get(f"/documents/{papers[0].pk}/")
    assert page.status_code == 200 and f"person {double.pk}" in papers[0].file_name


def test_who_printed_and_who_took_out_what_is_known_of_somebody_is_found_under_them(
    gareth: Person, kerry: Person, theirs: Case, ellen: User, noor: User, sign_in: SignIn
) -> None:
    document = made(gareth, kerry, by=ellen)
    sign_in(ellen).get(f"/documents/{document.pk}/file/")
    for person in (gareth, kerry):
        looks = [row for _, side in Asked(person=person.pk).sides() for row in side]
        found = {(row.kind, row.by, tuple(row.hits)) for row in looks if row.kind in ("print", "export")}
        assert found == {("print", ellen, (theirs.pk,)), ("export", ellen, (theirs.pk,))}
    page = text(sign_in(noor).get("/audit/", {"person": gareth.pk}))
    assert "Printed" in page and "Took a copy" in page


def test_it_is_its_askers_alone(gareth: Person, kerry: Person, ellen: User, tom: User, sign_in: SignIn) -> None:
    document = made(gareth, by=ellen)
    assert sign_in(ellen).get(f"/documents/{document.pk}/file/").status_code == 200
    for page in ("", "progress/", "file/"):
        assert sign_in(tom).get(f"/documents/{document.pk}/{page}").status_code == 404


def test_whoever_loses_sight_of_a_case_it_draws_on_reads_it_no_longer(
    gareth: Person, kerry: Person, nr3: Unit, ellen: User, priya: User, tom: User, sign_in: SignIn
) -> None:
    other = a_case(nr3, 100)
    it_happened(other, ellen, kerry, gareth, 90, "Came back at night.")
    document = made(gareth, by=tom)
    assert sign_in(tom).get(f"/documents/{document.pk}/file/").status_code == 200
    drawn = Case.objects.get(pk=document.drawn_from[0])
    shut_out(drawn, tom, priya)
    assert sign_in(tom).get(f"/documents/{document.pk}/file/").status_code == 403


def test_a_restricted_case_prints_nowhere(gareth: Person, kerry: Person, nr3: Unit, ellen: User, tom: User) -> None:
    secret = a_case(nr3, 100)
    it_happened(secret, ellen, kerry, gareth, 90, "Came back at night.")
    Case.objects.filter(pk=secret.pk).update(restricted=True)
    for people in ((gareth,), (gareth, kerry)):
        said = " ".join(words_of(made(*people, by=tom)))
        assert "Came back" not in said and secret.reference not in said and "1 event" in said
        assert "what is restricted or not open to them is left out" in said


def test_strangers_find_no_such_paper_and_the_next_beat_says_why_first(
    gareth: Person, kerry: Person, stranger: User, sam: User, sign_in: SignIn
) -> None:
    for path in (f"/people/{gareth.pk}/narrative/paper/", f"/people/{gareth.pk}/with/{kerry.pk}/paper/"):
        assert sign_in(stranger).post(path).status_code == 404
        answer = sign_in(sam).post(path)
        assert answer.status_code == 422 and "say why" in answer.content.decode()
    assert not Document.objects.exists()
