"""Figures that are frozen: counted once, the same whoever asks, never changed by what is learned later."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from accounts.models import Unit, User
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import Question, Window, ask
from reporting.models import Snapshot, SnapshotContent, SnapshotFigures
from reporting.packs.declare import PACKS
from reporting.packs.making import digest, fingerprint
from tests.cast import text_of
from tests.reporting.packs.packing import OCTOBER, asked, block, cell, figures_of, made, one_more, reports, withdrawn
from workflow.models import Refusal, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
LATE = datetime(2026, 10, 12, 9, tzinfo=UTC)
ALL = [code for code in PACKS if code != "figure"]


@pytest.mark.parametrize("code", ALL)
def test_each_pack_of_a_force_in_which_nothing_happened_is_made_and_makes_nothing_up(
    code: str, ari: User, dana: User
) -> None:
    snapshot = made(code, ari)
    assert snapshot.state == "made" and snapshot.job.stage == "made" and snapshot.papers.count() == 1
    cells = [
        each for one in figures_of(snapshot).blocks for table in one["tables"] for row in table["rows"] for each in row
    ]
    assert all(isinstance(each, str) for each in cells) and not {"None", "nan", "0.0"} & set(cells)


@pytest.mark.parametrize("code", ALL)
def test_each_pack_says_every_block_that_the_table_names_with_its_theme(
    code: str, ari: User, nr3: Unit, ellen: User
) -> None:
    reports(6, nr3, ellen)
    kept = figures_of(made(code, ari)).blocks
    assert [(one["name"], one["theme"]) for one in kept] == [(one.name, one.theme) for one in PACKS[code].blocks]
    assert all(one["title"] for one in kept)


@pytest.mark.requirement("S2-026", "S1-013")
def test_the_monthly_pack_says_what_the_explorer_says(ari: User, nr3: Unit, ellen: User) -> None:
    reports(7, nr3, ellen)
    snapshot = made("performance", ari)
    window = Window(snapshot.first_on, snapshot.last_on)
    for name, code, part, label in (
        ("figure-m01", "M01", "reports", "Reports in all"), ("figure-m24", "M24", "high", "High"),
    ):  # fmt: skip
        value = ask(Question(MEASURES[code], window)).value(part)
        assert value.some == 7 and cell(snapshot, name, label) == "7"
        if value.whole is not None:
            assert cell(snapshot, name, label, 3) == value.shown
    arrests = ask(Question(MEASURES["M06"], window)).value("rate")
    headline = block(snapshot, "figure-m06")["headline"]
    assert (headline["shown"], headline["numbers"][:7]) == (arrests.shown, "7 of 7.")


def test_what_is_recorded_later_changes_no_pack_that_is_made(ari: User, nr3: Unit, ellen: User) -> None:
    reports(5, nr3, ellen)
    snapshot = made("performance", ari)
    before = figures_of(snapshot)
    one_more(nr3, ellen, "DA-2026-900001", LATE)
    assert ask(Question(MEASURES["M01"], Window(snapshot.first_on, snapshot.last_on))).value("reports").some == 6
    after = figures_of(snapshot)
    assert (after.blocks, after.fingerprint, after.as_at) == (before.blocks, before.fingerprint, before.as_at)
    assert cell(snapshot, "figure-m01", "Reports in all") == "5"


def test_the_same_facts_have_the_same_fingerprint_and_other_facts_another(ari: User, nr3: Unit, ellen: User) -> None:
    reports(5, nr3, ellen)
    first = figures_of(made("performance", ari))
    withdrawn(first.snapshot, ari)
    second = figures_of(made("performance", ari))
    assert second.fingerprint == first.fingerprint and second.made_by == first.made_by
    assert second.fingerprint == fingerprint(second.blocks, second.made_by)
    one_more(nr3, ellen, "DA-2026-900001", LATE)
    withdrawn(second.snapshot, ari)
    third = figures_of(made("performance", ari))
    assert third.fingerprint != first.fingerprint and third.made_by == first.made_by


def test_another_definition_shows_in_the_fingerprint_of_the_definitions() -> None:
    texts = [one.made_by() for one in PACKS["performance"].blocks]
    assert digest(iter(texts)) == digest(iter(texts)) != digest(iter([*texts[:-1], f"{texts[-1]} "]))
    assert any("SELECT" in text for text in texts)


def test_the_database_itself_keeps_figures_and_papers_as_they_are(ari: User) -> None:
    snapshot = made("caseload", ari)
    for rows, changed in ((SnapshotFigures.objects, {"blocks": []}), (SnapshotContent.objects, {"pdf": b"x"})):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            rows.filter(snapshot=snapshot).update(**changed)  # type: ignore[attr-defined]
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            rows.filter(snapshot=snapshot).delete()  # type: ignore[attr-defined]
    with pytest.raises(ProtectedError), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).delete()


def test_asked_for_twice_is_a_sentence_with_the_way_to_the_one_that_is_there(
    ari: User, kofi: User, sign_in: Any
) -> None:
    snapshot = made("caseload", ari)
    with pytest.raises(Refused, match=f"there already: pack {snapshot.number}") as refused:
        asked("caseload", kofi)
    assert refused.value.kind is Refusal.GUARD and Snapshot.objects.count() == 1
    said = {"pack": "caseload", "begins": OCTOBER, "over": "", "token": "t" * 32}
    page = sign_in(kofi).post("/packs/new/", said)
    assert page.status_code == 422 and f'href="{snapshot.get_absolute_url()}"' in text_of(page)
    withdrawn(snapshot, ari)
    assert made("caseload", kofi).pk != snapshot.pk


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"pack": "performance", "begins": "2099-01"}, "That time is not over yet"),
        ({"pack": "performance", "begins": "October"}, "year and month"),
        ({"pack": "partners", "begins": "2026-08"}, "calendar quarters"),
        ({"pack": "partners", "begins": "2026-07", "over": "NG"}, "of the whole force"),
        ({"pack": "nothing", "begins": "2026-07"}, "pack"),
        ({"pack": "performance", "begins": ""}, "Enter the first month"),
        ({"pack": "performance", "begins": "2026-10", "over": "ZZ"}, "No open unit has that code"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence_and_nothing_is_half_made(
    said: dict[str, str], sentence: str, ari: User, northgate: Unit, sign_in: Any
) -> None:
    page = sign_in(ari).post("/packs/new/", {"over": "", "token": "t" * 32, **said})
    assert page.status_code == 422 and sentence in text_of(page)
    assert not Snapshot.objects.exists()


def test_a_unit_s_pack_counts_the_unit_alone_and_is_for_who_answers_for_it(
    ari: User, iris: User, nr3: Unit, sr1: Unit, ellen: User, northgate: Unit, southmere: Unit
) -> None:
    reports(5, nr3, ellen)
    one_more(sr1, ellen, "DA-2026-900002", LATE)
    ours = made("performance", iris, over="NG")
    assert cell(ours, "figure-m01", "Reports in all") == "5"
    assert cell(made("performance", ari), "figure-m01", "Reports in all") == "6"
    with pytest.raises(Refused, match="does not make this pack of that unit"):
        asked("performance", iris, over="SM")


def test_decisions_are_drawn_without_names_from_cases_that_many_may_know_of(ari: User, nr3: Unit, ellen: User) -> None:
    reports(2, nr3, ellen)
    snapshot = made("inspection", ari)
    assert block(snapshot, "trails")["title"] == "Decisions as they were taken"
    assert ellen.last_name not in str(figures_of(snapshot).blocks)


def test_of_a_restricted_case_no_team_is_said(ari: User, nr3: Unit, ellen: User) -> None:
    reports(2, nr3, ellen, restricted=True)
    snapshot = made("caseload", ari)
    assert cell(snapshot, "by-team", "Restricted, of no team", 4) == "2"
    assert nr3.name not in str(block(snapshot, "by-team"))
