"""What is said of a pack: which one of when, words beside its themes, who is to sign it, and why it does not stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from cases.forms.safety import PersonField
from reporting.forms.heard import NamesNobody
from reporting.forms.owned import MeasureField, MonthField
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import NotOffered, Window
from reporting.models import PackCode
from reporting.packs.calendar import window_said
from reporting.packs.declare import PACKS, month_on
from reporting.packs.one_figure import question_of
from workflow.forms import Choice, EvidenceForm, LongText, Pick, Reason, ShortText, UnitField

ASKED_FOR = [(code.value, code.label) for code in PackCode if code is not PackCode.FIGURE]
OF_THE_FORCE = "This pack is of the whole force. Leave the unit empty."


class PackAsked(EvidenceForm):
    """Which pack, of which window, of which unit."""

    pack = Choice(ASKED_FOR, label="Which pack?", called="The pack", needed="Choose the pack")
    begins = ShortText(
        label="Which month does it begin with?",
        called="The first month",
        needed="Enter the first month",
        max_length=7,
        width=10,
        hint="For example 2026-10. A quarter begins with January, April, July or October; an inspection pack is of twelve months.",
    )
    over = UnitField(
        label="Of which unit? (optional)",
        called="The unit",
        required=False,
        hint="Its code, for example NG. The force if empty.",
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        pack = PACKS.get(said.get("pack") or "")
        if pack is None or not said.get("begins"):
            return said
        said["over"] = said.get("over") or Unit.objects.root()
        if pack.of_force and said["over"].parent_id is not None:
            self.add_error("over", _(OF_THE_FORCE))
        try:
            said["window"] = window_said(pack, said["begins"], timezone.localdate())
        except NotOffered as refused:
            self.add_error("begins", str(refused))
        return said


class FigureAsked(EvidenceForm):
    """One page of the explorer, as its address says it."""

    measure = MeasureField()
    part = ShortText(label="Which figure of it? (optional)", called="The figure", required=False, max_length=40)
    by = ShortText(label="Broken down by what? (optional)", called="The breakdown", required=False, max_length=40)
    begins = MonthField(label="First month", called="The first month", max_length=7)
    ends = MonthField(label="Last month", called="The last month", max_length=7)
    over = UnitField(label="Of which unit? (optional)", called="The unit", required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not all(said.get(name) for name in ("measure", "begins", "ends")):
            return said
        said["over"] = said.get("over") or Unit.objects.root()
        said["window"] = Window(said["begins"], month_on(said["ends"], 1) - timedelta(days=1))
        try:
            said["of"] = question_of(MEASURES[said["measure"]], said["part"], said["by"], said["window"], said["over"])
        except NotOffered as refused:
            self.add_error("measure", str(refused))
        return said


class Written(NamesNobody):
    """Somebody's words beside one theme. They are printed as they are."""

    wants_subject = True
    theme = Pick(label="Beside which theme?", called="The theme", needed="Choose the theme")
    words = LongText(
        label="What is to be said of it?",
        called="What is said",
        needed="Write what is to be said of it",
        min_length=10,
        max_length=4000,
        rows=8,
        hint="What changed and why, what is done about it. No names, and no numbers of cases.",
    )

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        pack = PACKS.get(getattr(subject, "pack", ""))
        field: Any = self.fields["theme"]
        field.choices = [("", _("Choose")), *((theme, _(theme)) for theme in (pack.themes if pack else []))]


class SentToSign(EvidenceForm):
    """To one named person, who may sign this pack off."""

    wants_subject = True
    signer = PersonField(label="Who is to sign it off?", called="Who signs it off", needed="Say who is to sign it off")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject

    def clean_signer(self) -> Any:
        signer, subject = self.cleaned_data["signer"], self.subject
        if signer is None or subject is None:
            return signer
        if not signer.holds(PACKS[subject.pack].signs, subject.unit):
            raise ValidationError(_("Their role does not sign this pack off. Name somebody whose role does."))
        return signer


class Signing(EvidenceForm):
    reason = LongText(
        label="What do you say as you sign it?",
        called="What you say",
        needed="Say what you found as you read it",
        min_length=10,
        max_length=2000,
        rows=4,
        hint="It is printed on the pack, with your name and the day. For example: Read with the owners; the figures stand.",
    )


class SentBack(Reason):
    reason = LongText(
        label="What must be put right?",
        called="What must be put right",
        needed="Say what must be put right",
        min_length=10,
        max_length=2000,
        rows=4,
    )


class TakenOut(Reason):
    reason = LongText(
        label="Why does it not stand any longer?",
        called="Why it does not stand",
        needed="Say why it does not stand",
        min_length=10,
        max_length=2000,
        rows=4,
        hint="It stays readable, marked as withdrawn. The same pack may be asked for anew then.",
    )


class Shut(Reason):
    reason = LongText(
        label="Why must nobody open it now?",
        called="The reason",
        needed="Say why nobody may open it",
        min_length=10,
        max_length=2000,
        rows=3,
        hint="For example: somebody could be known by a figure. Nobody opens the paper until it is released.",
    )
