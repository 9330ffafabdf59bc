"""Guards of crime, outcome and arrest, code by code as the brief has them (A.4, A.5, A.7), beside the stories of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as some

from accounts.models import User
from cases.forms.arrest import LEAST_WHY_NOT
from cases.models import ArrestDecision, Crime, Incident, Outcome
from cases.models.answers import CodeG, NoArrest, NonCrimeReason, PositiveAction, Support, Verdict
from cases.models.outcome import CODES, DIRECT, OUTCOMES, guards_of
from cases.steps.arrest import arrest_lacks, wish_alone
from people.models import Birth
from people.services import learn
from tests import factories
from tests.cases.crimes import crime as crime
from tests.cases.recording import press, save, section, words
from tests.cases.standing import fresh
from tests.cast import involve
from workflow import engine
from workflow.models import Refused

SignIn = Callable[[User | None], Client]
MODEST = settings(max_examples=60, deadline=None)

# --- A.4: crime, or no crime ----------------------------------------------------------------------------------------------


def test_the_reasons_for_no_crime_are_the_five_of_the_brief() -> None:
    assert [str(label) for label in NonCrimeReason.labels] == [
        "No offence disclosed", "Verbal argument", "Credible evidence that no crime took place", "Recorded elsewhere",
        "Outside the jurisdiction",
    ]  # fmt: skip


@pytest.mark.parametrize("reason", NonCrimeReason.values)
def test_each_reason_for_no_crime_needs_a_sentence_too(
    reason: str, sign_in: SignIn, ellen: User, complete_record: Incident
) -> None:
    Crime.objects.filter(incident=complete_record).update(struck_out_at=complete_record.reported_at)
    said = {"classed": "non_crime", "non_crime_reason": reason, "da_confirmed": "yes"}
    assert save(sign_in(ellen), complete_record, "crime", **said).status_code == 302
    with pytest.raises(Refused, match="still missing"):
        now = Incident.objects.get(pk=complete_record.pk)
        engine.perform(now, "submit", by=ellen, evidence={"note": ""}, seen=now.version)


def test_the_officer_reads_that_what_the_victim_believes_is_mostly_enough(
    sign_in: SignIn, ellen: User, complete_record: Incident
) -> None:
    assert "What the person harmed believes is in most cases enough." in words(
        sign_in(ellen).get(section(complete_record, "crime"))
    )


@pytest.mark.requirement("S1-008")
def test_a_flag_denied_between_people_who_are_connected_is_found_though_an_age_is_not_known(
    sign_in: SignIn, complete_record: Incident, ellen: User, nell: User
) -> None:
    """The missed-flag finder of A.3: connected, an offence that suggests it, and no flag. The law cannot tell yet."""
    Birth.objects.all().delete()
    browser = sign_in(ellen)
    said = {"classed": "crime", "da_confirmed": "no"}
    assert save(browser, complete_record, "crime", **said).status_code == 302
    record = Incident.objects.get(pk=complete_record.pk)
    assert record.in_statute == "not_known"
    assert list(Incident.objects.flag_differs()) == [record]
    page = words(sign_in(nell).get("/registrar/flags/"))
    assert record.case.reference in page and "the two are connected, and the offence suggests it" in page
    suspect = record.people("suspect").get()
    engine.amend(suspect, {"relationship": "NO"}, by=ellen, seen=suspect.version, beneath=record)
    assert not Incident.objects.flag_differs().exists(), "strangers: a burglar is no missed flag"


# --- A.5: outcomes ----------------------------------------------------------------------------------------------------------

#: Code: (Home Office group, whether somebody must be named, what the victim must have said, an inspector). From the brief.
CHARGED, FORMAL, INFORMAL = "Charged or summonsed", "Out of court, formal", "Out of court, informal"
PREVENTED = "Prosecution prevented or not in the public interest"
NO_SUPPORT, SUPPORT = "Evidential difficulties: victim does not support", "Evidential difficulties: victim supports"
BRIEF: dict[str, tuple[str, bool | None, str, bool]] = {
    "1": (CHARGED, True, "", False), "1A": (CHARGED, True, "", False),
    "2": (FORMAL, True, "", True), "2A": (FORMAL, True, "", True),
    "3": (FORMAL, True, "", True), "3A": (FORMAL, True, "", True),
    "4": ("Taken into consideration", True, "", False), "5": (PREVENTED, True, "", False),
    "6": (FORMAL, True, "", False), "7": (INFORMAL, True, "", False), "8": (INFORMAL, True, "", True),
    "9": (PREVENTED, True, "", False), "10": (PREVENTED, True, "", True), "11": (PREVENTED, True, "", False),
    "12": (PREVENTED, True, "", False), "13": (PREVENTED, True, "", False),
    "14": (NO_SUPPORT, False, "does not", False), "15": (SUPPORT, True, "supports", False),
    "16": (NO_SUPPORT, True, "does not", False), "17": (PREVENTED, True, "", False),
    "18": ("No suspect identified", False, "", False), "19": ("Passed to the national fraud bureau", None, "", False),
    "20": ("Responsibility transferred", None, "", False),
    "21": ("Further investigation not in the public interest", True, "", True), "22": ("Diversionary", True, "", True),
}  # fmt: skip


def test_every_outcome_has_the_group_and_the_authority_of_the_brief() -> None:
    assert {row.code: (row.group, row.inspector) for row in OUTCOMES} == {
        code: (group, inspector) for code, (group, _, _, inspector) in BRIEF.items()
    }
    assert {code for code, _ in DIRECT} == {code for code, row in BRIEF.items() if not row[3]}


@MODEST
@given(
    some.permutations(sorted(BRIEF)),
    some.booleans(),
    some.sampled_from(Support.values),
    some.sampled_from(["yes", "no", ""]),
)
def test_an_outcome_is_refused_exactly_where_the_brief_refuses_it(
    shuffled: list[str], named: bool, support: str, told: str
) -> None:
    """In whatever order the codes are tried, with and without a suspect, with each thing the victim may have said."""
    crime = SimpleNamespace(suspect_named=named)
    taken = {code for code in shuffled if not guards_of(CODES[code], crime, support, told)}
    expected = {
        code for code, (_, wants, says, _) in BRIEF.items()
        if wants in (None, named) and says in ("", "supports" if support == "yes" else "does not")
        and (code != "21" or told == "yes")
    }  # fmt: skip
    assert taken == expected
    assert all(
        guards_of(CODES[code], crime, support, told).startswith(f"Outcome {code} ") for code in set(BRIEF) - taken
    )


def outcome(crime: Crime, by: User, code: str, **more: Any) -> Any:
    said = {
        "code": code,
        "support": "yes",
        "rationale": "The account and the log were looked at.",
        "told": "yes",
        **more,
    }
    fresh = Crime.objects.get(pk=crime.pk)
    return engine.perform(fresh, "outcome", by=by, evidence=said, seen=fresh.version)


@pytest.mark.parametrize("code", [code for code, row in BRIEF.items() if row[1] is True and not row[3]])
def test_an_outcome_that_says_suspect_identified_is_refused_where_nobody_is_named(
    code: str, crime: Crime, ellen: User
) -> None:
    Crime.objects.filter(pk=crime.pk).update(suspect=None)
    with pytest.raises(Refused) as refused:
        outcome(crime, ellen, code, support="no" if code == "16" else "yes")
    assert "needs a named suspect" in str(refused.value.errors.errors["code"])
    assert not Outcome.objects.exists()


def test_a_suspect_who_was_struck_out_of_the_record_is_named_no_longer(crime: Crime, ellen: User, priya: User) -> None:
    record = crime.incident
    record = engine.perform(record, "return", by=priya, evidence={"reason": "Was it he?"}, seen=record.version)
    suspect = record.people("suspect").get()
    engine.strike_out(suspect, beneath=record, by=ellen, seen=suspect.version, reason="It was somebody else.")
    with pytest.raises(Refused):
        outcome(crime, ellen, "15")
    assert outcome(crime, ellen, "18").outcome.code == "18"


@pytest.mark.parametrize("left_out", ["support", "rationale", "told"])
def test_every_outcome_says_whether_she_supports_it_why_and_whether_she_was_told(
    left_out: str, crime: Crime, ellen: User
) -> None:
    with pytest.raises(Refused) as refused:
        outcome(crime, ellen, "1", **{left_out: ""})
    assert list(refused.value.errors.errors) == [left_out]


@pytest.mark.requirement("S4-005")
@pytest.mark.parametrize("step", ["outcome", "ask-outcome", "ask-caution"])
def test_no_crime_is_disposed_of_before_what_she_wants_and_fears_is_known_or_why_not(step: str, ellen: User) -> None:
    """Her view comes first; the decision remains the police's. A crime is recorded at once, so this may come early."""
    incident = factories.begun(ellen)
    harmed = involve(incident, ellen, "victim", "Hannah Okoro", wants="", fears="He has a key.")
    involve(incident, ellen, "suspect", "Daniel Reeve", relationship="XBG")
    crime = factories.crime(incident, ellen)
    with pytest.raises(
        Refused, match="Say first what the person harmed wants and fears, or why you could not learn it"
    ):
        engine.perform(crime, step, by=ellen, evidence={}, seen=crime.version)
    engine.amend(harmed, {"fears": "", "unheard": "unsafe"}, beneath=incident, by=ellen, seen=harmed.version)
    assert outcome(crime, ellen, "15").outcome.code == "15"


# --- A.7: arrest, or why not ------------------------------------------------------------------------------------------------


def test_the_reasons_verdicts_and_necessity_are_those_of_the_brief() -> None:
    assert NoArrest.values == [f"N{number}" for number in range(1, 14)]
    assert Verdict.values == ["adequate", "returned", "arrest_now"]
    assert CodeG.values == ["name", "address", "injury", "loss", "protect", "prompt", "disappear"]


@pytest.fixture
def incident(ellen: User, nr3: Any) -> Incident:
    return factories.suspected(ellen)


def say_no(browser: Client, incident: Incident, codes: list[str], why: str) -> Any:
    return press(browser, section(incident, "arrest"), {"arrested": "no", "codes": codes, "why": why})


@pytest.mark.parametrize("code", sorted(set(NoArrest.values) - {"N3", "N5", "N6"}))
def test_each_reason_needs_words_enough_and_with_them_the_record_lacks_nothing_of_it(
    code: str, incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    browser = sign_in(ellen)
    for empty in ("", "   "):
        say_no(browser, incident, [code], empty)
        assert "Say why the suspect was not arrested, in your own words" in arrest_lacks(fresh(incident))
    short = say_no(browser, incident, [code], "x" * (LEAST_WHY_NOT - 1) + "   ")
    assert short.status_code == 422 and "in at least 40 characters. You have 39" in words(short)
    assert say_no(browser, incident, [code], "x" * LEAST_WHY_NOT).status_code == 302
    assert arrest_lacks(fresh(incident)) == []
    row = ArrestDecision.objects.get(incident=incident)
    assert (row.codes, row.recorded_by) == ([code], ellen) and row.decided_at is not None


@pytest.mark.parametrize(("years", "taken"), [(9, True), (17, True), (18, False)])
def test_under_eighteen_is_a_reason_until_the_day_of_the_eighteenth_birthday(
    years: int, taken: bool, incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    today = incident.reported_at.date()
    suspect = incident.people("suspect").get()
    born = date(today.year - years, 1, 1)
    learn(Birth(person=suspect.person, born_on=born), beneath=incident, by=ellen)
    answer = say_no(sign_in(ellen), incident, ["N8"], "His mother keeps him with her; seen by the youth team tomorrow.")
    assert (answer.status_code == 302) is taken


@pytest.mark.requirement("S3-100")
def test_the_record_is_not_sent_without_an_arrest_or_a_coded_reason(ellen: User, nr3: Any) -> None:
    record = factories.complete(ellen)
    row = record.arrest_decisions.get()
    nothing = {"arrested": "no", "codes": [], "why": "", "arrested_at": None}
    engine.amend(row, nothing, beneath=record, by=ellen, seen=row.version)
    with pytest.raises(Refused, match="2 things still missing"):
        now = fresh(record)
        engine.perform(now, "submit", by=ellen, evidence={"note": ""}, seen=now.version)


def test_a_wish_alone_about_one_of_two_suspects_brings_the_record_back_though_the_other_was_arrested(
    incident: Incident, ellen: User
) -> None:
    second = involve(incident, ellen, "suspect", "Karl Reeve", relationship="OR", cohabiting="no")
    factories.decided(incident, ellen)
    row = factories.decided(incident, ellen, arrested=False, suspect=second, codes=["N12"], why="x" * 40)
    assert wish_alone(fresh(incident))
    engine.amend(row, {"codes": ["N12", "N7"]}, beneath=incident, by=ellen, seen=row.version)
    assert not wish_alone(fresh(incident))


@MODEST
@given(some.lists(some.sampled_from(NoArrest.values), max_size=13, unique=True), some.sampled_from(["yes", "no", ""]))
@example(["N12"], "no")
@example(["N12", "N13"], "no")
@example(["N11"], "no")
def test_of_all_sets_of_reasons_only_the_wish_by_itself_is_the_wish_alone(codes: list[str], arrested: str) -> None:
    decision = ArrestDecision(arrested=arrested, codes=codes)
    assert decision.wish_alone is (arrested == "no" and set(codes) == {"N12"})
    assert decision.needs_inspector is ("N11" in codes and arrested != "yes")


# --- A.8: positive action ---------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S3-101")
def test_every_type_of_positive_action_of_the_brief_may_be_chosen() -> None:
    """Twenty-five and none. The address marker and the protection notice each stand for their kinds, said in words."""
    assert set(PositiveAction.values) == {
        "arrest", "voluntary", "notice", "stalking_order", "breach", "removed", "refuge", "accommodation", "device", "locks",
        "marker", "phone", "child_referral", "encompass", "adult_referral", "idva", "marac", "support", "disclosure",
        "firearms", "bail", "civil_order", "programme", "neighbourhood", "translated", "none",
    }  # fmt: skip
