"""Figures from outside: brought in by one, confirmed by another, corrected by a later file, and never half there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access, Event
from reporting.models import OutsideFigure, OutsideFile, OutsideImport
from reporting.models.outside import OutsideKind
from reporting.outside import pages
from reporting.outside.standing import benchmarks, by_month, people, whole
from tests.cast import client_of, person, take, text_of
from tests.reporting.outside import COURTS, SOURCE, brought, confirmed, crimes, file_of, rows_in, second
from workflow import engine
from workflow.models import Refusal, Refused

SignIn = Callable[[User | None], Client]
MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))
S = OutsideImport.State


@pytest.fixture
def mo(force: Unit) -> User:
    return second(force)


def sent(content: bytes, name: str = "figures.csv") -> dict[str, Any]:
    return {"source": SOURCE, "words": "", "file": SimpleUploadedFile(name, content), "token": "t" * 32}


def test_nothing_counts_before_somebody_else_has_confirmed_it(ari: User, mo: User, force: Unit) -> None:
    run = brought("crime", [crimes("2026-03", "NP", 1204)], ari)
    assert (run.state, run.rows, run.first_on) == (S.WAITING, 1, MARCH) and not OutsideFigure.objects.exists()
    with pytest.raises(Refused, match="somebody else must decide"):
        take(run, "confirm", ari)
    done = take(run, "confirm", mo)
    assert (done.state, done.decided_by) == (S.IN_FORCE, mo)
    assert whole("crime", "recorded", MARCH, APRIL, force, group="all") == 1204
    assert [event.name for event in Event.objects.filter(subject_type="reporting.outsideimport").order_by("pk")] == [
        "outside-import.propose", "outside-import.confirm"
    ]  # fmt: skip


def test_the_database_itself_wants_two_people_and_a_whole_file(ari: User, mo: User) -> None:
    run = brought("crime", [crimes("2026-03", "NP", 1204)], ari)
    for wrong in ({"decided_by": ari}, {"rejected": 1}, {"rows": 0}, {"state": S.IN_FORCE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutsideImport.objects.filter(pk=run.pk).update(**wrong)


def test_a_file_with_one_wrong_row_is_not_taken_at_all_and_the_row_comes_back_with_why(
    ari: User, mo: User, sign_in: SignIn
) -> None:
    rows = [crimes("2026-03", "NP", 1204), crimes("2026-03", "Narnia", 7), crimes("2026-04", "NP", "=1+1")]
    run = brought("crime", rows, ari)
    assert (run.state, run.rejected) == (S.REJECTED, 2)
    with pytest.raises(Refused):
        take(run, "confirm", mo)
    browser = sign_in(ari)
    page = text_of(browser.get(run.get_absolute_url()))
    assert "Nothing of this file was taken." in page and "is no area of the force" in page
    answer = browser.get(f"{run.get_absolute_url()}rejects/")
    assert answer["Content-Disposition"] == f'attachment; filename="rejects of import {run.pk}.csv"'
    file = rows_in(answer.content)
    assert file[0] == ["month", "area", "figure", "class", "outcome", "value", "row", "why"]
    assert [row[-2] for row in file[1:]] == ["3", "4"] and file[1][1] == "Narnia"
    assert file[2][5] == "'=1+1" and file[2][-1].startswith("value: ")
    again = brought("crime", [crimes("2026-03", "NP", 1204), crimes("2026-04", "NP", 2)], ari)
    assert again.state == S.WAITING


def test_the_same_file_twice_is_told_so_until_the_first_is_out_of_the_way(ari: User, mo: User) -> None:
    rows = [crimes("2026-03", "NP", 1204)]
    run = brought("crime", rows, ari)
    with pytest.raises(Refused, match=f"it is import {run.pk}, waiting for a second person") as refused:
        brought("crime", rows, mo)
    assert refused.value.kind is Refusal.GUARD
    take(run, "take-back", ari)
    later = brought("crime", rows, mo)
    assert OutsideFile.objects.count() == 1 and take(later, "confirm", ari).state == S.IN_FORCE
    with pytest.raises(Refused, match="in force"):
        brought("crime", rows, ari)


def test_a_later_file_takes_the_place_of_what_was_said_of_the_same_and_the_old_stays(
    ari: User, mo: User, force: Unit
) -> None:
    old = confirmed("prosecution", COURTS, ari, mo)
    less = [("2026-03", "NP", "unsuccessful", "", "18"), ("2026-03", "NP", "unsuccessful", "witness", "18")]
    new = confirmed("prosecution", less, ari, mo)
    rows = OutsideFigure.objects.in_force().filter(figure="unsuccessful")
    assert {(row.reason, int(row.value)) for row in rows} == {("", 18), ("witness", 18)}
    assert whole("prosecution", "convicted", MARCH, APRIL, force) == 70
    assert old.figures.count() == len(COURTS)
    take(new, "withdraw", mo)
    rows = OutsideFigure.objects.in_force().filter(figure="unsuccessful")
    assert {(row.reason, int(row.value)) for row in rows} == {("", 20), ("victim_withdrew", 12)}


def test_the_area_s_own_figure_counts_or_the_sum_of_what_is_beneath_it_each_once(
    ari: User, mo: User, force: Unit, northgate: Unit, southmere: Unit, nr3: Unit
) -> None:
    rows = [
        crimes("2026-03", "NG", 100), crimes("2026-03", "NR3", 60), crimes("2026-03", "SM", 40),
        crimes("2026-04", "NP", 500), crimes("2026-04", "NG", 100),
    ]  # fmt: skip
    confirmed("crime", rows, ari, mo)
    found = by_month("crime", "recorded", MARCH, MAY, force, group="all")
    assert {day: (month.value, month.areas) for day, month in found.items()} == {MARCH: (140, 2), APRIL: (500, 1)}
    assert by_month("crime", "recorded", MARCH, MAY, southmere, group="all").keys() == {MARCH}


def test_a_month_that_nobody_gave_is_unknown_and_no_sum_is_made_without_it(ari: User, mo: User, force: Unit) -> None:
    confirmed("crime", [crimes("2026-03", "NP", 100), crimes("2026-05", "NP", 0)], ari, mo)
    assert whole("crime", "recorded", MARCH, JUNE, force, group="all") is None
    assert whole("crime", "recorded", MAY, JUNE, force, group="all") == 0
    assert whole("crime", "recorded", MARCH, MARCH, force, group="all") is None


def test_who_lives_here_is_asked_of_the_newest_estimate_by_then(ari: User, mo: User, force: Unit) -> None:
    def of(year: str, more: int) -> list[tuple[str, ...]]:
        return [
            (year, "NP", "", "", "", str(1000 + more)), (year, "NP", "", "16+", "F", str(400 + more)),
            (year, "NP", "W", "", "", str(800 + more)), (year, "NP", "A", "", "", "150"),
        ]  # fmt: skip

    confirmed("population", of("2024", 0), ari, mo)
    confirmed("population", of("2025", 9), ari, mo)
    assert people(force, date(2024, 12, 31)) == (date(2024, 1, 1), {"": Decimal(1000)})
    assert people(force, date(2026, 7, 1), "ethnicity") == (date(2025, 1, 1), {"W": Decimal(809), "A": Decimal(150)})
    assert people(force, date(2023, 7, 1)) == (None, {})


def test_what_others_publish_of_a_measure_stands_with_its_source_and_period(
    ari: User, mo: User, force: Unit, sign_in: SignIn
) -> None:
    rows = [
        ("M06", "2025-04", "12", "England and Wales", "41.5", "ONS, table 6"),
        ("M06", "2024-04", "12", "England and Wales", "43", "ONS, table 6"),
        ("M24", "2025-04", "12", "Westshire", "12", "Their annual report"),
    ]
    confirmed("benchmark", rows, ari, mo)
    found = benchmarks("M06", date(2025, 6, 1), date(2026, 6, 1))
    assert [(one.place, one.begins_on, one.months, one.value, one.source) for one in found] == [
        ("England and Wales", date(2025, 4, 1), 12, Decimal("41.5"), "ONS, table 6")
    ]
    assert len(benchmarks("M06", date(2025, 3, 1), date(2026, 6, 1))) == 2
    page = text_of(sign_in(ari).get("/outside/benchmark/"))
    assert all(word in page for word in ("M06", "England and Wales", "41.5", "ONS, table 6", "2025-04", "Westshire"))


@pytest.mark.requirement("S3-170")
def test_what_partners_count_is_brought_in_and_shown_with_who_sent_it(ari: User, mo: User, sign_in: SignIn) -> None:
    rows = [("2026-03", "NP", "Referrals to the refuge", "12", "Northgate Refuge")]
    confirmed("partner", rows, ari, mo)
    page = text_of(sign_in(mo).get("/outside/partner/"))
    assert all(word in page for word in ("Referrals to the refuge", "12", "Northgate Refuge", "2026-03"))


def test_a_file_is_brought_in_on_the_page_and_confirmed_with_what_it_would_replace_beside_it(
    ari: User, mo: User, sign_in: SignIn
) -> None:
    confirmed("crime", [crimes("2026-03", "NP", 1111)], ari, mo)
    browser = sign_in(ari)
    assert "month,area,figure,class,outcome,value" in (
        browser.get("/outside/crime/template/").content.decode().replace('"', "")
    )
    answer = browser.post("/outside/crime/new/", sent(file_of("crime", [crimes("2026-03", "NP", 1204)])))
    run = OutsideImport.objects.latest("pk")
    assert answer.status_code == 302 and answer["Location"] == f"/outside/imports/{run.pk}/"
    assert (run.recorded_by, run.source, run.state) == (ari, SOURCE, S.WAITING)
    page = text_of(sign_in(mo).get(run.get_absolute_url()))
    assert "1204" in page and "1111" in page and "Confirm these figures" in page
    assert "You asked for it" in text_of(browser.get(run.get_absolute_url()))
    answer = sign_in(mo).post(
        f"/work/outside-import/{run.pk}/confirm/", {"reason": "Checked against the table.", "seen": 1}
    )
    assert answer.status_code == 302 and answer["Location"] == run.get_absolute_url()


def test_a_form_sent_twice_makes_one_import(ari: User, sign_in: SignIn) -> None:
    browser, content = sign_in(ari), file_of("crime", [crimes("2026-03", "NP", 1204)])
    first, again = (browser.post("/outside/crime/new/", sent(content)) for _ in range(2))
    assert first["Location"] == again["Location"] and OutsideImport.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}, "This is a spreadsheet."),
        ({"file": SimpleUploadedFile("a.csv", b"\xff\xfe\x00")}, "The file is not in UTF-8."),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "The file is empty."),
        ({"file": ""}, "Choose a file"),
        ({"source": ""}, "Say who published it, and where"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_a_sentence_and_nothing_is_made(
    ari: User, sign_in: SignIn, said: dict[str, Any], sentence: str
) -> None:
    for one in said.values():
        if hasattr(one, "seek"):
            one.seek(0)
    data = {**sent(file_of("crime", [crimes("2026-03", "NP", 1)])), **said}
    answer = sign_in(ari).post("/outside/crime/new/", data)
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert not OutsideImport.objects.exists() and not OutsideFile.objects.exists()


def test_the_same_file_again_is_a_sentence_on_the_page(ari: User, mo: User, sign_in: SignIn) -> None:
    content = file_of("crime", [crimes("2026-03", "NP", 1)])
    browser = sign_in(ari)
    browser.post("/outside/crime/new/", sent(content))
    answer = browser.post("/outside/crime/new/", {**sent(content), "token": "u" * 32})
    assert answer.status_code == 422 and "This very file was brought in already" in text_of(answer)


def test_only_whoever_has_the_role_over_the_whole_force_brings_in_and_confirms(
    ari: User, iris: User, ellen: User, dana: User, sign_in: SignIn
) -> None:
    run = brought("crime", [crimes("2026-03", "NP", 1)], ari)
    with pytest.raises(Refused) as refused:
        take(run, "confirm", iris)  # a superintendent of one division
    assert refused.value.kind is Refusal.ROLE
    assert sign_in(iris).get(run.get_absolute_url()).status_code == 200
    for who in (ellen, dana):
        browser = sign_in(who)
        assert browser.get(run.get_absolute_url()).status_code == 404
        assert browser.get("/outside/").status_code == 403
        assert browser.get("/outside/crime/new/").status_code == 404


def test_no_step_takes_words_in_the_place_of_a_file(ari: User, force: Unit) -> None:
    said = {"kind": "crime", "source": SOURCE, "file": "0" * 64}
    for step in ("propose", "reject"):
        with pytest.raises(Refused) as refused:
            engine.perform(OutsideImport(unit=force), step, by=ari, evidence=said, files={"file": b"x"})
        assert refused.value.kind is Refusal.FORM
    assert not OutsideImport.objects.exists()


def test_a_file_that_reads_otherwise_by_now_is_not_confirmed(ari: User, mo: User, northgate: Unit) -> None:
    run = brought("crime", [crimes("2026-03", "NG", 1)], ari)
    Unit.objects.filter(pk=northgate.pk).update(code="NGX", name="Northgate and Mill")
    with pytest.raises(Refused, match="Not any more. Row 2 can no longer be taken"):
        take(run, "confirm", mo)
    assert not OutsideFigure.objects.exists()


def test_what_was_refused_or_taken_back_never_counts_and_stays_readable(ari: User, mo: User, sign_in: SignIn) -> None:
    refused = take(brought("crime", [crimes("2026-03", "NP", 1)], ari), "refuse", mo)
    back = take(brought("crime", [crimes("2026-03", "NP", 2)], ari), "take-back", ari)
    with pytest.raises(Refused, match="only they may take it back"):
        take(brought("crime", [crimes("2026-03", "NP", 3)], ari), "take-back", mo)
    assert (refused.state, back.state) == (S.REFUSED, S.TAKEN_BACK) and not OutsideFigure.objects.exists()
    assert "Refused" in text_of(sign_in(ari).get(refused.get_absolute_url()))


def test_lists_are_paged_and_ask_as_much_for_fifty_as_for_one(
    ari: User, mo: User, force: Unit, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    months = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]
    confirmed("crime", [crimes(months[0], "NP", 1)], ari, mo)
    browser = sign_in(ari)
    paths = ("/outside/", "/outside/crime/", OutsideImport.objects.get().get_absolute_url())
    few = [asked(browser, path) for path in paths]
    confirmed("crime", [crimes(month, "NP", 5) for month in months], ari, mo)
    for value in range(30):
        brought("crime", [crimes("2026-03", "NP", value)], ari)
    newest = OutsideImport.objects.filter(state=S.IN_FORCE).latest("pk").get_absolute_url()
    many = [asked(browser, path) for path in (*paths[:2], newest)]
    assert all(more <= less + 1 for less, more in zip(few, many, strict=True)), (few, many)
    page = text_of(browser.get("/outside/"))
    assert "Next page" in page and page.count("app-in-hand__item") == 25 + len(OutsideKind)
    monkeypatch.setattr(pages, "ROWS", 10)
    assert "from=10" in text_of(browser.get(newest)) and "from=20" in text_of(browser.get("/outside/crime/?from=10"))
    assert "Next page" not in text_of(browser.get("/outside/crime/?from=30"))


def asked(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def test_whoever_looks_is_written_down(ari: User, sign_in: SignIn) -> None:
    run = brought("crime", [crimes("2026-03", "NP", 1)], ari)
    sign_in(ari).get(run.get_absolute_url())
    assert Access.objects.filter(by=ari, what=f"reporting.outsideimport:{run.pk}", kind="view").count() == 1


def test_a_month_is_over_by_the_day_in_london(ari: User, sign_in: SignIn) -> None:
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    content = file_of("crime", [crimes(f"{last:%Y-%m}", "NP", 1)])
    assert sign_in(ari).post("/outside/crime/new/", sent(content)).status_code == 302
    assert OutsideImport.objects.get().state == S.WAITING


def test_the_liaison_of_the_cps_brings_in_what_the_courts_say_but_confirms_nothing(ari: User, force: Unit) -> None:
    lena = person("CPS liaison", "", "Lena Fox", ("cps_liaison", force))
    assert client_of(lena).get("/outside/prosecution/new/").status_code == 200
    assert brought("prosecution", COURTS, lena).state == S.WAITING
    with pytest.raises(Refused):
        take(brought("crime", [crimes("2026-03", "NP", 1)], ari), "confirm", lena)
