"""Referrals to others: what goes, on which basis, who answers, what is chased, what came of it (S1-006, R-42)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import ActionTaken, Case, Incident, Involvement
from cases.steps.case import unfinished_in
from people.models import Birth
from safeguarding.models import Agency, Exchange, OnwardReferral, ReferralReceived
from safeguarding.steps import ONWARD
from tests import factories
from tests.cast import client_of, involve, take, text_of
from tests.partners import recorded, signed
from tests.safeguarding.referring import TOLD, answered, children_referred, of_part, refer, said_of
from workflow import engine
from workflow.deadlines import ladder_of
from workflow.models import Deadline, Refusal, Refused
from workflow.policies import outliving
from workflow.reactions import run_due

S = OnwardReferral.State


@pytest.fixture
def case(hannahs_case: Case, ellen: User) -> Case:
    """Hannah's case with a record and two children."""
    incident = factories.complete(ellen, hannahs_case)
    for child in ("Mia Okoro", "Eli Okoro"):
        involve(incident, ellen, "child", child, spoken_to="no", silent_because="Asleep.")
    return Case.objects.get(pk=hannahs_case.pk)


def owed(referral: OnwardReferral, policy: str) -> Deadline:
    return Deadline.objects.get(policy=policy, subject_type="safeguarding.onwardreferral", subject_id=referral.pk)


def test_what_goes_to_social_care_is_taken_from_the_case_and_stands_in_the_exchange_log(
    case: Case, ellen: User, social_care: Agency, moira: User
) -> None:
    referral = children_referred(case, ellen, social_care)
    assert referral.state == S.SENT and "Mia Okoro (child)" in referral.about and "Eli Okoro (child)" in referral.about
    assert sorted(referral.subjects.values_list("person", flat=True)) == sorted(of_part(case, "child"))
    logged = Exchange.objects.get(referral=referral)
    assert (logged.agency, logged.basis, logged.state) == (social_care, "safeguarding", Exchange.State.LOGGED)
    assert TOLD in logged.what
    theirs = ReferralReceived.objects.visible_to(moira).get()
    assert "Mia Okoro" in theirs.about and TOLD in theirs.words and "Ellen Marsh" in theirs.contact
    assert case.reference not in f"{theirs.about}{theirs.words}{theirs.because}{theirs.reach}{theirs.contact}"


def test_nothing_goes_to_an_agency_without_an_agreement_unless_a_life_is_in_danger_and_then_not_here(
    case: Case, ellen: User, hal: User
) -> None:
    """S2-040: blocked, or a reason of vital interests; and then by telephone."""
    probation = recorded(hal, "Easterby probation", "EPRO", "probation")
    children = {"people": of_part(case, "child"), "threshold": "s47", "danger_now": "no"}
    for said in ({}, {"vital_because": "He has said he will kill them tonight."}):
        with pytest.raises(Refused) as refusal:
            take(OnwardReferral(case=case), "refer-children", ellen, **said_of(probation, **children, **said))
        assert refusal.value.kind is Refusal.FORM
    by_telephone = {"vital_because": "He has said he will kill them tonight.", "sent_how": "call"}
    sent = refer(case, "refer-children", ellen, probation, **children, **by_telephone)
    assert sent.state == S.SENT and not ReferralReceived.objects.exists()
    assert Exchange.objects.get(referral=sent).vital_because.startswith("He has said")


@pytest.mark.parametrize(
    "lacks", [{"consent": "refused"}, {"consent": "not_asked"}, {"told": "no"}, {"shared": ""}, {"basis": ""}, {"sent_how": ""}]
)  # fmt: skip
def test_a_referral_says_its_basis_consent_and_what_was_shared_or_it_does_not_go(
    case: Case, ellen: User, social_care: Agency, lacks: dict[str, str]
) -> None:
    with pytest.raises(Refused) as refusal:
        children_referred(case, ellen, social_care, **lacks)
    assert refusal.value.kind is Refusal.FORM and not OnwardReferral.objects.exists()


def test_children_in_danger_now_are_rung_about_before_anything_is_written(
    case: Case, ellen: User, social_care: Agency, moira: User
) -> None:
    """R-42, E.6: phoned now, and police protection said."""
    with pytest.raises(Refused) as refusal:
        children_referred(case, ellen, social_care, threshold="s47", danger_now="yes")
    assert {"phoned_at", "phoned_whom", "police_protection"} <= set(refusal.value.errors.errors)
    rung = {"phoned_at": timezone.now().isoformat(), "phoned_whom": "Duty desk", "police_protection": "yes"}
    children_referred(case, ellen, social_care, threshold="s47", danger_now="yes", **rung)
    assert ReferralReceived.objects.visible_to(moira).get().urgent


@pytest.mark.requirement("S1-006")
@pytest.mark.rule("R-42")
def test_social_care_answers_at_its_own_sign_in_and_the_officer_reads_what_came_of_it(
    case: Case, ellen: User, social_care: Agency, moira: User
) -> None:
    """R-42: submitted, acknowledged within one working day, decided, strategy discussion, outcome told to the officer."""
    referral = children_referred(case, ellen, social_care, threshold="s47")
    assert owed(referral, "referral-acknowledged").length == "working-days:1"
    assert owed(referral, "strategy-discussed").is_open
    referral = answered(referral, "acknowledge", moira, read=True)
    assert (referral.state, referral.acknowledged_by) == (S.ACKNOWLEDGED, "Moira Teague")
    assert owed(referral, "referral-acknowledged").met and owed(referral, "referral-decided").is_open
    now = timezone.now().isoformat()
    referral = answered(
        referral, "strategy", moira, strategy_at=now, strategy_words="Police, health and school: section 47."
    )
    referral = answered(referral, "accept", moira, adviser=moira.pk, decision_words="")
    assert referral.state == S.ACCEPTED and referral.caseworker == "Moira Teague"
    assert not owed(referral, "strategy-discussed").is_open and owed(referral, "referral-decided").met
    referral = answered(referral, "end", moira, outcome="child_plan", outcome_words="Both children are on a plan.")
    assert (referral.state, referral.outcome, referral.told_at) == (S.ENDED, "child_plan", None)
    to_read = owed(referral, "referral-read")
    assert to_read.is_open and to_read.holder == ellen
    referral = take(referral, "read", ellen)
    assert referral.told_at is not None and not owed(referral, "referral-read").is_open


def test_declined_says_why_and_the_officer_hears(case: Case, ellen: User, social_care: Agency, moira: User) -> None:
    referral = answered(
        children_referred(case, ellen, social_care), "decline", moira, reason="They live in another county."
    )
    assert (referral.state, referral.decision_words) == (S.DECLINED, "They live in another county.")
    assert owed(referral, "referral-read").is_open
    shown = text_of(client_of(ellen).get(referral.get_absolute_url()))
    assert "They live in another county." in shown and "I have read what came of it" in shown


@pytest.mark.rule("R-42")
def test_silence_is_chased_and_climbs_to_the_sergeant_and_an_inspector(
    case: Case, ellen: User, social_care: Agency
) -> None:
    referral = children_referred(case, ellen, social_care)
    clock = owed(referral, "referral-acknowledged")
    take(referral, "chase", ellen, reason="Rang the duty desk, nobody answers before nine.")
    clock.refresh_from_db()
    assert clock.is_open and clock.holder == ellen
    assert [rung.who for rung in ladder_of(clock)] == ["holder", "holder", "sergeant", "inspector"]


def test_what_an_officer_heard_by_telephone_counts_and_no_answer_is_older_than_what_was_sent(
    case: Case, ellen: User, social_care: Agency, moira: User
) -> None:
    referral = children_referred(case, ellen, social_care)
    before = (timezone.now() - timedelta(hours=2)).isoformat()
    with pytest.raises(Refused):
        take(referral, "acknowledge", ellen, acknowledged_at=before, acknowledged_by="Duty desk")
    take(referral, "acknowledge", ellen, acknowledged_at=timezone.now().isoformat(), acknowledged_by="Duty desk")
    referral = answered(referral, "acknowledge", moira, read=True)  # they say it here too: nothing changes
    assert (referral.state, referral.acknowledged_by) == (S.ACKNOWLEDGED, "Duty desk")


def test_what_is_taken_back_waits_for_the_agency_no_longer(
    case: Case, ellen: User, social_care: Agency, moira: User
) -> None:
    referral = children_referred(case, ellen, social_care)
    take(referral, "withdraw", ellen, reason="Sent twice by mistake.")
    run_due()
    theirs = ReferralReceived.objects.visible_to(moira).get()
    assert (theirs.state, theirs.closed_because) == ("ended", "Sent twice by mistake.")
    assert not ReferralReceived.objects.visible_to(moira).waiting().exists()
    assert not owed(referral, "referral-acknowledged").is_open


def test_an_adult_at_risk_is_asked_three_questions_what_they_can_decide_and_what_they_want(
    case: Case, ellen: User, hal: User, social_care: Agency
) -> None:
    """E.8: Care Act 2014 section 42."""
    said = {
        "person": of_part(case, "victim")[0], "has_needs": "yes", "at_risk": "yes", "cannot_protect": "yes", "capacity": "has",
        "capacity_words": "Follows the talk and weighs it.", "wishes": "That he moves out.", "consent": "refused",
        "consent_because": "He coerces her, and her mother is at risk too.",
    }  # fmt: skip
    for name in ("has_needs", "cannot_protect", "capacity", "wishes", "consent_because"):
        with pytest.raises(Refused):
            refer(case, "refer-adult", ellen, social_care, **{**said, name: ""})
    referral = refer(case, "refer-adult", ellen, social_care, **said)
    assert "What the person wants: That he moves out." in ReferralReceived.objects.get(referral=referral).words


def test_a_programme_that_was_completed_is_looked_at_after_six_and_twelve_months_with_what_is_counted(
    case: Case, ellen: User, priya: User, hal: User
) -> None:
    course = recorded(hal, "Better ways", "EBET", "voluntary")
    signed(hal, course)
    referral = refer(case, "refer-programme", ellen, course, person=of_part(case, "suspect")[0])
    ended = {"outcome": "completed", "outcome_words": "Came to all of the 26 sessions."}
    before = timezone.now() - timedelta(minutes=5)
    referral = engine.perform(referral, "end", by=ellen, evidence=ended, seen=referral.version, at=before)
    six, twelve = owed(referral, "programme-look-6"), owed(referral, "programme-look-12")
    assert six.is_open and twelve.is_open and timedelta(days=180) < twelve.due_at - six.due_at < timedelta(days=186)
    again = factories.begun(ellen, case, minutes_ago=0)
    involve_again(again, ellen, referral)
    take(referral, "look", ellen, words="Reported again within the month.")
    assert referral.looks.get().incidents == 1
    six.refresh_from_db()
    twelve.refresh_from_db()
    assert not six.is_open and twelve.is_open
    referral = take(referral, "look", ellen, words="Nothing since the first look.")
    twelve.refresh_from_db()
    assert not twelve.is_open
    with pytest.raises(Refused):
        take(referral, "look", ellen, words="A third look is not asked.")


def involve_again(incident: Incident, by: User, referral: OnwardReferral) -> None:
    person = referral.subjects.get().person
    engine.add(Involvement(incident=incident, person=person, part="suspect"), beneath=incident, by=by)


def test_the_page_of_referrals_costs_the_same_for_one_and_for_many(
    case: Case, ellen: User, social_care: Agency
) -> None:
    browser, referral = client_of(ellen), children_referred(case, ellen, social_care)
    page = referral.get_absolute_url()
    browser.get(page)
    with CaptureQueriesContext(connection) as few:
        browser.get(page)
    for _number in range(4):
        children_referred(case, ellen, social_care)
    with CaptureQueriesContext(connection) as many:
        assert text_of(browser.get(page)).count("Mia Okoro") >= 5
    assert len(many) == len(few)


def test_whoever_is_shut_out_of_the_case_and_whoever_is_of_no_police_finds_no_page(
    case: Case, ellen: User, social_care: Agency, victor: User, stranger: User, moira: User
) -> None:
    referral = children_referred(case, ellen, social_care)
    for page in (
        referral.get_absolute_url(),
        f"/cases/{case.reference}/shared/",
        f"/cases/{case.reference}/referrals/refer/",
    ):
        for who in (victor, stranger, moira):
            assert client_of(who).get(page).status_code == 404, (page, who)


def test_somebody_of_sixteen_who_is_harmed_may_be_referred_as_a_child_and_no_grown_up_may(
    case: Case, ellen: User, social_care: Agency
) -> None:
    form = text_of(client_of(ellen).get(f"/cases/{case.reference}/referrals/refer-children/"))
    assert "Mia Okoro (child)" in form and "Daniel Reeve" not in form
    Birth.objects.create(
        case=case, person_id=of_part(case, "victim")[0], recorded_by=ellen, born_on=timezone.localdate() - timedelta(days=16 * 366)
    )  # fmt: skip
    assert "Hannah Okoro (person harmed)" in text_of(
        client_of(ellen).get(f"/cases/{case.reference}/referrals/refer-children/")
    )
    with pytest.raises(Refused):
        children_referred(case, ellen, social_care, people=of_part(case, "suspect"))


def test_what_the_record_says_was_done_is_offered_with_its_words_until_a_referral_stands_for_it(
    case: Case, ellen: User, social_care: Agency
) -> None:
    """Nothing is typed twice."""
    incident = Incident.objects.filter(case=case).latest("pk")
    words = "Rang the duty desk about both children."
    row = ActionTaken(incident=incident, kind="child_referral", what=words)
    engine.add(row, beneath=incident, by=ellen)
    page = f"/cases/{case.reference}/referrals/"
    shown = client_of(ellen).get(page).content.decode()
    link = f"{page}refer-children/?action={row.pk}"
    assert words in shown and link in shown
    assert words in client_of(ellen).get(link).content.decode()
    children_referred(case, ellen, social_care)
    assert link not in client_of(ellen).get(page).content.decode()


def test_what_a_partner_has_taken_on_keeps_no_case_open_and_what_nobody_answered_does(
    case: Case, ellen: User, social_care: Agency, moira: User
) -> None:
    referral = children_referred(case, ellen, social_care)
    assert list(unfinished_in(case, ONWARD)) == [(referral.pk,)]
    answered(referral, "accept", moira, adviser=moira.pk, decision_words="")
    assert not unfinished_in(case, ONWARD).exists()
    assert {"programme-look-6", "programme-look-12"} <= set(outliving())
