"""Outcomes of a crime: every guard in a sentence, an inspector's authority, latest wins and history is kept (A.5)."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from cases.models import Crime, Incident, Involvement, Offence, Outcome, Task
from cases.models.outcome import CODES, OUTCOMES
from tests import factories
from tests.cases.crimes import crime as crime
from workflow import engine
from workflow.models import Deadline, Refused

WHY = "The account, the log and the video were looked at."
NOTE = "First report, slight harm, she asked for it twice and her adviser agrees with her."
CARA = {"first_offence": "yes", "low_level": "yes", "victim_agrees": "yes"}


@pytest.fixture
def unnamed(crime: Crime) -> Crime:
    """The same with nobody named."""
    Crime.objects.filter(pk=crime.pk).update(suspect=None)
    return Crime.objects.get(pk=crime.pk)


def say(crime: Crime, by: User, code: str, step: str = "outcome", **more: Any) -> Crime:
    said = {"code": code, "support": "yes", "rationale": WHY, "told": "yes", "appropriate": NOTE, **more}
    fresh = Crime.objects.get(pk=crime.pk)
    done: Crime = engine.perform(fresh, step, by=by, evidence=said, seen=fresh.version)
    return done


def refusal(crime: Crime, by: User, code: str, step: str = "outcome", field: str = "code", **more: Any) -> str:
    """The sentence by which an outcome is refused."""
    with pytest.raises(Refused) as refused:
        say(crime, by, code, step, **more)
    return " ".join(refused.value.errors.errors.get(field, []))


def decide(crime: Crime, by: User, step: str = "authorise-outcome", **more: Any) -> Crime:
    fresh = Crime.objects.get(pk=crime.pk)
    done: Crime = engine.perform(
        fresh, step, by=by, evidence={"reason": "Right in these circumstances.", **more}, seen=fresh.version
    )
    return done


def without_control(crime: Crime) -> Crime:
    """Nothing controlling was said of the incident."""
    Incident.objects.filter(pk=crime.incident_id).update(abuse_types=["physical"])
    return Crime.objects.get(pk=crime.pk)


def test_the_table_has_every_code_of_the_home_office_with_its_group() -> None:
    assert [row.code for row in OUTCOMES] == [
        "1", "1A", "2", "2A", "3", "3A", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
        "20", "21", "22",
    ]  # fmt: skip
    assert CODES["1A"].group == "Charged or summonsed" and CODES["16"].group.endswith("victim does not support")
    assert CODES["2A"].group == CODES["6"].group == "Out of court, formal"
    assert {row.code for row in OUTCOMES if row.inspector} == {"2", "2A", "3", "3A", "8", "10", "21", "22"}


def test_14_is_for_a_crime_with_no_named_suspect(crime: Crime, ellen: User) -> None:
    assert (
        refusal(crime, ellen, "14", support="no")
        == "Outcome 14 is for a crime with no named suspect. Somebody is named for this one"
    )


def test_14_is_taken_where_nobody_is_named_and_the_victim_does_not_support_it(unnamed: Crime, ellen: User) -> None:
    assert "does not support it or withdrew" in refusal(unnamed, ellen, "14", support="yes")
    assert say(unnamed, ellen, "14", support="no").outcome.code == "14"


def test_15_needs_a_named_suspect(unnamed: Crime, ellen: User) -> None:
    assert refusal(unnamed, ellen, "15") == "Outcome 15 needs a named suspect. Nobody is named for this crime"


def test_15_needs_a_victim_who_supports_it(crime: Crime, ellen: User) -> None:
    assert "for a victim who supports it" in refusal(crime, ellen, "15", support="no")
    assert say(crime, ellen, "15", support="yes").outcome.code == "15"


def test_16_needs_a_named_suspect(unnamed: Crime, ellen: User) -> None:
    assert "needs a named suspect" in refusal(unnamed, ellen, "16", support="withdrew")


def test_16_needs_a_victim_who_does_not_support_it_or_withdrew(crime: Crime, ellen: User) -> None:
    assert "You said that they do" in refusal(crime, ellen, "16", support="yes")
    assert say(crime, ellen, "16", support="withdrew").outcome.code == "16"


def test_17_on_a_common_assault_opens_a_learning_item_once(crime: Crime, ellen: User) -> None:
    Crime.objects.filter(pk=crime.pk).update(offence=Offence.objects.get(code="common-assault"))
    say(crime, ellen, "17")
    say(crime, ellen, "17")
    task = Task.objects.get(kind="learning")
    assert (task.about_id, task.owed_by) == (crime.pk, "inspector")


def test_17_on_another_offence_opens_none(crime: Crime, ellen: User) -> None:
    say(crime, ellen, "17")
    assert not Task.objects.filter(kind="learning").exists()


def test_18_is_for_a_crime_with_no_named_suspect(crime: Crime, ellen: User) -> None:
    assert "no named suspect" in refusal(crime, ellen, "18")


def test_21_needs_a_named_suspect(unnamed: Crime, ellen: User) -> None:
    assert "needs a named suspect" in refusal(unnamed, ellen, "21", "ask-outcome")


def test_21_needs_a_rationale(crime: Crime, ellen: User) -> None:
    assert refusal(crime, ellen, "21", "ask-outcome", "rationale", rationale="") == "Say why this outcome"


def test_21_needs_the_victim_to_have_been_told(crime: Crime, ellen: User) -> None:
    assert (
        refusal(crime, ellen, "21", "ask-outcome", told="no")
        == "Outcome 21 needs the person harmed to have been told first"
    )


@pytest.mark.parametrize("code", ["8", "10", "21", "22"])
def test_an_outcome_that_is_rarely_right_needs_an_inspector_and_an_appropriateness_note(
    code: str, crime: Crime, ellen: User, ruth: User
) -> None:
    assert "must be one of the answers" in refusal(crime, ellen, code)  # not to be recorded at once
    assert "40 characters or more" in refusal(
        crime, ellen, code, "ask-outcome", "appropriate", appropriate="It is fine."
    )
    waiting = say(crime, ellen, code, "ask-outcome")
    assert waiting.state == Crime.State.OUTCOME_ASKED and waiting.outcome is None
    assert Deadline.objects.open().filter(policy="outcome-decided", subject_id=crime.pk).exists()
    done = decide(waiting, ruth)
    assert done.state == Crime.State.RECORDED
    assert (done.outcome.code, done.outcome.settled_by, done.outcome.recorded_by) == (code, ruth, ellen)


def test_a_sergeant_cannot_authorise_it(crime: Crime, ellen: User, priya: User) -> None:
    say(crime, ellen, "8", "ask-outcome")
    with pytest.raises(Refused, match="Your role may not"):
        decide(crime, priya)


def test_an_inspector_does_not_authorise_what_they_asked_for(crime: Crime, ruth: User) -> None:
    say(crime, ruth, "8", "ask-outcome")
    with pytest.raises(Refused, match="somebody else must decide"):
        decide(crime, ruth)


def test_what_an_inspector_does_not_authorise_was_never_in_force_and_stays_readable(
    crime: Crime, ellen: User, ruth: User
) -> None:
    say(crime, ellen, "10", "ask-outcome")
    done = decide(crime, ruth, "return-outcome")
    assert done.outcome is None and done.state == Crime.State.RECORDED
    assert Outcome.objects.get(crime=crime).struck_out_at is not None


@pytest.mark.parametrize("code", ["2", "2A", "3", "3A"])
def test_a_caution_that_meets_every_condition_goes_to_an_inspector(
    code: str, crime: Crime, ellen: User, ruth: User
) -> None:
    crime = without_control(crime)
    say(crime, ellen, code, "ask-caution", **CARA)
    assert decide(crime, ruth).outcome.code == code


def test_a_caution_is_refused_where_there_is_coercive_control(crime: Crime, ellen: User) -> None:
    words = refusal(crime, ellen, "3", "ask-caution", **CARA, why_still=NOTE)
    assert words.startswith("Not available. A caution is refused for partner abuse or coercive control where")
    assert words.endswith("there is controlling or coercive behaviour")


def test_a_caution_for_the_offence_of_coercive_control_is_refused_in_family_abuse_too(
    crime: Crime, ellen: User
) -> None:
    crime = without_control(crime)
    Involvement.objects.filter(incident=crime.incident_id, part="suspect").update(relationship="SI")
    Crime.objects.filter(pk=crime.pk).update(offence=Offence.objects.get(code="controlling-coercive"))
    assert "there is controlling or coercive behaviour" in refusal(crime, ellen, "3", "ask-caution", **CARA)


def test_a_caution_is_refused_where_the_victim_does_not_agree(crime: Crime, ellen: User) -> None:
    words = refusal(
        without_control(crime), ellen, "3", "ask-caution", **(CARA | {"victim_agrees": "no"}), why_still=NOTE
    )
    assert words.endswith("the person harmed does not agree")


@pytest.mark.parametrize(
    ("condition", "words"), [("first_offence", "it is not a first offence"), ("low_level", "it is not low level")]
)
def test_a_caution_that_is_no_first_offence_or_not_low_level_needs_the_inspectors_recorded_override(
    condition: str, words: str, crime: Crime, ellen: User, ruth: User
) -> None:
    crime = without_control(crime)
    said = CARA | {condition: "no"}
    assert words in refusal(crime, ellen, "3", "ask-caution", "why_still", **said)
    say(crime, ellen, "3", "ask-caution", **said, why_still=NOTE)
    with pytest.raises(Refused, match="say in at least 20 characters why you override it"):
        decide(crime, ruth)
    assert decide(crime, ruth, override="The programme begins on Monday and she asks for it.").outcome.override


def test_a_first_offence_that_the_records_contradict_is_none(crime: Crime, ellen: User) -> None:
    other = factories.another_crime(crime, ellen)
    assert other.suspect.person_id == crime.suspect.person_id
    assert "it is not a first offence" in refusal(
        without_control(crime), ellen, "3", "ask-caution", "why_still", **CARA
    )


def test_in_family_abuse_a_caution_needs_the_inspector_and_not_the_conditions(
    crime: Crime, ellen: User, ruth: User
) -> None:
    Involvement.objects.filter(incident=crime.incident_id, part="suspect").update(relationship="SI")
    say(without_control(crime), ellen, "3", "ask-caution", **(CARA | {"low_level": "no"}))
    assert decide(crime, ruth).outcome.code == "3"


def test_the_latest_outcome_wins_and_those_before_are_kept(crime: Crime, ellen: User) -> None:
    say(crime, ellen, "15")
    done = say(crime, ellen, "1")
    assert done.outcome.code == "1"
    assert [row.code for row in Outcome.objects.settled().filter(crime=crime).order_by("pk")] == ["15", "1"]


def test_a_cancelled_crime_takes_no_outcome(crime: Crime, ellen: User, nell: User) -> None:
    why = {"cancel_code": "duplicate", "cancel_why": "Recorded already by the day shift, seen by me."}
    asked = engine.perform(crime, "ask-cancel", by=ellen, evidence=why, seen=crime.version)
    engine.perform(asked, "cancel", by=nell, evidence={"reason": "Yes, a duplicate."}, seen=asked.version)
    with pytest.raises(Refused, match="transferred or cancelled"):
        say(crime, ellen, "18")
