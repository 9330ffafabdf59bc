"""An offer to another force and its answer: until it accepts, everything stays here (B4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Unit, User
from dvds.models import Application, ForceTransfer, Outcome
from tests.cast import take
from tests.dvds.cast_of_disclosures import consideration
from workflow.models import Refusal, Refused

pytestmark = pytest.mark.django_db

S = Application.State
OFFER = {"force": "Southshire Police", "contact": "DS Lowe, 01632 960300", "why": "She lives there; checks are done."}


def moment(hours: float = 0) -> str:
    return timezone.localtime(timezone.now() - timedelta(hours=hours)).replace(microsecond=0).isoformat()


def answer(hours: float = 0, **said: Any) -> dict[str, Any]:
    words = {"answered_by": "DS Lowe", "their_reference": "SS-1", "answer_words": "They have read it, and go on."}
    return {**words, "answered_at": moment(hours), **said}


@pytest.fixture
def checked(disclosure_unit: Unit, perry: User) -> Application:
    return consideration(disclosure_unit, perry, S.CHECKED)


def offered(application: Application, by: User) -> ForceTransfer:
    made: ForceTransfer = take(ForceTransfer(case=application.case), "offer", by, **OFFER)
    return made


def state_of(application: Application) -> str:
    return str(Application.objects.get(pk=application.pk).state)


def test_an_offer_moves_nothing_until_it_is_accepted(checked: Application, maya: User) -> None:
    offer = offered(checked, maya)
    assert (offer.state, offer.way, state_of(checked)) == ("offered", "out", S.CHECKED)
    done = take(offer, "accept", maya, **answer())
    assert (done.state, done.their_reference, state_of(checked)) == ("accepted", "SS-1", S.TRANSFERRED)


def test_what_is_left_here_is_concluded(checked: Application, maya: User, perry: User) -> None:
    take(offered(checked, maya), "accept", maya, **answer())
    done = take(checked, "conclude-transferred", perry, reason="Everything was read out by telephone; nothing is left.")
    assert (done.state, done.outcome) == (S.CONCLUDING, Outcome.TRANSFERRED)


def test_an_offer_that_is_not_taken_or_taken_back_leaves_it_here(checked: Application, maya: User) -> None:
    declined = take(offered(checked, maya), "decline", maya, **answer(their_reference=""))
    back = take(offered(checked, maya), "take-back", maya, reason="She has moved back to us.")
    assert (declined.state, back.state, state_of(checked)) == ("declined", "taken_back", S.CHECKED)


def test_it_is_offered_to_one_force_at_a_time(checked: Application, maya: User, perry: User) -> None:
    offered(checked, maya)
    with pytest.raises(Refused, match="offered to another force already"):
        offered(checked, maya)
    with pytest.raises(IntegrityError), transaction.atomic():
        ForceTransfer.objects.create(
            application=checked, case=checked.case, state="offered", recorded_by=perry, force="X", contact="Y", why="Z"
        )


@pytest.mark.parametrize("state", [S.OPENED, S.CHECKS])
def test_we_do_the_checks_whoever_leads(disclosure_unit: Unit, perry: User, maya: User, state: str) -> None:
    with pytest.raises(Refused, match="we do the checks"):
        offered(consideration(disclosure_unit, perry, state), maya)


def test_danger_is_answered_here_first(checked: Application, maya: User, perry: User) -> None:
    offer = offered(checked, maya)
    take(checked, "unsafe", perry, what="He is outside her door.")
    with pytest.raises(Refused, match="unsafe now"):
        take(offer, "accept", maya, **answer())
    assert state_of(checked) == S.CHECKED


def test_an_answer_before_the_offer_or_in_the_future_is_refused(checked: Application, maya: User) -> None:
    offer = offered(checked, maya)
    with pytest.raises(Refused, match="before it was offered"):
        take(offer, "accept", maya, **answer(3))
    with pytest.raises(Refused) as refused:
        take(offer, "accept", maya, **answer(-3))
    assert refused.value.kind is Refusal.FORM


def test_only_the_supervisor_offers_and_only_a_consideration(
    checked: Application, perry: User, maya: User, hannahs_case: Any
) -> None:
    with pytest.raises(Refused) as refused:
        offered(checked, perry)
    assert refused.value.kind is Refusal.ROLE


def test_one_that_came_from_another_force_is_worked_here(checked: Application, perry: User) -> None:
    made = take(ForceTransfer(case=checked.case), "arrive", perry, **{**OFFER, "their_reference": "SS-9"})
    assert (made.state, made.way, state_of(checked)) == ("accepted", "in", S.CHECKED)
