"""M44: how far a group lies from everybody, how sure that is, and of whom the group is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO
from math import sqrt
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models import Involvement
from people.models import Description
from reporting.measures.declare import MEASURES
from reporting.measures.gaps import comparable, gaps, groups_by, offered, sure_of
from reporting.measures.reckon import NotOffered, Question, Value, Window
from tests.cast import client_of, text_of
from tests.reporting.measures.generated import plant

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
NEVER = dict.fromkeys(("arrest", "charge", "verdict", "dash", "later", "action", "due", "plan"))
NOT_SO = dict.fromkeys(("no_abuse", "struck", "restricted", "police", "dropped", "refused"), False)
SAID = {**NEVER, **NOT_SO, "unit": 0, "suspect": 0, "crimes": [], "grade": "high", "bwv": "", "days": 3}


def test_the_interval_is_that_of_the_paper_made_smaller_by_the_share_of_the_others() -> None:
    """Newcombe 1998, method 10: of 56 in 70 and 48 in 80 the difference lies between 5.24 and 33.39 points."""
    found = sure_of(Value(56, 70), Value(56 + 48, 70 + 80))
    assert found is not None
    assert found.lower == pytest.approx(5.24 * 80 / 150, abs=0.01) and found.upper == pytest.approx(
        33.39 * 80 / 150, abs=0.01
    )


def wilson(some: int, whole: int) -> tuple[float, float]:
    """Of a share, both ends in 100; the roots of (p - x)² = z² x (1 - x) / n."""
    z, p = 1.959963984540054, some / whole
    a, b, c = 1 + z * z / whole, -(2 * p + z * z / whole), p * p
    root = sqrt(max(b * b - 4 * a * c, 0))
    return 100 * (-b - root) / (2 * a), 100 * (-b + root) / (2 * a)


NUMBERS = st.integers(1, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@settings(max_examples=200, derandomize=True)
@given(group=NUMBERS, others=NUMBERS)
def test_a_gap_and_its_interval_are_what_is_reckoned_by_hand(group: tuple[int, int], others: tuple[int, int]) -> None:
    everybody = Value(group[0] + others[0], group[1] + others[1])
    found = sure_of(Value(*group), everybody)
    one, two = 100 * group[0] / group[1], 100 * others[0] / others[1]
    (low, high), (lower, upper) = wilson(*group), wilson(*others)
    share = others[1] / (group[1] + others[1])
    assert found is not None
    assert found.lower == pytest.approx(share * (one - two - sqrt((one - low) ** 2 + (upper - two) ** 2)), abs=1e-6)
    assert found.upper == pytest.approx(share * (one - two + sqrt((high - one) ** 2 + (two - lower) ** 2)), abs=1e-6)
    apart = one - 100 * (group[0] + others[0]) / (group[1] + others[1])
    assert found.lower - 1e-9 <= apart <= found.upper + 1e-9


def test_whoever_is_everybody_lies_apart_from_nobody() -> None:
    assert sure_of(Value(5, 10), Value(5, 10)) is None  # no others
    assert sure_of(Value(0, 0), Value(5, 10)) is None
    assert sure_of(Value(12, 10), Value(20, 30)) is None  # more than one for each: no share


@pytest.fixture
def asked(nr3: Unit, ellen: User) -> dict[str, Any]:
    """Three reports with a DASH of three of White British women, none of two others: one Indian, one of whom nothing is said."""
    told = [SAID | {"victim": victim, "dash": 1 if victim == 0 else None} for victim in (0, 0, 0, 1, 2)]
    plant(told, [nr3], ellen)
    for row in Involvement.objects.filter(part="victim").order_by("pk"):
        nth = list(
            dict.fromkeys(Involvement.objects.filter(part="victim").order_by("pk").values_list("person", flat=True))
        )
        said = {0: "W1", 1: "A1"}.get(nth.index(row.person_id))
        if said:
            about = {"person": row.person, "topic": "ethnicity", "answer": said}
            Description.objects.create(case=row.case, recorded_by=ellen, **about)
    return {}


@pytest.mark.django_db
def test_each_group_lies_so_many_points_from_everybody_and_who_is_not_known_is_said(asked: dict[str, Any]) -> None:
    measure = MEASURES["M25"]
    found = gaps(measure.part("done"), Question(measure, YEAR, "ethnicity"))
    assert (found.whole.some, found.whole.whole) == (3, 5)
    assert {gap.group: (gap.value.some, gap.value.whole, gap.apart) for gap in found.rows} == {
        "W1": (3, 3, Decimal(40)), "A1": (0, 1, Decimal(-60)), "": (0, 1, Decimal(-60)),
    }  # fmt: skip
    assert (found.unknown.some, found.unknown.whole) == (1, 5)


@pytest.mark.django_db
def test_what_cannot_be_compared_is_refused_with_a_sentence(nr3: Unit) -> None:
    for code, part, by in (("M01", "reports", "ethnicity"), ("M25", "done", "team"), ("M38", "satisfied", "stage")):
        measure = MEASURES[code]
        with pytest.raises(NotOffered, match="cannot be compared"):
            gaps(measure.part(part), Question(measure, YEAR, by))


def test_every_measure_that_is_offered_has_a_rate_and_a_group_and_no_private_one_is_among_them() -> None:
    assert {"M03", "M08", "M20", "M25"} <= {row.code for row in offered()}
    assert all(comparable(row) and groups_by(row) and not row.private for row in offered())


@pytest.mark.django_db
@pytest.mark.requirement("S3-094")
@pytest.mark.parametrize(
    ("code", "part"), [("m25", "in-time"), ("m05", "in-time"), ("m08", "charged"), ("m06b", "all"), ("m27", "referred")]
)
@pytest.mark.parametrize("by", ["gender", "ethnicity", "disability", "age"])
def test_how_soon_what_became_of_it_and_who_was_referred_is_compared_by_what_people_are(
    code: str, part: str, by: str, asked: dict[str, Any], ari: User
) -> None:
    page = client_of(ari).get(f"/figures/m44/?of={code}&part={part}&by={by}&from=2026-01&to=2026-11")
    assert page.status_code == 200
    assert "the group is not known" in text_of(page) and "Points from everybody" in text_of(page)


@pytest.mark.django_db
def test_the_page_shows_the_gap_its_interval_and_who_is_not_known(asked: dict[str, Any], ari: User) -> None:
    browser = client_of(ari)
    page = text_of(browser.get("/figures/m44/?of=m25&part=done&by=ethnicity&from=2026-01&to=2026-11"))
    assert "Of 1 of 5 the group is not known" in page and "+40.0" in page and "−60.0" in page
    assert "Ask why" in page or "May be chance" in page
    file = browser.get("/figures/m44/file/csv/?of=m25&part=done&by=ethnicity&from=2026-01&to=2026-11").content.decode(
        "utf-8-sig"
    )
    assert "Equality gap: DASH done, and done in time" in file and ",-60.0," in file
    assert ",40.0," in file and "group not known" in file


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("?of=m01", "cannot be compared between groups"), ("?of=m99", "There is no measure"), ("?of=m44", "cannot be compared"),
        ("?of=m25&by=team", "cannot be compared by that"), ("?of=m25&from=2026-10&to=2026-01", "ends before it begins"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_gets_a_sentence(address: str, sentence: str, ari: User) -> None:
    answer = client_of(ari).get(f"/figures/m44/{address}")
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert client_of(ari).get(f"/figures/m44/file/csv/{address}").status_code == 404


@pytest.mark.django_db
def test_the_command_prints_the_gap_and_refuses_what_the_page_refuses(asked: dict[str, Any]) -> None:
    window = ("--from", "2026-01-01", "--to", "2026-12-31")
    out = StringIO()
    call_command("measures", *window, "--measure", "M44", "--of", "M25", "--by", "ethnicity", stdout=out)
    assert "from everybody" in out.getvalue() and ",-60.0," in out.getvalue()
    for wrong in (
        ("--measure", "M44"),
        ("--measure", "M44", "--of", "M01", "--by", "ethnicity"),
        ("--measure", "M25", "--of", "M08"),
    ):
        with pytest.raises(CommandError):
            call_command("measures", *window, *wrong, stdout=StringIO())
