"""The pages of the person harmed and of what people say of themselves in a real browser: nothing serious for axe."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from accounts.models import User
from cases.models import Incident
from people.models import Note, Person, Telephone
from people.services import describe, learn
from tests import factories
from tests.browser import DESK, PHONE
from tests.doors.test_axe import faults_of, signed_in
from workflow import engine

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("PICTURES", "")  # a folder, for whoever wants to look at them


def test_the_pages_of_the_person_harmed_are_usable_by_everybody(
    browser: Browser, live_server: Any, ellen: User, complete_record: Incident, hannah: Person
) -> None:
    record, work = complete_record, f"/work/incident/{complete_record.pk}"
    row = record.people("victim").get()
    suspect = record.people("suspect").get()
    number = learn(Telephone(person=hannah, number="07700 900862"), beneath=record, by=ellen)
    learn(Note(person=hannah, about="animals", said_words="Large dog in the hall"), beneath=record, by=ellen)
    said = {"gender": ("F", ""), "language": ("pl", ""), "interpreter": ("yes", ""), "religion": ("sikh", "")}
    describe(person=hannah, said=said, beneath=record, by=ellen)
    again = factories.begun(ellen)
    engine.amend(again, {"everyone_safe": "yes", "made_safe": "At her sister's."}, by=ellen, seen=again.version)
    people = f"/incidents/{record.pk}/people/{row.pk}"
    paths = [
        f"{work}/sections/harmed/", f"{work}/rows/victim/{row.pk}/", f"{work}/rows/help/{row.pk}/", f"{people}/about/",
        f"/incidents/{record.pk}/people/{suspect.pk}/about/", f"{people}/facts/note/", f"{work}/sections/suspects/",
        f"{people}/facts/telephone/{number.pk}/take-out/", f"/people/{hannah.pk}/", record.case.get_absolute_url(),
    ]  # fmt: skip
    page, axe, wrong = signed_in(browser, live_server.url, ellen), Axe(), []
    for number_of, path in enumerate(paths):
        answer = page.goto(live_server.url + path)
        assert answer is not None and answer.status == 200, (path, answer and answer.status)
        for closed in page.locator("main details:not([open]) > summary").all():
            closed.click()
        page.evaluate(
            "document.querySelectorAll('input[value=yes][name=interpreter_needed]').forEach(box => box.click())"
        )
        wrong += [(path, fault) for fault in faults_of(page, axe)]
        for size in (PHONE, DESK) if PICTURES else ():
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.screenshot(path=Path(PICTURES) / f"{number_of:02}-{size['width']}.png", full_page=True)
    page.context.close()
    assert not wrong, "\n".join(map(str, wrong))
