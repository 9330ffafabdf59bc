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
from benchmarks.risk_sweeping import measure_risk_sweeps
from benchmarks.seeding import Seeded, run, seed
from benchmarks.stage import raw
from cases.models import Case, Incident
from risk.models import Reassessment
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
    assert SCALE <= open_now.count() < SCALE + 90  # and what the few folders told in full owe
    assert open_now.overdue(timezone.now()).exists()
    assert 0 < Case.objects.worked_by(sergeant).count() < Case.objects.count()
    assert sweep(timezone.now()).rows == 0  # idle until a benchmark makes something due
    browser: Client = client_of(sergeant)
    assert browser.get("/team/").status_code == 200
    assert browser.get(f"/cases/{seeded.case}/").status_code == 200
    indexes_and_keys_are_all_there_again()


def indexes_and_keys_are_all_there_again() -> None:
    assert run("SELECT count(*) FROM pg_class WHERE relname = 'deadline_unit'")[0][0] == 1
    assert run("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated")[0][0] == 0
    assert run("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")[0][0] == 0


def test_every_operation_is_answered_within_its_ceiling_and_the_risk_is_swept(
    seeded: Seeded, settings: pytest.FixtureRequest
) -> None:
    settings.ROOT_URLCONF = "benchmarks.addresses"  # type: ignore[attr-defined]
    before = Incident.objects.filter(state="checked").count()
    for operation in OPERATIONS:
        if not operation.anew:
            _ask(operation, seeded)
    assert Incident.objects.filter(state="checked").count() == before  # nothing of it is kept
    _sweep(seeded)


def _ask(operation: Operation, seeded: Seeded) -> None:
    asked = Asked(operation, operation.asks(seeded))
    statements_of(asked, seeded)  # the first of a process also reads what it then knows: instruments, content types
    sent = statements_of(asked, seeded)
    assert 0 < len(sent) <= operation.queries, operation.name
    with raw() as line:
        replay(line, sent)


def _sweep(seeded: Seeded) -> None:
    """The hearings and lowered grades that the benchmark writes are such as the product's own sweeps read."""
    found = measure_risk_sweeps(2)
    assert found.cases > 200 and found.dates > 0 and found.raised > 0
    assert not Reassessment.objects.filter(state=Reassessment.State.OWED, trigger="charge").exclude(
        case__reference=seeded.judged
    )


def test_figures_go_between_the_marks_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{figures.BEGIN}\nold\n{figures.END}\nafter\n")
    figures.write_markdown(page, "new")
    assert page.read_text() == f"before\n{figures.BEGIN}\nnew\n{figures.END}\nafter\n"


@pytest.mark.parametrize("given", [["--scale", "5"], ["load", "--people", "0"], ["load", "--seconds", "9999"]])
def test_what_would_not_end_is_refused(given: list[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(given)
