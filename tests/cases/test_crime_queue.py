"""Partner and family abuse apart: in the queue, beside the narrative, at the head of the case, and on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident
from cases.panels.crime import PROMPTS, guidance, of_case
from reporting.paper import read_case
from tests import factories
from tests.cases.recording import safe, section, words
from tests.cast import involve

SignIn = Callable[[User | None], Client]


def begun_with(by: User, code: str) -> Incident:
    incident = factories.begun(by)
    involve(incident, by, "victim", "Vi Marlow")
    involve(incident, by, "suspect", "Al Reeve", relationship=code)
    return incident


@pytest.mark.requirement("S0-008")
def test_the_team_queue_is_narrowed_to_partner_or_to_family_abuse(sign_in: SignIn, ellen: User, priya: User) -> None:
    partner, family = begun_with(ellen, "XSP").case.reference, begun_with(ellen, "PA").case.reference
    browser = sign_in(priya)
    page = words(browser.get("/team/?fact=partner"))
    assert partner in page and family not in page
    page = words(browser.get("/team/?fact=family"))
    assert family in page and partner not in page


@pytest.mark.requirement("S0-008")
def test_what_to_ask_beside_the_narrative_is_that_of_the_class_and_both_while_it_is_not_known(ellen: User) -> None:
    assert [words for _, words in guidance(begun_with(ellen, "XSP"))] == [PROMPTS["partner"]]
    assert [words for _, words in guidance(begun_with(ellen, "SI"))] == [PROMPTS["family"]]
    assert len(guidance(factories.begun(ellen))) == 2


def test_the_prompt_stands_on_the_page_of_the_narrative(sign_in: SignIn, ellen: User) -> None:
    incident, browser = begun_with(ellen, "PA"), sign_in(ellen)
    safe(browser, incident)
    page = words(browser.get(section(incident, "happened")))
    assert "Ask who else at home is afraid" in page and "Ask what control there is" not in page


def test_the_class_stands_at_the_head_of_the_case_and_why_in_its_panel_and_on_paper(
    sign_in: SignIn, ellen: User, hannahs_case: Case, sent_record: Incident
) -> None:
    page = words(sign_in(ellen).get(f"/cases/{hannahs_case.reference}/"))
    assert "Class Intimate partner, former" in page or "Class: Intimate partner, former" in page, page[:600]
    one = of_case(hannahs_case, ellen, timezone.now())[0]
    assert one.law.answer == "yes" and one.crimes[0].suspect == "Daniel Reeve"
    file = read_case(Case.objects.get(pk=hannahs_case.pk), ellen, timezone.now())
    assert {"crime", "case-markers"} <= set(file.shows)
