"""Saved searches: kept, listed, ended; told once of a new answer that the owner may see, and never of another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case, Incident
from cases.services import name_person, restrict
from people.models import Person, SavedHit, SavedSearch, Telephone
from people.services import watching
from supervision.models import Notice
from supervision.services import message
from tests.cast import text_of
from tests.people.population import known, learned
from workflow import engine, reactions

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
ASKED = {"q": "gareth pollitt", "born": "11 4 1988"}
SAID = {"name": "The brother", "why": "He is wanted for DA-2026-000001"}


def saved(client: Client, **asked: Any) -> SavedSearch:
    """As somebody saves a search by the pages; the sweep has come by since."""
    answer = client.post("/search/saved/new/", (asked or ASKED) | SAID)
    assert (answer.status_code, answer["Location"]) == (302, "/search/saved/")
    watching.sweep(timezone.now())
    kept = SavedSearch.objects.order_by("-pk").first()
    assert kept is not None
    return kept


def swept() -> int:
    found = watching.sweep(timezone.now())
    reactions.run_due(timezone.now())
    return found


def told(user: User) -> list[Notice]:
    return list(Notice.objects.filter(person=user))


def test_a_search_is_saved_with_a_name_and_why_then_listed_opened_and_deleted(
    gareth: Person, ellen: User, sign_in: SignIn
) -> None:
    client = sign_in(ellen)
    assert "Why do you need to be told?" in text_of(client.post("/search/saved/new/", ASKED))
    kept = saved(client)
    listed = text_of(client.get("/search/saved/"))
    assert f'href="/search/saved/{kept.pk}/">The brother</a>' in listed and "gareth pollitt" in listed
    opened = text_of(client.get(f"/search/saved/{kept.pk}/"))
    assert "may be “gareth pollitt”" in opened and f'href="/people/{gareth.pk}/"' in opened
    client.post(f"/search/saved/{kept.pk}/end/")
    assert "None yet" in text_of(client.get("/search/saved/"))
    assert client.get(f"/search/saved/{kept.pk}/").status_code == 404
    names = list(Event.objects.filter(subject_type="people.savedsearch").order_by("pk").values_list("name", flat=True))
    assert names == ["saved-search.keep", "saved-search.end"], "whoever audits sees what was watched for"


@pytest.mark.parametrize("said", [{"name": "", "why": "x"}, {"name": "x", "why": " "}, {"name": "x" * 101, "why": "y"}])
def test_a_search_without_a_name_or_a_reason_is_not_saved_and_loses_no_word(
    ellen: User, sign_in: SignIn, said: dict[str, str]
) -> None:
    answer = sign_in(ellen).post("/search/saved/new/", ASKED | said)
    assert answer.status_code == 422
    assert 'name="q" value="gareth pollitt"' in text_of(answer)
    assert not SavedSearch.objects.exists()


def test_nothing_typed_is_nothing_to_save(ellen: User, sign_in: SignIn) -> None:
    client = sign_in(ellen)
    for answer in (client.post("/search/saved/new/", SAID), client.get("/search/saved/new/")):
        assert (answer.status_code, answer["Location"]) == (302, "/search/")


def test_nobody_opens_or_ends_the_search_of_somebody_else(ellen: User, tom: User, sign_in: SignIn) -> None:
    kept = saved(sign_in(ellen))
    other = sign_in(tom)
    assert other.get(f"/search/saved/{kept.pk}/").status_code == 404
    assert other.post(f"/search/saved/{kept.pk}/end/").status_code == 404
    assert "The brother" not in text_of(other.get("/search/saved/"))


def test_more_than_fifty_are_not_kept(ellen: User, sign_in: SignIn) -> None:
    SavedSearch.objects.bulk_create(SavedSearch(owner=ellen, name=f"s{n}", q="smith", why="x") for n in range(50))
    answer = sign_in(ellen).post("/search/saved/new/", ASKED | SAID)
    assert answer.status_code == 422
    assert "You keep 50 searches already" in text_of(answer)


@pytest.mark.parametrize(
    ("name", "born"),
    [("Gareth Pollitt", date(1988, 4, 11)), ("Garreth Polit", None), ("Gary Pollitt", date(1988, 11, 4))],
)
def test_a_new_answer_tells_the_owner_once_in_neutral_words(
    hannahs_case: Case, ellen: User, tom: User, sign_in: SignIn, name: str, born: date | None
) -> None:
    client = sign_in(tom)
    kept = saved(client)
    forename, _, surname = name.partition(" ")
    person = known(hannahs_case, ellen, forename, surname, born)
    assert swept() == 1
    (notice,) = told(tom)
    assert notice.text == "A search that you saved has a new result."
    assert "ollit" not in f"{message(notice).subject}{message(notice).body}".lower()
    known_again = learned(
        type(person.personname_set.get()), hannahs_case, person, ellen, forename="Gaz", surname="Pollitt"
    )
    assert known_again.pk and swept() == 0 and len(told(tom)) == 1, "the same person is no second news"
    page = text_of(client.get("/notices/"))
    assert "You saved the search" in page
    onward = client.get(f"/notices/{notice.pk}/")
    assert onward["Location"] == "/search/saved/"
    assert "New result" in text_of(client.get("/search/saved/"))
    client.get(f"/search/saved/{kept.pk}/")
    assert "New result" not in text_of(client.get("/search/saved/"))


def test_who_was_found_when_it_was_saved_is_no_news(
    gareth: Person, hannahs_case: Case, ellen: User, tom: User, sign_in: SignIn
) -> None:
    saved(sign_in(tom))
    learned(Telephone, hannahs_case, gareth, ellen, number="07700 900 111")
    from people.models import PersonName

    learned(PersonName, hannahs_case, gareth, ellen, forename="Gary", surname="Pollitt", kind="alias")
    assert swept() == 0 and told(tom) == []


@pytest.mark.parametrize(
    ("name", "born"), [("Brian Pollitt", None), ("Gareth Jones", None), ("Gareth Pollitt", date(1951, 2, 3))]
)
def test_somebody_else_is_no_answer(
    hannahs_case: Case, ellen: User, tom: User, sign_in: SignIn, name: str, born: date | None
) -> None:
    saved(sign_in(tom))
    forename, _, surname = name.partition(" ")
    known(hannahs_case, ellen, forename, surname, born)
    assert swept() == 0 and told(tom) == []


def test_what_one_recorded_oneself_is_no_news(hannahs_case: Case, ellen: User, sign_in: SignIn) -> None:
    saved(sign_in(ellen))
    known(hannahs_case, ellen, "Gareth", "Pollitt")
    assert swept() == 0


def test_nobody_is_told_of_what_they_may_not_see(
    hannahs_case: Case, ellen: User, tom: User, victor: User, stranger: User, sam: User, priya: User, sign_in: SignIn
) -> None:
    for user in (tom, victor, stranger, sam):
        saved(sign_in(user))
    hannahs_case.holdings.all().delete()
    restrict(case=hannahs_case, by=priya)
    name_person(case=hannahs_case, person=sam)
    known(hannahs_case, ellen, "Gareth", "Pollitt")
    assert swept() == 1
    assert [len(told(user)) for user in (tom, victor, stranger, sam)] == [0, 0, 0, 1]
    assert not SavedHit.objects.exclude(search__owner=sam).exists()


def test_who_has_left_or_whose_search_ran_out_is_told_nothing(
    hannahs_case: Case, ellen: User, tom: User, ruth: User, sign_in: SignIn
) -> None:
    saved(sign_in(tom))
    saved(sign_in(ruth))
    User.objects.filter(pk=tom.pk).update(is_active=False)
    SavedSearch.objects.filter(owner=ruth).update(until=timezone.now() - timedelta(minutes=1))
    known(hannahs_case, ellen, "Gareth", "Pollitt")
    assert swept() == 0 and not Notice.objects.filter(person__in=[tom, ruth]).exists()


def test_a_number_and_an_account_are_watched_for_too(
    hannahs_incident: Incident, hannahs_case: Case, ellen: User, tom: User, sign_in: SignIn
) -> None:
    client = sign_in(tom)
    saved(client, q="07700 900 862")
    saved(client, q="kettle", what=["narratives"])
    learned(Telephone, hannahs_case, Person.objects.create(), ellen, number="+44 7700 900862")
    record = Incident.objects.get(pk=hannahs_incident.pk)
    engine.amend(record, {"account": "He threw a kettle.", "everyone_safe": "yes"}, by=ellen, seen=record.version)
    assert swept() == 2
    assert swept() == 0


def test_the_sweep_asks_the_same_for_one_search_and_for_forty_and_goes_on_where_it_stopped(
    hannahs_case: Case, ellen: User, tom: User, sign_in: SignIn
) -> None:
    saved(sign_in(tom))
    counted = []
    for many in (1, 40):
        SavedSearch.objects.bulk_create(
            SavedSearch(owner=tom, name=f"s{many}{n}", q="gareth pollitt", forename="gareth", surname="pollitt",
                        kinds=["people"], why="x")
            for n in range(many)
        )  # fmt: skip
        for _ in range(many):
            known(hannahs_case, ellen, "Gareth", "Pollitt")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert watching.sweep(timezone.now()) >= many
        counted.append(len(asked))
    assert counted[0] == counted[1], counted
    assert watching.sweep(timezone.now()) == 0
