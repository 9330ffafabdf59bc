"""The pages of the person harmed and of what people say of themselves in a real browser: nothing serious for axe."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from cases.models import Incident
from people.models import Note, Person, Telephone
from people.services import describe, learn
from tests import factories
from tests.looks import usable
from workflow import engine

pytestmark = pytest.mark.django_db(transaction=True)


def opened(page: Page, path: str) -> None:
    """What is collapsed is opened, and what an interpreter brings with it is asked."""
    closed = page.locator("main details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    page.evaluate("document.querySelectorAll('input[value=yes][name=interpreter_needed]').forEach(box => box.click())")


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
    usable(browser, live_server.url, ellen, paths, "described", opened)
