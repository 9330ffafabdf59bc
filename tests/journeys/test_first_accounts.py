"""Three written first accounts, typed on a phone by three officers: one returned and mended, one escalated, one refused."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pikepdf
import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from cases.models import Incident
from config.local.rehearsal import System
from supervision.models import Notice
from tests.browser import DESK, PHONE, page_of
from tests.journeys.looking import staff, wait_until
from tests.journeys.notebook import Account, read
from tests.journeys.visit import Visit
from workflow.clock import LONDON


@pytest.fixture
def night(system: System) -> datetime:
    """Half past three in the morning in London, by the clock of the system."""
    now = system.clock.now().astimezone(LONDON)
    wanted = now.replace(hour=3, minute=30, second=0)
    wanted = wanted if wanted > now else wanted + timedelta(days=1)
    system.clock.move(f"+{int((wanted - now).total_seconds())}s")
    return wanted


@pytest.fixture
def visit(browser: Browser, system: System) -> Any:
    """Somebody signs in, on a phone or at a desk."""
    pages: list[Page] = []

    def begin(user: User, size: dict[str, int] = PHONE) -> Visit:
        page = page_of(browser, size)
        pages.append(page)
        visiting = Visit(page, system.address, user)
        visiting.sign_in()
        return visiting

    yield begin
    for number, page in enumerate(pages):
        page.screenshot(path=system.folder / f"last-seen-{number}.png", full_page=True)  # what a failure looked like
        page.context.close()


def typed_and_sent(officer: Visit, said: Account) -> Incident:
    """The whole account, from the first page to the sergeant."""
    path = officer.begin(said)
    officer.record(said)
    officer.assess(said)
    officer.send()
    return Incident.objects.select_related("case").get(pk=int(path.rstrip("/").rsplit("/", 1)[1]))


def check_paper(visiting: Visit, incident: Incident, said: Account) -> None:
    """The file is tagged, marked on each page, and says what the page and the officer said."""
    body, text = visiting.case_file(incident.case)
    with pikepdf.open(io.BytesIO(body)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert 'pdfuaid:part="1"' in str(pdf.open_metadata()) or "pdfuaid:part>1" in str(pdf.open_metadata())
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    for number, page in enumerate(pages, 1):
        words = " ".join(page.extract_text().split())
        assert "OFFICIAL-SENSITIVE" in words
        assert f"Page {number} of {len(pages)}" in words
    visiting.come_back(f"/cases/{incident.case.reference}/")
    for shown in said_on_the_page(visiting.page):
        assert shown in text, shown
    assert " ".join(said["Account"].split()) in text
    assert incident.case.reference in text


def said_on_the_page(page: Page) -> list[str]:
    """The name, the grade and the events of the timeline, as the case page says them."""
    titles = page.locator(".moj-timeline__title").all_inner_texts()
    name = page.get_by_role("heading", level=1).inner_text()
    return [" ".join(words.split()) for words in (name, *titles)]


@pytest.mark.requirement("S3-004")
def test_an_officer_alone_records_assesses_and_safeguards_and_a_returned_record_is_mended(
    system: System, night: datetime, visit: Callable[..., Visit]
) -> None:
    ellen = visit(staff("PC", "2877", "Ellen Marsh", "officer", "J1"))
    priya = visit(staff("PS", "4471", "Priya Nair", "sergeant", "J1"))
    said = read("hannah", night.date())
    incident = typed_and_sent(ellen, said)

    priya.come_back("/team/")
    waiting = priya.page.locator("tr", has_text="Check DASH").filter(has_text=incident.case.reference)
    waiting.get_by_role("link", name=incident.case.reference).click()
    priya.heading("Check DASH")
    priya.decide("return", "reason", "Say in the account who was with the baby, and ask for the doctor's note.")

    ellen.come_back("/")
    expect(ellen.page.locator("main")).to_contain_text(incident.case.reference)
    ellen.come_back(f"/work/incident/{incident.pk}/")
    expect(ellen.page.locator("main")).to_contain_text("who was with the baby")
    ellen.page.get_by_role("link", name="What happened").click()
    mended = said["Account"] + " Baby was in Hannahs arms until he came, then on the sofa."
    ellen.page.fill("[name=account]", mended)
    ellen.press("Save and go back to sections")
    ellen.send()

    priya.come_back(f"/work/incident/{incident.pk}/decide/record/")
    expect(priya.page.locator("main ins").first).to_contain_text("Baby was in Hannahs arms")
    priya.decide("approve", "reason", "Mended. Grade agrees with the answers.")
    incident.refresh_from_db()
    assert incident.state == Incident.State.CHECKED
    check_paper(ellen, incident, said)


def test_a_victim_who_refuses_is_still_assessed_and_her_case_printed(
    system: System, night: datetime, visit: Callable[..., Visit]
) -> None:
    idris = visit(staff("PC", "3046", "Idris Vane", "officer", "J2"))
    joy = visit(staff("PS", "3920", "Joy Ikande", "sergeant", "J2"), DESK)
    said = read("leanne", night.date())
    incident = typed_and_sent(idris, said)
    joy.come_back(f"/work/incident/{incident.pk}/decide/record/")
    joy.decide("approve", "reason", "Refusal is recorded and the grade is reasoned.")
    check_paper(joy, incident, said)


def test_a_record_that_nobody_sends_is_told_to_holder_then_sergeant_then_inspector(
    system: System, night: datetime, visit: Callable[..., Visit]
) -> None:
    officer = staff("PC", "2208", "Tom Ashdown", "officer", "J3")
    sergeant = staff("PS", "4502", "Wynn Tolland", "sergeant", "J3")
    inspector = staff("Insp", "1188", "Ruth Calder", "inspector", "NG")
    tom = visit(officer)
    said = read("gordon", night.date())
    path = tom.begin(said)
    tom.record(said)
    incident = Incident.objects.select_related("case").get(pk=int(path.rstrip("/").rsplit("/", 1)[1]))

    for hours, told in (("+18h", [officer]), ("+5h", [officer, sergeant]), ("+4h", [officer, sergeant, inspector])):
        system.clock.move(hours)
        wait_until(lambda told=told: told_of(incident) == {user.pk for user in told})
    wait_until(lambda: len(mails(system, incident)) >= 3)
    for mail in mails(system, incident):
        assert not re.search(r"Blythe|Gordon|Quarry|NR2", mail)

    tom.come_back("/notices/")
    expect(tom.page.locator("main")).to_contain_text(incident.case.reference)
    tom.come_back(path)
    tom.assess(said)
    tom.send()
    wynn = visit(sergeant)
    wynn.come_back("/team/")
    expect(wynn.page.locator("main")).to_contain_text(incident.case.reference)
    wynn.come_back(f"/work/incident/{incident.pk}/decide/record/")
    wynn.decide("approve", "reason", "Late, and said why at handover. Grade agrees.")
    check_paper(wynn, incident, said)


def told_of(incident: Incident) -> set[int]:
    """Who has a notice about the clock of this record being sent."""
    notices = Notice.objects.filter(deadline__case=incident.case, deadline__policy="record-sent")
    return set(notices.values_list("person_id", flat=True))


def mails(system: System, incident: Incident) -> list[str]:
    """What was mailed about the case, as sent. What went out over one connection stands in one file, a line between."""
    files = [path.read_text(encoding="utf-8", errors="replace") for path in system.outbox.iterdir()]
    texts = [text for file in files for text in file.split("-" * 79)]
    return [text for text in texts if incident.case.reference in text]
