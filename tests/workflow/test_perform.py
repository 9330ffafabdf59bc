"""Steps: what is refused, in which order, and what is left behind when one is taken."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Event
from cases.models import Case, SafetyWarning
from cases.services import hold
from workflow import engine
from workflow.models import Refusal, Refused


@pytest.fixture
def bare_case(nr3: Unit, ellen: User) -> Case:
    """A case with no record in it yet."""
    now = timezone.now()
    case = Case.begin(Case.Kind.INVESTIGATION, nr3, now)
    hold(case=case, part="investigation", person=ellen, at=now)
    return case


HOLD = {"part": "risk", "person": "2208", "reason": "Tom takes the risk work from today."}


def test_a_step_changes_the_record_and_leaves_one_act_in_its_chain(hannahs_case: Case, priya: User, tom: User) -> None:
    before = Event.objects.filter(chain=hannahs_case.pk).count()
    engine.perform(hannahs_case, "hold", by=priya, evidence=HOLD, seen=hannahs_case.version)
    hannahs_case.refresh_from_db()
    assert hannahs_case.holder_of("risk") == tom.pk
    last = Event.objects.filter(chain=hannahs_case.pk).latest("number")
    assert (Event.objects.filter(chain=hannahs_case.pk).count(), last.name) == (before + 1, "case.hold")


@pytest.mark.parametrize(
    ("who", "kind"),
    [("stranger", Refusal.HIDDEN), ("victor", Refusal.HIDDEN), ("ari", Refusal.ROLE)],
)
def test_who_may_not_see_is_told_nothing_and_who_may_not_act_is_told_so(
    hannahs_case: Case, request: Any, who: str, kind: Refusal
) -> None:
    with pytest.raises(Refused) as refused:
        engine.perform(hannahs_case, "hold", by=request.getfixturevalue(who), evidence=HOLD, seen=hannahs_case.version)
    assert refused.value.kind is kind


def test_a_step_on_an_older_version_is_refused_and_nothing_changes(hannahs_case: Case, priya: User, tom: User) -> None:
    engine.perform(hannahs_case, "hold", by=priya, evidence=HOLD, seen=hannahs_case.version)
    with pytest.raises(Refused) as refused:
        engine.perform(
            hannahs_case, "close", by=priya, evidence={"reason": "All done here."}, seen=hannahs_case.version
        )
    assert refused.value.kind is Refusal.STALE
    assert Case.objects.get(pk=hannahs_case.pk).state == Case.State.OPEN


def test_a_safety_act_is_never_refused_as_stale_nor_in_a_closed_case(bare_case: Case, priya: User, ellen: User) -> None:
    closing = {"told": "yes", "told_words": "By telephone at noon today.", "reason": "All of it is done; she knows."}
    engine.perform(bare_case, "close", by=priya, evidence=closing, seen=bare_case.version)
    engine.perform(bare_case, "warn", by=ellen, evidence={"what": "Large dog loose in the yard."}, seen=None)
    assert SafetyWarning.objects.get(case=bare_case).what == "Large dog loose in the yard."


def test_evidence_that_does_not_do_is_refused_with_the_fields_to_mend(hannahs_case: Case, priya: User) -> None:
    with pytest.raises(Refused) as refused:
        engine.perform(
            hannahs_case, "hold", by=priya, evidence={"part": "risk", "person": "9999"}, seen=hannahs_case.version
        )
    assert refused.value.kind is Refusal.FORM
    assert set(refused.value.errors.errors) == {"person", "reason"}


def test_a_case_with_somebody_unsafe_does_not_close(hannahs_case: Case, priya: User, ellen: User) -> None:
    engine.perform(hannahs_case, "unsafe", by=ellen, evidence={"what": "He is outside the flat now."}, seen=None)
    fresh = Case.objects.get(pk=hannahs_case.pk)
    with pytest.raises(Refused) as refused:
        engine.perform(fresh, "close", by=priya, evidence={"reason": "All done here."}, seen=fresh.version)
    assert (refused.value.kind, refused.value.sentence) == (
        Refusal.GUARD,
        "Not yet. Somebody is said to be unsafe now.",
    )


def test_what_a_person_may_do_costs_the_same_however_many_steps_are_declared(
    hannahs_case: Case, priya: User, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        offers = engine.available(hannahs_case, priya)
    assert {"hold", "close", "unsafe", "restrict"} <= {offer.step.name for offer in offers}


def test_restricting_leaves_those_who_hold_it_in_and_the_rest_of_the_team_out(
    hannahs_case: Case, priya: User, ellen: User, tom: User
) -> None:
    engine.perform(
        hannahs_case, "restrict", by=priya, evidence={"reason": "The suspect works in the control room."}, seen=None
    )
    assert Case.objects.visible_to(ellen).filter(pk=hannahs_case.pk).exists()
    assert not Case.objects.visible_to(tom).filter(pk=hannahs_case.pk).exists()


def test_somebody_who_knows_a_party_steps_away_and_no_longer_sees_the_case(hannahs_case: Case, tom: User) -> None:
    engine.perform(hannahs_case, "step-away", by=tom, evidence={"reason": "He is my wife's cousin."}, seen=None)
    assert not Case.objects.visible_to(tom).filter(pk=hannahs_case.pk).exists()


def test_no_record_of_a_case_can_be_saved_whole(hannahs_case: Case) -> None:
    with pytest.raises(TypeError):
        hannahs_case.save()
