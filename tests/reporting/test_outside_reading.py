"""A file of figures is read whole: each wrong row has its sentence, and what is no such file at all says what to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Unit
from reporting.outside import reading as reading_of
from reporting.outside.cells import Known, Wrong, after
from reporting.outside.reading import NotAFile, read
from reporting.outside.table import CLASSES, COURT_FIGURES, KINDS, ORDER_FIGURES, REASONS, TABLE, WITH_REASONS
from tests.reporting.outside import COURTS, TODAY, crimes, file_of, raw, rows_in

HEADS = "month,area,figure,class,outcome,value\n"


def why(kind: str, rows: Any) -> list[tuple[int, str]]:
    return read(KINDS[kind], file_of(kind, rows), TODAY).rejects


def test_every_row_of_a_good_file_is_read_whatever_the_order_of_its_columns(force: Unit, northgate: Unit) -> None:
    text = 'value,AREA,month,class,figure,outcome\n"1,204",ng,2026-03,all,recorded,\n9,Northgate,01/04/2026,all,recorded,\n'
    found = read(KINDS["crime"], raw(text), TODAY)
    assert found.rejects == []
    assert [(line.number, line.said["begins_on"], line.said["unit"], line.said["value"]) for line in found.lines] == [
        (2, date(2026, 3, 1), northgate, Decimal(1204)), (3, date(2026, 4, 1), northgate, Decimal(9))
    ]  # fmt: skip
    assert (found.first_on, found.last_on) == (date(2026, 3, 1), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (crimes("2026-11", "NP", 1), "month: 2026-11 is not over yet."),
        (crimes("2027-03", "NP", 1), "month: 2027-03 is not over yet."),
        (crimes("Mar-26", "NP", 1), "month: “Mar-26” is no month. Write it like 2026-03."),
        (crimes("2026-13", "NP", 1), "month: “2026-13” is no month. Write it like 2026-03."),
        (crimes("1066-10", "NP", 1), "month: The year must be 1990 or later."),
        (crimes("", "NP", 1), "month: Nothing is said."),
        (crimes("2026-03", "Narnia", 1), "area: “Narnia” is no area of the force. Write the code of a unit."),
        (crimes("2026-03", "NP", -4), "value: -4 is below nothing."),
        (crimes("2026-03", "NP", "4.5"), "value: “4.5” is no whole number. Leave the row out if it is not known."),
        (crimes("2026-03", "NP", "٤"), "value: “٤” is no whole number. Leave the row out if it is not known."),
        (crimes("2026-03", "NP", "9999999999"), "value: 9999999999 is more than can be true."),
        (crimes("2026-03", "NP", "=1+1"), "value: “=1+1” begins like a formula. Write what it comes to."),
        (crimes("2026-03", "NP", "*"), "value: “*” is no whole number. Leave the row out if it is not known."),
        (crimes("2026-03", "NP", 1, "arson"), "class: “arson” is no class of crime that is known. The page lists them."),
        (crimes("2026-03", "NP", 1, figure="x" * 90), f"figure: “{'x' * 40}…” is no figure that is known. The page lists them."),
        (crimes("2026-03", "NP", 1, outcome="16"), "A row of “outcome” says which one; a row of “recorded” says none."),
        (crimes("2026-03", "NP", 1, figure="outcome"), "A row of “outcome” says which one; a row of “recorded” says none."),
        (crimes("2026-03", "NP", "1" * 1500), "value: Far too long."),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_rejected_with_a_sentence(force: Unit, row: Any, sentence: str) -> None:
    assert why("crime", [crimes("2026-02", "NP", 5), row]) == [(3, sentence)]


def test_a_figure_of_the_same_stands_in_a_file_once(force: Unit) -> None:
    rows = [crimes("2026-03", "NP", 5), crimes("2026-04", "NP", 5), crimes("2026-03", "NP", 6)]
    assert why("crime", rows) == [(4, "Is a figure of the same as row 2.")]


def test_no_part_of_a_court_figure_is_more_than_its_whole_and_only_some_have_reasons(force: Unit) -> None:
    assert why("prosecution", COURTS) == []
    more = [("2026-03", "NP", "proved_in_absence", "", "21"), ("2026-03", "NP", "unsuccessful", "witness", "9")]
    found = why("prosecution", [*COURTS, *more])
    assert found == [
        (5, "Of convicted there are 70, and its parts come to 71."),
        (7, "Of unsuccessful there are 20, and its parts come to 21."),
    ]
    odd = ("2026-04", "NP", "charged", "witness", "1")
    assert why("prosecution", [odd]) == [(2, "Only of no_action, action_plan, unsuccessful a reason is said.")]


def test_no_part_of_the_notices_is_more_than_those_considered_of_the_same_kind(force: Unit) -> None:
    rows = [
        ("2026-03", "NP", "dvpn", "considered", "", "9"), ("2026-03", "NP", "dvpn", "authorised", "", "5"),
        ("2026-03", "NP", "dvpn", "not_pursued", "", "4"), ("2026-03", "NP", "dvpn", "not_pursued", "bail", "3"),
        ("2026-03", "NP", "dapn", "authorised", "", "7"),
    ]  # fmt: skip
    assert why("orders", rows) == []
    found = why("orders", [*rows, ("2026-03", "NP", "dvpn", "not_authorised", "", "1")])
    assert found == [(2, "Of considered there are 9, and its parts come to 10.")]
    odd = ("2026-04", "NP", "spo", "granted", "bail", "1")
    assert why("orders", [odd]) == [(2, "Only of not_pursued a reason is said.")]


def test_no_more_deaths_were_known_of_before_than_there_were(force: Unit) -> None:
    assert why("deaths", [("2026-03", "NP", "homicide", "2"), ("2026-03", "NP", "homicide_known", "2")]) == []
    found = why("deaths", [("2026-03", "NP", "related", "1"), ("2026-03", "NP", "related_known", "2")])
    assert found == [(2, "Of related there are 1, and its parts come to 2.")]


def test_a_value_of_others_names_a_measure_and_months_that_are_over(force: Unit) -> None:
    good = ("m06", "2025-04", "12", "England and Wales", "41.5", "ONS, table 6")
    assert why("benchmark", [good]) == []
    assert why("benchmark", [("M06", "2026-04", "12", "England and Wales", "41.5", "ONS")]) == [
        (2, "These months are not over yet.")
    ]
    assert why("benchmark", [("M99", "2025-04", "12", "England", "1", "ONS")])[0][1].startswith("measure: “M99” is no")
    assert why("benchmark", [("M06", "2025-04", "0", "England", "1", "ONS")])[0][1].startswith(
        "months: “0” is no number"
    )


def test_words_hold_no_formula_and_nothing_that_cannot_be_seen(force: Unit) -> None:
    row = ("2026-03", "NP", "Referrals to the refuge", "12", "Refuge")
    assert why("partner", [row]) == []
    assert (
        "begins like a formula"
        in read(
            KINDS["partner"], raw('month,area,figure,value,source\n2026-03,NP,"=cmd()",12,Refuge\n'), TODAY
        ).rejects[0][1]
    )
    assert why("partner", [(*row[:4], "Re\u202efuge")]) == [
        (2, "source: Holds a character that cannot be seen. Type it again.")
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"  \n", "The file is empty."),
        (b"PK\x03\x04rest", "This is a spreadsheet. Save it as CSV"),
        (HEADS.encode() + b"2026-03,NP,recorded,all,,5\n" + b"\xff", "The file is not in UTF-8."),
        (HEADS.encode("utf-16"), "The file is not in UTF-8."),
        (HEADS.encode() + b"\x00", "The file is no text."),
        (HEADS.encode(), "The file has no rows beneath its headings."),
        (HEADS.encode() + b'2026-03,"NP', "The file is no CSV"),
        (b"month;area;figure;class;outcome;value\n", "parted by commas: month, area, figure, class, outcome, value."),
        (b"month,area\n2026-03,NP\n", "These are missing: figure, class, outcome, value."),
        (b"month,area,figure,class,outcome,value,surname\n", "There are columns that are not asked for."),
        (b"month,area,figure,class,outcome,value,value\n", "A heading stands there twice."),
        (b"x" * (reading_of.MOST_BYTES + 1), "The file is larger than 2 MB."),
    ],
)  # fmt: skip
def test_what_is_no_such_file_says_what_to_do(force: Unit, content: bytes, sentence: str) -> None:
    with pytest.raises(NotAFile) as problem:
        read(KINDS["crime"], content, TODAY)
    assert sentence in str(problem.value)


def test_a_file_of_too_many_rows_is_divided_and_a_row_of_too_few_cells_is_wrong(
    force: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(KINDS["crime"], raw(HEADS + "2026-03,NP\n"), TODAY).rejects == [
        (2, "Has 2 cells, and the headings are 6.")
    ]
    monkeypatch.setattr(reading_of, "MOST_ROWS", 2)
    with pytest.raises(NotAFile, match="Divide it by months"):
        read(KINDS["crime"], file_of("crime", [crimes(f"2026-0{month}", "NP", 1) for month in (1, 2, 3)]), TODAY)


MONTHS = st.integers(0, 400).map(lambda number: after(date(1993, 1, 1), number))
COUNTS = st.integers(0, 10**9)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.tuples(MONTHS, st.sampled_from([code for code, _ in CLASSES]), COUNTS), min_size=1, max_size=30))
def test_what_is_written_by_the_template_is_read_as_it_was_meant(rows: list[tuple[date, str, int]]) -> None:
    """Without a database: the areas are known beforehand."""
    written = [crimes(f"{month:%Y-%m}", "NP", value, group) for month, group, value in rows]
    force = Unit(pk=1, name="Northshire Police", code="NP", lineage=[1])
    found, rejects = lines(file_of("crime", written), Known({"np": force}, TODAY))
    assert rejects == []
    assert [(line["begins_on"], line["group"], line["value"]) for line in found] == rows


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=20), min_size=6, max_size=6))
def test_whatever_stands_in_a_row_it_is_taken_or_has_a_sentence(cells: list[str]) -> None:
    force = Unit(pk=1, name="Northshire Police", code="NP", lineage=[1])
    found, rejects = lines(file_of("crime", [cells]), Known({"np": force}, TODAY))
    assert len(found) + len(rejects) <= 1
    assert all(sentence.endswith(".") for sentence in rejects)


def lines(content: bytes, near: Known) -> tuple[list[dict[str, Any]], list[str]]:
    kind, taken, rejects = KINDS["crime"], list[dict[str, Any]](), list[str]()
    for number, row in enumerate(rows_in(content)[1:], start=2):
        try:
            taken.append(reading_of.line_of(kind, number, list(kind.columns), row, near).said)
        except Wrong as wrong:
            rejects.append(str(wrong))
    return taken, rejects


def test_the_table_names_each_code_once_and_fits_its_columns() -> None:
    for row in TABLE:
        assert len(set(row.heads)) == len(row.heads)
        for column in row.columns:
            codes = [code for code, _label in column.choices]
            assert len(set(codes)) == len(codes) and all(len(code) <= 40 for code in codes)
    assert set(WITH_REASONS) <= {code for code, _ in (*COURT_FIGURES, *ORDER_FIGURES)} and REASONS
