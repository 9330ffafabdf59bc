"""A high grade asks for an independent adviser by itself (R-41); what advisers do, how soon, and what they carry (S3-037)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import ActionTaken, Case, Incident
from safeguarding.models import Agency, OnwardReferral, ReferralReceived
from tests import factories
from tests.cast import client_of, take, text_of
from tests.partners import recorded, signed
from tests.safeguarding.referring import adviser_asked, answered, offered
from workflow import engine
from workflow.models import Deadline, Refused
from workflow.reactions import run_due

S = OnwardReferral.State


def graded(case: Case, ellen: User, priya: User, grade: str = "high", **acted: str) -> Incident:
    """A record of the case, sent and checked, with this grade; what follows from it done."""
    incident = factories.complete(ellen, case, grade=grade)
    for kind, words in acted.items():
        factories.acted(incident, ellen, kind, what=words)
    run_due()  # the grade prepares it
    run_due()  # and sending it has what follows from it
    return incident


def the_one(case: Case) -> OnwardReferral:
    return OnwardReferral.objects.get(case=case, kind="idva")


@pytest.mark.rule("R-41")
def test_a_high_grade_is_referred_by_itself_and_the_adviser_reads_how_she_is_reached_safely(
    hannahs_case: Case, ellen: User, priya: User, advisers: Agency, tess: User
) -> None:
    """R-41."""
    ways = {"means": ["call"], "call": "07700 900123", "when": "10:00 to 14:00", "never_use": "The landline"}
    take(hannahs_case, "safe-contact", ellen, **ways)
    graded(hannahs_case, ellen, priya)
    referral = the_one(hannahs_case)
    assert (referral.state, referral.agency, referral.consent) == (S.SENT, advisers, "not_asked")
    theirs = ReferralReceived.objects.visible_to(tess).get()
    assert "Hannah Okoro" in theirs.about and "07700 900123" in theirs.reach and "Never: The landline" in theirs.reach
    graded(hannahs_case, ellen, priya)
    assert OnwardReferral.objects.count() == 1


def test_no_other_grade_asks_for_one(hannahs_case: Case, ellen: User, priya: User, advisers: Agency) -> None:
    graded(hannahs_case, ellen, priya, grade="medium")
    assert not OnwardReferral.objects.exists()


@pytest.mark.rule("R-41")
def test_where_nobody_can_say_which_service_an_officer_decides_within_four_hours(
    hannahs_case: Case, ellen: User, priya: User, advisers: Agency, hal: User
) -> None:
    signed(hal, recorded(hal, "Southmere advisers", "SIDV", "idva"))
    graded(hannahs_case, ellen, priya)
    referral = the_one(hannahs_case)
    assert referral.state == S.PREPARED and not ReferralReceived.objects.exists()
    clock = Deadline.objects.get(policy="idva-referred")
    assert clock.is_open and clock.holder == ellen and clock.due_at - clock.started_at == timedelta(hours=4)
    shown = text_of(client_of(ellen).get(referral.get_absolute_url()))
    assert "Send it to the adviser" in shown and "Do not refer, and say why" in shown
    with pytest.raises(Refused):
        take(referral, "not-refer", ellen, reason="No.")
    take(referral, "not-refer", ellen, reason="She has an adviser of her own since March, who was told.")
    clock.refresh_from_db()
    assert not clock.is_open and the_one(hannahs_case).state == S.NOT_SENT


def test_nothing_is_sent_by_itself_on_a_restricted_case(
    hannahs_case: Case, ellen: User, priya: User, advisers: Agency
) -> None:
    take(hannahs_case, "restrict", priya)
    graded(hannahs_case, ellen, priya)
    assert (the_one(hannahs_case).state, the_one(hannahs_case).agency) == (S.PREPARED, advisers)
    assert not ReferralReceived.objects.exists()


def test_nothing_is_sent_by_itself_where_she_declined_an_adviser_and_the_record_says_why(
    hannahs_case: Case, ellen: User, priya: User, advisers: Agency
) -> None:
    incident = factories.begun(ellen, hannahs_case)
    declined = ActionTaken(incident=incident, kind="idva", answer="declined", what="Her sister works there.")
    engine.add(declined, beneath=incident, by=ellen)
    graded(hannahs_case, ellen, priya)
    assert the_one(hannahs_case).state == S.PREPARED and not ReferralReceived.objects.exists()


def test_nothing_is_sent_by_itself_without_an_agreement_that_counts(
    hannahs_case: Case, ellen: User, priya: User, advisers: Agency, hal: User
) -> None:
    take(advisers.agreements.get(), "end", hal)
    graded(hannahs_case, ellen, priya)
    assert (the_one(hannahs_case).state, the_one(hannahs_case).agency) == (S.PREPARED, None)


def test_attempts_are_recorded_and_the_first_talk_is_the_first_contact(
    hannahs_case: Case, ellen: User, advisers: Agency, tess: User
) -> None:
    factories.complete(ellen, hannahs_case)
    referral = adviser_asked(hannahs_case, ellen, advisers)
    referral = answered(referral, "accept", tess, adviser=tess.pk, decision_words="")
    reach = Deadline.objects.get(policy="received-reached")
    assert reach.case is None and reach.due_at - reach.started_at == timedelta(hours=48)
    said = {"channel": "call", "safe": "yes", "reached": "no", "words": "", "at": timezone.now().isoformat()}
    referral = answered(referral, "attempt", tess, **said)
    reach.refresh_from_db()
    assert referral.contact_at is None and reach.is_open
    with pytest.raises(Refused):
        answered(referral, "attempt", tess, **{**said, "safe": "no"})
    referral = answered(referral, "attempt", tess, **{**said, "reached": "yes"})
    reach.refresh_from_db()
    assert referral.contact_at is not None and not reach.is_open
    assert referral.received.attempts.count() == 2


@pytest.mark.requirement("S3-037")
def test_the_report_of_use_says_what_each_adviser_carries_against_what_they_can_and_how_soon_they_reach(
    hannahs_case: Case, ellen: User, advisers: Agency, tess: User, hal: User
) -> None:
    factories.complete(ellen, hannahs_case)
    offered(hal, advisers, name="Advisers", needs=["advice"], places=1)
    for _number in range(2):
        referral = adviser_asked(hannahs_case, ellen, advisers)
        referral = answered(referral, "accept", tess, adviser=tess.pk, decision_words="")
    now = timezone.now().isoformat()
    answered(referral, "attempt", tess, channel="call", safe="yes", reached="yes", words="", at=now)
    shown = text_of(client_of(hal).get("/services/use/"))
    assert "Tess Arkwright: 2" in shown and "More than it can carry" in shown
    (row,) = [part for part in shown.split("<tr") if ">Easterby advisers</th>" in part and "Tess" not in part]
    assert ">2</td>" in row and "0 minutes" in row
    answered(referral, "end", tess, outcome="helped", outcome_words="Safe with her sister, alarm fitted.")
    assert "Tess Arkwright: 1" in text_of(client_of(hal).get("/services/use/"))


def test_a_danger_that_the_adviser_tells_stands_on_the_case_within_minutes(
    hannahs_case: Case, ellen: User, advisers: Agency, tess: User
) -> None:
    factories.complete(ellen, hannahs_case)
    referral = adviser_asked(hannahs_case, ellen, advisers)
    answered(referral, "danger", tess, danger="He is outside her sister's house.")
    assert "He is outside her sister" in client_of(ellen).get(f"/cases/{hannahs_case.reference}/").content.decode()
    assert Deadline.objects.open().filter(policy="unsafe-answered", case=hannahs_case).exists()
