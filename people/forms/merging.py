"""What somebody says about two records that may be one person."""

from __future__ import annotations

from workflow.forms import Choices, LongText, Reason, ShortText


class WhySame(Reason):
    reason = LongText(
        label="Why may they be the same person?", called="The reason", needed="Say why they may be the same person",
        min_length=10, max_length=4000, rows=3, hint="What you know or were told. Whoever judges reads it.",
    )  # fmt: skip


class SameAs(WhySame):
    """Whom somebody may be the same as is chosen from those shown; the box of a name looks for more."""

    name = ShortText(label="Look for another name", called="The name", required=False, max_length=200)


class WhyTwo(Reason):
    reason = LongText(
        label="Why are they two people?", called="The reason", needed="Say why they are two people", min_length=10,
        max_length=4000, rows=3, hint="They are not suggested again unless something new speaks for it.",
    )  # fmt: skip


class WhyMerge(Reason):
    reason = LongText(
        label="Why are you sure that they are one person?", called="The reason",
        needed="Say why you are sure that they are one person", min_length=10, max_length=4000, rows=4,
        hint="What you checked, and with whom. A name and a birth date alone are not enough.",
    )  # fmt: skip


class WhyApart(Reason):
    reason = LongText(
        label="Why must they stay two?", called="The reason", needed="Say why they must stay two", min_length=10,
        max_length=4000, rows=3,
    )  # fmt: skip


class AnyRow(Choices):
    """Codes of rows. Which of them may be said is asked under the locks: others may have come while the page was open."""

    def valid_value(self, value: object) -> bool:
        return isinstance(value, str) and len(value) <= 120


class WhatGoes(Reason):
    """Why they are two after all; and of what nobody can tell, which rows are the other's."""

    reason = LongText(
        label="Why are they two people after all?", called="The reason", needed="Say why they are two people",
        min_length=10, max_length=4000, rows=4,
    )  # fmt: skip
    goes = AnyRow(
        label="Which of these belong to the record that is given back?", called="What goes back", required=False
    )
