"""Instruments: a published version never changes, and what was asked five years ago reads as it was asked."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.db.utils import DatabaseError
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from cases.models import Incident
from risk.models import Assessment, Fixed, Instrument, InstrumentVersion, Question, Section, rows_of
from risk.panels import assessments_of
from risk.services import load_instrument
from risk.services.instruments import DASH_2009
from tests.administration.conftest import una
from tests.cast import client_of
from tests.risk.story import answer_all, begun, fresh, give_reasons, grade
from workflow import engine
from workflow.declare import WORKFLOWS
from workflow.models import Refused

__all__ = ["una"]


def published() -> InstrumentVersion:
    return InstrumentVersion.objects.get(instrument__code="dash", number=1)


def second_wording(folder: Path, valid_from: date, **changed: Any) -> Path:
    said = json.loads(DASH_2009.read_text())
    said |= {"number": 2, "valid_from": valid_from.isoformat(), **changed}
    for part in said["sections"]:
        part["label"] = f"New {part['label']}"
        for row in part["questions"]:
            row["label"] = f"New wording of {row['number']}?"
    path = folder / "dash-next.json"
    path.write_text(json.dumps(said))
    return path


def test_the_dash_that_ships_has_its_questions_counts_and_critical_factors(db: None) -> None:
    rows = Question.objects.filter(version=published())
    assert rows.count() == 27 and rows.filter(counts_toward__contains=["ric24"]).count() == 24
    assert set(rows.exclude(counts_toward__contains=["ric24"]).values_list("number", flat=True)) == {10, 11, 12}
    assert set(rows.filter(is_critical=False).values_list("number", flat=True)) == {1, 3, 5, 10, 21, 23, 26, 27}
    assert len(published().sha256) == 64


@pytest.mark.parametrize("model", [InstrumentVersion, Section, Question])
@pytest.mark.rule("R-01")
def test_a_published_version_is_refused_by_save_and_delete(db: None, model: type[Model]) -> None:
    row: Any = model._default_manager.order_by("pk").first()
    with pytest.raises(Fixed):
        row.save()
    with pytest.raises(Fixed):
        row.delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE risk_question SET label = 'x' WHERE number = 18",
        "DELETE FROM risk_question",
        "UPDATE risk_section SET label = 'x'",
        "UPDATE risk_instrumentversion SET sha256 = 'x'",
        "UPDATE risk_instrumentversion SET status = 'draft'",
        "DELETE FROM risk_instrumentversion",
        "INSERT INTO risk_section (version_id, \"order\", key, label) SELECT max(id), 9, 'x', 'x' FROM"
        " risk_instrumentversion",
    ],
)
@pytest.mark.rule("R-01")
def test_a_published_version_is_refused_by_the_database(db: None, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_published_version_is_refused_in_bulk(db: None) -> None:
    for act in (lambda: Question.objects.update(label="x"), lambda: Section.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


BULK: list[tuple[str, Any]] = [
    ("update", lambda rows: rows.update(label="x")),
    ("delete", lambda rows: rows.all().delete()),
    ("bulk_update", lambda rows: rows.model.objects.bulk_update([changed(row) for row in rows.all()[:2]], ["label"])),
    ("bulk_create", lambda rows: rows.model.objects.bulk_create([copied(rows.first())])),
]


def changed(row: Any) -> Any:
    row.label = "x"
    return row


def copied(row: Any) -> Any:
    row.pk, row.key = None, "another"
    if hasattr(row, "number"):
        row.number = 99
    return row


@pytest.mark.parametrize("model", [Section, Question])
@pytest.mark.parametrize(("name", "act"), BULK)
@pytest.mark.rule("R-01")
def test_a_part_of_a_published_version_is_refused_by_every_bulk_verb(
    db: None, model: type[Model], name: str, act: Any
) -> None:
    with pytest.raises((DatabaseError, Fixed)), transaction.atomic():
        act(model._default_manager.order_by("pk"))


@pytest.mark.parametrize("statement", ["UPDATE risk_instrument SET name = 'x'", "DELETE FROM risk_instrument"])
def test_the_name_over_a_published_version_is_as_fixed_as_its_wording(db: None, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.rule("R-01")
def test_no_page_and_no_address_of_the_api_changes_an_instrument(una: User) -> None:
    """Nothing but a read answers for a version, and no table of steps or rows moves one."""
    browser = client_of(una)
    page = f"/administration/instruments/{published().pk}/"
    assert [browser.post(page).status_code, browser.put(page).status_code, browser.delete(page).status_code] == [
        405
    ] * 3
    assert browser.get(page).status_code == 200
    models = {workflow.model for workflow in WORKFLOWS.values()}
    models |= {kind.model for workflow in WORKFLOWS.values() for kind in workflow.all_rows()}
    assert not models & {Instrument, InstrumentVersion, Section, Question}
    assert not apps.is_installed("django.contrib.admin")


@pytest.mark.rule("R-01")
def test_the_engine_refuses_to_change_a_published_version(dash: Assessment, ellen: User) -> None:
    question: Any = dash.instrument_version.questions.get(number=18)
    with pytest.raises((Refused, Fixed, AttributeError, TypeError, LookupError)), transaction.atomic():
        engine.amend(question, {"label": "x"}, by=ellen, seen=1, beneath=dash)
    assert Question.objects.get(pk=question.pk).label != "x"


@pytest.mark.rule("R-01")
def test_an_assessment_on_a_set_three_versions_old_renders_byte_for_byte_as_it_did(
    dash: Assessment, ellen: User, tmp_path: Path
) -> None:
    answer_all(dash, ellen, yes=(2, 18), q5="declined")
    give_reasons(dash, ellen)
    grade(dash, ellen, "high")
    at = timezone.now()

    def shown() -> tuple[str, str]:
        rows = assessments_of(dash.case, ellen, at)
        screen = render_to_string("risk/answers.html", {"rows": rows[0].rows})
        return screen, render_to_string("risk/panels/dash_paper.html", {"rows": rows})

    before = shown()
    for number, days in ((2, 30), (3, 20), (4, 10)):
        load_instrument(second_wording(tmp_path, timezone.localdate() - timedelta(days=days), number=number))
    assert InstrumentVersion.objects.in_force("dash", timezone.localdate()).number == 4
    assert shown() == before
    assert "Strangled, choked, suffocated" in before[0] and "DASH, version 1" in before[1]


def test_the_words_of_an_answer_are_kept_with_it(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen, yes=(4,))
    fresh(dash).answers.filter(number=4).update(said_as="Yes, as it was called then")
    assert rows_of(fresh(dash))[3].said == "Yes, as it was called then"


def test_a_version_may_be_retired(db: None) -> None:
    version = published()
    version.status, version.valid_to = InstrumentVersion.Status.RETIRED, date(2026, 1, 1)
    version.save(update_fields=["status", "valid_to"])
    with pytest.raises(InstrumentVersion.DoesNotExist):
        InstrumentVersion.objects.in_force("dash", date(2026, 1, 2))


@pytest.mark.rule("R-01")
def test_loading_the_same_file_twice_changes_nothing_and_other_words_need_a_new_number(
    db: None, tmp_path: Path
) -> None:
    assert load_instrument().pk == published().pk
    with pytest.raises(ValueError, match="Give the file a new number"):
        load_instrument(second_wording(tmp_path, date(2026, 1, 1), number=1))


def test_the_version_is_the_one_in_force_that_day(tonight: Incident, ellen: User, tmp_path: Path) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    load_instrument(second_wording(tmp_path, tomorrow))
    assert InstrumentVersion.objects.in_force("dash", tomorrow - timedelta(days=1)).number == 1
    assert InstrumentVersion.objects.in_force("dash", tomorrow).number == 2
    assert begun(tonight, ellen).instrument_version.number == 1


def test_a_five_year_old_assessment_reads_as_it_was_asked(dash: Assessment, ellen: User, tmp_path: Path) -> None:
    answer_all(dash, ellen, yes=(18,))
    Assessment.objects.filter(pk=dash.pk).update(asked_at=timezone.now() - timedelta(days=5 * 365))
    before = render_to_string("risk/answers.html", {"rows": assessments_of(dash.case, ellen, timezone.now())[0].rows})
    load_instrument(second_wording(tmp_path, timezone.localdate()))
    after = render_to_string("risk/answers.html", {"rows": assessments_of(dash.case, ellen, timezone.now())[0].rows})
    assert after == before and "Strangled, choked, suffocated" in after
    text = client_of(ellen).get(f"/dash/{dash.pk}/").content.decode()
    assert "Strangled, choked, suffocated" in text and "New wording" not in text
    assert fresh(dash).answers.get(number=18).label.startswith("Strangled")


def test_an_answer_is_shown_by_its_own_words_and_not_by_the_question(dash: Assessment, ellen: User) -> None:
    answer_all(dash, ellen)
    fresh(dash).answers.filter(number=4).update(label="As it was worded that night?")
    assert rows_of(fresh(dash))[3].label == "As it was worded that night?"
