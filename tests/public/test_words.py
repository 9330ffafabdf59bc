"""What the public page says: in both languages, in neutral words where others may see them, and only what the staff understand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dvds.models import Asks, Danger, Feared, PublicRequest
from dvds.models.asked import SAID
from public import leaves, questions, said
from public.asking import Box, Option, Question
from public.leaves import Leaf
from public.letterbox import columns
from public.questions import QUESTIONS, asked, following
from public.reading import read, typed_in
from public.said import Said

SCHEME = re.compile(r"clare|dvds|disclos|datgel", re.IGNORECASE)


def of(thing: object) -> Iterator[Said]:
    """Every sentence in a declared thing, however deep."""
    if isinstance(thing, Said):
        yield thing
    elif isinstance(thing, Question | Option | Box | Leaf):
        for name in thing.__dataclass_fields__:
            yield from of(getattr(thing, name))
    elif isinstance(thing, tuple | list):
        for one in thing:
            yield from of(one)
    elif isinstance(thing, dict):
        yield from of(list(thing.values()))


EVERY = [*of(list(vars(questions).values())), *of(list(vars(leaves).values())), *of(said.FRAME)]


def test_every_sentence_is_there_in_english_and_in_welsh() -> None:
    assert len(EVERY) > 150
    lacking = [one.en for one in EVERY if not one.en.strip() or not one.cy.strip() or one.en == one.cy]
    assert lacking == []


def test_no_sentence_names_the_scheme() -> None:
    assert [one for one in EVERY if SCHEME.search(one.en + one.cy)] == []


def test_what_stands_in_the_frame_does_not_name_the_police() -> None:
    frame = " ".join(one.en + one.cy for one in said.FRAME.values())
    assert not re.search(r"police|heddlu", frame, re.IGNORECASE)


def test_what_is_filled_into_a_sentence_is_filled_in_both() -> None:
    gaps = re.compile(r"\{\w+\}")
    assert [one for one in EVERY if gaps.findall(one.en) != gaps.findall(one.cy)] == []


@pytest.mark.parametrize(
    ("question", "known"),
    [(questions.DANGER, Danger), (questions.ASKS_AS, Asks), (questions.FEARED, Feared)],
    ids=["danger", "asks as", "feared"],
)
def test_each_answer_is_one_that_the_staff_know(question: Question, known: type[Danger]) -> None:
    assert {option.value for option in question.options} == set(known.values)


def test_each_question_says_why_it_is_asked() -> None:
    assert all(question.why.en.count(".") >= 1 for question in QUESTIONS)


def test_the_longest_answers_fit_the_letterbox() -> None:
    longest = {box.name: "x" * box.most for question in QUESTIONS for box in question.every_box()}
    for way in ("friend", "me", "meet", "none"):
        row = columns({**longest, "reach": way, "asks_as": "friend", "danger": "none"}, "cy")
        assert set(row) == set(SAID) - {"key"}
        for name, words in row.items():
            most = PublicRequest._meta.get_field(name).max_length
            assert most is None or len(words) <= most, name


def test_whoever_asks_for_themselves_is_not_asked_who_is_at_risk() -> None:
    assert len(asked({"asks_as": "friend"})) == 9
    assert len(asked({"asks_as": "self"})) == 8
    after = following("asks_as", {"asks_as": "self"})
    assert after is not None
    assert after.name == "subject"


def test_what_belongs_to_a_way_that_was_not_chosen_is_dropped() -> None:
    posted = {"reach": ["friend"], "friend_number": ["07700 900417"], "friend_when": ["any time"], "me_number": ["1"]}
    said_now, faults = read(questions.REACH, typed_in(questions.REACH, posted))
    assert (said_now, faults) == ({"reach": "friend", "friend_number": "07700 900417", "friend_when": "any time"}, {})


@pytest.mark.parametrize("way", ["friend", "me", "meet"])
def test_a_way_without_its_number_or_its_times_is_refused_naming_which(way: str) -> None:
    _, faults = read(questions.REACH, {"reach": [way]})
    assert len(faults) == 2
    assert f"{way}_when" in faults


def test_not_to_be_reached_safely_is_a_full_answer() -> None:
    assert read(questions.REACH, {"reach": ["none"]}) == ({"reach": "none"}, {})
    row = columns({"reach": "none"}, "en")
    assert row["safe_means"].startswith("Cannot be reached safely")


def test_nothing_invisible_is_kept_and_nothing_too_long_is_taken() -> None:
    typed = {"subject_name": ["Ku\u202ert\x00\n Vane"], "subject_more": ["x" * 171]}
    said_now, faults = read(questions.SUBJECT, typed)
    assert said_now["subject_name"] == "Kurt Vane"
    assert "take away 1" in faults["subject_more"].en


def test_an_answer_that_is_not_offered_is_none() -> None:
    said_now, faults = read(questions.DANGER, {"danger": ["' OR 1=1"]})
    assert said_now == {"danger": ""}
    assert "danger" in faults
