"""Rows of the requirements that two parts of the product fulfil together, each proved whole by one walk of ordinary steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Task
from dvds.models import AgencyAsked, Application, Categorised, ForumDecision, Part
from dvds.services import limits
from dvds.services.patterns import raise_patterns
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.forum import CONCLUDED, fresh, managed, not_telling_said, referred, reported, told_nothing
from tests.dvds.judged import NO_CONCERN, assessed, held, met
from workflow.clock import LONDON
from workflow.models import Deadline, Holiday, Refused
from workflow.models.holiday import Division

pytestmark = pytest.mark.django_db


def due(application: Application, policy: str) -> Deadline:
    found: Deadline = Deadline.objects.get(case=application.case_id, policy=policy)
    return found


def five_working_days(start: datetime) -> Any:
    """Counted here by hand, so that the product does not agree with itself."""
    day, left = start.astimezone(LONDON).date(), 5
    off = set(Holiday.objects.standing().filter(division=Division.ENGLAND_AND_WALES).values_list("on", flat=True))
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in off
    return day


@pytest.mark.requirement("S3-237")
def test_the_full_assessment_is_owed_within_five_working_days_of_the_meeting_with_what_agencies_answer(
    disclosure_unit: Unit, perry: User
) -> None:
    application = met(consideration(disclosure_unit, perry, "meeting"), perry)
    owed = due(application, limits.ASSESSED)
    assert owed.due_at.astimezone(LONDON).date() == five_working_days(owed.started_at)

    asked = {"agency_kind": "probation", "not_asked": "ask", "who": "The duty officer", "asked_at": held(0.9)}
    with pytest.raises(Refused) as refused:
        take(application, "ask-agency", perry, **asked)
    assert "basis" in refused.value.errors.errors
    take(application, "ask-agency", perry, **asked, basis="He is on licence; nobody else knows how he keeps it.")
    row = AgencyAsked.objects.get(application=application)
    with pytest.raises(Refused):
        take(application, "agency-answers", perry, asked=row.pk, answer="", answered_at=held(0.2))
    take(application, "agency-answers", perry, asked=row.pk, answer="He breached it twice.", answered_at=held(0.2))
    assert (fresh(row).answer, owed.stopped_at) == ("He breached it twice.", None)

    assessed(fresh(application), perry)
    assert due(application, limits.ASSESSED).stopped_at is not None

    for_another = met(consideration(disclosure_unit, perry, "meeting", applicant="Nora Quist"), perry)
    assert not Deadline.objects.filter(case=for_another.case, policy=limits.ASSESSED).exists(), "only where it is her"


@pytest.mark.requirement("S3-241")
@pytest.mark.parametrize("route", ["ask", "know"])
def test_it_is_categorised_with_reasons_and_referred_within_five_working_days_by_either_route(
    route: str, disclosure_unit: Unit, perry: User, maya: User
) -> None:
    if route == "ask":
        application = met(consideration(disclosure_unit, perry, "meeting"), perry)
        policy, start = limits.REFERRED, application.meetings_held.get().held_at
    else:
        application = heard_of(perry)
        policy, start = limits.REFERRED_TOLD, application.first_contact_at
    owed = due(application, policy)
    assert owed.due_at.astimezone(LONDON).date() == five_working_days(start)
    Application.objects.filter(pk=application.pk).update(state="assessed", risk="medium", looked_at=timezone.now())

    with pytest.raises(Refused) as refused:
        take(application, "categorise", perry, **{**NO_CONCERN, "reasons": ""})
    assert "reasons" in refused.value.errors.errors
    take(application, "categorise", perry, **NO_CONCERN)
    assert Categorised.objects.get(application=application).reasons and due(application, policy).stopped_at is None
    assert take(application, "sign", maya).state == "referred"
    assert due(application, policy).stopped_at is not None


def heard_of(by: User) -> Application:
    from tests.dvds.door import information, taken

    return taken(information(by), by)


@pytest.mark.requirement("S3-251")
def test_why_a_right_to_know_was_not_told_is_mandatory_and_stands_beside_the_next_about_the_subject(
    disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    first = referred(disclosure_unit, perry, route="know", category="no_concern")
    with pytest.raises(Refused) as refused:
        told_nothing(first, hal, inez, perry, reasons="")
    assert "reasons" in refused.value.errors.errors
    take(fresh(first), "decide-not-tell", inez, **not_telling_said(reasons="One caution of 2009 and nothing since."))
    take(first, "conclude-untold", perry, **managed())
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        ForumDecision.objects.filter(application=first).update(reasons="")

    subject = first.parties.get(part=Part.SUBJECT).person
    later = consideration(disclosure_unit, perry, "checks", subject=subject, at_risk="Ada Lund")
    for page in (later.get_absolute_url(), later.case.get_absolute_url()):
        said = text_of(client_of(perry).get(page))
        assert first.case.reference in said and "One caution of 2009 and nothing since." in said, page


@pytest.mark.requirement("S3-255")
@pytest.mark.parametrize("state", ["told", "declined", "unreachable", "informed", "concluding"])
def test_nothing_closes_without_its_report_whatever_was_decided_and_several_requests_are_an_alert(
    state: str, disclosure_unit: Unit, perry: User, maya: User
) -> None:
    outcome = {"declined": "declined", "unreachable": "unreachable", "informed": "nothing_held"}.get(state)
    columns = {"outcome": outcome} if outcome else {}
    one = consideration(disclosure_unit, perry, state, days_ago=5, **columns)
    take(one, "review-management", perry, **managed())
    take(one, "conclude", perry, **CONCLUDED, outcome=fresh(one).outcome)
    with pytest.raises(Refused, match="Submit the final intelligence report"):
        take(one, "close", perry)
    report = reported(one, perry)
    take(one, "close", perry)
    assert fresh(one).intelligence_ref == report.reference != ""

    subject = one.parties.get(part=Part.SUBJECT).person
    two = consideration(disclosure_unit, perry, "checks", subject=subject, at_risk="Ada Lund")
    raise_patterns(two, timezone.now())
    assert Task.objects.get(case=two.case, kind="pattern").owed_by == "disclosure_supervisor"
    take(two, "end-inapplicable", maya, outcome="out_of_scope")
    take(two, "conclude", perry, **CONCLUDED, outcome="out_of_scope")
    assert two.final_report.payload["other_considerations_of_the_subject"] == 1
