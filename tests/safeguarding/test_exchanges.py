"""The exchange log and joint actions: on any case at any grade, with a basis, chased when silent (S3-125, S3-126, S2-041)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from safeguarding.models import Agency, Exchange, JointAction
from safeguarding.services import log_sent
from tests import factories
from tests.cast import client_of, take, text_of
from tests.partners import recorded
from workflow.deadlines import ladder_of
from workflow.models import Deadline, Refusal, Refused


def told(case: Case, by: User, agency: Agency | None, **more: Any) -> Exchange:
    said = {
        "agency": agency.pk if agency else "", "whom": "", "what": "He is out on Friday, and she has not been told.",
        "basis": "public_task", "at": timezone.now().isoformat(), "how": "call", **more,
    }  # fmt: skip
    made: Exchange = take(Exchange(case=case), "give", by, **said)
    return made


def agreed(case: Case, by: User, agency: Agency, **more: Any) -> JointAction:
    said = {
        "agency": agency.pk, "whom": "Cleo Banner", "what": "New locks on both doors.",
        "ours": "An officer stays while it is done.",
        "due_on": (timezone.localdate() + timedelta(days=3)).isoformat(), **more,
    }  # fmt: skip
    made: JointAction = take(JointAction(case=case), "agree", by, **said)
    return made


def clock_of(record: Any, policy: str) -> Deadline:
    return Deadline.objects.get(policy=policy, subject_type=record._meta.label_lower, subject_id=record.pk)


@pytest.mark.requirement("S3-125", "S3-126")
@pytest.mark.parametrize("grade", ["standard", "medium", "high"])
def test_on_a_case_of_any_grade_is_written_what_went_to_whom_on_which_basis_and_it_is_chased_until_they_have_it(
    hannahs_case: Case, ellen: User, housing: Agency, grade: str
) -> None:
    factories.complete(ellen, hannahs_case, grade=grade)
    exchange = told(hannahs_case, ellen, housing, whom="Cleo Banner")
    clock = clock_of(exchange, "exchange-acknowledged")
    assert clock.is_open and clock.holder == ellen and clock.length == "working-days:2"
    assert [rung.who for rung in ladder_of(clock)] == ["holder", "holder", "sergeant", "inspector"]
    page = text_of(client_of(ellen).get(exchange.get_absolute_url()))
    for words in ("Easterby housing (Cleo Banner)", "He is out on Friday", "Public task", "Not acknowledged"):
        assert words in page
    take(exchange, "chase", ellen, reason="Left word with the housing desk.")
    clock.refresh_from_db()
    assert clock.is_open
    take(exchange, "acknowledge", ellen, acknowledged_at=timezone.now().isoformat(), acknowledged_by="Cleo Banner")
    clock.refresh_from_db()
    assert not clock.is_open and "They have it" in text_of(client_of(ellen).get(exchange.get_absolute_url()))


def test_what_they_told_us_is_written_too_and_nobody_is_chased_for_it(
    hannahs_case: Case, ellen: User, housing: Agency
) -> None:
    said = {
        "agency": housing.pk,
        "whom": "",
        "what": "Rent is owed for two months.",
        "basis": "safeguarding",
        "how": "mail",
    }
    take(Exchange(case=hannahs_case), "receive", ellen, **said, at=timezone.now().isoformat())
    assert (
        Exchange.objects.get().state == "received"
        and not Deadline.objects.filter(policy="exchange-acknowledged").exists()
    )


def test_a_team_of_the_police_is_named_and_needs_no_agreement_and_nobody_is_no_recipient(
    hannahs_case: Case, ellen: User
) -> None:
    """S3-125: neighbourhood teams are channels too."""
    assert (
        told(hannahs_case, ellen, None, whom="Northgate neighbourhood team").other_side
        == "Northgate neighbourhood team"
    )
    with pytest.raises(Refused):
        told(hannahs_case, ellen, None)


@pytest.mark.requirement("S2-040")
def test_without_an_agreement_that_counts_nothing_is_shared_unless_a_life_is_in_danger_and_that_is_said(
    hannahs_case: Case, ellen: User, housing: Agency, hal: User
) -> None:
    take(housing.agreements.get(), "end", hal)
    with pytest.raises(Refused) as refusal:
        told(hannahs_case, ellen, housing)
    assert refusal.value.kind is Refusal.FORM and "no information-sharing agreement that counts" in str(
        refusal.value.errors
    )
    told(hannahs_case, ellen, housing, vital_because="He stands at her door with a petrol can.")
    assert "petrol can" in text_of(client_of(ellen).get(f"/cases/{hannahs_case.reference}/shared/"))
    assert "No agreement" in text_of(client_of(hal).get("/agencies/?lapsed=yes"))


def test_an_action_of_a_partner_has_a_day_and_is_chased_and_not_done_is_not_the_same_as_not_possible(
    hannahs_case: Case, ellen: User, housing: Agency
) -> None:
    action = agreed(hannahs_case, ellen, housing)
    clock = clock_of(action, "joint-action-done")
    assert timezone.localtime(clock.due_at).date() == action.due_on and clock.holder == ellen
    later = action.due_on + timedelta(days=2)
    action = take(action, "move", ellen, due_on=later.isoformat())
    clock.refresh_from_db()
    assert timezone.localtime(clock.due_at).date() == later
    action = take(action, "not-done", ellen, reason="The locksmith did not come.")
    clock.refresh_from_db()
    assert not clock.is_open and (action.state, action.outcome) == ("not_done", "The locksmith did not come.")
    with pytest.raises(Refused):
        take(action, "done", ellen)
    other = take(agreed(hannahs_case, ellen, housing), "not-possible", ellen, reason="She has moved away from there.")
    assert other.state == "not_possible"


@pytest.mark.requirement("S2-041")
def test_what_partners_do_and_what_was_shared_stand_on_one_page_of_the_case_and_in_its_panel(
    hannahs_case: Case, ellen: User, housing: Agency
) -> None:
    agreed(hannahs_case, ellen, housing)
    told(hannahs_case, ellen, housing)
    page = text_of(client_of(ellen).get(f"/cases/{hannahs_case.reference}/shared/"))
    assert "New locks on both doors." in page and "To be done" in page and "He is out on Friday" in page
    assert f"/cases/{hannahs_case.reference}/shared/" in text_of(
        client_of(ellen).get(f"/cases/{hannahs_case.reference}/?panel=onward-referrals")
    )


def test_an_agency_without_an_agreement_takes_no_action_that_tells_it_who_it_is_for(
    hannahs_case: Case, ellen: User, hal: User
) -> None:
    with pytest.raises(Refused):
        agreed(hannahs_case, ellen, recorded(hal, "Easterby probation", "EPRO", "probation"))


def test_what_the_program_sends_by_itself_is_logged_and_nobody_is_chased_for_it(
    hannahs_case: Case, housing: Agency
) -> None:
    now = timezone.now()
    said = {"what": "The papers of the meeting.", "basis": "safeguarding", "how": "system", "sent_at": now, "at": now}
    logged = log_sent(case=hannahs_case, agency=housing, **said)
    assert (logged.state, logged.way, logged.agency) == ("logged", "given", housing)
    assert not Deadline.objects.filter(policy="exchange-acknowledged").exists()
