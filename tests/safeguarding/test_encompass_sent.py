"""A notification is sent, read, told by telephone, corrected or taken back; a school sees its own letters and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Incident, Involvement, LoggedDecision
from safeguarding.models import Encompass, Establishment, LocalAuthority
from safeguarding.services import tell_mailboxes
from tests.cast import take, text_of
from tests.safeguarding import schools
from tests.safeguarding.mia import hillfield as hillfield
from tests.safeguarding.mia import joan as joan
from tests.safeguarding.mia import mia as mia
from tests.safeguarding.mia import notice as notice
from tests.safeguarding.schools import again, runs, send
from workflow import engine, reactions
from workflow.models import Deadline, Refused

Browse = Callable[[User | None], Client]


def test_what_is_sent_stands_as_it_was_sent_and_nobody_typed_the_facts_again(notice: Encompass, ellen: User) -> None:
    letter = send(notice, ellen)
    words = {heading: said for _code, heading, said in letter.content}
    assert words["Child"].startswith("Mia Okoro") and words["Police reference"] == notice.case.reference
    assert "He hurt mummy." in words["What the child said"] and "Heard it" in words["Where the child was"]
    assert "Hannah Okoro (person harmed)" in words["Adults involved"]
    assert (again(notice).state, again(notice).in_time) == ("sent", True)
    assert not runs("encompass-sent") and runs("encompass-read")


def test_the_least_profile_tells_nothing_of_what_happened(notice: Encompass, ellen: User, hal: User) -> None:
    row = LocalAuthority.objects.get()
    take(row, "change", hal, profile="minimal", early_years="no", basis="Protocol of 2026, section 4")
    codes = {code for code, _heading, _words in send(notice, ellen).content}
    assert not codes & {"voice", "adults", "where"} and {"child", "there"} <= codes


def test_unread_by_half_past_seven_somebody_rings_and_what_they_told_is_kept(notice: Encompass, ellen: User) -> None:
    letter = send(notice, ellen)
    clock = Deadline.objects.open().get(policy="encompass-read")
    assert letter.bell_at - clock.due_at == timedelta(minutes=30)
    rang = timezone.localtime().replace(microsecond=0, second=0).isoformat()
    take(notice, "attempt", ellen, rang_at=rang, reason="01632 960201, no answer.")
    assert runs("encompass-read")
    send(notice, ellen, "tell", told_at=rang, spoke_to="Joan Peel, lead")
    told = again(notice)
    assert (told.state, told.how, told.received_by) == ("received", "telephone", "Joan Peel, lead")
    assert told.letters.count() == 1 and not runs("encompass-read") and not runs("encompass-letter-read")


def test_told_by_telephone_without_a_letter_what_was_told_stands_as_one(notice: Encompass, ellen: User) -> None:
    rang = timezone.localtime().replace(microsecond=0, second=0).isoformat()
    letter = send(notice, ellen, "tell", told_at=rang, spoke_to="Joan Peel, lead")
    assert letter.state == "read" and letter.mail_at is None and again(notice).told_at is not None
    assert not runs("encompass-sent")


def test_later_facts_are_a_correction_and_never_a_silent_edit(
    notice: Encompass, mia: Involvement, hannahs_incident: Incident, ellen: User, joan: User, sign_in: Browse
) -> None:
    first = send(notice, ellen)
    take(first, "read", joan)
    reactions.run_due()
    row = Involvement.objects.get(pk=mia.pk)
    engine.amend(row, {"own_words": "He hurt mummy and me."}, by=ellen, seen=row.version, beneath=hannahs_incident)
    reactions.run_due()
    assert again(notice).facts_changed_at is not None and runs("encompass-corrected")
    page = text_of(sign_in(ellen).get(notice.get_absolute_url()))
    assert "The record says otherwise than the school was told" in page and "He hurt mummy and me." in page
    told_at = again(notice).told_at
    second = send(notice, ellen, "correct", changed="The child was hurt too.")
    now = again(notice)
    assert (now.state, now.told_at, second.number, now.facts_changed_at) == ("sent", told_at, 2, None)
    assert "me." not in first.content[5][2] and any("me." in line[2] for line in second.content)
    assert runs("encompass-read") and not runs("encompass-corrected")
    shown = text_of(sign_in(joan).get(second.get_absolute_url()))
    assert "What is corrected" in shown and "Sent before" in shown


def test_what_went_to_the_wrong_school_is_taken_back_and_nobody_there_reads_it_any_more(
    notice: Encompass, ellen: User, joan: User, sign_in: Browse
) -> None:
    letter = send(notice, ellen)
    take(notice, "take-back", ellen)
    assert sign_in(joan).get(letter.get_absolute_url()).status_code == 404
    assert tell_mailboxes(timezone.now()) == 0
    now = again(notice)
    assert (now.state, now.told_at) == ("drafted", None) and runs("encompass-sent")
    assert not runs("encompass-read") and not runs("encompass-letter-read")


def test_where_a_suspect_works_at_the_school_a_supervisor_decides_and_the_school_cannot_read_it(
    notice: Encompass, hillfield: Establishment, ellen: User, priya: User, hal: User
) -> None:
    take(notice, "place", ellen, establishment=str(hillfield.pk), named="", works_there="yes")
    reactions.run_due()
    held = again(notice)
    assert (held.state, held.held_for) == ("held", ["works_there"])
    with pytest.raises(Refused):
        take(notice, "decide", ellen, reason="The officer of the council is told instead of the school.")
    take(notice, "decide", priya, reason="The officer of the council is told instead of the school.")
    reactions.run_due()
    assert LoggedDecision.objects.get(case=notice.case).options.startswith("The officer of the council")
    with pytest.raises(Refused):
        send(notice, ellen, works_there="yes")
    council = schools.school(
        hal,
        hillfield.authority,
        "Education officer",
        kind="home",
        agency=schools.recorded(hal, "Education", "EDUC", "education"),
    )
    adult = schools.answers(hal, council, "Nia Frost", post="officer")
    letter = send(notice, ellen, works_there="yes", recipient=str(adult.pk))
    assert letter.unit == schools.unit_of(council)


def test_a_case_that_is_restricted_after_the_draft_waits_for_a_decision_too(
    notice: Encompass, hannahs_incident: Incident, ellen: User, priya: User
) -> None:
    take(hannahs_incident, "restrict", priya)
    with pytest.raises(Refused, match="supervisor decides first"):
        send(notice, priya)
    take(notice, "ask", priya, reason="She has moved; who at the school is safe to tell?")
    assert (again(notice).state, runs("encompass-decided")) == ("held", True)


def test_said_only_as_it_is_sent_that_a_suspect_works_there_nothing_is_sent(notice: Encompass, ellen: User) -> None:
    with pytest.raises(Refused) as refusal:
        send(notice, ellen, works_there="yes")
    assert "supervisor decides" in str(refusal.value.errors.errors) and again(notice).state == "drafted"


def test_where_nobody_signs_in_somebody_rings(hannahs_incident: Incident, ellen: User, hal: User) -> None:
    place = schools.school(hal, schools.authority(hal), "Marsh Lane")
    schools.answers(hal, place)
    found = schools.notice_of(schools.child(hannahs_incident, ellen, school="Marsh Lane"))
    with pytest.raises(Refused) as refusal:
        send(found, ellen)
    assert "Ring them" in str(refusal.value.errors.errors)


def test_sent_in_another_system_before_it_is_connected_by_the_reference_that_stands_there(
    hannahs_incident: Incident, hillfield: Establishment, ellen: User, sign_in: Browse
) -> None:
    found = schools.notice_of(schools.child(hannahs_incident, ellen, encompass_ref="OE-2291"))
    page = text_of(sign_in(ellen).get(f"/work/encompass/{found.pk}/elsewhere/"))
    assert 'value="OE-2291"' in page
    at = timezone.localtime().replace(microsecond=0, second=0).isoformat()
    take(found, "elsewhere", ellen, reference="OE-2291", received_at=at, received_by="Joan Peel, lead")
    assert (again(found).state, again(found).reference) == ("received", "OE-2291")


@pytest.mark.requirement("S0-022")
def test_late_is_shown_counted_and_explained(notice: Encompass, ellen: User, sign_in: Browse) -> None:
    Encompass.objects.filter(pk=notice.pk).update(bell_at=timezone.now() - timedelta(hours=1))
    send(notice, ellen)
    browser = sign_in(ellen)
    page = text_of(browser.get("/encompass/?show=late"))
    assert "0.0%" in page and "Mia Okoro" in page and "Nobody has said why" in page
    take(notice, "late", ellen, late_code="recorded", late_words="The record was written after the night.")
    assert "The record was written late" in text_of(browser.get("/encompass/?show=late"))
    assert "0.0%" in text_of(browser.get("/encompass/"))
