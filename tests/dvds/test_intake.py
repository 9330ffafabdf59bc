"""What waits at the door: put there by whoever hears of it, taken up by control room or unit, seen by nobody else (A0, N1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from cases.models import Case, UnsafeReport
from dvds.models import Application, Intake
from dvds.services.intake import put_at_door
from tests.cast import client_of, take, text_of
from tests.dvds.door import information, request, taken
from workflow import engine
from workflow.models import Deadline, Refused

pytestmark = pytest.mark.django_db


def test_an_officer_puts_a_request_down_and_the_control_room_takes_it_up_as_a_case_of_its_own(
    ellen: User, rafi: User, perry: User
) -> None:
    waits = request(ellen, minutes=180)

    application = taken(waits, rafi)

    assert (
        application.case.kind == Case.Kind.DISCLOSURE
        and application.case.unit == waits.unit == perry.postings.get().unit
    )
    assert (application.route, application.profile, application.prompted) == ("ask", "dvds-2023", "He pushed her.")
    assert application.first_contact_at == waits.first_contact_at
    assert Intake.objects.get(pk=waits.pk).application == application
    for seen in (rafi, perry):
        assert Case.objects.visible_to(seen).filter(pk=application.case_id).exists()


def test_a_late_entry_shows_lost_hours_and_never_a_later_start(ellen: User, perry: User) -> None:
    application = taken(request(ellen, minutes=300), perry)

    assert application.recorded_at - application.first_contact_at >= timedelta(hours=5)


def test_the_officer_sees_what_she_put_down_while_it_waits_and_nothing_afterwards(
    ellen: User, tom: User, perry: User
) -> None:
    waits = request(ellen)
    assert Intake.objects.visible_to(ellen).filter(pk=waits.pk).exists()
    assert not Intake.objects.visible_to(tom).filter(pk=waits.pk).exists()

    application = taken(waits, perry)

    assert not Intake.objects.visible_to(ellen).filter(pk=waits.pk).exists()
    assert not Case.objects.visible_to(ellen).filter(pk=application.case_id).exists()
    assert client_of(ellen).get(waits.get_absolute_url()).status_code == 404
    assert client_of(ellen).get(application.get_absolute_url()).status_code == 404


def test_a_partner_puts_one_down_for_its_agency_and_information_comes_from_a_meeting(
    cleo: User, housing: Any, hal: User, perry: User
) -> None:
    asked = request(cleo, channel="phone")
    heard = information(hal, source="meeting")

    assert (asked.agency, asked.channel) == (housing, "partner")
    assert (heard.route, heard.source, heard.channel) == ("know", "meeting", "partner")
    application = taken(heard, perry)
    assert (application.route, application.origin_route, application.source) == ("know", "know", "meeting")
    assert application.source_words == "An interview named her as his new partner."


@pytest.mark.requirement("S3-238")
@pytest.mark.parametrize("source", ["investigation", "agency", "meeting", "intelligence", "contact"])
def test_information_that_nobody_asked_about_comes_from_every_source(source: str, ines: User, perry: User) -> None:
    assert taken(information(ines, source=source), perry).source == source


def test_danger_now_must_say_what_was_done_and_is_said_on_the_case_the_moment_it_is_taken_up(
    ellen: User, rafi: User, perry: User
) -> None:
    with pytest.raises(Refused) as refused:
        request(ellen, danger="yes")
    assert "danger_words" in refused.value.errors.errors

    application = taken(request(ellen, danger="yes", danger_words="Two officers are with her."), rafi)

    assert (
        UnsafeReport.objects.get(case=application.case, answered_at__isnull=True).what == "Two officers are with her."
    )


def test_danger_heard_of_later_is_added_while_it_waits(ellen: User, rafi: User, perry: User) -> None:
    waits = request(ellen)

    take(waits, "danger", rafi, what="He is outside her door; a car is on its way.")

    assert UnsafeReport.objects.filter(case=taken(waits, perry).case).exists()


def test_without_a_name_or_a_moment_or_with_one_to_come_it_is_refused(ellen: User, perry: User) -> None:
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    said: list[dict[str, Any]] = [
        {"subject": "", "at_risk": ""}, {"first_contact_at": ""}, {"first_contact_at": later}, {"danger": ""},
    ]  # fmt: skip
    for wrong in said:
        with pytest.raises(Refused):
            request(ellen, **wrong)
    assert request(ellen, subject="The man with the red van", asker="", why="").pk  # nothing waits for a name or a date


def test_only_the_unit_sets_one_aside_and_says_why(ellen: User, rafi: User, perry: User) -> None:
    waits = request(ellen)
    with pytest.raises(Refused):
        take(waits, "set-aside", rafi, reason="Put down twice by mistake.")

    aside = take(waits, "set-aside", perry, reason="Put down twice by mistake.")

    assert aside.set_aside_because == "Put down twice by mistake."
    assert Intake.objects.visible_to(perry).filter(pk=waits.pk).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Intake.objects.filter(pk=waits.pk).update(set_aside_because="")


def test_it_is_taken_up_once(ellen: User, rafi: User, perry: User) -> None:
    waits = request(ellen)
    engine.perform(waits, "take-up", by=rafi, evidence={}, seen=waits.version)

    with pytest.raises(Refused):
        engine.perform(waits, "take-up", by=perry, evidence={}, seen=waits.version)
    assert Application.objects.count() == 1


def test_the_program_puts_one_there_for_the_public_page(perry: User) -> None:
    system = User.objects.system()

    waits = put_at_door(
        "ask",
        by=system,
        channel="online",
        first_contact_at=timezone.now().isoformat(),
        subject="Karl",
        danger="possible",
    )

    assert (waits.channel, waits.agency, waits.recorded_by) == ("online", None, system)


def test_from_an_investigation_it_knows_where_it_came_up_and_the_investigation_does_not_say_so(
    hannahs_case: Case, ellen: User, perry: User
) -> None:
    page = client_of(ellen).get(f"{hannahs_case.get_absolute_url()}?panel=at-the-door")
    assert f"/requests/new/hear/{hannahs_case.pk}/" in text_of(page)

    waits = request(ellen, beside=hannahs_case)

    assert waits.investigation == hannahs_case and taken(waits, perry).investigation == hannahs_case
    assert "/requests/new/hear/" in text_of(
        client_of(ellen).get(f"{hannahs_case.get_absolute_url()}?panel=at-the-door")
    )


def test_the_list_puts_danger_first_and_costs_as_much_for_one_as_for_many(
    ellen: User, rafi: User, perry: User, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    request(ellen, minutes=500)
    client = client_of(rafi)
    client.get("/requests/")
    with django_assert_max_num_queries(30) as one:
        client.get("/requests/")
    for _number in range(5):
        request(ellen)
    request(ellen, danger="yes", danger_words="Officers are with her.", minutes=5)

    with django_assert_num_queries(len(one)):
        page = client.get("/requests/")

    assert [row.danger for row in page.context["rows"]] == ["yes", *["none"] * 6]
    assert "Rosa" not in text_of(page)
    assert [row.recorded_by for row in client_of(ellen).get("/requests/").context["rows"]] == [ellen] * 7


def test_who_has_no_part_in_it_sees_no_list(stranger: User, ari: User) -> None:
    for somebody in (stranger, ari):
        assert client_of(somebody).get("/requests/").status_code == 403


def test_it_is_put_down_and_taken_up_by_page(ellen: User, rafi: User, perry: User) -> None:
    when = timezone.localtime() - timedelta(hours=2)
    said = {
        "channel": "in_person", "subject": "Karl Field", "danger": "none", "asks_as": "self",
        "first_contact_at_day": when.day, "first_contact_at_month": when.month, "first_contact_at_year": when.year,
        "first_contact_at_time": f"{when:%H:%M}",
    }  # fmt: skip
    client = client_of(ellen)
    assert client.get("/requests/new/hear/").status_code == 200

    answer = client.post("/requests/new/hear/", said)

    waits = Intake.objects.get()
    assert answer.status_code == 302 and answer["Location"] == waits.get_absolute_url()
    assert "Put down by" in text_of(client.get(waits.get_absolute_url()))
    answer = client_of(rafi).post(f"/work/intake/{waits.pk}/take-up/", {"note": "", "seen": waits.version})
    application = Application.objects.get()
    assert answer["Location"] == f"/work/consideration/{application.pk}/"
    assert client_of(rafi).get(answer["Location"]).status_code == 200


def test_what_nobody_takes_up_is_heard_within_the_hour_and_in_danger_within_a_quarter(
    ellen: User, rafi: User, bea: User, perry: User, maya: User
) -> None:
    waits = request(ellen)
    danger = request(ellen, danger="yes", danger_words="Officers are with her.")
    clock = Deadline.objects.filter(policy="request-taken-up")

    assert clock.get(subject_id=waits.pk).due_at - waits.recorded_at == timedelta(hours=1)
    assert clock.get(subject_id=danger.pk).due_at - danger.recorded_at == timedelta(minutes=15)
    taken(waits, rafi)
    assert clock.get(subject_id=waits.pk).stopped_at is not None
