"""Rows of a case or of cases that may be told of: asked row by row, however many cases the force has."""

from __future__ import annotations

import pytest

from accounts.models import User
from cases.models import Case, Incident
from cases.rule import here_or_in
from tests import factories
from tests.cast import shut_out

pytestmark = pytest.mark.django_db


def test_of_this_case_and_of_those_kept_from_nobody_and_of_no_other(ellen: User, priya: User, victor: User) -> None:
    here, plain, closed_to_one = (factories.begun(ellen) for _ in range(3))
    for kept in (here, closed_to_one):
        shut_out(kept.case, victor, priya)
    told = Incident.objects.filter(here_or_in(here.case_id, Case.objects.kept_from_nobody()))
    assert set(told) == {here, plain}


def test_the_cases_of_the_force_are_not_listed_first(ellen: User) -> None:
    """An IN beside an OR lists them all, once for each question: two seconds of a page in a force of a million cases."""
    here = factories.begun(ellen)
    words = str(Incident.objects.filter(here_or_in(here.case_id, Case.objects.kept_from_nobody())).query)
    assert 'OR EXISTS(SELECT 1 AS "a" FROM "cases_case"' in words
    assert '"case_id" IN (' not in words
