"""The benchmarks' own ground: what they seed is a force the product can work with. Nothing here is timed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from benchmarks import figures
from benchmarks.__main__ import arguments
from benchmarks.measuring import replay, statements_of
from benchmarks.operations import OPERATIONS, Asked, Operation
from benchmarks.seeding import Seeded, run, seed
from benchmarks.stage import raw
from cases.models import Case, Incident
from supervision.escalation.sweep import sweep
from tests.cast import client_of
from workflow.models import Deadline

SCALE, MEASURED = 600, 3


@pytest.fixture
def seeded(transactional_db: None) -> Seeded:
    return seed(SCALE, MEASURED)


def test_a_small_force_is_seeded_and_can_be_worked(seeded: Seeded) -> None:
    sergeant = User.objects.get(username=seeded.sergeant)
    open_now = Deadline.objects.open()
    assert SCALE <= open_now.count() < SCALE + 20
    assert open_now.overdue(timezone.now()).exists()
    assert 0 < Case.objects.worked_by(sergeant).count() < Case.objects.count()
    assert sweep(timezone.now()).rows == 0  # idle until a benchmark makes something due
    browser: Client = client_of(sergeant)
    assert browser.get("/team/").status_code == 200
    assert browser.get(f"/cases/{seeded.case}/").status_code == 200


def test_indexes_and_keys_are_all_there_again(seeded: Seeded) -> None:
    assert run("SELECT count(*) FROM pg_class WHERE relname = 'deadline_unit'")[0][0] == 1
    assert run("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated")[0][0] == 0
    assert run("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")[0][0] == 0


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if not one.anew], ids=lambda one: one.name)
def test_every_operation_is_answered_and_its_sql_replayed(
    seeded: Seeded, operation: Operation, settings: pytest.FixtureRequest
) -> None:
    settings.ROOT_URLCONF = "benchmarks.addresses"  # type: ignore[attr-defined]
    before = Incident.objects.filter(state="checked").count()
    sent = statements_of(Asked(operation, operation.asks(seeded)), seeded)
    assert 0 < len(sent) <= operation.queries + 10
    with raw() as line:
        replay(line, sent)
    assert Incident.objects.filter(state="checked").count() == before  # nothing of it is kept


def test_figures_go_between_the_marks_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{figures.BEGIN}\nold\n{figures.END}\nafter\n")
    figures.write_markdown(page, "new")
    assert page.read_text() == f"before\n{figures.BEGIN}\nnew\n{figures.END}\nafter\n"


@pytest.mark.parametrize("given", [["--scale", "5"], ["load", "--people", "0"], ["load", "--seconds", "9999"]])
def test_what_would_not_end_is_refused(given: list[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(given)
