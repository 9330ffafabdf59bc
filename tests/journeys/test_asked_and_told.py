"""A right to ask, from a doorstep to the words that were said: nothing is written, nobody alerted, a missed limit says why."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from playwright.sync_api import expect

from config.local.rehearsal import System
from dvds.models import AgencyAsked, Application, Decision, ForumDecision, Intake, NoTrace, Telling
from marac.models import Forum, Meeting
from risk.models import SafetyPlan
from risk.quality import PLAN
from supervision.models import Notice
from tests.browser import DESK, PHONE
from tests.cast import take
from tests.dvds.forum import CONCLUDED, answers, managed, told_said
from tests.dvds.judged import ASSESSED, JUDGED, MET
from tests.journeys.considering import (
    Considers,
    beside,
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
from tests.journeys.looking import staff, wait_until
from tests.journeys.test_marac import at

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [DESK], indirect=True, ids=["desk"])]

HER, HIM = ("Ottilie", "Marsden"), ("Corbin", "Leake")
WHO, WHOM = " ".join(HER), " ".join(HIM)
WHY = "He took her telephone, and a friend says that he strangled the woman before her."
CONVICTION = "Assault by strangling, on a former partner, 14 months."
WORDS = "He was convicted in 2024 of strangling a former partner."
LATE = "Her line went dead on the third day; the library had seen nothing of her until this week."
MEANWHILE = "Her sister sleeps there; the neighbourhood team passes each evening."
SECRET = re.compile("|".join((*HER, *HIM, "Clare", "DVDS", "disclosure")), re.I)


def put_down(officer: Considers) -> Intake:
    """On a telephone at a doorstep: the least, and that nothing follows from it in writing."""
    officer.page.set_viewport_size(PHONE)
    officer.open("/requests/", "asked-01-door")
    officer.follow("Somebody asks", "Put a request down")
    officer.at_both("asked-02-empty")
    officer.page.set_viewport_size(PHONE)
    officer.say(
        danger="possible", danger_words="He is at work until six; she knows to ring 999.", channel="in_person",
        first_contact_at=now(40), asker=f"{WHO}, at the library", asks_as="self", subject=f"{WHOM}, about 36", why=WHY,
        feared=["control", "strangled"], safe_means="Her work telephone", safe_place="The library", safe_times="Any time",
        never="Her own telephone: he reads it",
    )  # fmt: skip
    officer.look("asked-03-said")
    officer.press("Put a request down")
    officer.heading(re.compile("^Somebody asks"))
    assert "It is with whoever takes it up" in officer.at_both("asked-04-put-down")
    return put_down_by(officer.user)


def taken_down(handler: Considers, intake: Intake) -> Application:
    """By the control room, section by section; a way to reach her without place and times is no safe contact."""
    assert WHO not in handler.open("/requests/", "asked-05-waits"), "a list is read over a shoulder"
    handler.page.locator(f'a[href="{intake.get_absolute_url()}"]').click()
    handler.take("Take it up", "asked-06-taking-up")
    application = Application.objects.get(pk=Intake.objects.get(pk=intake.pk).application_id)
    assert "every time limit runs from then" in handler.at_both("asked-07-sections")
    handler.follow("How it was heard")
    handler.section_of("How it was heard", "asked-08-heard")
    handler.name_somebody("herself", *HER, date(1994, 6, 2), "3 Tannery Row")
    handler.name_somebody("subject", *HIM, date(1989, 11, 20), "41 Canal Street")
    handler.section_of("Who they are", "asked-09-people")
    pair = {"relationship": "BG", "together": "together", "living_together": "no"}
    handler.section_of("What is between them", **pair, children_affected="no", subject_staff="no")
    handler.section_of("Why, and what is feared", "asked-10-why")
    handler.section_of("Danger and crime", "asked-11-danger", crime_alleged="no")
    reached_safely(handler, application)
    handler.follow("Sharing and support", "Sharing and support")
    handler.say(
        sharing_explained="yes", sharing_consent="consented", support_given="yes", support_words="Vale advisers"
    )
    handler.at_both("asked-15-support")
    handler.press("Save and go back to sections")
    expect(handler.page.locator("main")).to_contain_text("7 of 7 sections done")
    handler.at_both("asked-16-whole")
    return application


def reached_safely(handler: Considers, application: Application) -> None:
    """What the plan does not say is named, on the page and where it would be sent on."""
    handler.heading("Safe contact")
    handler.follow("Set safe contact", "Set how to make contact safely")
    handler.say(means=["call"], call="07700 900871", never_means=["letters"])
    handler.press("Set how to make contact safely")
    handler.page.wait_for_url(lambda url: "/safe-contact/" not in url)
    lacking = handler.open(f"/work/consideration/{application.pk}/sections/contact/", "asked-12-safe-contact-lacks")
    assert "Safe contact does not say yet: in what place, at what times." in lacking
    handler.follow("Change safe contact", "Set how to make contact safely")
    handler.say(
        means=["in_person"], meet_at="The library in Mill Lane", when="At any time", changed_because="She said more"
    )
    handler.at_both("asked-13-safe-contact")
    handler.press("Set how to make contact safely")
    handler.page.wait_for_url(lambda url: "/safe-contact/" not in url)
    handler.open(f"/work/consideration/{application.pk}/", "asked-14-sections")


def arrived_in_the_unit(perry: Considers, application: Application) -> None:
    """By itself: on the board of the unit, nobody’s yet; one of the unit takes it."""
    perry.open("/considerations/", "asked-18-board")
    perry.look_on_a_phone("asked-18-board")
    row = perry.page.locator("tr", has_text=application.case.reference)
    expect(row).to_contain_text("Nobody")
    row.get_by_role("link", name=re.compile("^Allocate")).click()
    perry.heading("Give it to somebody")
    perry.say(person=perry.user.username, reason="Nobody has it, and the day runs.")
    perry.press("Give it to somebody")
    perry.heading(f"{WHO} asked about {WHOM}")
    perry.open("/considerations/")
    expect(row).to_contain_text(perry.user.short_title())


def looked_into(perry: Considers, wren: Considers, application: Application) -> None:
    """Each system of the least says something; that it is nothing is confirmed by somebody else; ViSOR was not needed."""
    perry.consider(application)
    perry.follow("Checks", "Checks")
    assert "Not looked: owed" in perry.look("asked-21-to-look")
    perry.looked("PNC", WHOM, "asked-22-look", found="something", result="One conviction.", visor_marker="no")
    perry.follow(beside("Say what was found", "PNC", WHOM), "Record what a look found")
    perry.say(
        sort="conviction", words=CONVICTION, of_whom="A former partner", happened_on=date(2024, 3, 8), spent="unspent", violent="on"
    )  # fmt: skip
    perry.look("asked-23-trace")
    perry.press("Record what a look found")
    for system in ("PND", "Local intelligence"):
        perry.looked(system, WHOM, found="nothing")
    alone = perry.look("asked-24-to-be-confirmed")
    assert "Not needed: no marker on PNC" in perry.page.content(), "it stands with the systems that nobody looked in"
    assert "Confirm that there is no trace" not in alone
    wren.open(f"/considerations/{application.case.reference}/checks/")
    for system in ("PND", "Local intelligence"):
        wren.agree(system, WHOM, f"asked-25-confirming-{system[:3]}".lower())
    assert "Each system of the least has said something" in wren.look("asked-26-complete")
    assert set(NoTrace.objects.filter(application=application).values_list("agreed_by", flat=True)) == {wren.user.pk}


def decided_within_the_day(perry: Considers, application: Application) -> None:
    perry.consider(application)
    perry.take("Say that the checks are done", whole="on")
    perry.consider(application)
    way = {"reach_how": "By her work telephone, as the plan says."}
    perry.take("Go on to the meeting", "asked-27-progress", **JUDGED, **way)
    said = perry.consider(application, "asked-28-to-meet")
    assert "You may contact them now" in said and "Initial checks Met" in said


def late_and_said(perry: Considers, maya: Considers, application: Application) -> None:
    """The ten working days have passed: the supervisor hears it, the date stands, and what keeps her safe is said."""
    told = Notice.objects.filter(person=maya.user, case=application.case, deadline__policy="consideration-meeting")
    wait_until(told.exists)
    board = maya.open("/considerations/", "asked-29-board-late")
    assert application.case.reference in board and "No holding safety plan" in board and not SECRET.search(
        "".join(told.values_list("text", flat=True))
    )  # fmt: skip
    perry.consider(application)
    label = "Say why it is late, or will be"
    perry.follow(label, label)
    perry.say(policy="consideration-meeting", why="unsafe", words=LATE)
    perry.press(label)
    assert "Say what keeps her safe meanwhile" in perry.look("asked-30-why-late")
    perry.say(holding_plan=MEANWHILE)
    perry.press(label)
    perry.heading(f"{WHO} asked about {WHOM}")
    assert MEANWHILE in perry.look("asked-31-late")


def met_and_assessed(perry: Considers, application: Application) -> None:
    perry.consider(application)
    perry.take(
        "Record the meeting",
        "asked-32-meeting",
        **{**MET, "held_at": now(30), "attended": f"{WHO}, her adviser, DC Holt"},
    )
    perry.consider(application)
    perry.take(
        "Record what an agency was asked", "asked-33-agency", agency_kind="probation", not_asked="ask", asked_at=now(20),
        who="Ms Oduya, Vale probation", basis="To know whether he is on licence: no more is told than his name.",
    )  # fmt: skip
    perry.consider(application)
    asked = AgencyAsked.objects.get(application=application)
    answer = "On licence until June; keeps his appointments."
    perry.take("Record what an agency answered", asked=asked.pk, answered_at=now(5), answer=answer)
    perry.consider(application)
    perry.take("Record the full assessment", "asked-34-assessment", done_at=now(), **ASSESSED)
    is_now(application, "assessed")


def planned_for(perry: Considers, maya: Considers, application: Application, system: System) -> None:
    """What she wants, what faces him, whom she rings at night; approved by the supervisor of the unit."""
    perry.consider(application)
    perry.take("Begin a safety plan", wishes="That he never learns that she asked.")
    plan = SafetyPlan.objects.get(case=application.case)
    perry.section("Actions")
    perry.from_offer("What the suspect does next", "Disruption")
    due = system.clock.now() + timedelta(days=2)
    perry.keep_action(perry.user.username, due, "His licence conditions are looked at with probation.")
    perry.page.get_by_role("link", name="Back to sections").first.click()
    perry.section("What the victim wants")
    perry.choose("agreed", "yes")
    perry.save()
    perry.choose("safe_copy", "by_heart")
    perry.page.fill("[name=out_of_hours]", "Vale advisers, 01632 960871")
    perry.press("Save and go back to sections")
    perry.look("asked-36-plan")
    perry.send_plan()
    maya.open("/team/plans-to-approve/", "asked-37-list")
    maya.page.get_by_role("link", name=application.case.reference).first.click()
    expect(maya.page.locator("main")).to_contain_text("Your decision")
    maya.look("asked-37-decide")
    for look in PLAN:
        maya.judge(look.code, "pass")
    maya.answer("safety-plan-approve", "Somebody faces him, and she has it by heart.")
    assert SafetyPlan.objects.get(pk=plan.pk).state == "in_force"


def referred(perry: Considers, maya: Considers, application: Application, meeting: Meeting) -> None:
    perry.consider(application)
    perry.take(
        "Categorise it, and propose what the forum decides on", "asked-38-category", category="concern",
        recipient="Herself: she lives with the danger and can keep it.", wording=WORDS, factors=["unspent", "to_her"],
        reasons="One conviction of the same kind, and he has begun in the same way.", malice="none",
        representations="dispensed", representations_because="To ask him would tell him of her.",
    )  # fmt: skip
    read = maya.consider(application, "asked-39-to-sign")
    assert ASSESSED["judgement"] in read and "On licence until June" in read, "whoever signs reads what it rests on"
    signed_by(maya, application, "asked-40-signing", "The reasons carry it; the plan is in force.")
    perry.consider(application)
    perry.take("Put it before a meeting", "asked-41-put-before", meeting=meeting.pk)


def decided(keeper: Considers, inez: Considers, application: Application, meeting: Meeting) -> None:
    """The chair comes to it by the agenda; nothing is decided before each test is answered."""
    inez.open(meeting.get_absolute_url(), "asked-43-agenda")
    inez.follow(f"{WHO}, {application.case.reference}")
    inez.heading(f"{WHO} asked about {WHOM}")
    waits = inez.look("asked-44-before-the-forum")
    assert "Decide that it is told. Not answered: T1" in waits
    inez.take("Answer the tests", "asked-45-tests", **answers())
    inez.consider(application)
    inez.follow("Decide that it is told", "Decide that it is told")
    inez.page.get_by_role("checkbox", name=re.compile(re.escape(CONVICTION))).check()
    seats = {
        "police_how": "present",
        "police_who": "DI Farrow",
        "probation_how": "written",
        "probation_view": "On licence.",
    }
    inez.say(
        words=WORDS, recipients=["at_risk"], at_risk_why="She lives with the danger and can keep it.",
        how="By the disclosure officer at the library, an adviser with her.", representations_because="It would tell him of her.",
        reasons="The danger is near and of the same kind.", management="Probation looks at his licence.", **seats,
        idva_how="present", idva_who="Tess Arden", decided_at=now(),
    )  # fmt: skip
    inez.look("asked-46-deciding")
    inez.press("Decide that it is told")
    is_now(application, "to_tell")


def told(perry: Considers, application: Application) -> None:
    """In person; the promise signed; the words as they were said, kept on a page of their own."""
    telling = Telling.objects.get(application=application)
    perry.consider(application, "asked-47-decided")
    perry.follow("Tell it, and record what was said")
    perry.heading(re.compile(WHO))
    perry.look("asked-48-to-tell")
    signed = {"signature": "Signed by her and by us; cabinet 4.", "text": WORDS}
    perry.take("Record that it was told", "asked-49-telling", **{**told_said(), **signed, "at": now()})
    kept = perry.open(telling.get_absolute_url(), "asked-50-told")
    assert "Nothing in writing" in kept and WORDS in kept and "Signed by her and by us" in kept
    is_now(application, "told")


def ended(perry: Considers, application: Application) -> None:
    """Watched from now on; said how it ended; reported, found; closed only then."""
    perry.consider(application)
    perry.take("Review how the subject is managed", "asked-51-managed", **managed())
    perry.consider(application)
    perry.take("Say how it ended, and what was given", "asked-52-concluded", **{**CONCLUDED, "outcome": "disclosed"})
    assert "Submit the final intelligence report" in perry.consider(application, "asked-53-not-yet")
    report = perry.reported(application, "INT-2026-0871", "asked-54")
    assert WORDS not in str(report.payload)
    perry.consider(application)
    perry.take("Close it", reason="Told, watched and reported.")
    is_now(application, "closed")


def nothing_reaches_anybody(officer: Considers, application: Application) -> None:
    """Whoever put it down learns nothing of it; no notice names anybody or what it is; he was never told."""
    officer.open("/requests/", "asked-57-officer-after")
    assert officer.page.request.get(f"{officer.address}{application.get_absolute_url()}").status == 404
    notices = Notice.objects.filter(Q(case=application.case) | Q(person=officer.user)).values_list("text", flat=True)
    assert not [text for text in notices if SECRET.search(text)]
    closed = Application.objects.get(pk=application.pk)
    assert closed.subject_told_at is None and closed.outcome == "disclosed" and closed.told_at is not None
    assert ForumDecision.objects.get(application=application).decision == Decision.TELL


@pytest.mark.requirement("S3-229")
def test_she_asks_on_a_doorstep_and_is_told_in_a_library_and_nobody_else_learns_of_it(
    at_work: Any, system: System
) -> None:
    with at(system):
        officer = at_work(staff("PC", "8711", "Mina Sorrell", "officer", "CL1"), Considers)
        handler = at_work(staff("", "8712", "Otis Barr", "contact_handler"), Considers)
        perry = at_work(of_the_unit("8713", "Piers Holt", "disclosure_officer"), Considers)
        wren = at_work(of_the_unit("8714", "Wilma Salter", "disclosure_officer"), Considers)
        maya = at_work(of_the_unit("8715", "Maud Brandt", "disclosure_supervisor"), Considers)
        hal, chair = (
            of_the_unit("8716", "Hector Lyle", "marac_coordinator"),
            of_the_unit("8717", "Irma Vaughan", "forum_chair"),
        )
        application = taken_down(handler, put_down(officer))
        handler.take("Send it to be checked", "asked-17-forwarding")
        handler.heading("Requests")
        assert handler.page.request.get(f"{handler.address}{application.get_absolute_url()}").status == 404
        arrived_in_the_unit(perry, application)
        perry.consider(application, "asked-19-arrived")
        looked_into(perry, wren, application)
    with at(system, system.clock.now() + timedelta(hours=18)):
        decided_within_the_day(perry, application)
    with at(system, due_of(application, "consideration-meeting") + timedelta(hours=10)):
        late_and_said(perry, maya, application)
        met_and_assessed(perry, application)
        planned_for(perry, maya, application, system)
        forum: Forum = forum_with(hal, "Vale disclosures", "JD1A")
        meeting = sits_in(forum, hal, 3, chair="8717")
        referred(perry, maya, application, meeting)
        keeper, inez = at_work(hal, Considers), at_work(chair, Considers)
        keeper.open(meeting.get_absolute_url(), "asked-42-agenda")
        keeper.act("Send the agenda")
    with at(system, meeting.starts_at - timedelta(minutes=5)):
        opened_by(keeper, meeting)
    with at(system, meeting.starts_at + timedelta(minutes=20)):
        decided(keeper, inez, application, meeting)
    with at(system, meeting.starts_at + timedelta(days=1)):
        told(perry, application)
    with at(system, meeting.starts_at + timedelta(days=1, hours=2)):
        ended(perry, application)
        record = maya.decision_record(application, "asked-56-decision-record")
        assert CONVICTION in record and LATE in record and WHO in record
        maya.consider(application, "asked-58-closed")
        nothing_reaches_anybody(officer, application)
        take(Meeting.objects.get(pk=meeting.pk), "close", hal)
        take(Meeting.objects.get(pk=meeting.pk), "issue", hal, checked="on")
        take(forum, "close", hal)  # other journeys of this system grade high without a forum
