"""The page of one consideration: what stands where, whether contact is allowed now, and what may not be done yet and why."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access
from cases.models import CheckedSystem, SafeContact, SystemCheck
from cases.services import restrict
from dvds.models import Application, Delay, Exceptional, NoTrace, Part, Party, TestAnswer, Trace
from dvds.services import limits
from dvds.services.contact_now import contact_now
from tests.cast import client_of, text_of
from tests.clocks.calendars import london
from tests.dvds.cast_of_disclosures import SAFE, consideration
from tests.dvds.clocked import happened, opened_at

S = Application.State
DAY = timedelta(days=1)


def page_of(application: Application, user: User) -> str:
    found = client_of(user).get(application.get_absolute_url())
    assert found.status_code == 200
    return text_of(found)


@pytest.fixture
def referred(disclosure_unit: Unit, perry: User) -> Application:
    """Rosa Field asked about Karl Field nineteen days ago; it is with the forum."""
    found = consideration(disclosure_unit, perry, "checks", days_ago=19, risk="high", children=("Leo Field",))
    opened_at(found, found.first_contact_at, perry)
    first = found.first_contact_at
    happened(found, "consideration.progress", perry, first + timedelta(hours=20), state=S.MEETING)
    happened(found, "consideration.hold-meeting", perry, first + 10 * DAY, state=S.MET)
    happened(found, "consideration.sign", perry, first + 17 * DAY, state=S.REFERRED)
    return found


def test_it_says_who_asked_about_whom_and_that_nothing_may_be_written(referred: Application, perry: User) -> None:
    page = page_of(referred, perry)
    assert '<h1 class="govuk-heading-l">Rosa Field asked about Karl Field</h1>' in page
    assert "Nothing about this application may be sent or left in writing." in page
    assert "Day 19 of 28, 9 left" in page
    assert Access.objects.filter(by=perry, chain=referred.case_id, kind=Access.Kind.VIEW).exists()


def test_the_stages_say_what_was_met_where_it_stands_and_what_is_counted_back(
    referred: Application, perry: User
) -> None:
    page = page_of(referred, perry)
    assert page.count('aria-current="step"') == 1
    here = page[page.index('aria-current="step"') :]
    assert "Forum decision" in here[:600] and "You are here." in here[:900]
    assert "Counted back:" in page and "No limit in guidance" in page
    assert ">Met<" in page


def test_nobody_met_where_nobody_asked(disclosure_unit: Unit, perry: User) -> None:
    told = consideration(disclosure_unit, perry, "checks", route="know")
    page = page_of(told, perry)
    assert "Told about Karl Field and Rosa Field" in page and "Face-to-face" not in page


def test_the_days_left_for_the_forum_are_warned_of_from_the_first_day(disclosure_unit: Unit, perry: User) -> None:
    christmas = consideration(disclosure_unit, perry, "checks")
    opened_at(christmas, london("2026-12-24T17:00"), perry)
    assert "2 days left for the forum and to tell" in page_of(christmas, perry)
    summer = consideration(disclosure_unit, perry, "checks")
    opened_at(summer, london("2026-06-08T09:00"), perry)
    assert "left for the forum and to tell" not in page_of(summer, perry)


def plan(application: Application, by: User, **said: Any) -> SafeContact:
    columns = {**SAFE, "from_time": time(9, 30), "to_time": time(11), "days": ["tue", "thu"], **said}
    made: SafeContact = SafeContact.objects.create(case=application.case, recorded_by=by, **columns)
    SafeContact.objects.filter(pk=made.pk).update(recorded_at=london("2026-11-01T09:00"))
    return made


@pytest.mark.parametrize(
    ("at", "now", "until", "after"),
    [
        ("2026-11-24T10:12", True, "2026-11-24T11:00", "2026-11-26T09:30"),  # a Tuesday
        ("2026-11-24T11:00", False, None, "2026-11-26T09:30"),
        ("2026-11-25T10:00", False, None, "2026-11-26T09:30"),
        ("2026-11-26T23:00", False, None, "2026-12-01T09:30"),
    ],
)
def test_the_card_says_whether_contact_is_allowed_now_until_when_and_when_next(
    disclosure_unit: Unit, perry: User, at: str, now: bool, until: str | None, after: str
) -> None:
    one = consideration(disclosure_unit, perry, "checks", safe=False)
    plan(one, perry)
    found = contact_now(one.case, london(at))
    assert (found.now, found.until, found.after) == (now, until and london(until), london(after))


def test_without_a_whole_plan_nobody_may_be_contacted_and_the_card_says_what_is_missing(
    disclosure_unit: Unit, perry: User
) -> None:
    one = consideration(disclosure_unit, perry, "checks", safe=False)
    assert "No plan is set" in page_of(one, perry)
    SafeContact.objects.create(case=one.case, recorded_by=perry, means=["call"], call="07700 900123", when="Any time")
    page = page_of(one, perry)
    assert "No contact now." in page and "in what place" in page and "You may contact them now" not in page


def test_of_one_that_is_closed_nobody_is_said_to_be_contacted(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, "closed")
    plan(one, perry)
    page = page_of(one, perry)
    assert "Closed: nobody is to be contacted about it." in page and "You may contact them now" not in page


def test_what_has_run_out_or_is_no_way_at_all_allows_nothing(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, "checks", safe=False)
    plan(one, perry, valid_until=date(2026, 11, 23))
    assert contact_now(one.case, london("2026-11-24T10:12")).forbidden


def test_imminent_risk_is_first_and_what_may_not_be_done_yet_says_why(referred: Application, perry: User) -> None:
    page = page_of(referred, perry)
    acts = page[page.index('id="acts"') :]
    assert acts.index("Record imminent risk") < acts.index("Say why it is late")
    assert "There is no final intelligence report reference." in page
    assert "Ask for exceptional circumstances" in acts


def test_safe_contact_and_the_acts_come_before_the_stages_in_reading_order(referred: Application, perry: User) -> None:
    page = page_of(referred, perry)
    assert page.index('id="safe-contact"') < page.index('id="acts"') < page.index('id="stages"')
    assert 'href="#safe-contact" class="govuk-skip-link"' in page


def test_the_checks_say_no_trace_and_never_clear_and_spent_cannot_be_chosen(
    referred: Application, perry: User, wren: User
) -> None:
    subject = Party.objects.get(application=referred, part=Part.SUBJECT).person
    pnc, local = CheckedSystem.objects.offered()[:2]
    said = {
        "case": referred.case,
        "person": subject,
        "checked_at": timezone.now(),
        "recorded_by": perry,
        "state": "recorded",
    }
    held = {"found": "something", "result": "Two convictions.", "names": ["Karl Field"], "births_unknown": True}
    found = SystemCheck.objects.create(system=pnc, **held, **said)
    Trace.objects.create(
        case=referred.case, application=referred, check_made=found, sort="conviction", words="Harassment, 2014", spent="spent",
        recorded_by=perry,
    )  # fmt: skip
    spellings = ["Karl Field", "Carl Field"]
    nothing = SystemCheck.objects.create(system=local, found="nothing", names=spellings, births=["1988-01-30"], **said)
    page = page_of(referred, perry)
    assert "Spent, cannot be chosen to be told" in page and "No trace: to be agreed" in page
    assert "Carl Field" in page
    NoTrace.objects.create(
        case=referred.case, application=referred, check_made=nothing, state="agreed", agreed_by=wren, agreed_at=timezone.now(),
        recorded_by=perry,
    )  # fmt: skip
    page = page_of(referred, perry)
    assert (
        "No trace: decided" in page
        and "Agreed by DC 8503 Salter" in page
        and "clear" not in page.lower().replace("clearly", "")
    )


def test_the_forums_answer_stands_and_what_the_police_had_said_is_kept(
    referred: Application, perry: User, maya: User
) -> None:
    said = {"case": referred.case, "application": referred, "test": "T1", "recorded_by": perry}
    TestAnswer.objects.create(stage="police", answer="no", reason="She has moved away.", **said)
    TestAnswer.objects.create(stage="forum", answer="yes", reason="He has found her again.", **said)
    page = page_of(referred, perry)
    assert "He has found her again." in page and "The police had said otherwise: no, She has moved away." in page
    assert page.count("No answer yet") == 5


def test_new_information_a_delay_and_a_breach_are_said_with_and_without_the_authorised_days(
    disclosure_unit: Unit, perry: User, maya: User
) -> None:
    one = consideration(disclosure_unit, perry, "checks", days_ago=33, renewed_at=timezone.now())
    opened_at(one, one.first_contact_at, perry)
    Delay.objects.create(
        case=one.case, application=one, policy=limits.CHECKS, why="capacity", words="Two of three are ill.", recorded_by=perry,
        holding_plan="Her sister stays with her.",
    )  # fmt: skip
    page = page_of(one, perry)
    assert (
        "New information since triage." in page
        and "Two of three are ill." in page
        and "Her sister stays with her." in page
    )
    assert "Late overall by 5 days," in page and "5 without the exceptional days" in page
    today = timezone.localdate()
    Exceptional.objects.create(
        case=one.case, application=one, from_on=today - 9 * DAY, to_on=today - 7 * DAY, words="No power.", state="authorised",
        recorded_by=perry, decided_by=maya, decided_why="On record.",
    )  # fmt: skip
    assert "2 without the exceptional days" in page_of(one, perry)


def test_it_is_there_for_whoever_may_open_the_case_and_for_nobody_else(
    referred: Application, perry: User, maya: User, ellen: User, hal: User
) -> None:
    url = referred.get_absolute_url()
    for outsider in (ellen, hal):
        assert client_of(outsider).get(url).status_code == 404
    restrict(case=referred.case, by=maya)
    assert client_of(perry).get(url).status_code in (200, 404)
    assert client_of(maya).get(url).status_code == 200
    assert client_of(perry).get("/considerations/DA-2026-999999/").status_code == 404


def test_the_case_page_leads_to_it(referred: Application, perry: User) -> None:
    page = text_of(client_of(perry).get(f"/cases/{referred.case.reference}/"))
    assert referred.get_absolute_url() in page


def test_the_page_costs_as_many_statements_for_much_as_for_little(referred: Application, perry: User) -> None:
    client = client_of(perry)
    client.get(referred.get_absolute_url())
    with CaptureQueriesContext(connection) as little:
        client.get(referred.get_absolute_url())
    of = {"case": referred.case, "application": referred, "recorded_by": perry}
    for n in range(6):
        Delay.objects.create(policy=limits.CHECKS, why="agency", words=f"{n}", **of)
        TestAnswer.objects.create(stage="police", test="T1", answer="no", reason=f"{n}", **of)
    with CaptureQueriesContext(connection) as much:
        client.get(referred.get_absolute_url())
    assert len(much) <= len(little)
    assert len(much) <= 46  # benchmarks/operations.py


def test_a_step_taken_from_it_leads_back_to_it(referred: Application, perry: User) -> None:
    said = {
        "policy": limits.OVERALL,
        "why": "forum",
        "words": "The forum sits only next week.",
        "seen": referred.version,
    }
    found = client_of(perry).post(f"/work/consideration/{referred.pk}/delay/", said)
    assert (found.status_code, found["Location"]) == (302, referred.get_absolute_url())
