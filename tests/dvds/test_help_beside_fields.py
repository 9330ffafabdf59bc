"""Beside each field of Clare’s Law, and of the public page, stands why it is asked and what the law says: two sentences at most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

import dvds.steps
from accounts.roles import SYSTEM
from cases.steps.safety import SAFETY
from public.asking import Box
from public.questions import QUESTIONS
from workflow.declare import WORKFLOWS, Workflow

#: Taken in any kind of case by the same page, whose one box, "Why?", stands beneath a button that says all.
ONE_REASON = {"restrict", "step-away", "shut-out"}
END = re.compile(r"[.?!](?=\s|$)")
TABLES = [table for table in WORKFLOWS.values() if table.model.__module__.startswith(f"{dvds.__name__}.")]
BOXES = [box for question in QUESTIONS for box in question.every_box()]


def forms_of(table: Workflow) -> Iterator[type[Any]]:
    """Of each step that a person takes, of each section, and of each row: begun, and changed."""
    reasons = {step.name for step in SAFETY} & ONE_REASON
    yield from (step.evidence for step in table.steps if step.who != SYSTEM and step.name not in reasons)
    yield from (section.form for section in table.sections)
    for kind in table.all_rows():
        yield kind.form
        if kind.beginning:
            yield kind.beginning.form


def beside(field: Any) -> str:
    """What stands beside a field: its own hint, and those of its answers."""
    return " ".join(filter(None, [field.help_text, *getattr(field.widget, "hints", {}).values()]))


FORMS = {f"{form.__module__}.{form.__name__}": form for table in TABLES for form in forms_of(table)}


def test_every_table_of_clares_law_is_walked() -> None:
    assert {table.name for table in TABLES} == {
        getattr(dvds.steps, name).name for name in dvds.steps.__all__
    }  # a table that is added is walked too
    assert len(FORMS) > 60


@pytest.mark.parametrize("name", FORMS)
def test_each_field_has_help_beside_it(name: str) -> None:
    bare = [field for field, asked in FORMS[name].base_fields.items() if not beside(asked)]
    assert bare == []


@pytest.mark.parametrize("name", FORMS)
def test_help_is_two_sentences_at_most(name: str) -> None:
    fields = FORMS[name].base_fields.items()
    assert {field: asked.help_text for field, asked in fields if len(END.findall(str(asked.help_text))) > 2} == {}


@pytest.mark.parametrize("box", BOXES, ids=lambda box: box.name)
def test_each_box_of_the_public_page_says_what_is_enough(box: Box) -> None:
    assert box.hint is not None
    assert all(len(END.findall(words)) <= 2 for words in (box.hint.en, box.hint.cy))


def test_each_question_of_the_public_page_says_why_it_is_asked_in_two_sentences() -> None:
    assert [one.name for one in QUESTIONS if not 1 <= len(END.findall(one.why.en)) <= 2] == []
