"""Nobody is contacted outside the plan in force, by page, by API, by the engine or in the database, but once with a
supervisor’s leave (I1); and nothing is ever written to them (I2).
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import SafeContact
from dvds.forms.contact import ContactMade
from dvds.models import Application, ContactAttempt, ContactHow, ContactLeave
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.door import fresh
from workflow.declare import WORKFLOWS
from workflow.models import Refused

pytestmark = pytest.mark.django_db
HERS = "07700 900123"


def called(application: Application, by: User, **said: Any) -> ContactAttempt:
    words = {"made_at": timezone.localtime().isoformat(), "how": "call", "where": HERS, "result": "spoke", **said}
    take(application, "contact", by, **words)
    made: ContactAttempt = ContactAttempt.objects.filter(application=application).latest("pk")
    return made


def refusal_of(application: Application, by: User, **said: Any) -> str:
    with pytest.raises(Refused) as refused:
        called(application, by, **said)
    assert not ContactAttempt.objects.filter(application=application).exists()
    return refused.value.sentence


def narrow(application: Application, by: User, **said: Any) -> None:
    """Safe only in an hour that is not now."""
    then = timezone.localtime() + timedelta(hours=3)
    SafeContact.objects.create(
        case=application.case, recorded_by=by, recorded_at=timezone.now(), means=["call"], call=HERS,
        meet_at="The library", from_time=f"{then:%H}:00", to_time=f"{then:%H}:30", **said,
    )  # fmt: skip


def in_three_hours() -> str:
    return (timezone.localtime() + timedelta(hours=3)).isoformat()


def leave(application: Application, by: User, **said: Any) -> None:
    words = {"how": "call", "where": HERS, "because": "He is in custody until noon and she asked us to ring.", **said}
    take(application, "allow-contact", by, **{"until": in_three_hours(), **words})


def test_a_contact_within_the_plan_keeps_the_version_that_was_in_force(in_checks: Application, perry: User) -> None:
    made = called(in_checks, perry)

    assert made.plan == SafeContact.objects.get(case=in_checks.case) and made.outside == ""
    assert "Spoke with them" in text_of(client_of(perry).get(f"{in_checks.get_absolute_url()}?panel=contacts"))


@pytest.mark.requirement("S3-220")
def test_outside_its_hours_its_ways_or_its_place_it_is_refused_and_says_why(
    in_checks: Application, disclosure_unit: Unit, perry: User
) -> None:
    assert "Safe place" in refusal_of(in_checks, perry, how="in_person", where="Her home")
    assert "Not a way that is said to be safe" in refusal_of(in_checks, perry, how="through", where="Her sister")

    narrow(in_checks, perry)

    assert "Not at this time" in refusal_of(in_checks, perry)


def test_a_number_that_must_never_be_used_is_refused(in_checks: Application, perry: User) -> None:
    SafeContact.objects.create(
        case=in_checks.case, recorded_by=perry, means=["call"], call=HERS, meet_at="The library", when="Any time",
        never_numbers="07700 900999",
    )  # fmt: skip

    assert "Never use" in refusal_of(in_checks, perry, where="07700 900999")


def test_without_a_plan_or_with_one_that_came_later_nobody_is_contacted(disclosure_unit: Unit, perry: User) -> None:
    bare = consideration(disclosure_unit, perry, "checks", safe=False)
    assert "Safe contact is not set" in refusal_of(bare, perry)

    take(bare, "safe-contact", perry, means=["call"], call=HERS, when="Any time")
    earlier = (timezone.localtime() - timedelta(hours=2)).isoformat()

    assert "set only later" in refusal_of(bare, perry, made_at=earlier)
    assert "in what place" in refusal_of(bare, perry)


def test_a_supervisor_allows_one_contact_outside_it_and_it_is_used_once(
    in_checks: Application, perry: User, maya: User
) -> None:
    narrow(in_checks, perry)
    with pytest.raises(Refused):
        leave(in_checks, perry)  # only the supervisor

    leave(in_checks, maya)
    made = called(in_checks, perry)

    assert made.allowed_by == maya and made.allowed_because and "Not at this time" in made.outside
    assert ContactLeave.objects.get().used_by == made
    with pytest.raises(Refused):
        called(in_checks, perry)


def test_a_leave_counts_for_its_way_its_place_and_its_time_alone(
    in_checks: Application, perry: User, maya: User
) -> None:
    narrow(in_checks, perry)
    leave(in_checks, maya, where="07700 900321")

    refusal_of(in_checks, perry)
    ContactLeave.objects.update(where=HERS, until=timezone.now() - timedelta(minutes=1))
    refusal_of(in_checks, perry)


def test_by_page_it_is_refused_and_nothing_typed_is_lost(in_checks: Application, perry: User) -> None:
    narrow(in_checks, perry)
    now = timezone.localtime()
    said = {
        "made_at_day": now.day, "made_at_month": now.month, "made_at_year": now.year, "made_at_time": f"{now:%H:%M}", "how": "call",
        "where": HERS, "result": "spoke", "words": "She said that he knows.", "seen": in_checks.version,
    }  # fmt: skip
    client = client_of(perry)
    path = f"/work/consideration/{in_checks.pk}/contact/"
    assert "Not at this time" in text_of(client.get(path))

    answer = client.post(path, said)

    assert answer.status_code == 422 and "Not at this time" in text_of(answer)
    assert "She said that he knows." in text_of(answer)
    assert not ContactAttempt.objects.exists()


def test_by_api_it_is_refused(in_checks: Application, perry: User) -> None:
    narrow(in_checks, perry)
    said = {"made_at": timezone.localtime().isoformat(), "how": "call", "where": HERS, "result": "spoke"}
    address = f"/api/v1/consideration/{in_checks.pk}/contact/"

    answer = client_of(perry).post(
        address, json.dumps(said), content_type="application/json",
        headers={"If-Match": f'"{in_checks.version}"', "Idempotency-Key": "one-call"},
    )  # fmt: skip

    assert answer.status_code == 422 and "Not at this time" in answer.content.decode()
    assert not ContactAttempt.objects.exists()


def row(application: Application, by: User, **said: Any) -> ContactAttempt:
    plan = SafeContact.objects.filter(case=application.case).earliest("recorded_at")
    words = {"plan": plan, "at": timezone.now() - timedelta(minutes=5), "how": "call", "where": HERS, "result": "spoke"}
    made: ContactAttempt = ContactAttempt.objects.create(
        application=application, case=application.case, recorded_by=by, **{**words, **said}
    )
    return made


def test_the_database_keeps_no_contact_without_a_plan_of_its_own_or_outside_one_without_leave(
    in_checks: Application, disclosure_unit: Unit, perry: User, maya: User
) -> None:
    other = consideration(disclosure_unit, perry, "checks", at_risk="Mira Vale", subject="Owen Vale")
    theirs = SafeContact.objects.get(case=other.case)
    later = SafeContact.objects.create(case=in_checks.case, recorded_by=perry, means=["call"], call=HERS)
    wrong: list[dict[str, Any]] = [
        {"plan": None}, {"plan": theirs}, {"plan": later}, {"outside": "At night"},
        {"outside": "At night", "allowed_because": "She asked."}, {"at": timezone.now() + timedelta(days=1)},
    ]  # fmt: skip
    for said in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            row(in_checks, perry, **said)
    assert row(in_checks, perry, outside="At night", allowed_because="She asked.", allowed_by=maya).pk


def test_there_is_no_written_way_to_reach_anybody(in_checks: Application) -> None:
    assert set(ContactHow.values) == {"call", "in_person", "video", "through"}
    assert not {"email", "letter", "text", "sms", "send"} & set(ContactMade.base_fields)
    steps = {step.name for step in WORKFLOWS["consideration"].steps}
    assert not {name for name in steps if any(word in name for word in ("mail", "letter", "send", "text", "print"))}


def test_contact_goes_on_being_possible_until_it_is_closed(disclosure_unit: Unit, perry: User) -> None:
    for state in ("meeting", "to_tell", "not_to_tell", "concluding"):
        one = consideration(disclosure_unit, perry, state)
        assert called(fresh(one), perry).pk
    closed = consideration(disclosure_unit, perry, "closed")
    with pytest.raises(Refused):
        called(closed, perry)
