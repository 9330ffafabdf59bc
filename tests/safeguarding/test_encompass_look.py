"""The pages of Operation Encompass in a real browser: nothing serious for axe, on a phone and on a desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from accounts.models import User
from cases.models import Incident, Involvement
from people.models import Person
from safeguarding.models import Encompass, KeyAdult
from tests.cast import person, take
from tests.looks import usable
from tests.safeguarding import schools
from workflow import engine, reactions

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_encompass_are_usable_by_everybody(
    browser: Browser, live_server: Any, hannahs_incident: Incident, hannah: Person, ellen: User, priya: User, hal: User
) -> None:
    place = schools.easterby(hal)
    today = timezone.localdate()
    schools.dates(hal, place, "closed", today + timedelta(days=20), today + timedelta(days=24))
    schools.school(hal, place.authority, "Marsh Lane Academy", kind="college")
    joan = person("", "", "Joan Peel", ("partner", schools.unit_of(place)))
    mia = schools.child(hannahs_incident, ellen, "Mia Okoro")
    schools.child(hannahs_incident, ellen, "Eli Okoro", school="Marsh Lane")
    schools.child(hannahs_incident, ellen, "Ada Okoro", child_of="not_known")
    told, draft, held = Encompass.objects.order_by("pk")
    Encompass.objects.filter(pk=told.pk).update(bell_at=timezone.now() - timedelta(hours=2))
    take(told, "send", ellen, **schools.TOLD, recipient=str(KeyAdult.objects.get().pk))
    row = Involvement.objects.get(pk=mia.pk)
    engine.amend(row, {"own_words": "He hurt mummy and me."}, by=ellen, seen=row.version, beneath=hannahs_incident)
    reactions.run_due()
    letter = told.letters.get()
    work = "/work/encompass"
    hers = [
        "/encompass/", "/encompass/?show=late", told.get_absolute_url(), draft.get_absolute_url(), f"{work}/{draft.pk}/place/",
        f"{work}/{told.pk}/correct/", f"{work}/{told.pk}/tell/", f"{work}/{told.pk}/late/",
        f"/cases/{told.case.reference}/?panel=encompass",
    ]  # fmt: skip
    keeps = [
        "/schools/", f"/schools/?authority={place.authority_id}", place.get_absolute_url(), f"/schools/{place.pk}/key-adult/",
        f"/schools/{place.pk}/days/", "/work/establishment/new/record/", "/work/local-authority/new/record/",
        f"/work/establishment/{place.pk}/change/",
    ]  # fmt: skip
    usable(browser, live_server.url, ellen, hers, "encompass")
    usable(browser, live_server.url, priya, [held.get_absolute_url(), f"{work}/{held.pk}/decide/"], "encompass-held")
    usable(browser, live_server.url, hal, keeps, "encompass-schools")
    usable(browser, live_server.url, joan, ["/encompass/letters/", letter.get_absolute_url()], "encompass-school")
