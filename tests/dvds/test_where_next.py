"""Where somebody is taken who works a consideration, and what their page offers first."""

from __future__ import annotations

import pytest

from accounts.models import User
from dvds.models import Application
from dvds.steps import CONSIDERATION
from dvds.views.application import acts_of
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.judged import JUDGED, MET, all_looked, checked, fresh, met
from workflow.pages.records import after

pytestmark = pytest.mark.django_db


def offered(application: Application, by: User) -> list[str]:
    may, _not_yet = acts_of(application, by, by.roles_over(application.scope))
    return [act.label for act in may]


def test_in_the_checks_the_looks_come_first_and_once_they_are_whole_what_leads_on(
    in_checks: Application, perry: User, wren: User
) -> None:
    assert offered(in_checks, perry)[0] == "Look in the systems, and say what was found"
    assert offered(in_checks, perry).count("Look in the systems, and say what was found") == 1
    all_looked(in_checks, perry, wren)
    labels = offered(fresh(in_checks), perry)
    assert labels[0] == "Say that the checks are done"
    assert labels.index("Record that the applicant withdrew") > labels.index("Record an attempt at contact")


def test_the_checks_and_a_safety_plan_are_reached_from_the_page(in_checks: Application, perry: User) -> None:
    page = text_of(client_of(perry).get(in_checks.get_absolute_url()))
    assert f'href="/considerations/{in_checks.case.reference}/checks/"' in page
    assert "Begin a safety plan" in offered(in_checks, perry)


def test_while_it_is_taken_down_one_goes_on_at_its_sections_and_later_on_its_own_page(
    opened: Application, perry: User, disclosure_unit: object
) -> None:
    assert after(opened, CONSIDERATION.step("crime")) == f"/work/consideration/{opened.pk}/"
    sent = take(opened, "forward", perry, note="")
    assert after(sent, CONSIDERATION.step("forward")) == sent.get_absolute_url()
    met = consideration(sent.case.unit, perry, "met")
    assert after(met, CONSIDERATION.step("contact")) == met.get_absolute_url()


def test_what_was_judged_and_said_at_the_meeting_is_read_on_the_page_by_whoever_signs(
    in_checks: Application, perry: User, wren: User, maya: User
) -> None:
    take(checked(in_checks, perry, wren), "progress", perry, **JUDGED, reach_how="By telephone, as the plan says.")
    met(in_checks, perry)
    page = text_of(client_of(maya).get(in_checks.get_absolute_url()))
    assert MET["further"] in page and MET["interim"] in page and JUDGED["judged"] in page
