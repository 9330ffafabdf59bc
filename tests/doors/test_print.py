"""On paper: A4, the marking on every sheet, no furniture, no addresses of links."""

from __future__ import annotations

import io
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from accounts.models import User
from tests.doors.conftest import World
from tests.looks import signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


@pytest.mark.parametrize("path", ["case", "notices", "help"])
def test_a_page_prints_with_its_marking_and_without_furniture(
    path: str, world: World, ellen: User, browser: Browser, live_server: Any, tmp_path: Any
) -> None:
    page = signed_in(browser, live_server.url, ellen)
    addresses = {"case": f"/cases/{world.case.reference}/", "notices": "/notices/", "help": "/help/"}
    page.goto(f"{live_server.url}{addresses[path]}")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.context.close()
    for sheet in printed.pages:
        assert abs(float(sheet.mediabox.width) - 595) < 2 and abs(float(sheet.mediabox.height) - 842) < 2, "A4"
        assert "OFFICIAL-SENSITIVE" in sheet.extract_text()
    said = " ".join(sheet.extract_text() for sheet in printed.pages)
    for furniture in ("Sign out", "My work", "Mark all as read", "Mark as read", "Cymraeg", "http://", "Skip to main"):
        assert furniture not in said, furniture
    if path == "case":
        assert world.case.reference in said and "Hannah Okoro" in said
