"""The case file itself: tagged, marked on every page, saying what the case page says, and never the code word."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any

import page as validation
import pikepdf
import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from cases.panels import Panel
from reporting import paper
from reporting.models import Document
from reporting.paper.press import as_data
from reporting.paper.records import lines_of
from risk.models import Answer
from tests.factories import RATIONALE, checked
from tests.reporting.conftest import CODE_WORD, case_file_of, words_of
from workflow import engine
from workflow.declare import workflow_of
from workflow.templatetags.words import legal

PAGE = '<html lang="en-GB"><title>x</title><h1>x</h1>'
# what the case page says in its timeline, in what is owed, and at its head
SHOWN = re.compile(
    r'moj-timeline__title">([^<]+)<'
    r'|app-owed__name">(?:<a[^>]*>)?([^<]+)<'
    r'|app-identity__part"><dt>[^<]+</dt><dd>([^<]+)<'
)


def test_it_is_tagged_and_says_its_language_and_its_standard(printed: Document) -> None:
    with pikepdf.open(BytesIO(bytes(printed.content.pdf))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en-GB"
        meta = pdf.open_metadata()
        assert (meta["pdfuaid:part"], meta["dc:title"]) == ("1", f"{printed.case.reference} case file")


def test_it_is_valid_pdf_ua_1(printed: Document) -> None:
    report = validation.validate_pdf_bytes(bytes(printed.content.pdf), profile="ua1")
    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant


def test_its_metadata_names_nobody(printed: Document) -> None:
    with pikepdf.open(BytesIO(bytes(printed.content.pdf))) as pdf:
        said = f"{dict(pdf.docinfo)} {pdf.open_metadata()}"
    assert "Hannah" not in said
    assert "Marsh" not in said


def test_every_page_carries_the_marking_twice_its_number_the_moment_and_who_printed(printed: Document) -> None:
    pages = words_of(printed)
    assert len(pages) == printed.pages
    for number, words in enumerate(pages, 1):
        assert words.count("OFFICIAL-SENSITIVE") == 2
        assert "Domestic abuse case material. Do not leave with any party." in words
        assert f"Page {number} of {printed.pages}" in words
        assert f"As at {legal(printed.as_at)}" in words
        assert "Printed by PC 2877 Ellen Marsh" in words
        assert f"Run {printed.run}" in words
        assert f"{printed.case.reference} case file" in words


def test_it_says_what_was_recorded(printed: Document) -> None:
    words = " ".join(words_of(printed))
    for said in (
        "Hannah Okoro", "Daniel Reeve", "former partner who lived apart", "Flat 3, 14 Mill Lane, NR3 4QX",
        "4 May 1991", "NO GRADE", "Daniel was seen outside", "Large dog loose in the yard.", "07700 900123",
        "The landline", "999 call", "0388",
        "Hannah is with her sister.", "He pushed her against the kitchen wall", "I heard her scream.",
        "Asleep throughout.", "Child: Mia Okoro", "Recorded by PC 2877 Ellen Marsh", "Unsafe now reported",
    ):  # fmt: skip
        assert said in words, said


def test_it_says_what_the_case_page_says(made: Document, ellen: User, sign_in: Any) -> None:
    page = sign_in(ellen).get(f"/cases/{made.case.reference}/").content.decode()
    words = " ".join(words_of(made))
    said = [unescape(next(filter(None, found))).removesuffix(" (you)").strip() for found in SHOWN.findall(page)]
    assert len(said) > 5
    assert [one for one in said if one not in words] == []


def test_the_code_word_is_nowhere_in_it(made: Document) -> None:
    assert CODE_WORD not in " ".join(words_of(made)).lower()
    assert CODE_WORD not in paper.written(paper.read_case(made.case, made.asked_by, made.as_at), made)


def test_a_checked_record_prints_its_grade_its_answers_and_its_decision(ellen: User, priya: User) -> None:
    case = checked(ellen, priya, grade="medium").case
    document = case_file_of(case, ellen)
    words = " ".join(words_of(document))
    asked = Answer.objects.filter(assessment__case=case).values_list("label", flat=True)
    said = [*asked, "MEDIUM", RATIONALE, "Approved by PS 4471 Priya Nair", "Read and agreed."]
    assert len(asked) == 27
    assert [one for one in said if one not in words] == []
    assert not validation.validate_pdf_bytes(bytes(document.content.pdf), profile="ua1").failures


def test_whoever_is_suspected_of_an_offence_is_named(ellen: User, priya: User) -> None:
    incident = checked(ellen, priya)
    [kind] = workflow_of(incident).section("crime").rows
    row = kind.rows_of(incident).get()
    said = dict(lines_of(kind.form, row, {row.suspect.person_id: "Daniel Reeve"}))
    assert said["Who is suspected of it?"] == "Daniel Reeve"


def test_a_box_beneath_an_answer_that_was_not_given_is_left_out(incident: Any) -> None:
    [kind] = workflow_of(incident).section("arrest").rows
    said = dict(lines_of(kind.form, kind.rows_of(incident).get(), {}))
    assert (said["Was the suspect arrested?"], said["Why not?"]) == ("No", "Not said")
    assert "For what?" not in said


def test_a_long_account_runs_over_pages_and_loses_nothing(told: Case, incident: Any, ellen: User) -> None:
    account = "\n".join(f"Sentence {number} of what he did to her that night." for number in range(150))
    incident.refresh_from_db()
    engine.amend(incident, {"account": account}, by=ellen, seen=incident.version)
    words = " ".join(words_of(case_file_of(told, ellen)))
    assert [number for number in range(150) if f"Sentence {number} of" not in words] == []


def test_panels_print_what_they_show_the_asker(told: Case, ellen: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(case: Case, user: User, at: Any) -> list[User]:
        return [user]

    lines = "reporting/paper/lines.html"
    mine = Panel("mine", "Whose eyes", shown, lines, lines)
    theirs = Panel("theirs", "Not for officers", shown, lines, lines, who=frozenset({"auditor"}))
    screen = Panel("screen", "Not on paper", shown, lines)
    monkeypatch.setattr("cases.panels.registry.PANELS", {panel.name: panel for panel in (mine, theirs, screen)})
    file = paper.read_case(told, ellen, timezone.now())
    assert [(panel.name, rows) for panel, rows in file.panels] == [("mine", [ellen])]
    assert file.shows == ["mine"]


def test_what_was_recorded_after_its_moment_is_not_in_it(told: Case, ellen: User) -> None:
    at = timezone.now()
    engine.perform(told, "warn", by=ellen, evidence={"what": "A loaded shotgun above the door."})
    assert [row.what for row in paper.read_case(told, ellen, at).warnings] == ["Large dog loose in the yard."]


def test_typed_markup_is_words_and_fetches_nothing(printed: Document) -> None:
    assert "<img src=" in " ".join(words_of(printed))


@pytest.mark.parametrize(
    "address",
    [
        "http://example.invalid/x.png",
        "https://example.invalid/x.png",
        "ftp://example.invalid/x.png",
        "file:///etc/hostname",
        "static:../settings.py",
    ],
)
def test_the_press_fetches_from_nowhere(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    went_out: list[object] = []  # noted, not raised: the press swallows what a fetch raises
    for handler in ("HTTPHandler.http_open", "HTTPSHandler.https_open", "FileHandler.file_open", "FTPHandler.ftp_open"):
        monkeypatch.setattr(f"urllib.request.{handler}", lambda self, asked: went_out.append(asked.full_url))
    body = f'<img alt="x" src="{address}"><link rel="stylesheet" href="{address}">'
    pdf, pages = paper.press(PAGE + body, lambda page, of: None)
    assert (pdf[:5], pages, went_out) == (b"%PDF-", 1, [])
    assert b"/Image" not in pdf


def test_our_static_files_may_be_drawn() -> None:
    body = '<img alt="A mark" src="static:img/mark.svg" width="40" height="40">'
    assert paper.press(PAGE + body, lambda page, of: None)[1] == 1
    assert as_data("img/mark.svg").startswith("data:image/svg+xml;base64,")
