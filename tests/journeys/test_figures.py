"""Figures from the question to the signed paper: an analyst looks, drills, takes files away, makes the monthly pack and has it
signed off; a sergeant sees the team and not the officer next door.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from accounts.models import User
from reporting.figures.asked import month_before
from reporting.models import Snapshot
from tests import factories
from tests.journeys.looking import Looking, staff, wait_until

pytestmark = pytest.mark.long
FINE = "Read with the owners of the measures; the figures stand."
WORDS = "The month is quiet; the two divisions are alike."


def analyst() -> User:
    return staff("Analyst", "8851", "Orla Finch", "analyst")


def taken(somebody: Looking, kind: str) -> bytes:
    """The file behind a link of the page, as it is saved."""
    with somebody.page.expect_download() as download:
        somebody.page.get_by_role("link", name=kind, exact=True).click()
    return Path(download.value.path()).read_bytes()


def paper_of(somebody: Looking, path: str) -> str:
    """The words of the paper behind a pack's page."""
    answer = somebody.page.request.get(f"{somebody.address}{path}file/")
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def ready(path: str) -> bool:
    snapshot = Snapshot.objects.select_related("job").get(pk=int(path.strip("/").split("/")[-1]))
    return bool(snapshot.job.stage == "made")


@pytest.mark.requirement("S1-012", "S2-026")
def test_from_the_question_to_the_cases_the_files_and_the_signed_pack(at_work: Any) -> None:
    officer = staff("PC", "8852", "Cal Brook", "officer", "K7")
    sergeant = staff("PS", "8853", "Nia Frost", "sergeant", "K7")
    case = factories.checked(officer, sergeant).case
    month = f"{timezone.localdate():%Y-%m}"
    orla = at_work(analyst())

    orla.open("/figures/", "figures-01-list")
    orla.page.get_by_role("link", name="Domestic abuse incidents and crimes").first.click()
    shown = orla.open(f"/figures/m01/?from={month}&to={month}&part=reports&unit=K7", "figures-02-explorer")
    assert "Reports in all" in shown and "Authority:" in shown
    orla.page.locator(".app-chart-table tbody tr").first.get_by_role("link").first.click()
    assert case.reference in orla.look("figures-03-cases")

    orla.open(f"/figures/m01/?from={month}&to={month}&part=reports&unit=K7")
    assert b"M01,Domestic abuse incidents and crimes,Reports in all" in taken(orla, "CSV")
    sheet = load_workbook(io.BytesIO(taken(orla, "XLSX")))["Figures"]
    assert [cell.value for cell in sheet[1]][:3] == ["measure", "name", "part"]

    path = the_pack_is_made(orla)
    chief = staff("Supt", "8854", "Ivo Marsden", "superintendent")
    it_is_sent_and_signed(orla, at_work(chief), path)
    orla.open(path)
    orla.page.get_by_role("link", name="Withdraw it").click()
    orla.page.fill("[name=reason]", "Made for a rehearsal of the month.")
    orla.press("Withdraw it")
    assert "It does not stand any longer." in orla.look("figures-12-withdrawn")


def the_pack_is_made(orla: Looking) -> str:
    """Asked for on the page, watched until it is ready; asked for again it is the same. Returns its path."""
    a_pack_is_asked_for(orla)
    expect(orla.page.get_by_role("heading", level=1)).to_have_text("Monthly performance")
    path = orla.page.url.removeprefix(orla.address)
    wait_until(lambda: ready(path), 240)
    expect(orla.page.get_by_role("button", name=re.compile("Open the pack"))).to_be_visible(timeout=30_000)
    expect(orla.page.get_by_text("Fingerprint", exact=True)).to_be_visible(timeout=30_000)
    assert "Being made" not in orla.look("figures-05-made")
    assert "not signed off" in paper_of(orla, path)
    a_pack_is_asked_for(orla)
    expect(orla.page.get_by_role("alert")).to_contain_text("there already")
    orla.look("figures-06-twice")
    return path


def a_pack_is_asked_for(orla: Looking) -> None:
    """Of a month that is long over: the pack of the last month the system makes by itself, once its day has come."""
    orla.open("/packs/new/?pack=performance")
    orla.page.fill("[name=begins]", f"{month_before(timezone.localdate().replace(day=1), 6):%Y-%m}")
    orla.look("figures-04-new")
    orla.press("Make a pack")


def it_is_sent_and_signed(orla: Looking, ivo: Looking, path: str) -> None:
    orla.open(path)
    orla.page.get_by_role("link", name="Write beside a theme").click()
    orla.page.select_option("[name=theme]", "Risk")
    orla.page.fill("[name=words]", WORDS)
    orla.look("figures-07-words")
    orla.press("Write beside a theme")
    wait_until(lambda: ready(path), 240)
    orla.open(path)
    orla.page.get_by_role("link", name="Send it to be signed off").click()
    orla.page.fill("[name=signer]", ivo.user.collar_number)
    orla.look("figures-08-send")
    orla.press("Send it to be signed off")
    assert "With whoever signs it off" in orla.words()

    ivo.open(path, "figures-09-to-sign")
    ivo.page.get_by_role("link", name="Sign it off").click()
    ivo.page.fill("[name=reason]", FINE)
    ivo.press("Sign it off")
    assert "Signed off by" in ivo.look("figures-10-signed")
    wait_until(lambda: ready(path), 240)
    paper = paper_of(ivo, path)
    assert "signed off by Supt 8854 Ivo Marsden" in paper and FINE in paper and WORDS in paper


@pytest.mark.requirement("S1-012")
def test_a_sergeant_sees_the_team_and_not_the_officer_next_door(at_work: Any) -> None:
    officer = staff("PC", "8852", "Cal Brook", "officer", "K7")
    sergeant = staff("PS", "8853", "Nia Frost", "sergeant", "K7")
    stranger = staff("PC", "8855", "Tess Lowry", "officer", "K8")
    other = staff("PS", "8856", "Hal Quist", "sergeant", "K8")
    factories.checked(officer, sergeant)
    factories.checked(stranger, other)
    month = f"{timezone.localdate():%Y-%m}"

    nia = at_work(sergeant)
    shown = nia.open(f"/figures/m01/?from={month}&to={month}&part=reports&by=officer", "figures-20-team")
    assert "Brook" in shown and "Lowry" not in shown
    refused = nia.open(f"/figures/m01/?from={month}&to={month}&unit=K8&by=officer", "figures-21-next-door")
    assert "not yours to read" in refused and "Lowry" not in refused
