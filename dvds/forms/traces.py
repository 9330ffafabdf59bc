"""What is said of each thing that a look found: what it is, whether it is spent, how it is graded (S3-218, S3-239)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import SystemCheck
from cases.models.answers.intelligence import Handling, InformationGrade, SourceGrade
from dvds.models import Spent, Trace, TraceSort
from workflow.clock import LONDON
from workflow.forms import Choice, DayField, EvidenceForm, LongText, Pick, Reason, ShortText, Tick

Found = SystemCheck.Found


class TraceFound(EvidenceForm):
    """One thing that a system holds, judged by itself (S3-218, S3-239)."""

    wants_subject = True
    check_made = Pick(
        (), label="Which look found it?", called="The look", needed="Choose the look that found it",
        hint="A trace stands with the search that found it, so that anybody can find it again.",
    )  # fmt: skip
    sort = Choice(
        TraceSort, label="What is it?", needed="Say what it is",
        reveals={TraceSort.INTELLIGENCE: ["source", "assessment", "handling"]},
        hint="Its kind decides what may ever be told: violent offences, and behaviour that shows a risk.",
    )  # fmt: skip
    happened_on = DayField(
        label="When did it happen? (optional)", called="The day it happened", past=True, required=False,
        hint="How long ago it was weighs in what is in proportion, and in whether it is spent.",
    )  # fmt: skip
    words = LongText(
        label="What does it say?", called="What it says", needed="Say what it is", max_length=4000, rows=4, min_length=5,
        hint="As the system has it, without a view of your own. The forum decides on these words.",
    )  # fmt: skip
    of_whom = ShortText(
        label="What was the person harmed to them? (optional)", called="What the person harmed was to them", max_length=120,
        required=False, hint="For example: a former partner",
    )  # fmt: skip
    force = ShortText(
        label="Which force or area? (optional)", called="The force", max_length=80, width=20, required=False,
        hint="Somebody may have to ask there, and a pattern may run through several forces.",
    )  # fmt: skip
    spent = Choice(
        Spent, label="Is it spent?", needed="Say whether it is spent",
        hint="What is spent informs the risk and can never be chosen to be told. It is looked at again on the day.",
        reveals={Spent.UNSPENT: ["spent_on"]},
    )  # fmt: skip
    spent_on = DayField(
        label="When does it become spent? (optional)", called="The day it becomes spent", required=False,
        hint="A conviction may become spent while the case waits. It is looked at again on the day it would be told.",
    )  # fmt: skip
    violent = Tick(
        label="It is violent, or behaviour that shows a risk of harm", required=False,
        hint="Only violence, or behaviour that shows a risk of harm, may be told. All of it may inform the risk.",
    )  # fmt: skip
    source = Choice(
        SourceGrade, label="How is the source graded?", called="The source", required=False,
        hint="How reliable is whoever said it. What is not graded is not relied on.",
    )  # fmt: skip
    assessment = Choice(
        InformationGrade,
        label="How is the information graded?",
        called="The information",
        required=False,
        hint="How they know it: seen themselves, heard, or not known. What is not graded is not relied on.",
    )
    handling = Choice(
        Handling, label="How may it be handled?", called="The handling", required=False,
        hint="Who may be shown it, and on what condition. A forum and a recipient are not the police.",
    )  # fmt: skip
    may_be_told = ShortText(
        label="May it be told, and why? (optional)", called="Whether it may be told", max_length=500, required=False,
        hint="The forum decides; what you think helps it.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["check_made"]
        field.choices = [("", ""), *looks_that_found(subject)]
        if look := getattr(subject, "looked_at_check", None):
            self.initial["check_made"] = look

    def clean_check_made(self) -> SystemCheck:
        return SystemCheck.objects.get(pk=self.cleaned_data["check_made"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        sort, spent, ends = said.get("sort"), said.get("spent"), said.get("spent_on")
        if sort == TraceSort.CONVICTION and spent == Spent.NOT_SPENDABLE:
            self.add_error("spent", ValidationError(_("A conviction is spent or unspent: say which")))
        if spent == Spent.UNSPENT and ends and ends <= today():
            self.add_error("spent_on", ValidationError(_("That day has come: it is spent")))
        if sort == TraceSort.INTELLIGENCE:
            for name in ("source", "assessment", "handling"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(_("Intelligence is graded: choose one")))
        return said


def today() -> date:
    return timezone.now().astimezone(LONDON).date()


def looks_that_found(application: Any) -> list[tuple[str, str]]:
    """Those that found something: "PNC, 30/10/2026 07:05"."""
    if application is None or not application.pk:
        return []
    rows = SystemCheck.objects.standing().filter(case=application.case_id, found=Found.SOMETHING)
    rows = rows.filter(state=SystemCheck.State.RECORDED).select_related("system").order_by("-checked_at", "-pk")
    return [(str(row.pk), f"{row.system.label}, {row.checked_at.astimezone(LONDON):%d/%m/%Y %H:%M}") for row in rows]


class TraceStruck(Reason):
    """Something recorded of the wrong person, or twice: struck out and kept."""

    wants_subject = True
    trace = Pick(
        (), label="Which trace is wrong?", called="The trace", needed="Choose the trace",
        hint="It stays readable, struck out, and counts no longer.",
    )  # fmt: skip
    reason = LongText(
        label="What is wrong with it?", called="What is wrong", needed="Say what is wrong with it", min_length=10,
        max_length=2000, rows=3,
        hint="A wrong trace can warn of somebody innocent. Whoever reads it later must see what was wrong.",
    )  # fmt: skip
    field_order = ("trace", "reason")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = Trace.objects.standing().filter(application=subject).order_by("pk") if subject and subject.pk else []
        field: Any = self.fields["trace"]
        field.choices = [("", ""), *((str(row.pk), f"{row.get_sort_display()}: {row.words[:60]}") for row in rows)]

    def clean_trace(self) -> Trace:
        return Trace.objects.get(pk=self.cleaned_data["trace"])
