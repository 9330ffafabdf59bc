"""An officer who is the suspect looks for his own case: he finds nothing, and professional standards know within seconds."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from cases.models import AccessConcern, Case
from supervision.models import Notice
from tests.browser import DESK, PHONE
from tests.cast import involve, shut_out
from tests.factories import begun
from tests.journeys.looking import staff, wait_until
from workflow import engine

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [PHONE], indirect=True, ids=["phone"])]

SOON = 20  # seconds: two turns of the watch, and of what it causes


def test_the_suspect_finds_nothing_and_professional_standards_know_within_seconds(at_work: Any) -> None:
    writer = staff("PC", "8291", "Wyn Parry", "officer", "NR9")
    sergeant = staff("PS", "7942", "Una Malik", "sergeant", "NR9")
    suspect = staff("PC", "7913", "Gareth Quill", "officer", "NR9")
    standards = staff("DS", "7914", "Lena Brook", "professional_standards")
    incident = begun(writer)
    involve(incident, writer, "victim", "Perpetua Quill")
    involve(incident, writer, "suspect", "Gareth Quill", relationship="XBG")
    case = Case.objects.get(pk=incident.case_id)
    said = {"code": "police_suspect", "reason": "He works in NR9."}
    engine.perform(case, "set-marker", by=writer, evidence=said, seen=case.version)
    shut_out(Case.objects.get(pk=case.pk), suspect, sergeant)

    him = at_work(suspect)
    for number, words in enumerate(("Perpetua Quill", "Gareth Quill")):
        him.open("/search/")
        him.page.get_by_label("Name, address, phone or reference", exact=True).fill(words)
        him.page.keyboard.press("Enter")
        him.heading(f"Nobody found who may be “{words}”")
        found = him.look(f"watched-1-he-finds-nothing-{number}")
        assert case.reference not in found and "you may not open" not in found
    him.page.locator("#frame-search").fill(case.reference)
    him.page.keyboard.press("Enter")
    him.heading(f"No case found with the reference {case.reference}")
    him.look("watched-2-nor-the-case")

    def known() -> bool:
        return Notice.objects.filter(person=standards, event__name="concern.raise").exists()

    wait_until(known, SOON)
    assert AccessConcern.objects.filter(concerning=case, person=suspect, kind="watched").exists()
    assert not Notice.objects.filter(person=suspect).exists()
    her = at_work(standards)
    her.page.goto(f"{her.address}/audit/accesses/")
    expect(her.page.locator("main")).to_contain_text("Gareth Quill")
    expect(her.page.locator("main")).to_contain_text(case.reference)
    her.look("watched-3-standards-know")
    her.page.set_viewport_size(DESK)
    her.look("watched-3-standards-know")
