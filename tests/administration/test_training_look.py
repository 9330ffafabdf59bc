"""The pages of training, and the flag of an assessment without it, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from tests import factories
from tests.administration.test_training import lena as lena
from tests.administration.test_training import passed
from tests.looks import usable

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_training_are_usable_by_everybody(
    browser: Browser, live_server: Any, lena: User, ellen: User, tom: User, priya: User
) -> None:
    row = passed(lena, ellen)
    passed(lena, tom, 400, 365)
    paths = [
        "/administration/training/", "/administration/training/?lacking=yes", f"/administration/training/{ellen.pk}/",
        "/work/training/new/record/", f"/work/training/{row.pk}/correct/",
    ]  # fmt: skip
    usable(browser, live_server.url, lena, paths, "training")
    incident = factories.sent(tom)
    usable(browser, live_server.url, priya, [f"/work/incident/{incident.pk}/decide/record/"], "untrained")
