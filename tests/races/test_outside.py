"""Two people bring the same file in, or confirm it, at one moment: one does, the other is told."""

from __future__ import annotations

import pytest

from accounts.models import Unit, User
from reporting.models import OutsideFigure, OutsideFile, OutsideImport
from tests.cast import person, take
from tests.races.together import at_once, raised
from tests.reporting.outside import brought, crimes, second
from workflow.models import Refused

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [crimes("2026-03", "NP", 1204), crimes("2026-04", "NP", 9)]


def test_of_two_who_send_the_same_file_one_brings_it_in_and_the_other_is_told(ari: User, force: Unit) -> None:
    mo = second(force)
    results = at_once(lambda: brought("crime", ROWS, ari), lambda: brought("crime", ROWS, mo))
    (refused,) = raised(results)
    assert isinstance(refused, Refused) and "This very file was brought in already" in refused.sentence
    assert OutsideImport.objects.count() == OutsideFile.objects.count() == 1


def test_of_two_who_confirm_at_one_moment_one_does_and_each_figure_is_there_once(ari: User, force: Unit) -> None:
    mo, run = second(force), brought("crime", ROWS, ari)
    other = person("Command", "", "Uma Frost", ("command", force))
    results = at_once(lambda: take(run, "confirm", mo), lambda: take(run, "confirm", other))
    assert len(raised(results)) == 1 and all(isinstance(one, Refused) for one in raised(results))
    assert OutsideFigure.objects.count() == len(ROWS)
