"""Three children of two schools, one of which is closed tomorrow: found, sent, read, rung, corrected, and proved in time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from cases.models import Incident, Involvement
from config.local.rehearsal import System
from safeguarding.models import Encompass, EncompassLetter, Establishment
from supervision.models import Notice
from tests import factories
from tests.browser import DESK, PHONE
from tests.cast import involve, person
from tests.cast import unit as unit_named
from tests.journeys.looking import Looking, staff, wait_until
from tests.journeys.visit import PASSWORD
from tests.safeguarding import schools
from tests.safeguarding.schools import recorded
from workflow import engine
from workflow.clock import LONDON
from workflow.models import Outbox

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [PHONE], indirect=True, ids=["phone"])]

SAID, CORRECTED = "He hurt mummy.", "He hurt mummy and me."


class Sender(Looking):
    """Somebody who tells schools, keeps them, or reads for one."""

    def notice(self, notice: Encompass, name: str) -> str:
        return self.open(notice.get_absolute_url(), name)

    def begin(self, label: str) -> None:
        self.page.get_by_role("link", name=label, exact=True).first.click()
        self.heading(label)

    def tell(self, lead: str, label: str, name: str) -> None:
        """The page of sending, correcting or ringing: who, and what stands beside the facts."""
        self.page.get_by_label(lead).check()
        self.choose("works_there", "no")
        self.page.fill("[name=agencies]", "Children’s social care")
        self.page.fill("[name=contact]", "Domestic Abuse Unit, 01632 960100")
        self.look(name)
        self.press(label)
        self.page.wait_for_url(lambda url: "/work/" not in url)


def settled() -> bool:
    return not Outbox.objects.filter(done_at__isnull=True).exists()


def at(on: date, clock: time) -> datetime:
    return datetime.combine(on, clock, LONDON)


def move_to(system: System, moment: datetime) -> None:
    """Forward to a moment of the system's time."""
    system.clock.move(f"+{int((moment - system.clock.now()).total_seconds())}s")


def reads_for(place: Establishment, name: str, username: str) -> User:
    """Somebody who signs in for a school."""
    user = person("", username, name, ("partner", schools.unit_of(place)))
    user.set_password(PASSWORD)
    user.email = f"{username}@school.invalid"
    user.save(update_fields=["password", "email"])
    return user


def two_schools(keeper: User) -> tuple[Establishment, Establishment]:
    """Hillfield Primary and Marsh Lane Academy of one authority, with their year, who answers, and where they sign in."""
    town = schools.authority(keeper, "Encompass Council", unit="JDAU")
    made = []
    for name, code, lead in (
        ("Encompass Hillfield", "JHIL", "Joan Peel"),
        ("Encompass Marsh Lane", "JMAR", "Omar Dale"),
    ):
        agency = recorded(keeper, name, code, "education", beneath="JDAU")
        place = schools.school(keeper, town, name, agency=agency, email=f"{code.lower()}@school.invalid")
        schools.answers(keeper, place, lead, trained_on=(timezone.localdate() - timedelta(days=90)).isoformat())
        schools.year(keeper, place)
        made.append(place)
    return made[0], made[1]


def closed_tomorrow(keeper: Sender, place: Establishment, on: date) -> None:
    """The keeper records the training day of one school."""
    keeper.open(f"/schools/{place.pk}/days/", "encompass-01-days")
    keeper.choose("kind", "closed")
    keeper.page.fill("[name=words]", "Training day")
    keeper.day("from_on", on)
    keeper.day("to_on", on)
    keeper.choose("whose", "own")
    keeper.press("Record a term or closed days")
    expect(keeper.page.get_by_role("heading", level=1)).to_have_text(str(place))
    assert "Training day" in keeper.look("encompass-02-school")


def with_three_children(by: User) -> tuple[Incident, list[Encompass]]:
    """A record being written; what it finds by itself."""
    incident = factories.peopled(factories.begun(by), by, "Nell Ashby", "Carl Voss")
    for name, school in (
        ("Mia Ashby", "Encompass Hillfield"),
        ("Eli Ashby", "Encompass Hillfield"),
        ("Ada Ashby", "Encompass Marsh Lane"),
    ):
        involve(incident, by, "child", name, schooling="school", school=school, **schools.SEEN)
    wait_until(lambda: Encompass.objects.filter(incident=incident).count() == 3 and settled())
    found = Encompass.objects.filter(incident=incident).select_related("establishment", "case")
    return incident, sorted(found, key=lambda notice: notice.involvement_id)


def reads(school: Sender, letter: EncompassLetter, name: str) -> None:
    assert "Do not approach the parents" in school.open(letter.get_absolute_url(), name)
    school.begin("I have read it")
    school.press("I have read it")
    expect(school.page.locator("main")).to_contain_text("Read")


def corrected(officer: Sender, notice: Encompass, incident: Incident, lead: str) -> None:
    """The child said more: the record marks what was sent, and a correction goes out."""
    row = Involvement.objects.get(pk=notice.involvement_id)
    engine.amend(row, {"own_words": CORRECTED}, by=officer.user, seen=row.version, beneath=incident)
    wait_until(lambda: Encompass.objects.get(pk=notice.pk).facts_changed_at is not None)
    assert "The record says otherwise than the school was told" in officer.notice(notice, "encompass-07-differs")
    officer.begin("Send a correction")
    officer.page.fill("[name=changed]", "The child was hurt as well, and says so.")
    officer.tell(lead, "Send a correction", "encompass-08-correcting")


def rung(sergeant: Sender, notice: Encompass, lead: str, now: datetime) -> None:
    """Half past seven, and nobody has read it: the sergeant is told, rings, and says so."""
    told = Notice.objects.filter(person=sergeant.user, deadline__policy="encompass-read", case=notice.case)
    wait_until(told.exists)
    assert "Ashby" not in told[0].text
    sergeant.notice(notice, "encompass-09-unread")
    sergeant.begin("Told by telephone")
    sergeant.moment("told_at", now.astimezone(LONDON) - timedelta(minutes=1))
    sergeant.page.fill("[name=spoke_to]", "Joan Peel, safeguarding lead")
    sergeant.tell(lead, "Told by telephone", "encompass-10-ringing")
    page = sergeant.notice(notice, "encompass-11-rung")
    assert "Received" in page and "By telephone" in page and "Before the bell" in page


@pytest.mark.requirement("S0-022")
def test_three_children_of_two_schools_are_told_of_before_each_school_opens(at_work: Any, system: System) -> None:
    evening = at(system.clock.now().astimezone(LONDON).date() + timedelta(days=1), time(20))
    move_to(system, evening)  # no bell rings while the story begins
    with time_machine.travel(system.clock.now()):
        unit_named("Journey Abuse Unit", "JDAU", unit_named("Northshire Police", "NP"))
        keeper_user = staff("", "8611", "Hana Brook", "da_coordinator")
        wren, otto = (
            staff("PC", "8612", "Wren Tull", "officer", "E1"),
            staff("PS", "8613", "Otto Lime", "sergeant", "E1"),
        )
        hillfield, marsh = two_schools(keeper_user)
        joan_user, omar_user = reads_for(hillfield, "Joan Peel", "8614"), reads_for(marsh, "Omar Dale", "8615")
        keeper, officer = at_work(keeper_user, Sender), at_work(wren, Sender)
        sergeant, joan, omar = at_work(otto, Sender), at_work(joan_user, Sender), at_work(omar_user, Sender)
        first_bell = schools.bell(hillfield)
        closed_tomorrow(keeper, marsh, first_bell.astimezone(LONDON).date())

        incident, (mia, eli, ada) = with_three_children(wren)
        assert (mia.bell_at, eli.bell_at) == (first_bell, first_bell) and ada.bell_at > first_bell
        assert ada.bell_at.astimezone(LONDON).time() == time(8)
        assert "Schools told" in officer.open(f"/cases/{incident.case.reference}/?panel=encompass", "encompass-03-case")
        for number, (notice, lead) in enumerate(((mia, "Joan Peel"), (eli, "Joan Peel"), (ada, "Omar Dale"))):
            officer.notice(notice, f"encompass-04-draft-{number}")
            officer.begin("Send it to the school")
            officer.tell(lead, "Send it to the school", f"encompass-05-sending-{number}")
        of_mia, of_ada = mia.letters.get(), ada.letters.get()
        wait_until(lambda: not EncompassLetter.objects.filter(mailed_at__isnull=True).exists())

        assert "About a child" in joan.open("/encompass/letters/", "encompass-06-waits")
        reads(joan, of_mia, "encompass-06-letter")
        reads(omar, of_ada, "encompass-06-other-school")
        wait_until(lambda: Encompass.objects.get(pk=mia.pk).state == "received" and settled())
        assert omar.page.request.get(f"{omar.address}{of_mia.get_absolute_url()}").status == 404
        corrected(officer, mia, incident, "Joan Peel")
        reads(joan, mia.letters.get(number=2), "encompass-08-correction")

    move_to(system, first_bell - timedelta(minutes=29))
    with time_machine.travel(system.clock.now()):
        rung(sergeant, eli, "Joan Peel", system.clock.now())
    move_to(system, ada.bell_at + timedelta(minutes=2))
    with time_machine.travel(system.clock.now()):
        again = Notice.objects.filter(person=omar_user, deadline__policy="encompass-first-day")
        wait_until(again.exists)
        assert "look again today" in omar.open("/encompass/letters/", "encompass-12-first-day-back")
        omar.page.locator("main").get_by_role("link", name="Sent").first.click()
        omar.begin("I have seen it again on the first day back")
        omar.press("I have seen it again on the first day back")
        wait_until(lambda: EncompassLetter.objects.get(pk=of_ada.pk).seen_again_at is not None)
        proof = officer.open(f"/encompass/?school={hillfield.pk}", "encompass-13-proof")
        assert "100.0%" in proof and "(2 of 2)" in proof
        assert "100.0%" in officer.open(f"/encompass/?school={marsh.pk}")
    plain = " ".join(Notice.objects.filter(person__in=[joan_user, omar_user]).values_list("text", flat=True))
    assert plain and "Ashby" not in plain and incident.case.reference not in plain
    for somebody, path in (
        (officer, mia.get_absolute_url()),
        (joan, of_mia.get_absolute_url()),
        (keeper, f"/schools/{marsh.pk}/"),
    ):
        somebody.page.set_viewport_size(DESK)
        somebody.open(path, f"encompass-14{path.replace('/', '-')}")
