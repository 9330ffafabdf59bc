"""The pages of administration in a real browser: nothing serious for axe, no sideways scroll, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import Unit, User
from supervision.models import HolidayChange, PostingChange, ThresholdChange
from tests.administration.test_holidays import proposed
from tests.administration.test_numbers_and_lists import number
from tests.administration.test_postings import asked, covered
from tests.looks import usable

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_administration_are_usable_by_everybody(
    browser: Browser, live_server: Any, una: User, tom: User, priya: User, ruth: User, nr3: Unit, nr4: Unit
) -> None:
    asked(una, tom)
    covered(priya, tom)
    number(una)
    change = proposed(una, on="2027-09-17")
    assert PostingChange.objects.count() == 2 and ThresholdChange.objects.exists() and HolidayChange.objects.exists()
    paths = [
        "/administration/", "/administration/people/", f"/administration/people/{tom.pk}/", "/administration/units/",
        f"/administration/units/{nr3.pk}/", "/administration/postings/", "/administration/holidays/",
        f"/administration/holidays/{change.pk}/", "/administration/numbers/", "/administration/lists/", "/clocks/",
        "/work/person/new/add/", "/work/holiday/new/propose/", "/sign-in/first-password/",
    ]  # fmt: skip
    usable(browser, live_server.url, una, paths, "administration")
