"""The pages of children and of safe contact in a real browser: nothing serious for axe, on a phone and on a desk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from cases.models import Case, Incident
from people.models import Person, Telephone
from people.services import learn
from tests import factories
from tests.cases.test_children import CARE, SEEN
from tests.cases.test_safe_contact import WAYS
from tests.cast import involve
from tests.looks import usable
from workflow import engine

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_children_and_safe_contact_are_usable_by_everybody(
    browser: Browser, live_server: Any, ellen: User, hannahs_case: Case, hannahs_incident: Incident, hannah: Person
) -> None:
    learn(Telephone(person=hannah, number="01632 960118"), beneath=hannahs_incident, by=ellen)
    engine.amend(hannahs_incident, factories.DONE, by=ellen, seen=hannahs_incident.version)
    eli = involve(hannahs_incident, ellen, "child", "Eli Okoro", born_on=date(2018, 3, 2), **SEEN, **CARE)
    involve(hannahs_incident, ellen, "child", "Maya Reeve", born_on=date(2025, 4, 6))
    unset = factories.begun(ellen)
    engine.amend(unset, {"everyone_safe": "yes", "made_safe": "At her sister's."}, by=ellen, seen=unset.version)
    engine.perform(hannahs_case, "safe-contact", by=ellen, evidence=WAYS)
    work = f"/work/incident/{hannahs_incident.pk}"
    paths = [
        f"/cases/{hannahs_case.reference}/", f"/cases/{hannahs_case.reference}/?panel=children",
        f"/cases/{hannahs_case.reference}/safe-contact/", f"{work}/", f"{work}/sections/children/",
        f"{work}/rows/child/{eli.pk}/", f"{work}/rows/care/{eli.pk}/", f"/incidents/{hannahs_incident.pk}/children/unborn/",
        f"{work}/sections/contact/", f"/work/incident/{unset.pk}/sections/contact/", f"{work}/sections/harmed/",
        f"/work/case/{hannahs_case.pk}/safe-contact/", f"/people/{hannah.pk}/",
    ]  # fmt: skip
    usable(browser, live_server.url, ellen, paths, "children")
