"""A watched look and a saved search are notices of kinds of their own: one cannot be chosen away, one has its own choice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from cases.services.watch import hear_looks
from people.models import Person, SavedSearch
from people.services import watching
from supervision import services
from supervision.models import Mail, Notice
from tests.cases.recording import words
from tests.cast import client_of
from tests.people.population import known
from workflow import engine, reactions

pytestmark = pytest.mark.django_db
NOTHING = {"mentions": Mail.NONE, "searches": Mail.NONE, "digest_hour": 7}


def reachable(user: User) -> None:
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@northshire.invalid")


def later() -> datetime:
    return timezone.now() + timedelta(minutes=1)


@pytest.fixture
def looked_at(hannahs_case: Case, hannah: Person, ellen: User, tom: User, priya: User, dana: User) -> Case:
    """Tom looks at a case whose suspect is of the police; Dana and Priya are told, and want no mails."""
    engine.perform(
        hannahs_case, "set-marker", by=ellen, evidence={"code": "police_suspect", "reason": "He works in Response 3."},
        seen=hannahs_case.version,
    )  # fmt: skip
    for user in (dana, priya):
        reachable(user)
        services.prefer(user, **NOTHING)
    client_of(tom).get(hannahs_case.get_absolute_url())
    hear_looks(timezone.now())
    reactions.run_due()
    return hannahs_case


@pytest.fixture
def found(hannahs_case: Case, ellen: User, tom: User) -> Notice:
    """Tom saved a search, and Ellen recorded whom he looks for."""
    reachable(tom)
    said = {"q": "gareth pollitt", "born": "11 4 1988", "name": "The brother", "why": "Wanted."}
    client_of(tom).post("/search/saved/new/", said)
    watching.sweep(timezone.now())
    known(hannahs_case, ellen, "Gareth", "Pollitt", date(1988, 4, 11))
    watching.sweep(timezone.now())
    reactions.run_due()
    return Notice.objects.get(person=tom)


def test_of_a_watched_look_they_are_mailed_at_once_whatever_they_chose(
    looked_at: Case, priya: User, dana: User
) -> None:
    assert set(Notice.objects.values_list("person", "kind")) == {(dana.pk, "access"), (priya.pk, "access")}
    assert services.send_notices(later()) == 2
    assert sorted(sent.to[0] for sent in mail.outbox) == ["0907@northshire.invalid", "4471@northshire.invalid"]
    assert services.send_digests(timezone.now() + timedelta(days=1)) == 0


def test_each_is_told_as_what_and_led_to_where_it_is_looked_into(looked_at: Case, priya: User, dana: User) -> None:
    assert "For the professional standards" in words(client_of(dana).get("/notices/"))
    assert "You hold it" in words(client_of(priya).get("/notices/"))
    one = Notice.objects.get(person=dana)
    assert client_of(dana).get(f"/notices/{one.pk}/")["Location"] == "/audit/accesses/"


def test_who_may_hear_of_looks_reads_that_it_cannot_be_turned_off_and_nobody_else_reads_of_it(
    priya: User, dana: User, tom: User
) -> None:
    said = "When somebody looks at a case whose suspect is police or staff"
    for user, reads in ((dana, True), (priya, True), (tom, False)):
        assert (said in words(client_of(user).get("/notices/mail/"))) is reads


def test_of_a_saved_search_one_is_mailed_as_one_chose_for_searches_and_not_for_mentions(
    found: Notice, tom: User
) -> None:
    assert found.kind == Notice.Kind.SEARCH
    services.prefer(tom, mentions=Mail.AT_ONCE, searches=Mail.NONE, digest_hour=0)
    assert (services.send_notices(later()), services.send_digests(later())) == (0, 0)
    services.prefer(tom, mentions=Mail.NONE, searches=Mail.DIGEST, digest_hour=0)
    assert (services.send_notices(later()), services.send_digests(later())) == (0, 1)
    assert "A notice is waiting for you." in mail.outbox[0].body


def test_unless_one_chose_it_comes_at_once(found: Notice, tom: User) -> None:
    services.prefer(tom, mentions=Mail.NONE, searches=Mail.AT_ONCE, digest_hour=0)
    assert services.send_notices(later()) == 1 and "Pollitt" not in mail.outbox[0].body


def test_it_leads_to_the_searches_and_says_so(found: Notice, tom: User) -> None:
    browser = client_of(tom)
    assert "You saved the search" in words(browser.get("/notices/"))
    assert browser.get(f"/notices/{found.pk}/")["Location"] == "/search/saved/"
    assert SavedSearch.objects.get().new_at is not None


@pytest.mark.parametrize("kind", ["access", "search", "mention"])
def test_the_database_keeps_none_that_no_act_caused(kind: str, tom: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(person=tom, kind=kind, text="Of nothing.")
