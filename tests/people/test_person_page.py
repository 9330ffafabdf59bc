"""The person page: each fact with its source, and nothing from a case that is hidden or still shut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit import services as audit
from audit.models import Access
from cases.models import Case
from people import panels
from people.models import Address, Birth, Person, PersonName, Telephone
from people.services import facts_of
from tests.cast import text_of
from tests.people.population import known, learned

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


def page_of(client: Client, person: Person) -> str:
    answer = client.get(f"/people/{person.pk}/")
    assert answer.status_code == 200
    return text_of(answer)


@pytest.fixture
def person(hannahs_case: Any, ellen: User) -> Person:
    week_ago = timezone.now() - timedelta(days=7)
    return known(
        hannahs_case, ellen, "Gareth", "Pollitt", date(1988, 4, 11), address="14 Tannery Row",
        telephone="07700 900 862", at=week_ago,
    )  # fmt: skip


def test_each_fact_stands_with_its_case_its_author_and_its_day(
    person: Person, hannahs_case: Any, ellen: User, sign_in: SignIn
) -> None:
    said = page_of(sign_in(ellen), person)
    for words in ("11 April 1988", "14 Tannery Row, NG5 2AB", "07700 900 862", "PC 2877 Ellen Marsh"):
        assert words in said
    assert said.count(f'<a class="govuk-link" href="/cases/{hannahs_case.reference}/">') == 4


def test_the_newest_comes_first_and_what_disagrees_is_kept(
    person: Person, hannahs_case: Any, ellen: User, sign_in: SignIn
) -> None:
    learned(Birth, hannahs_case, person, ellen, born_on=date(1988, 11, 4))
    learned(Address, hannahs_case, person, ellen, line="3 Corn Street")
    said = page_of(sign_in(ellen), person)
    assert said.index("4 November 1988") < said.index("11 April 1988 <strong>Disagrees</strong>")
    assert said.index("3 Corn Street") < said.index("14 Tannery Row")


def test_an_alias_says_that_it_is_one(person: Person, hannahs_case: Any, ellen: User, sign_in: SignIn) -> None:
    learned(PersonName, hannahs_case, person, ellen, forename="Gaz", surname="", kind="alias")
    said = page_of(sign_in(ellen), person)
    assert "Alias: Gaz" in said
    assert [(fact.words, fact.older) for fact in facts_of(person, ellen)[:2]] == [
        ("Gareth Pollitt", False),
        ("Gaz", False),
    ]
    assert '<h1 class="app-identity__name">Gareth <span class="app-surname">Pollitt</span></h1>' in said


def test_somebody_of_whom_nothing_may_be_known_does_not_exist(
    person: Person, victor: User, stranger: User, sign_in: SignIn
) -> None:
    for shut in (victor, stranger):
        assert sign_in(shut).get(f"/people/{person.pk}/").status_code == 404
        assert not Person.objects.visible_to(shut).exists()
    assert not Access.objects.filter(what=f"people.person:{person.pk}").exists()


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 18, "9" * 40])
def test_somebody_who_never_was_is_the_same_page(ellen: User, sign_in: SignIn, pk: str) -> None:
    assert sign_in(ellen).get(f"/people/{pk}/").status_code == 404


def test_a_person_whose_facts_are_all_struck_out_exists_no_more(person: Person, ellen: User, sign_in: SignIn) -> None:
    for kind in (PersonName, Birth, Address, Telephone):
        fact = kind.objects.get(person=person)
        fact.struck_out_at = timezone.now()
        fact.save(update_fields=["struck_out_at"])
    assert sign_in(ellen).get(f"/people/{person.pk}/").status_code == 404


def test_a_fact_of_a_hidden_case_is_not_there_at_all(
    person: Person, sr1: Any, sam: User, ellen: User, sign_in: SignIn
) -> None:
    secret = Case.begin(Case.Kind.DISCLOSURE, sr1, timezone.now())
    learned(Telephone, secret, person, sam, number="01632 960 555")
    said = page_of(sign_in(ellen), person)
    assert "01632" not in said
    assert secret.reference not in said


def test_what_a_case_of_another_unit_knows_opens_once_a_reason_is_given(
    person: Person, hannahs_case: Any, sam: User, sign_in: SignIn
) -> None:
    client = sign_in(sam)
    said = page_of(client, person)
    assert "11 April 1988" in said  # who it is may be known: another man is not taken for him
    for withheld in ("Tannery", "NG5", "07700"):
        assert withheld not in said
    assert said.count("Not shown yet: this case is not your work.") == 2
    assert f"/cases/{hannahs_case.reference}/reason/?next=%2Fpeople%2F{person.pk}%2F" in said
    looked = Access.objects.get(what=f"people.person:{person.pk}")
    assert looked.hits == [hannahs_case.pk]
    audit.looked(
        by=sam, kind=Access.Kind.REASON, what="cases.case", folder=hannahs_case, reason="At the door next to it"
    )
    said = page_of(client, person)
    assert "14 Tannery Row" in said
    assert "Not shown yet" not in said


def test_a_shut_address_does_not_make_an_open_one_older(
    person: Person, southmere_case: Any, sam: User, ellen: User
) -> None:
    learned(Address, southmere_case, person, sam, line="9 Harbour View")
    lives = [fact for fact in facts_of(person, ellen) if fact.label == "Lives"]
    assert [(fact.words, fact.closed, fact.older) for fact in lives] == [
        ("", True, False),
        ("14 Tannery Row, NG5 2AB", False, False),
    ]


def test_as_it_had_been_recorded_by_a_moment(person: Person, hannahs_case: Any, ellen: User) -> None:
    learned(Address, hannahs_case, person, ellen, line="3 Corn Street")
    then = timezone.now() - timedelta(days=1)
    assert "3 Corn Street" in {fact.words for fact in facts_of(person, ellen)}
    assert "3 Corn Street" not in {fact.words for fact in facts_of(person, ellen, then)}
    assert facts_of(person, ellen, then - timedelta(days=30)) == []


def test_the_look_is_written_down_with_the_cases_that_were_read(
    person: Person, hannahs_case: Any, ellen: User, sign_in: SignIn
) -> None:
    page_of(sign_in(ellen), person)
    looked = Access.objects.get(what=f"people.person:{person.pk}", by=ellen)
    assert (looked.kind, looked.hits) == (Access.Kind.VIEW, [hannahs_case.pk])


def test_panels_of_apps_stand_where_they_say_for_whom_they_say(
    person: Person, ellen: User, priya: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "PANELS", {})
    shared = {"template": "components/problem.html"}
    panels.show_on_person(
        panels.PersonPanel("history", "In whose life", lambda reading: [reading.person.pk], **shared),
        panels.PersonPanel("grade", "Risk over time", lambda *_: [1], side=True, who=frozenset({"sergeant"}), **shared),
        panels.PersonPanel("empty", "Nothing to say", lambda *_: [], **shared),
    )
    said = page_of(sign_in(ellen), person)
    assert "In whose life" in said
    assert "Risk over time" not in said
    assert "Nothing to say" not in said
    assert "Risk over time" in page_of(sign_in(priya), person)
    with pytest.raises(LookupError, match="Two panels of a person are named history"):
        panels.show_on_person(panels.PANELS["history"])


def test_the_page_costs_the_same_for_four_facts_and_for_forty(
    person: Person, hannahs_case: Any, ellen: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(ellen)
    page_of(client, person)  # the first request of a session writes when it began
    counted = []
    for _ in range(2):
        with django_assert_max_num_queries(30) as asked:
            page_of(client, person)
        counted.append(len(asked))
        for number in range(36):
            learned(Address, hannahs_case, person, ellen, line=f"{number} High Street")
    assert counted[0] == counted[1]
