"""A right to know: an interview names a new partner, nothing is held, the forum tells nobody, and neither ever learns of it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from cases.models import Case, Incident
from config.local.rehearsal import System
from dvds.models import Application, ContactAttempt, Intake, NothingToTell, NoTrace, Outcome, Telling
from marac.models import Forum, Meeting
from supervision.models import Notice
from tests.browser import DESK
from tests.cast import involve, take
from tests.dvds.forum import CONCLUDED, answers, managed, not_telling_said
from tests.dvds.judged import JUDGED, NO_CONCERN
from tests.factories import begun
from tests.journeys.considering import (
    Considers,
    due_of,
    forum_with,
    is_now,
    now,
    of_the_unit,
    opened_by,
    put_down_by,
    signed_by,
    sits_in,
)
from tests.journeys.looking import staff
from tests.journeys.test_marac import at

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [DESK], indirect=True, ids=["desk"])]

HER, HIM = ("Philippa", "Garrow"), ("Dorian", "Whitlow")
WHO, WHOM = " ".join(HER), " ".join(HIM)
KNOWN = "She gave his name as her new partner when she was interviewed about her car."
LEAST = ("PNC", "PND", "Local intelligence")
NAMES = re.compile("|".join((*HER, *HIM, "Clare", "DVDS", "disclosure")), re.I)
NOTHING = "Nothing is held of him by any system, and nothing was said of violence."


def put_down_beside(officer: Considers, incident: Incident) -> Intake:
    """From the page of an investigation, which is not told of it."""
    case = Case.objects.get(pk=incident.case_id)
    officer.open(f"{case.get_absolute_url()}?panel=at-the-door", "known-01-investigation")
    officer.follow("Somebody may need to be told: put it down", "Put down what somebody should know")
    officer.say(
        danger="none", source="investigation", first_contact_at=now(50), subject=WHOM, at_risk=f"{WHO}, about 30", why=KNOWN
    )  # fmt: skip
    officer.at_both("known-02-put-down")
    officer.press("Put down what somebody should know")
    officer.heading(re.compile("^Somebody should know"))
    officer.at_both("known-03-waits")
    assert "Right to know" not in officer.open(case.get_absolute_url()), "the investigation shows nothing of it"
    return put_down_by(officer.user)


def taken_down(perry: Considers, intake: Intake) -> Application:
    """Nobody asked: nobody is met, nothing of an applicant is asked, and no way to reach her is needed."""
    perry.open("/requests/", "known-04-door")
    perry.page.locator(f'a[href="{intake.get_absolute_url()}"]').click()
    perry.take("Take it up")
    application = Application.objects.get(pk=Intake.objects.get(pk=intake.pk).application_id)
    perry.at_both("known-05-sections")
    perry.follow("How it was heard")
    perry.section_of("How it was heard", "known-06-heard")
    perry.name_somebody("at_risk", *HER, date(1996, 2, 14), "8 Orchard Rise")
    perry.name_somebody("subject", *HIM, date(1991, 8, 1), "2 Quayside")
    perry.section_of("Who they are", "known-07-people")
    perry.section_of(
        "What is between them",
        relationship="BG",
        together="together",
        living_together="no",
        children_affected="no",
        subject_staff="no",
    )
    expect(perry.page.locator("[name=source_words]")).to_have_value(KNOWN)
    perry.section_of("Why, and what is feared", "known-08-why", source_grade="1", information_grade="A")
    perry.section_of("Danger and crime", crime_alleged="no")
    perry.look("known-09-contact")
    perry.open(f"/work/consideration/{application.pk}/sections/support/", "known-10-support")
    perry.open(f"/work/consideration/{application.pk}/", "known-11-whole")
    perry.take("Send it to be checked")
    said = perry.consider(application, "known-12-to-check")
    assert f"Told about {WHOM} and {WHO}" in said and "Face-to-face" not in said
    return application


def nothing_held(perry: Considers, wren: Considers, application: Application) -> None:
    """Both are looked for; that there is no trace is a decision, and whoever looked does not take it alone."""
    checks = f"/considerations/{application.case.reference}/checks/"
    perry.open(checks, "known-13-checks")
    for who in (WHOM, WHO):
        for system in LEAST:
            marker = {"visor_marker": "no"} if (system, who) == ("PNC", WHOM) else {}
            perry.looked(system, who, f"known-14-{system}-{who.split()[0]}".lower(), found="nothing", **marker)
    assert "Confirm that there is no trace" not in perry.look("known-14-to-be-confirmed")
    perry.consider(application)
    assert "a second person confirms that there is no trace" in perry.look("known-15-not-yet")
    assert "08/01/1991" in wren.open(checks), "his day and month the other way round were searched too"
    for who in (WHOM, WHO):
        for system in LEAST:
            wren.agree(system, who)
    wren.look("known-16-agreed")
    agreed = NoTrace.objects.filter(application=application, state="agreed")
    assert agreed.count() == 6 and set(agreed.values_list("agreed_by", flat=True)) == {wren.user.pk}


def triaged_and_signed(perry: Considers, maya: Considers, application: Application, meeting: Meeting) -> None:
    """Judged on what is known, without alerting anybody; no concern; signed; before a meeting."""
    low = {**JUDGED, "grade": "standard", "judged": NOTHING}
    perry.consider(application)
    perry.take("Triage it", "known-17-triage", source_grade="1", information_grade="A", **low)
    perry.consider(application)
    perry.take("Record the full assessment", "known-18-assessed", done_at=now(), grade="standard", judgement=NOTHING)
    perry.consider(application)
    perry.take("Categorise it, and propose what the forum decides on", "known-19-category", **NO_CONCERN)
    maya.consider(application)
    signed_by(maya, application, "known-19-signing", "Six systems, and a second person on each.")
    perry.consider(application)
    perry.take("Put it before a meeting", meeting=meeting.pk)
    perry.consider(application, "known-20-with-the-forum")


def decided_not_to_tell(inez: Considers, application: Application, meeting: Meeting) -> None:
    inez.open(meeting.get_absolute_url())
    inez.follow(f"{WHO}, {application.case.reference}")
    inez.take("Answer the tests", "known-21-tests", **answers("t1", "t2", "t3"))
    refused = inez.consider(application, "known-22-tests-answered")
    assert "Decide that it is told. Not met, so nothing may be told" in refused
    inez.follow("Decide that nothing is told", "Decide that nothing is told")
    assert "Is the subject informed afterwards?" not in inez.words(), "he is never told where nothing is told"
    said = {**not_telling_said(reasons=NOTHING), "decided_at": now()}
    inez.say(**{name: value for name, value in said.items() if not name.startswith("children")})
    inez.look("known-23-deciding")
    inez.press("Decide that nothing is told")
    is_now(application, "not_to_tell")


def ended(perry: Considers, application: Application) -> None:
    """Nobody is informed: it goes on to its end at once."""
    offered = perry.consider(application, "known-24-not-to-tell")
    assert "Record that the applicant was informed" not in offered
    nobody = managed(routes=["nobody"], reasons="Considered: nothing is known that anybody could manage.")
    perry.take("Go on to conclude it", "known-25-managed", **nobody)
    perry.consider(application)
    perry.take("Say how it ended, and what was given", "known-26-concluded", **{**CONCLUDED, "outcome": "nothing_held"})
    perry.reported(application, "INT-2026-0872", "known-27")
    perry.consider(application)
    perry.take("Close it", reason="Nothing is held, and the report can be found.")
    is_now(application, "closed")
    perry.consider(application, "known-28-closed")


def neither_learns_of_it(officer: Considers, application: Application, incident: Incident) -> None:
    """No contact, no words to anybody, no notice that says what it is; the investigation as it was."""
    closed = Application.objects.get(pk=application.pk)
    assert closed.outcome == Outcome.NOTHING_HELD and closed.subject_told_at is None and closed.told_at is None
    for nothing in (ContactAttempt, Telling, NothingToTell):
        assert not nothing.objects.filter(application=application).exists()
    case = Case.objects.get(pk=incident.case_id)
    assert application.case.reference not in officer.open(case.get_absolute_url(), "known-29-investigation-after")
    assert officer.page.request.get(f"{officer.address}{application.get_absolute_url()}").status == 404
    texts = Notice.objects.filter(case=application.case).values_list("text", flat=True)
    assert not [text for text in texts if NAMES.search(text)]


@pytest.mark.requirement("S3-217")
def test_an_investigation_names_her_nothing_is_held_and_neither_of_them_ever_learns_of_it(
    at_work: Any, system: System
) -> None:
    with at(system):
        officer = at_work(staff("DC", "8721", "Effie Lorne", "investigator", "CL2"), Considers)
        perry = at_work(of_the_unit("8723", "Jonas Pell", "disclosure_officer"), Considers)
        wren = at_work(of_the_unit("8724", "Greta Noon", "disclosure_officer"), Considers)
        maya = at_work(of_the_unit("8725", "Sabine Holt", "disclosure_supervisor"), Considers)
        hal, chair = (
            of_the_unit("8726", "Abel Frost", "marac_coordinator"),
            of_the_unit("8727", "Nora Crane", "forum_chair"),
        )
        incident = begun(staff("PC", "8728", "Tilda Bray", "officer", "CL2"))
        involve(incident, incident.recorded_by, "victim", "Beryl Stone")
        application = taken_down(perry, put_down_beside(officer, incident))
    with at(system, system.clock.now() + timedelta(hours=3)):
        nothing_held(perry, wren, application)
        forum: Forum = forum_with(hal, "Vale considerations", "JD2A")
        meeting = sits_in(forum, hal, 6, chair="8727")
        triaged_and_signed(perry, maya, application, meeting)
        keeper, inez = at_work(hal, Considers), at_work(chair, Considers)
        keeper.open(meeting.get_absolute_url())
        keeper.act("Send the agenda")
    with at(system, meeting.starts_at - timedelta(minutes=5)):
        opened_by(keeper, meeting)
    with at(system, meeting.starts_at + timedelta(minutes=20)):
        decided_not_to_tell(inez, application, meeting)
        assert due_of(application, "consideration-overall") > meeting.starts_at, "decided in time"
    with at(system, meeting.starts_at + timedelta(hours=3)):
        ended(perry, application)
        record = perry.decision_record(application, "known-30-decision-record")
        assert NOTHING in record and WHO in record
        neither_learns_of_it(officer, application, incident)
        take(Meeting.objects.get(pk=meeting.pk), "close", hal)
        take(Meeting.objects.get(pk=meeting.pk), "issue", hal, checked="on")
        take(forum, "close", hal)
