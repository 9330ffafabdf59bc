"""At the time: what an officer had in front of them stays so, whatever is struck out, put right or judged afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Incident, Involvement
from cases.services.repeat import flags_at_the_time
from people.models import Person
from tests.cases.lives import nothing_append_only
from tests.cases.test_repeat import codes, happened, now_of, of

DAYS_AGO = {"earlier": 60, "october": 20}


def put_back(*incidents: Incident) -> None:
    """A test runs in one moment of the database: what these incidents have said until now, they said when they were begun."""
    history: Any = Incident._meta.get_field("events").related_model
    with nothing_append_only():
        for incident in incidents:
            history.objects.filter(pgh_obj=incident.pk).update(pgh_created_at=incident.recorded_at)


@pytest.fixture
def october(ellen: User) -> Incident:
    """Hannah harmed by Daniel a second time within the year, sent as it was recorded twenty days ago."""
    first = happened(ellen, DAYS_AGO["earlier"], "Hannah Okoro", "Daniel Reeve")
    second = happened(ellen, DAYS_AGO["october"], of(first, "victim"), of(first, "suspect"))
    for incident, days in ((first, DAYS_AGO["earlier"]), (second, DAYS_AGO["october"])):
        begun = timezone.now() - timedelta(days=days)
        Incident.objects.filter(pk=incident.pk).update(recorded_at=begun, state=Incident.State.SUBMITTED)
        Involvement.objects.filter(incident=incident).update(recorded_at=begun)
        incident.refresh_from_db()
    put_back(first, second)
    with nothing_append_only():  # the empty record of the first minute is not what was sent
        history: Any = Incident._meta.get_field("events").related_model
        history.objects.filter(state=Incident.State.RECORDING).update(
            pgh_created_at=timezone.now() - timedelta(days=900)
        )
    return second


def earlier(october: Incident) -> Incident:
    found: Incident = Incident.objects.exclude(pk=october.pk).get()
    return found


def then_of(october: Incident, person: Person, reader: User) -> set[str]:
    return codes(flags_at_the_time([october.pk], reader).get(october.pk, {}).get(person.pk, []))


def struck_out(incident: Incident) -> None:
    now = timezone.now()
    Incident.objects.filter(pk=incident.pk).update(struck_out_at=now)


def put_right(incident: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(occurred_from=timezone.now() - timedelta(days=900))


def judged_no_abuse(incident: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(da_confirmed="no")


SINCE = [struck_out, put_right, judged_no_abuse]


@pytest.mark.parametrize("changed", SINCE)
def test_what_becomes_of_an_earlier_record_afterwards_changes_now_and_not_then(
    october: Incident, ellen: User, changed: Callable[[Incident], None]
) -> None:
    hannah, daniel = of(october, "victim"), of(october, "suspect")
    assert then_of(october, hannah, ellen) == {"repeat_victim", "repeat_pair"}
    changed(earlier(october))
    assert now_of(hannah, ellen) == set()
    assert then_of(october, hannah, ellen) == {"repeat_victim", "repeat_pair"}
    assert then_of(october, daniel, ellen) == {"repeat_pair", "repeat_suspect"}


@pytest.mark.parametrize("changed", SINCE)
def test_what_becomes_of_the_record_itself_afterwards_changes_now_and_not_then(
    october: Incident, ellen: User, changed: Callable[[Incident], None]
) -> None:
    hannah = of(october, "victim")
    changed(october)
    assert now_of(hannah, ellen) == set()
    assert then_of(october, hannah, ellen) == {"repeat_victim", "repeat_pair"}


@pytest.mark.parametrize("changed", SINCE)
def test_what_was_so_already_when_the_record_was_begun_was_known_then(
    october: Incident, ellen: User, changed: Callable[[Incident], None]
) -> None:
    """The same three, made ten days before it: the officer had nobody repeated in front of them."""
    first = earlier(october)
    changed(first)
    before = october.recorded_at - timedelta(days=10)
    history: Any = Incident._meta.get_field("events").related_model
    with nothing_append_only():
        newest = history.objects.filter(pgh_obj=first.pk).order_by("-pgh_id").values("pgh_id")[:1]
        history.objects.filter(pgh_id__in=list(newest.values_list("pgh_id", flat=True))).update(pgh_created_at=before)
        Incident.objects.filter(pk=first.pk, struck_out_at__isnull=False).update(struck_out_at=before)
    assert then_of(october, of(october, "victim"), ellen) == set()


def test_who_was_struck_out_after_it_was_sent_was_there_then(october: Incident, ellen: User) -> None:
    """Daniel was sent as the suspect and taken out in December: the record of October still says whom it repeated."""
    hannah = of(october, "victim")
    october.people("suspect").update(struck_out_at=timezone.now())
    assert then_of(october, hannah, ellen) == {"repeat_victim", "repeat_pair"}


def test_who_was_taken_out_while_it_was_written_was_never_in_it(ellen: User) -> None:
    first = happened(ellen, 60, "Hannah Okoro", "Daniel Reeve")
    hannah = of(first, "victim")
    mistaken = happened(ellen, 5, hannah, of(first, "suspect"))
    mistaken.people("victim").update(struck_out_at=timezone.now())
    assert then_of(mistaken, hannah, ellen) == set()
