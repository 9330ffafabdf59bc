"""The pages of instruments in a real browser: nothing serious for axe, no sideways scroll, on a phone and on a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import Unit, User
from tests.administration.test_instruments import loaded, use, wording
from tests.looks import usable

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_instruments_are_usable_by_everybody(
    browser: Browser, live_server: Any, una: User, june: User, northgate: Unit, tmp_path: Path
) -> None:
    waits = loaded(wording(tmp_path), una)
    use(una, northgate)
    version = f"/administration/instruments/{waits.instrument_version_id}/"
    paths = [
        "/administration/instruments/", version, f"/work/publication/{waits.pk}/approve/",
        "/work/publication/new/propose/", "/work/instrument-use/new/propose/",
    ]  # fmt: skip
    usable(browser, live_server.url, june, paths, "instruments-administered")
