"""The paper of a pack, by the real press: tagged, marked on each page, saying what is frozen, legible in grey."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import page as validation
import pikepdf
import pypdf
import pytest

from accounts.models import Unit, User
from reporting.models import MeasureComment, MeasureOwner, Snapshot
from reporting.packs import making
from reporting.packs.declare import PACKS
from tests.cast import take
from tests.reporting.charts.test_charts_look import alternatives
from tests.reporting.packs.packing import asked, block, made, reports, sent
from workflow.templatetags.words import legal

pytestmark = pytest.mark.django_db
FINE = "Read with the owners of the measures; the figures stand."
SAID = "August followed new arrest guidance; the months since are back within the limits."


def pdf_of(snapshot: Snapshot) -> bytes:
    newest = snapshot.papers.order_by("-pk").first()
    assert newest is not None
    return bytes(newest.pdf)


def words_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("code", [code for code in PACKS if code != "figure"])
def test_each_pack_is_valid_pdf_ua_1(code: str, ari: User, nr3: Unit, ellen: User) -> None:
    reports(6, nr3, ellen)
    pdf = pdf_of(made(code, ari))
    report = validation.validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked and str(opened.Root.Lang) == "en-GB"
    for number, words in enumerate(pages := words_of(pdf), 1):
        assert f"Page {number} of {len(pages)}" in words and words.count(PACKS[code].marking) >= 2


@pytest.mark.requirement("S1-010", "S3-047")
def test_the_monthly_pack_says_all_that_a_page_of_it_must(
    ari: User, kofi: User, nr3: Unit, ellen: User, force: Unit
) -> None:
    reports(8, nr3, ellen)
    named = {
        "measure": "M06",
        "over": "NP",
        "owner": "0077",
        "way": "least",
        "target": "40",
        "authority": "Performance board, 3 March 2026.",
    }
    take(MeasureOwner(), "name", kofi, **named)
    take(MeasureComment(), "say", kofi, measure="M06", over="NP", month="2026-10", words=SAID)
    snapshot = sent(made("performance", ari), ari, kofi)
    take(snapshot, "sign", kofi, reason=FINE)
    assert making.make(snapshot.pk)
    pdf = pdf_of(snapshot)
    text = " ".join(words_of(pdf))
    kept = snapshot.figures
    for said in (
        "Northshire Police", "Monthly performance, October 2026", f"As at {legal(kept.as_at)}", f"Number {snapshot.number}",
        "signed off by Supt 0077 Kofi Rowe", FINE, "Arrest rate", "Measure M06", "crimes recorded, October 2026", "8 of 8.",
        "What the owner says", SAID, "Owner: Supt 0077 Kofi Rowe.", "Target: at least 40 (Performance board, 3 March 2026.)",
        "Read it with M07", "Arrests for domestic abuse offences in the window", "by the moment of the arrest", "Period basis",
        "How good the data is", "You said, we did", "no data yet", "The 12 before", "Against the limits",
        "June 2023: counting rules changed", "Ethnicity of the person harmed: not known",
    ):  # fmt: skip
        assert said in text, said
    assert kept.fingerprint in text.replace(" ", "") and "Ellen" not in text and "DA-2026" not in text
    figures = alternatives(pypdf.PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])
    assert len([words for words in figures if "limits" in words]) > 5


def test_a_paper_that_leaves_the_force_is_official_and_says_what_is_kept_back(
    ari: User, nr3: Unit, ellen: User
) -> None:
    reports(3, nr3, ellen, days=80)
    text = " ".join(words_of(pdf_of(made("partners", ari))))
    assert "OFFICIAL-SENSITIVE" not in text and "Numbers of one to four are not shown" in text
    assert "September 2026 not shown" in text and "September 2026 3" not in text


def test_the_paper_of_one_figure_is_valid_and_says_what_the_page_asked(
    ari: User, nr3: Unit, ellen: User, sign_in: Any
) -> None:
    reports(6, nr3, ellen)
    sign_in(ari).post("/figures/m06/paper/?from=2026-05&to=2026-10", {"token": "a" * 32})
    snapshot = Snapshot.objects.select_related("unit", "recorded_by").get()
    assert making.make(snapshot.pk)
    pdf = pdf_of(snapshot)
    assert not validation.validate_pdf_bytes(pdf, profile="ua1").failures
    text = " ".join(words_of(pdf))
    assert "M06 Arrest rate" in text and "May 2026 to October 2026" in text
    assert len(block(snapshot, "figure")["chart"]["rows"]) == 6


def test_while_it_is_made_the_page_says_how_far_it_has_got(ari: User, sign_in: Any) -> None:
    snapshot = asked("caseload", ari)
    page = sign_in(ari).get(snapshot.get_absolute_url()).content.decode()
    assert "Waiting for its turn" in page and f'data-progress-url="{snapshot.get_absolute_url()}progress/"' in page
    assert sign_in(ari).get(f"{snapshot.get_absolute_url()}file/").status_code == 404
