"""What is said when an exception from a minimum standard is asked for and decided, and when a case is closed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from cases.models.standard import Line, unmet_in
from workflow.forms import Choice, EvidenceForm, LongText, Reason
from workflow.forms.field import lower_first
from workflow.templatetags.words import when_inside


class AskedException(EvidenceForm):
    """Which standard, of which incident, and why it cannot be met. Offered is what the case does not meet now."""

    wants_subject = True

    line = Choice(label="Which standard cannot be met?", called="The standard", needed="Choose the standard")
    why = LongText(
        label="Why can it not be met?", called="The reason", needed="Say why it cannot be met", min_length=20, max_length=4000,
        rows=4, hint="What was tried, when, and what stood in the way. That there was no time is no reason.",
    )  # fmt: skip
    instead = LongText(
        label="What was done instead? (optional)",
        called="What was done instead",
        max_length=2000,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        case = getattr(subject, "case", None) if getattr(subject, "case_id", None) else None
        field: Any = self.fields["line"]
        field.choices = [(line.key, words_of(line)) for line in unmet_in(case)] if case else []


def words_of(line: Line) -> str:
    """Children were seen and heard: a child was not seen by an officer (incident of 3 March 2026)."""
    said = f"{_(line.standard.label)}: {lower_first(line.lacks)}"
    if line.incident is None:
        return said
    return _("%(said)s (report of %(at)s)") % {"said": said, "at": when_inside(line.incident.reported_at)}


class ExceptionGranted(Reason):
    reason = LongText(
        label="Why may the case be closed without it?", called="Why it is granted", needed="Say why it is granted",
        min_length=20, max_length=4000, rows=4, hint="What you looked at, and why nobody is less safe for it.",
    )  # fmt: skip


class ExceptionRefused(Reason):
    reason = LongText(
        label="What must be done first?", called="What must be done", needed="Say what must be done first", min_length=10,
        max_length=4000, rows=4,
    )  # fmt: skip


class Told(models.TextChoices):
    YES = "yes", "Yes, they were told"
    NOT_SAFE = "not_safe", "No: it is not safe to tell them now"
    NOT_REACHED = "not_reached", "No: they could not be reached"
    NOT_WANTED = "not_wanted", "No: they do not want to hear from us"


class CaseClosed(Reason):
    """Why, and whether the person harmed knows. It is written in the decision log."""

    told = Choice(
        Told, label="Was the person harmed told that the case is closed?", called="Whether they were told",
        needed="Say whether the person harmed was told",
    )  # fmt: skip
    told_words = LongText(
        label="How and when were they told, and whom do they ring? If not, what was tried?", called="How they were told",
        needed="Say how they were told, or what was tried", min_length=10, max_length=2000, rows=3,
    )  # fmt: skip
    reason = LongText(
        label="Why is the case closed?", called="The reason", needed="Say why the case is closed", min_length=20, max_length=4000,
        rows=4, hint="What was done, what risk is left, and what would open it again.",
    )  # fmt: skip
    field_order = ("told", "told_words", "reason")
