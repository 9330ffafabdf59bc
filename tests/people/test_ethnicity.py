"""Self-defined ethnicity: eighteen codes and "not stated", each in one group, read back as they were said (A.6)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from accounts.models import User
from cases.forms.described import DescribedHarmed
from cases.models import Incident
from people.models import Description, Person
from people.models.ethnicity import EIGHTEEN, GROUPS, MOVED, NOT_STATED, SEEN, SIXTEEN, from_sixteen, group_of
from people.models.topic import TOPICS, WHY_NOT
from people.services import describe, described

MODEST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CODES = [code for code, _ in EIGHTEEN]
REASONS = [code for code, _ in WHY_NOT]
#: A.6, as the brief has it.
BRIEF = {
    "W": ("W1", "W2", "W3", "W9"), "M": ("M1", "M2", "M3", "M9"), "A": ("A1", "A2", "A3", "A4", "A9"),
    "B": ("B1", "B2", "B9"), "O": ("O2", "O9"),
}  # fmt: skip


def test_the_eighteen_are_those_of_the_brief_in_its_five_groups() -> None:
    assert {code: group_of(code) for code in CODES} == {code: group for group, codes in BRIEF.items() for code in codes}
    assert [code for code, _ in GROUPS] == list(BRIEF)


@MODEST
@given(some.sampled_from(CODES))
def test_every_code_lies_in_exactly_one_group(code: str) -> None:
    assert [group for group, codes in BRIEF.items() if code in codes] == [group_of(code)]
    assert group_of(code) in dict(GROUPS)


@MODEST
@given(some.sampled_from([NOT_STATED, *REASONS, *(code for code, _ in SEEN)]) | some.text(max_size=3))
def test_nothing_else_lies_in_a_group_least_of_all_what_was_not_stated(code: str) -> None:
    if code in CODES:
        return
    with pytest.raises(ValueError, match="none of the eighteen"):
        group_of(code)


@MODEST
@given(some.sampled_from(SIXTEEN))
def test_a_code_of_the_older_list_stays_in_its_group_but_for_chinese_which_is_asian_now(code: str) -> None:
    new, source = from_sixteen(code)
    assert source == code and group_of(new) == ("A" if code in MOVED else code[0])


def fact(answer: str) -> Description:
    return Description(topic="ethnicity", answer=answer)


@MODEST
@given(some.sampled_from(CODES), some.sampled_from(REASONS))
def test_an_answer_is_its_code_and_no_answer_is_not_stated_with_its_reason(code: str, reason: str) -> None:
    assert (fact(code).ethnic_code, fact(code).why_not) == (code, "")
    assert (fact(reason).ethnic_code, fact(reason).why_not) == (NOT_STATED, reason)


@MODEST
@given(some.permutations(REASONS))
def test_not_asked_is_not_declined_nor_any_other_reason(reasons: list[str]) -> None:
    words = [fact(reason).words for reason in reasons]
    assert len(set(words)) == len(set(reasons)) == 4
    assert fact("not_asked").words == "Not asked" and fact("declined").words == "Did not wish to say"


@MODEST
@given(some.sampled_from([topic for topic in TOPICS if not TOPICS[topic].seen]))
def test_every_question_tells_not_asked_from_declined_and_neither_is_one_of_its_answers(topic: str) -> None:
    answers = {code for code, _ in TOPICS[topic].answers}
    assert not answers & set(REASONS)
    asked, declined = (Description(topic=topic, answer=why) for why in ("not_asked", "declined"))
    assert asked.words != declined.words and asked.why_not != declined.why_not


@MODEST
@given(some.sampled_from([*CODES, *REASONS]))
def test_what_is_chosen_on_the_page_is_what_is_kept(answer: str) -> None:
    form = DescribedHarmed({"ethnicity": answer})
    assert form.is_valid(), form.errors
    assert form.answers() == {"ethnicity": (answer, "")}


def test_what_is_kept_is_read_back_as_it_was_said_and_the_older_code_beside_it(
    hannah: Person, hannahs_incident: Incident, ellen: User
) -> None:
    for answer in [*CODES, *REASONS, *SIXTEEN]:
        describe(person=hannah, said={"ethnicity": (answer, "")}, beneath=hannahs_incident, by=ellen)
        kept = described([hannah.pk], case=hannahs_incident.case_id)[hannah.pk]["ethnicity"]
        assert kept.answer == MOVED.get(answer, answer), answer
        assert kept.source_code == (answer if answer in MOVED else ""), answer


def test_what_an_officer_sees_never_becomes_what_somebody_says(
    hannah: Person, hannahs_incident: Incident, ellen: User
) -> None:
    said = {"ethnicity": ("B2", ""), "seen_as": ("IC1", "")}
    describe(person=hannah, said=said, beneath=hannahs_incident, by=ellen)
    kept = described([hannah.pk], case=hannahs_incident.case_id)[hannah.pk]
    assert (kept["ethnicity"].ethnic_code, kept["seen_as"].answer) == ("B2", "IC1")
