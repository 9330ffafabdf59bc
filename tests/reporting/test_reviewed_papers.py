"""What is taken away to be reviewed: outcomes that partners may read, the minutes of it, figures and case files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Unit, User
from cases.models import Case
from people.models import Person
from reporting import paper
from reporting.models import OutcomeReview, Snapshot
from reporting.packs import making
from reporting.packs.declare import PACKS, window_of
from safeguarding.models import Agency
from tests.cases.calls import called, step
from tests.cast import person, take, text_of
from tests.reporting.conftest import case_file_of, words_of
from tests.reporting.measures.generated import plant
from tests.reporting.packs.packing import made, sent
from tests.reporting.packs.test_withheld import attacked, told_of
from tests.reporting.test_answers import row_in
from tests.reporting.test_consultations import minutes
from tests.reporting.test_reviewed import happened

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db
JULY, AUGUST, SEPTEMBER = 128, 97, 66  # days before the moment at which `plant` tells its force
FINE = "Read with the owners of the measures; the figures stand."


@pytest.fixture
def kofi(force: Unit) -> User:
    """The superintendent of the force, who signs packs off."""
    return person("Supt", "0077", "Kofi Rowe", ("superintendent", force))


@pytest.fixture
def summer(nr3: Unit, nr4: Unit, sr1: Unit, ellen: User) -> None:
    """Twelve crimes in each month of the third quarter; charged are nine in July, three in August, seven in September."""
    charged = {JULY: 9, AUGUST: 3, SEPTEMBER: 7}
    reports = [
        happened(days=days, code="1" if place < number else "16")
        for days, number in charged.items()
        for place in range(12)
    ]
    plant(reports, [nr3, nr4, sr1], ellen)


@pytest.mark.requirement("S2-016")
def test_partners_read_outcomes_from_which_nobody_works_out_a_small_number(
    summer: None, ari: User, kofi: User, force: Unit, housing_manager: User, cleo: User, sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(paper, "press", lambda html, tell: (f"%PDF-{hash(html)}".encode(), 3))
    pack = made("partners", ari)
    theirs = sign_in(housing_manager)
    assert theirs.get(pack.get_absolute_url()).status_code == 404  # nobody has signed it yet
    take(sent(pack, ari, kofi), "sign", kofi, reason=FINE)
    page = text_of(theirs.get(pack.get_absolute_url())).split("Positive outcome rate</h2>", 1)[1].split("</section>")[0]
    outcomes = {
        month: row_in(page, ">Positive outcomes", month) for month in ("July 2026", "August 2026", "September 2026")
    }
    assert outcomes["August 2026"] == "fewer than 5 | 12 | not shown"
    assert outcomes["July 2026"] == "not shown | 12 | not shown"  # or August would be what is left of the sum
    assert outcomes["September 2026"] == "7 | 12 | 58.3"
    assert row_in(page, ">Positive outcomes", "The whole time") == "19 | 36 | 52.8"
    attacked(told_of("partners", window_of(PACKS["partners"], date(2026, 7, 1)), force))
    assert sign_in(cleo).get(pack.get_absolute_url()).status_code == 404  # for whoever answers for the agency


@pytest.mark.requirement("S2-016")
def test_the_minutes_of_reading_them_with_partners_are_kept_with_what_was_looked_at_and_decided(
    cora: User, abel: User, housing: Agency, housing_manager: User, tess: User, ellen: User, sign_in: SignIn
) -> None:
    review = minutes(cora, housing, reviewed="Figures for partners, July to September 2026.", measures="M11")
    theirs, page = sign_in(housing_manager), review.get_absolute_url()
    assert theirs.get(page).status_code == 404  # until they are issued
    take(review, "issue", abel)
    shown = text_of(theirs.get(page))
    for words in (
        "Figures for partners, July to September 2026.", "Fewer charges in the north.",
        "Look at the files of the north together.", housing.unit.name,
    ):  # fmt: skip
        assert words in shown, words
    assert review.title in text_of(theirs.get("/feedback/reviews/"))
    assert sign_in(tess).get(page).status_code == 404  # her agency was not there
    kept = OutcomeReview.objects.get(pk=review.pk)
    assert (kept.state, kept.measures) == ("issued", ["M11"])
    assert kept.decided in text_of(sign_in(cora).get(page))


# --- S3-049 ---
def shared_months() -> str:
    """The address of the months in which the calls of this test fell due."""
    now = timezone.localtime()
    return f"from={now - timedelta(hours=2):%Y-%m}&to={now:%Y-%m}"


@pytest.mark.requirement("S3-049")
def test_response_times_are_watched_and_stand_the_same_on_the_page_in_each_file_and_on_paper(
    rafi: User, nr3: Unit, ellen: User, ari: User, cleo: User, sign_in: SignIn
) -> None:
    """Of three calls that wanted officers in fifteen minutes one was answered in ten, one in forty, one not yet."""
    for after in (10, 40):
        call = called(rafi, nr3, minutes_ago=60)
        step(call, "arrive", rafi, arrived_at=(call.received_at + timedelta(minutes=after)).isoformat())
    called(rafi, nr3, minutes_ago=60)
    months, browser = shared_months(), sign_in(ari)
    page = text_of(browser.get(f"/figures/m34/?{months}"))
    fell_due = timezone.localtime() - timedelta(minutes=45)
    assert ">1</a> | <a" in (row := row_in(page, ">By month", f"{fell_due:%B %Y}")) and ">3</a> | 33.3 | " in row
    for kind in ("csv", "xlsx", "json"):
        [whole] = [
            line for line in lines_of(browser, kind, months) if line["part"] == "Done in time" and not line["month"]
        ]
        assert (int(whole["number"]), int(whole["of"]), float(whole["figure"])) == (1, 3, 33.3), kind
    browser.post(f"/figures/m34/paper/?{months}", {"token": "a" * 32})
    printed = Snapshot.objects.select_related("unit", "recorded_by").get()
    assert making.make(printed.pk)
    said = words_in(browser.get(f"{printed.get_absolute_url()}file/"))
    assert "M34 Response" in said and "33.3" in said
    for user in (ellen, cleo):
        assert sign_in(user).get(f"/figures/m34/file/csv/?{months}").status_code == 404


def lines_of(browser: Client, kind: str, months: str) -> list[dict[str, Any]]:
    """The lines of the file of M34, each by the names of its columns."""
    content = browser.get(f"/figures/m34/file/{kind}/?{months}").content
    if kind == "json":
        found: Any = json.loads(content)
        return list(found["figures"] if isinstance(found, dict) else found)
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    heads, *rows = load_workbook(io.BytesIO(content))["Figures"].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def words_in(answer: Any) -> str:
    """What a paper says, on one line."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.requirement("S3-049")
def test_a_case_is_recorded_flagged_linked_and_printed_as_a_file(told: Case, hannah: Person, ellen: User) -> None:
    pages = " ".join(words_of(case_file_of(told, ellen)))
    for said in ("Hannah Okoro", "Daniel Reeve", "Mia Okoro", "Large dog loose in the yard.", told.reference):
        assert said in pages, said
