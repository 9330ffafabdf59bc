"""What is said of looks in systems for a consideration: what was searched, what was found, what each trace is (D2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.forms.systems import NewCheck, birth_of, lines_of
from cases.models import CheckedSystem, SystemCheck
from cases.models.answers import YesOrNo
from cases.models.answers.intelligence import Handling, InformationGrade, SourceGrade
from cases.models.known_here import KnownHere, known_here
from cases.models.systems import as_typed
from dvds.models import PNC, NoTrace, Party, Spent, Trace, TraceSort
from dvds.models.alternatives import Alternatives, alternatives, written
from dvds.models.application import Part
from people.services import births_for, names_seen
from workflow.clock import LONDON
from workflow.forms import (
    Choice,
    Choices,
    DayField,
    EvidenceForm,
    LongText,
    MomentField,
    Pick,
    Reason,
    ShortText,
    Tick,
)

Found = SystemCheck.Found
SEARCH_OR_SAY = "Our own records also know: %(terms)s. Search for them too, or say why not"


class LookMade(NewCheck):
    """A look in a system for somebody of the consideration. What our own records know besides is put beside the boxes: it is
    searched too, or left for a reason. `subject` is the consideration; the step’s guard says on it who asks.
    """

    also_searched = Choices(
        (), label="Our own records also know these. Which did you search too?", called="What was searched too", required=False,
        hint="Other names, spellings and birth dates of the same person, or of somebody who may be the same.",
    )  # fmt: skip
    not_tried_because = LongText(
        label="Why were the others not searched? (optional)", called="Why the others were not searched", required=False,
        max_length=1000, rows=2, hint="Only where nothing was found and some of them are left.",
    )  # fmt: skip
    visor_marker = Choice(
        YesOrNo, label="Does PNC show a ViSOR marker?", called="Whether PNC shows a ViSOR marker", required=False, inline=True,
        hint="Of the subject alone. Where it does, ViSOR is asked too.",
    )  # fmt: skip
    stands: Sequence[str] = ()  # what stands in the boxes already, so that it is not proposed as well
    field_order: Any = (
        "system", "person", "names", "births", "births_unknown", "also_searched", "places", "checked_at", "checked_by", "found",
        "result", "visor_marker", "not_tried_because", "reference",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        self.application = subject
        super().__init__(*args, subject=subject, **rest)
        self.initial["visor_marker"] = ""  # each look at PNC says it anew
        if code := getattr(subject, "looked_in", ""):
            self.initial["system"] = code
            if code != PNC:
                del self.fields["visor_marker"]
        if chosen := getattr(subject, "looked_for", None):
            self.offer(self.here, chosen)
        person = (self.data.get("person") if self.is_bound else None) or self.initial.get("person")
        self.known = self.known_of(person)
        field: Any = self.fields["also_searched"]
        field.choices = [(term, term) for term in self.known.besides(self.offered(person)).terms]
        if not field.choices:
            del self.fields["also_searched"]

    def offer(self, here: KnownHere, person: int | None) -> None:
        """One name and one date stand in the boxes: what else is known is ticked by whoever truly searched for it."""
        user = getattr(self.application, "asked_by", None)
        if person is None or user is None:
            return
        name, birth = names_seen([person], user).get(person, ""), births_for([person], user).get(person)
        exact = written(birth) if birth else ""
        self.initial.update(person=person, names=name, births=as_typed(exact) if exact else "")
        self.stands = [name, exact]

    def offered(self, person: Any) -> Sequence[str]:
        if self.is_bound:
            return self.typed()
        return self.stands if self.initial.get("person") and str(self.initial["person"]) == str(person) else []

    def typed(self) -> list[str]:
        """What stands in the boxes as they were sent, but for what was ticked besides."""
        sent: dict[str, Any] = {
            name: self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name in ("names", "births", "also_searched")
        }
        ticked = sent["also_searched"] or []
        births = [read_birth(line) for line in lines_of(sent["births"])]
        names = [name for name in lines_of(sent["names"]) if name not in ticked]
        return [*names, *(birth for birth in births if birth and as_typed(birth) not in ticked)]

    def known_of(self, person: Any) -> Alternatives:
        """Within what whoever asks may see; nothing where nobody is looked for, or nobody asks (the shape of the form)."""
        user = getattr(self.application, "asked_by", None)
        return alternatives(int(person), user) if user and str(person or "").isdecimal() else Alternatives()

    def clean(self) -> dict[str, Any]:
        self.take_along()
        said = super().clean()
        if said.get("person") is None and "person" not in self.errors:
            self.add_error("person", ValidationError(_("Say who was looked for")))
        said["visor_marker"] = self.marker(said)
        left = self.known.besides([*(said.get("names") or []), *(said.get("births") or [])])
        if said.get("found") == Found.NOTHING and left and not said.get("not_tried_because") and not self.errors:
            self.add_error("not_tried_because", ValidationError(_(SEARCH_OR_SAY) % {"terms": ", ".join(left.terms)}))
        return said

    def take_along(self) -> None:
        """What was ticked was searched: it stands among the names and dates like what was typed."""
        said = self.cleaned_data
        ticked = said.pop("also_searched", None) or []
        dates = {as_typed(birth): birth for birth in self.known.births}
        names = [term for term in ticked if term not in dates]
        births = [dates[term] for term in ticked if term in dates]
        said["names"] = list(dict.fromkeys([*(said.get("names") or []), *names]))
        said["births"] = list(dict.fromkeys([*(said.get("births") or []), *births]))

    def marker(self, said: dict[str, Any]) -> str:
        """Asked of PNC and the subject; of anything else it says nothing."""
        system, person = said.get("system"), said.get("person")
        of_subject = self.application is not None and person is not None and is_subject(self.application, person)
        if system is None or system.code != PNC or not of_subject:
            return ""
        if "visor_marker" not in self.fields:
            return ""
        if not said.get("visor_marker") and "visor_marker" not in self.errors:
            self.add_error("visor_marker", ValidationError(_("Say whether PNC shows a ViSOR marker")))
        return str(said.get("visor_marker") or "")


def read_birth(line: str) -> str:
    """1988-01-30; "" for what is no date, which is refused where it was typed."""
    try:
        return birth_of(line)
    except ValidationError:
        return ""


def is_subject(application: Any, person: int) -> bool:
    rows = Party.objects.standing().filter(application=application, part=Part.SUBJECT, person=person)
    return bool(rows.exists())


class NotAvailable(EvidenceForm):
    """A system that could not be asked: why, and when it is tried again. It is no result."""

    wants_subject = True
    system = Pick((), label="Which system?", needed="Choose the system")
    person = Choice(
        (),
        label="Who was to be looked for?",
        called="Who was to be looked for",
        coerce=int,
        needed="Say who was to be looked for",
    )
    tried_at = MomentField(label="When was it tried?", called="The time", past=True)
    why = ShortText(
        label="Why could it not be asked?", called="The reason", needed="Say why it could not be asked", max_length=500
    )
    retry_at = MomentField(label="When is it tried again?", called="The time of the next try", future=True)

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        system: Any = self.fields["system"]
        system.choices = [("", "")] + [(row.code, row.label) for row in CheckedSystem.objects.offered()]
        person: Any = self.fields["person"]
        here = known_here(getattr(subject, "case_id", None))
        person.choices = here.choices
        self.initial.setdefault("tried_at", self.at or timezone.now())
        self.initial["system"] = getattr(subject, "looked_in", "") or self.initial.get("system") or ""
        self.initial["person"] = getattr(subject, "looked_for", None) or self.initial.get("person") or ""

    def clean_system(self) -> CheckedSystem:
        return CheckedSystem.objects.get(code=self.cleaned_data["system"], ended=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        tried, again = said.get("tried_at"), said.get("retry_at")
        if tried and again and again <= tried:
            self.add_error("retry_at", ValidationError(_("The time of the next try must be after this one")))
        return said


class TraceFound(EvidenceForm):
    """One thing that a system holds, judged by itself (S3-218, S3-239)."""

    wants_subject = True
    check_made = Pick((), label="Which look found it?", called="The look", needed="Choose the look that found it")
    sort = Choice(
        TraceSort, label="What is it?", needed="Say what it is",
        reveals={TraceSort.INTELLIGENCE: ["source", "assessment", "handling"]},
    )  # fmt: skip
    happened_on = DayField(
        label="When did it happen? (optional)", called="The day it happened", past=True, required=False
    )
    words = LongText(
        label="What does it say?", called="What it says", needed="Say what it is", max_length=4000, rows=4, min_length=5
    )
    of_whom = ShortText(
        label="What was the person harmed to them? (optional)", called="What the person harmed was to them", max_length=120,
        required=False, hint="For example: a former partner",
    )  # fmt: skip
    force = ShortText(
        label="Which force or area? (optional)", called="The force", max_length=80, width=20, required=False
    )
    spent = Choice(
        Spent, label="Is it spent?", needed="Say whether it is spent",
        hint="What is spent informs the risk and can never be chosen to be told. It is looked at again on the day.",
        reveals={Spent.UNSPENT: ["spent_on"]},
    )  # fmt: skip
    spent_on = DayField(
        label="When does it become spent? (optional)", called="The day it becomes spent", required=False
    )
    violent = Tick(label="It is violent, or behaviour that shows a risk of harm", required=False)
    source = Choice(SourceGrade, label="How is the source graded?", called="The source", required=False)
    assessment = Choice(
        InformationGrade,
        label="How is the information graded?",
        called="The information",
        required=False,
    )
    handling = Choice(Handling, label="How may it be handled?", called="The handling", required=False)
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
    trace = Pick((), label="Which trace is wrong?", called="The trace", needed="Choose the trace")
    reason = LongText(
        label="What is wrong with it?", called="What is wrong", needed="Say what is wrong with it", min_length=10,
        max_length=2000, rows=3,
    )  # fmt: skip
    field_order = ("trace", "reason")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = Trace.objects.standing().filter(application=subject).order_by("pk") if subject and subject.pk else []
        field: Any = self.fields["trace"]
        field.choices = [("", ""), *((str(row.pk), f"{row.get_sort_display()}: {row.words[:60]}") for row in rows)]

    def clean_trace(self) -> Trace:
        return Trace.objects.get(pk=self.cleaned_data["trace"])


class NothingFound(EvidenceForm):
    """No trace is a decision: what was searched stands in the look; what our own records propose was searched or left."""

    wants_subject = True
    not_tried_because = LongText(
        label="Why were these not searched?",
        called="Why they were not searched",
        required=False,
        max_length=1000,
        rows=3,
    )

    def __init__(self, *args: Any, subject: NoTrace | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.left = left_of(subject)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.left and not said.get("not_tried_because"):
            words = _(SEARCH_OR_SAY) % {"terms": ", ".join(self.left.terms)}
            self.add_error("not_tried_because", ValidationError(words))
        said["not_tried"] = self.left.terms
        return said


def left_of(row: Any) -> Alternatives:
    """What our own records propose and the look did not search, within what whoever asks may see."""
    look, user = getattr(row, "check_made", None) if row is not None else None, getattr(row, "asked_by", None)
    if look is None or user is None:
        return Alternatives()
    return alternatives(look.person_id, user).besides([*look.names, *look.births])


class TraceAgreed(EvidenceForm):
    """The second person looks at what was searched, and at what was not."""

    read = Tick(label="I have read everything that was searched, and what was left, and why", required=True)


class TraceReturned(Reason):
    reason = LongText(
        label="What is to be searched?", called="What is to be searched", needed="Say what is to be searched", min_length=5,
        max_length=1000, rows=3,
    )  # fmt: skip


class ChecksDone(EvidenceForm):
    whole = Tick(
        label="What each system says is recorded here, and nothing else is known to me that ought to be", required=True
    )
