"""Nothing is told: in person, in the same words, with both warnings; of a right to know nobody is contacted (A9, N5)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Unit, User
from dvds.models import Application, ContactAttempt, ForumDecision, NothingToTell
from tests.cast import client_of, take, text_of
from tests.dvds.forum import NOTHING, ago, fresh, managed, not_telling_said, referred, told_nothing, visit
from workflow.models import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_held(disclosure_unit: Unit, hal: User, inez: User, perry: User) -> Application:
    return told_nothing(referred(disclosure_unit, perry, category="no_concern"), hal, inez, perry)


@pytest.mark.requirement("S3-250")
def test_the_applicant_is_informed_in_person_in_words_that_are_the_same_whatever_the_reason(
    nothing_held: Application, disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    other = told_nothing(
        referred(disclosure_unit, perry, at_risk="Ida Moss"), hal, inez, perry, category="concern",
        reasons="It is not in proportion to tell it.",
    )  # fmt: skip
    assert [fresh(one).outcome for one in (nothing_held, other)] == ["nothing_held", "tests_not_met"]
    for one in (nothing_held, other):
        page = text_of(client_of(perry).get(f"/work/consideration/{one.pk}/inform/"))
        assert "That does not mean there is no risk." in page and "ring 999 in danger" in page
        take(one, "inform", perry, **visit(**NOTHING))
    said = NothingToTell.objects.values_list("words_used", flat=True)
    assert len(set(said)) == 1 and len(said) == 2, "what is held cannot be heard from what is said"
    assert "record" not in said[0] and fresh(other).state == "informed"
    assert ContactAttempt.objects.filter(application=other, result="spoke").exists()


@pytest.mark.parametrize("gap", ["words_said", "no_absence", "again", "pack", "support", "place", "at"])
def test_without_a_warning_or_the_pack_it_is_not_recorded(gap: str, nothing_held: Application, perry: User) -> None:
    with pytest.raises(Refused) as refused:
        take(nothing_held, "inform", perry, **visit(**{**NOTHING, gap: ""}))
    assert gap in refused.value.errors.errors and fresh(nothing_held).state == "not_to_tell"


def test_where_the_subject_knows_it_stops_and_the_database_takes_no_other_word(
    nothing_held: Application, perry: User
) -> None:
    with pytest.raises(Refused) as refused:
        take(nothing_held, "inform", perry, **visit(**{**NOTHING, "subject_not_told": "no"}))
    assert "never informed" in str(refused.value.errors.errors["subject_not_told"])
    take(nothing_held, "inform", perry, **visit(**NOTHING))
    with pytest.raises(IntegrityError, match="nothing_told_with_its_warnings"), transaction.atomic():
        NothingToTell.objects.update(no_absence="no")


def test_it_is_not_said_before_it_was_decided_nor_outside_the_plan(nothing_held: Application, perry: User) -> None:
    with pytest.raises(Refused, match="before it was decided"):
        take(nothing_held, "inform", perry, **{**visit(**NOTHING), "at": ago(hours=3)})
    with pytest.raises(Refused, match="outside the safe contact plan"):
        take(nothing_held, "inform", perry, **visit(**{**NOTHING, "place": "Her front door"}))


def test_an_applicant_who_cannot_be_reached_is_given_up_by_the_supervisor_after_a_try(
    nothing_held: Application, perry: User, maya: User
) -> None:
    said = {"reason": "Nobody came to the library on three days."}
    with pytest.raises(Refused, match="Your role may not"):
        take(nothing_held, "conclude-uninformed", perry, **said)
    with pytest.raises(Refused, match="No attempt"):
        take(nothing_held, "conclude-uninformed", maya, **said)


def test_of_a_right_to_know_the_reasons_are_kept_and_nobody_is_contacted(
    disclosure_unit: Unit, hal: User, inez: User, perry: User
) -> None:
    application = referred(disclosure_unit, perry, route="know", category="no_concern")
    with pytest.raises(Refused) as refused:
        told_nothing(application, hal, inez, perry, reasons="")
    assert "reasons" in refused.value.errors.errors
    take(fresh(application), "decide-not-tell", inez, **not_telling_said())
    with pytest.raises(Refused, match="does not apply"):
        take(application, "inform", perry, **visit(**NOTHING))
    take(application, "conclude-untold", perry, **managed())
    assert fresh(application).state == "concluding" and not ContactAttempt.objects.exists()
    kept = text_of(client_of(perry).get(f"{application.get_absolute_url()}?panel=at-forum"))
    assert "Nothing is held of him anywhere." in kept
    assert ForumDecision.objects.get(application=application).reasons == "Nothing is held of him anywhere."
