"""What acts cause by themselves: staff closed, the young seen, patterns and proposals raised by the worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Event
from cases.models import Case, SetMarker, Task
from dvds.models import Application, Party
from people.models import Birth
from supervision import reactions_of_disclosures as causes
from tests.dvds.cast_of_disclosures import consideration
from workflow.reactions import REACTIONS

pytestmark = pytest.mark.django_db

S = Application.State


def event_of(record: Any) -> Event:
    return Event(subject_type=record._meta.label_lower, subject_id=record.pk)


def born(application: Application, part: str, years: float, by: User) -> None:
    someone = Party.objects.get(application=application, part=part).person
    Birth.objects.filter(person=someone).delete()
    day = timezone.localdate() - timedelta(days=round(365.25 * years))
    when = {"case": application.case, "recorded_by": by, "recorded_at": timezone.now()}
    Birth.objects.create(person=someone, born_on=day, **when)


def owed(application: Application) -> set[str]:
    return set(Task.objects.filter(case=application.case).values_list("kind", flat=True))


def test_a_subject_who_is_said_to_be_staff_closes_the_case_whoever_said_so(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS, subject_staff="police")
    causes.staff_is_protected(event_of(one))
    causes.staff_is_protected(event_of(one))
    assert Case.objects.get(pk=one.case_id).restricted and owed(one) == {"staff_told"}
    marks = SetMarker.objects.filter(case=one.case_id).values_list("code", flat=True)
    assert list(marks) == ["police_suspect"], "each look at it is told to professional standards (S370-373)"


def test_a_subject_who_is_nobodys_staff_closes_nothing(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS)
    causes.staff_is_protected(event_of(one))
    assert not Case.objects.get(pk=one.case_id).restricted and owed(one) == set()


@pytest.mark.parametrize(
    ("part", "years", "kinds"),
    [
        ("at_risk", 15.5, {"child_route"}), ("at_risk", 16.5, {"young_person"}), ("at_risk", 18.5, set()),
        ("subject", 17.5, {"young_advice"}),
    ],
)  # fmt: skip
def test_whoever_is_under_age_raises_what_is_owed_once(
    disclosure_unit: Unit, perry: User, part: str, years: float, kinds: set[str]
) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS)
    born(one, part, years, perry)
    for _ in range(2):
        causes.young_are_seen(event_of(one))
    assert owed(one) == kinds
    assert Task.objects.filter(case=one.case).count() == len(kinds)


def test_patterns_are_raised_by_the_worker(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS, days_ago=40)
    him = Party.objects.get(application=one, part="subject").person
    two = consideration(disclosure_unit, perry, S.CHECKS, subject=him, at_risk="Ada Lund")
    causes.patterns_are_seen(event_of(two))
    assert owed(two) == {"pattern"}


def test_each_cause_is_declared() -> None:
    names = {row.name for row in causes.LOOKING_BACK}
    assert names <= set(REACTIONS) and {"partner-named", "trace-proposed", "patterns-forward"} <= names
