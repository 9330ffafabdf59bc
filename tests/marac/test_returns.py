"""The quarterly return is counted from the meetings, signed, sent and read in again; what is missing is never zero (D.9)."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook

from accounts.models import User
from marac.figures import FIGURES, TABLE
from marac.models import Forum, NationalValue, QuarterReturn, Transfer
from marac.services.counting import later, quarter_of, quarters, rolling
from reporting.forums.leaving import cells
from reporting.forums.reading import rows_of
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.marac.followed import forum_of, heard, met, on_it, referred
from workflow.models import Refusal, Refused

THIS = quarter_of(timezone.localdate())
LAST, BEFORE = later(THIS, -1), later(THIS, -2)


def noon(day: date, days: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=days)


@pytest.fixture
def forum(hal: User) -> Forum:
    return forum_of(hal, women_over_16="40000", women_source="ONS mid-year 2025")


def figures_of(forum: Forum, day: date) -> dict[str, int | None] | None:
    return quarters(forum, day, day, timezone.localdate())[0].figures


def entered(forum: Forum, by: User, day: date, cases: int, repeats: int = 0, police: int = 0) -> QuarterReturn:
    said: dict[str, int | str] = {row.code: 0 for row in TABLE if row.group == "from"}
    said |= {"meetings": 3, "cases": cases, "repeats": repeats, "from_police": police, "from_housing": cases - police}
    row = QuarterReturn(forum=forum, unit=forum.unit, begins_on=day)
    made: QuarterReturn = take(row, "enter", by, **said, words="From the system before this one.")
    return made


@pytest.mark.requirement("S2-039")
def test_every_figure_of_a_quarter_is_counted_from_what_its_meetings_heard(
    forum: Forum, hal: User, housing: Agency, advisers: Agency
) -> None:
    meeting = met(forum, hal, noon(LAST))
    met(forum, hal, noon(LAST, 24))
    police = referred(forum, hal, male="yes", disabled="yes", age=17, youngest_suspect=17, lgbt="no")
    partner = referred(forum, hal, agency=housing, grounds=["repeat"], ethnic_minority="yes", lgbt="yes", age=16)
    again = referred(forum, hal, agency=advisers, repeat_of=police, age=40)
    over = referred(forum, hal, agency=advisers)
    Transfer.objects.create(
        case=over.case,
        referral=over,
        way="in",
        elsewhere="Westshire",
        why="She moved.",
        state="accepted",
        recorded_by=hal,
    )
    for one in (police, partner, again, over):
        heard(one, meeting, hal)
    heard(referred(forum, hal), met(forum, hal, noon(LAST, 30)), hal, outcome="deferred")
    on_it(partner, hal, "child", "Ada Reeve")
    on_it(partner, hal, "child", "Ben Reeve")
    found = figures_of(forum, LAST)
    assert found is not None
    assert {code: value for code, value in found.items() if value and code in FIGURES} == {
        "meetings": 3, "cases": 4, "repeats": 2, "children": 2, "from_police": 1, "from_housing": 1, "from_idva": 1,
        "from_transfer": 1, "ethnic_minority": 1, "lgbt": 1, "disabled": 1, "male": 1, "victim_16": 2, "harming_17": 1,
    }  # fmt: skip
    page = text_of(client_of(hal).get(f"/marac/forums/{forum.pk}/returns/{LAST}/"))
    assert all(row.definition.split("’")[0] in page for row in TABLE)
    file = client_of(hal).get(f"/marac/forums/{forum.pk}/returns/{LAST}/file/csv/").content.decode().splitlines()
    assert file[0].replace('"', "").split(",") == [
        "forum", "quarter", "forum_id", "meeting_dates", "women_over_16", *FIGURES
    ]  # fmt: skip
    days = " ".join(noon(LAST, days).date().isoformat() for days in (10, 24, 30))
    assert file[1].replace('"', "").split(",")[:5] == [forum.name, LAST.isoformat(), str(forum.pk), days, "40000"]


def test_a_case_heard_twice_in_a_quarter_counts_once_and_a_meeting_at_midnight_counts_where_london_says(
    forum: Forum, hal: User
) -> None:
    one = referred(forum, hal)
    heard(one, met(forum, hal, noon(LAST)), hal, outcome="emergency")
    heard(one, met(forum, hal, noon(LAST, 14)), hal)
    found = figures_of(forum, LAST)
    assert found is not None and (found["cases"], found["meetings"]) == (1, 2)
    july = forum_of(hal, "Westerby MARAC")
    met(july, hal, datetime(2025, 6, 30, 23, 30, tzinfo=UTC))  # half past midnight on 1 July in London
    rows = quarters(july, date(2025, 4, 1), date(2025, 7, 1), timezone.localdate())
    assert [row.missing for row in rows] == [True, False]


def test_a_quarter_without_a_meeting_is_missing_and_nobody_signs_zeros_for_it(forum: Forum, hal: User) -> None:
    met(forum, hal, noon(BEFORE))
    assert figures_of(forum, LAST) is None
    with pytest.raises(Refused, match="missing, not zero"):
        take(QuarterReturn(forum=forum, unit=forum.unit, begins_on=LAST), "sign", hal, words="")
    page = text_of(client_of(hal).get(f"/marac/forums/{forum.pk}/returns/"))
    assert "Missing" in page and page.count("missing </td>") <= 1


def test_what_was_signed_stands_though_something_is_recorded_later_and_a_second_return_replaces_it(
    forum: Forum, hal: User
) -> None:
    meeting = met(forum, hal, noon(LAST))
    heard(referred(forum, hal), meeting, hal)
    signed = take(QuarterReturn(forum=forum, unit=forum.unit, begins_on=LAST), "sign", hal, words="", cost="9000")
    heard(referred(forum, hal), meeting, hal)
    found = figures_of(forum, LAST)
    assert found is not None and found["cases"] == 1 and signed.figures["women_over_16"] == 40000
    again = take(QuarterReturn(forum=forum, unit=forum.unit, begins_on=LAST), "sign", hal, words="Two were late.")
    assert again.figures["cases"] == 2
    assert QuarterReturn.objects.get(pk=signed.pk).state == "replaced"
    with pytest.raises(Refused, match="not over"):
        take(QuarterReturn(forum=forum, unit=forum.unit, begins_on=THIS), "sign", hal, words="")


def test_what_is_worked_out_of_twelve_months_says_for_which_quarter_another_stands_in(forum: Forum, hal: User) -> None:
    days = [later(THIS, back) for back in (-6, -5, -4, -3, -2, -1)]
    for day, cases in zip(days, (30, 20, 25, None, 30, 25), strict=True):
        if cases is not None:
            entered(forum, hal, day, cases, repeats=10, police=cases - 10)
    rows = quarters(forum, days[0], days[-1], timezone.localdate())
    twelve = rolling(rows, 5, 40_000)
    assert twelve.proxied == (days[3],)
    assert twelve.values["cases_12"] == 25 + 25 + 30 + 25
    assert twelve.values["per_10000"] == round(10_000 * 105 / 40_000, 1)
    assert (twelve.values["repeat_share"], twelve.values["partner_share"]) == (
        round(4000 / 105, 1),
        round(4000 / 105, 1),
    )
    page = text_of(client_of(hal).get(f"/marac/forums/{forum.pk}/returns/{days[-1]}/"))
    assert "the one before it stands in for it" in page


def test_two_missing_quarters_in_a_row_and_nothing_is_worked_out(forum: Forum, hal: User) -> None:
    for back in (-5, -4, -1):
        entered(forum, hal, later(THIS, back), 20)
    rows = quarters(forum, later(THIS, -5), LAST, timezone.localdate())
    assert rolling(rows, 4, 40_000).dropped and rolling(rows, 4, 40_000).values["cases_12"] is None


# --- what leaves, and what comes in


@pytest.mark.parametrize(
    ("figures", "kept"),
    [
        (
            {"cases": 20, "from_police": 18, "from_housing": 2},
            {"from_housing": "fewer than 5", "from_police": "not shown"},
        ),
        ({"cases": 20, "from_police": 20, "male": 3}, {"male": "fewer than 5", "from_police": "20"}),
        ({"cases": 20, "from_police": 20, "male": 18}, {"male": "not shown"}),
        ({"cases": 20, "from_police": 20, "male": 10}, {"male": "10"}),
        ({"cases": 3, "from_police": 3, "repeats": 3}, {"cases": "fewer than 5", "from_police": "fewer than 5"}),
        ({"cases": 0}, {"cases": "0", "male": "0"}),
    ],
)
def test_no_small_number_leaves_nor_what_would_give_one_away(figures: dict[str, int], kept: dict[str, str]) -> None:
    printed = cells({row.code: figures.get(row.code, 0) for row in TABLE})
    assert {code: printed[code] for code in kept} == kept


def sent(by: User, name: str, content: bytes) -> tuple[int, str]:
    answer = client_of(by).post("/marac/returns/entering/", {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, text_of(answer)


def a_row(**said: object) -> list[str]:
    full: dict[str, object] = {
        "forum": "Easterby MARAC",
        "quarter": LAST,
        "meetings": 6,
        "cases": 30,
        "from_police": 30,
        **said,
    }
    return [str(full.get(head, 0)) for head in ("forum", "quarter", *FIGURES)]


def test_a_file_is_taken_row_by_row_and_each_row_that_is_refused_says_why(forum: Forum, hal: User) -> None:
    rows = [
        ["forum", "quarter", *FIGURES], a_row(), a_row(forum="Nowhere"), a_row(quarter="2026-02-03"),
        a_row(quarter=BEFORE, repeats=31), a_row(quarter=later(THIS, -3), **{"from_police": 29}),
    ]  # fmt: skip
    status, page = sent(hal, "return.csv", "\n".join(",".join(row) for row in rows).encode())
    assert status == 422 and "1 row was taken" in page
    for words in (
        "No forum has that name",
        "January, April, July or October",
        "cannot be more than",
        "must be the sum",
    ):
        assert words in page
    assert list(QuarterReturn.objects.values_list("begins_on", flat=True)) == [LAST]


def test_what_left_as_a_spreadsheet_comes_in_again_and_what_was_kept_back_is_not_said(forum: Forum, hal: User) -> None:
    entered(forum, hal, LAST, 20, repeats=2, police=20)
    left = client_of(hal).get(f"/marac/forums/{forum.pk}/returns/{LAST}/file/xlsx/")
    assert left.status_code == 200
    other = forum_of(hal, "Westerby MARAC")
    assert sent(hal, "return.xlsx", left.content)[0] == 200
    book = Workbook()
    book.worksheets[0].append(["forum", "quarter", *FIGURES])
    book.worksheets[0].append(["Westerby MARAC", LAST, 2, 20, "fewer than 5"])
    out = io.BytesIO()
    book.save(out)
    assert sent(hal, "other.xlsx", out.getvalue())[0] == 200
    found = figures_of(other, LAST)
    assert found is not None and (found["cases"], found["repeats"], found["male"]) == (20, None, None)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_has_the_headings_of_a_return_and_comes_in_again_filled(
    forum: Forum, hal: User, ellen: User, kind: str
) -> None:
    got = client_of(hal).get(f"/marac/returns/template/{kind}/")
    rows = [[head for head in row if head] for row in rows_of(f"template.{kind}", got.content)]
    assert rows == [["forum", "quarter", "forum_id", "meeting_dates", "women_over_16", *FIGURES]]
    filled = [
        *rows,
        [dict(zip(("forum", "quarter", *FIGURES), a_row(), strict=True)).get(head, "") for head in rows[0]],
    ]
    assert sent(hal, "return.csv", "\n".join(",".join(row) for row in filled).encode())[0] == 200
    found = figures_of(forum, LAST)
    assert found is not None and found["cases"] == 30
    assert client_of(ellen).get(f"/marac/returns/template/{kind}/").status_code == 404
    assert client_of(hal).get("/marac/returns/template/pdf/").status_code == 404


def test_a_file_that_is_none_is_refused_in_a_sentence(forum: Forum, hal: User, ellen: User) -> None:
    for name, content, words in (
        ("x.csv", b"a,b\n1,2\n", "headings are not known"), ("x.xlsx", b"no sheet", "cannot be read"),
        ("x.csv", b"\xff\xfe\x00", "cannot be read"), ("x.csv", b"forum", "no rows"),
    ):  # fmt: skip
        status, page = sent(hal, name, content)
        assert status == 422 and words in page
    assert client_of(hal).post("/marac/returns/entering/").status_code == 422
    assert client_of(ellen).get("/marac/returns/entering/").status_code == 403


@pytest.mark.requirement("S3-036")
def test_what_others_published_stands_beside_ours_with_its_source(forum: Forum, hal: User) -> None:
    met(forum, hal, noon(LAST))
    heads = "forum,figure,begins_on,months,place,value,source\n"
    rows = (
        f"Easterby MARAC,per_10000,{BEFORE},12,England and Wales,41.5,SafeLives national data\n"
        f"Easterby MARAC,nonsense,{BEFORE},12,Region,many,Nobody\n"
    )
    status, page = sent(hal, "values.csv", (heads + rows).encode())
    assert status == 422 and "1 row was taken" in page and "none of the figures" in page
    again = f"Easterby MARAC,per_10000,{BEFORE},12,England and Wales,42,SafeLives put right\n"
    assert sent(hal, "values.csv", (heads + again).encode())[0] == 200
    assert [float(one.value) for one in NationalValue.objects.all()] == [42.0]
    shown = text_of(client_of(hal).get(f"/marac/forums/{forum.pk}/returns/{LAST}/"))
    assert "42.00, England and Wales" in shown and "SafeLives put right" in shown


def test_five_years_ask_as_many_questions_as_one_quarter(forum: Forum, hal: User) -> None:
    browser = client_of(hal)
    heard(referred(forum, hal), met(forum, hal, noon(LAST)), hal)

    def asked() -> int:
        with CaptureQueriesContext(connection) as few:
            assert browser.get(f"/marac/forums/{forum.pk}/returns/").status_code == 200
        return len(few)

    asked()
    before = asked()
    for back in range(2, 20):
        heard(referred(forum, hal), met(forum, hal, noon(later(THIS, -back))), hal)
    assert asked() == before


def test_no_partner_and_no_officer_reads_or_signs_a_return(forum: Forum, hal: User, cleo: User, ellen: User) -> None:
    met(forum, hal, noon(LAST))
    for who in (cleo, ellen):
        assert client_of(who).get(f"/marac/forums/{forum.pk}/returns/{LAST}/").status_code == 404
        assert client_of(who).get("/marac/returns/").status_code == 403
        with pytest.raises(Refused) as refusal:
            take(QuarterReturn(forum=forum, unit=forum.unit, begins_on=LAST), "sign", who, words="")
        assert refusal.value.kind is Refusal.ROLE
