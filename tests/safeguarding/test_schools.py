"""Schools: who answers there, on which days they are open, what lacks; a bell is reckoned again when the days change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Incident
from safeguarding.models import Encompass, Establishment, LocalAuthority
from safeguarding.services import bell_of
from tests.cast import client_of, take, text_of
from tests.safeguarding import schools
from workflow import reactions
from workflow.clock import LONDON
from workflow.models import Deadline, DueChange, Refused

Browse = Callable[[User | None], Client]


@pytest.fixture
def hillfield(hal: User) -> Establishment:
    return schools.easterby(hal)


def test_a_school_has_its_own_terms_or_else_those_of_its_authority(hal: User, hillfield: Establishment) -> None:
    second = schools.school(hal, hillfield.authority, "Marsh Lane")
    now = timezone.now()
    assert bell_of(hillfield, now).known and not bell_of(second, now).known
    schools.year(hal, hillfield, whose="authority")
    assert bell_of(second, now).known


def test_closed_days_of_one_school_close_no_other(hal: User, hillfield: Establishment) -> None:
    second = schools.school(hal, hillfield.authority, "Marsh Lane")
    schools.year(hal, second)
    first_bell = bell_of(hillfield, timezone.now()).at
    on = first_bell.astimezone(LONDON).date()
    schools.dates(hal, hillfield, "closed", on, on)
    assert bell_of(second, timezone.now()).at == first_bell < bell_of(hillfield, timezone.now()).at


def test_days_recorded_late_move_the_bell_of_what_is_still_to_be_sent_and_the_old_one_is_kept(
    hannahs_incident: Incident, hannah: object, ellen: User, hal: User, hillfield: Establishment
) -> None:
    notice = schools.notice_of(schools.child(hannahs_incident, ellen))
    on = notice.bell_at.astimezone(LONDON).date()
    training = schools.dates(hal, hillfield, "closed", on, on)
    reactions.run_due()
    moved = Encompass.objects.get()
    assert moved.bell_at > notice.bell_at
    clock = Deadline.objects.open().get(policy="encompass-sent")
    assert clock.due_at == moved.bell_at and DueChange.objects.filter(deadline=clock).count() == 2
    take(training, "withdraw", hal)
    reactions.run_due()
    assert Encompass.objects.get().bell_at == notice.bell_at


def test_a_calendar_that_lacks_the_day_is_said_and_whoever_keeps_it_is_told_until_it_is_recorded(
    hannahs_incident: Incident, hannah: object, ellen: User, hal: User
) -> None:
    place = schools.school(hal, schools.authority(hal))
    notice = schools.notice_of(schools.child(hannahs_incident, ellen))
    assert notice.calendar_missing
    clock = Deadline.objects.open().get(policy="school-calendar-kept")
    assert (clock.unit, clock.case) == (place.unit, None)
    schools.year(hal, place)
    reactions.run_due()
    assert not Deadline.objects.open().filter(policy="school-calendar-kept").exists()
    assert not Encompass.objects.get().calendar_missing


def test_who_no_longer_answers_is_told_nothing(hal: User, hillfield: Establishment) -> None:
    adult = hillfield.key_adults.get()
    today = timezone.localdate()
    assert list(hillfield.key_adults.all().on(today)) == [adult]
    take(adult, "end", hal)
    assert not hillfield.key_adults.all().on(today).exists()


def test_the_list_says_what_lacks(hal: User, hillfield: Establishment, sign_in: Browse) -> None:
    schools.school(hal, hillfield.authority, "Marsh Lane")
    browser = sign_in(hal)
    for lacks in ("adults", "days", "agency"):
        page = text_of(browser.get(f"/schools/?lacks={lacks}"))
        assert "Marsh Lane" in page and "Hillfield" not in page
    found = text_of(browser.get("/schools/?named=hill"))
    assert "Hillfield" in found and "Marsh Lane" not in found
    assert "Calendar missing" in text_of(browser.get(Establishment.objects.get(name="Marsh Lane").get_absolute_url()))


def test_only_whoever_keeps_schools_records_one(hal: User, ellen: User, sr1: Unit, hillfield: Establishment) -> None:
    with pytest.raises(Refused):
        schools.school(ellen, hillfield.authority, "Marsh Lane")
    with pytest.raises(Refused):
        schools.authority(hal, "Southmere Council", unit="SR1")
    assert client_of(ellen).get(f"/schools/{hillfield.pk}/days/").status_code == 404
    assert client_of(hal).get(f"/schools/{hillfield.pk}/days/").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"name": "Hillfield Primary"}, {"urn": "12a"}, {"telephone": ""}, {"email": "not an address"}]
)
def test_what_cannot_be_right_is_refused_with_a_sentence(
    wrong: dict[str, str], hal: User, hillfield: Establishment
) -> None:
    with pytest.raises(Refused) as refusal:
        schools.school(hal, hillfield.authority, **{"name": "Marsh Lane", **wrong})
    assert next(iter(wrong)) in refusal.value.errors.errors


def test_days_that_end_before_they_begin_are_refused(hal: User, hillfield: Establishment) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused):
        schools.dates(hal, hillfield, "term", today, today - timedelta(days=1))


def test_the_settings_of_an_authority_need_an_authority(hal: User, hillfield: Establishment) -> None:
    with pytest.raises(Refused):
        take(LocalAuthority.objects.get(), "change", hal, profile="minimal", early_years="no", basis="")
