"""Brief, place, systems checked, intelligence, definitions, plans, links and access watch in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import Unit, User
from cases.models import AccessConcern, Call, Case, Incident, Intelligence
from cases.services.access import raise_concern
from people.models import Person, Place, WarningMarker
from tests.cases.calls import called, now, step
from tests.cases.test_intelligence import recorded
from tests.cases.test_repeat_plan import begun, case_of, cora
from tests.cases.test_repeat_plan import hannah as harmed_twice
from tests.cases.test_systems import checked
from tests.looks import usable
from tests.people.population import learned
from workflow import engine
from workflow.reactions import run_due

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["checked", "cora", "harmed_twice", "recorded"]


def opened(page: Page, path: str) -> None:
    for closed in page.locator("main details:not([open]) > summary").all():
        if closed.is_visible():
            closed.click()


@pytest.fixture
def hers(rafi: User, hannah: Person, sent_record: Incident, nr3: Unit, ellen: User) -> Call:
    """A call about Hannah, whose case says much: somebody is sent and nobody has read the brief."""
    for name, words in (
        ("warn", {"what": "Large dog loose in the yard, and a knife kept by the front door"}),
        ("set-marker", {"code": "marac", "reason": "Heard on 3 March."}),
    ):
        case = Case.objects.get(pk=sent_record.case_id)
        engine.perform(case, name, by=ellen, evidence=words, seen=case.version)
    call = called(rafi, nr3, harmed=str(hannah.pk))
    return step(call, "dispatch", rafi, resource="NR31", dispatched_at=now())


def test_the_brief_and_the_ways_to_it_are_usable_by_everybody(
    browser: Browser, live_server: Any, hers: Call, hannah: Person, sent_record: Incident, ellen: User, bea: User
) -> None:
    him = sent_record.people("suspect").get().person
    learned(
        WarningMarker,
        sent_record.case,
        him,
        ellen,
        danger="weapons",
        what="A machete in the boot",
        said_by="His sister",
    )
    place = Place.objects.get(key=sent_record.place_key).pk
    paths = [
        f"/briefs/call/{hers.pk}/", f"/briefs/incident/{sent_record.pk}/", f"/briefs/person/{him.pk}/",
        f"/briefs/place/{place}/", f"/briefs/case/{sent_record.case_id}/", sent_record.case.get_absolute_url(),
        f"/work/incident/{sent_record.pk}/", f"/places/{place}/", f"/people/{hannah.pk}/", hers.get_absolute_url(),
    ]  # fmt: skip
    usable(browser, live_server.url, ellen, paths, "brief", opened)
    usable(browser, live_server.url, bea, ["/board/briefs/"], "briefs-unread")


def test_systems_checked_and_intelligence_are_usable_by_everybody(
    browser: Browser, live_server: Any, hannah: Person, hannahs_case: Case, hannahs_incident: Incident, ellen: User,
    ines: User, checked: Callable[..., Any], recorded: Callable[..., Intelligence],
) -> None:  # fmt: skip
    run_due()
    him = hannahs_incident.people("suspect").get().person
    checked("crime", him, found="something", result="Two cautions, 2019 and 2021.")
    checked("pnd", him, by=ines)
    sent = recorded(person=str(him.pk))
    engine.perform(sent, "send", by=ellen, evidence={}, seen=sent.version)
    other = recorded(person=str(him.pk), handling="C", conditions="Ring the bureau before you use it.")
    here = f"/cases/{hannahs_case.reference}"
    paths = [
        f"{here}/", f"{here}/systems/", f"{here}/systems/pnc/", f"{here}/systems/custody/{him.pk}/",
        f"/people/{him.pk}/systems/", f"/intelligence/{other.pk}/", f"/work/intelligence/new/record/in/{hannahs_case.pk}/",
        f"/briefs/person/{him.pk}/",
    ]  # fmt: skip
    usable(browser, live_server.url, ellen, paths, "systems", opened)
    usable(
        browser,
        live_server.url,
        ines,
        ["/bureau/", f"/intelligence/{sent.pk}/", f"/intelligence/{other.pk}/"],
        "bureau",
    )


def test_definitions_plans_and_links_are_usable_by_everybody(
    browser: Browser, live_server: Any, harmed_twice: Person, ellen: User, priya: User, cora: User, ari: User
) -> None:
    plan = begun(harmed_twice, priya)
    paths = [
        "/definitions/", "/repeat-victims/", "/repeat-victims/plans/", f"/work/repeat-plan/{plan.pk}/",
        f"/people/{harmed_twice.pk}/", f"{case_of(harmed_twice).get_absolute_url()}?panel=repeat",
    ]  # fmt: skip
    usable(browser, live_server.url, priya, [*paths, "/definitions/not-read/"], "repeat", opened)
    usable(browser, live_server.url, cora, ["/definitions/", "/work/definition/new/propose/"], "define")
    links = ["/links/", "/links/rising/much/", "/links/data-quality/"]
    usable(browser, live_server.url, ari, links, "links")


def test_what_professional_standards_look_into_is_usable_by_everybody(
    browser: Browser, live_server: Any, hannahs_case: Case, tom: User, victor: User, dana: User
) -> None:
    raise_concern(case=hannahs_case, person=victor, kind=AccessConcern.Kind.WATCHED)
    raise_concern(case=hannahs_case, person=tom, kind=AccessConcern.Kind.UNUSUAL, code="same-surname")
    usable(browser, live_server.url, dana, ["/audit/accesses/", "/audit/accesses/?state=reviewed"], "access")
