"""What a consideration offers first, what its head says, and what a supervisor reads before deciding."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Unit, User
from cases.panels.identity import identity_of, parties_of
from dvds.models import Intake
from dvds.steps.onward import ON_THE_WAY, OTHERWISE, place_of
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.door import request as asked
from tests.dvds.judged import NO_CONCERN

pytestmark = pytest.mark.django_db


def test_what_is_new_comes_first_then_what_takes_it_on_then_the_rest(disclosure_unit: Unit, perry: User) -> None:
    met = consideration(disclosure_unit, perry, "met")
    assert place_of(met, "assess", renewed=False) == 0
    assert place_of(met, "judge-again", renewed=True) < place_of(met, "assess", renewed=True)
    assert place_of(met, "contact", renewed=False) == ON_THE_WAY
    assert place_of(met, "withdraw", renewed=False) == OTHERWISE


def test_a_page_offers_the_next_step_and_folds_away_what_ends_it(disclosure_unit: Unit, perry: User) -> None:
    met = consideration(disclosure_unit, perry, "met")
    page = client_of(perry).get(met.get_absolute_url())
    assert page.context["may"][0].label == "Record the full assessment"
    labels = {act.label for act in page.context["turns"]}
    assert "Record that the applicant withdrew" in labels
    assert not labels & {act.label for act in page.context["may"]}


def test_one_that_is_being_checked_leads_to_its_checks(in_checks: object, perry: User) -> None:
    page = client_of(perry).get(in_checks.get_absolute_url())  # type: ignore[attr-defined]
    assert page.context["may"][0].label == "Look in the systems, and say what was found"


def test_the_head_of_its_case_says_who_is_at_risk_from_whom_and_how_high(disclosure_unit: Unit, perry: User) -> None:
    case = consideration(disclosure_unit, perry, "met", risk="high", looked_at=timezone.now()).case
    head = identity_of(case, perry, parties_of(case, perry))
    assert (head.name, head.grade) == ("Rosa Field", "High")
    said = dict(head.parts)
    assert said["Person at risk"].startswith("Rosa Field") and said["Subject"].startswith("Karl Field")


def test_a_supervisor_reads_the_whole_proposal_where_it_is_signed(
    disclosure_unit: Unit, perry: User, maya: User
) -> None:
    assessed = consideration(disclosure_unit, perry, "assessed", risk="standard", looked_at=timezone.now())
    take(assessed, "categorise", perry, **NO_CONCERN)
    page = text_of(client_of(maya).get(reverse("step", args=["consideration", assessed.pk, "sign"]), follow=True))
    assert "No concern" in page and NO_CONCERN["reasons"] in page and NO_CONCERN["representations_because"] in page


def test_danger_that_is_possible_waits_before_what_nobody_fears(disclosure_unit: Unit, perry: User) -> None:
    calm, perhaps, now = (asked(perry, minutes=minutes, danger=danger, danger_words=words) for minutes, danger, words in (
        (300, "none", ""), (200, "possible", ""), (100, "yes", "A car was sent."),
    ))  # fmt: skip
    rows = Intake.objects.visible_to(perry).waiting().by_danger().order_by("first", "first_contact_at", "pk")
    assert list(rows) == [now, perhaps, calm]
