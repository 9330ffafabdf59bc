"""What is said of a quarter's figures, of what others published, and of the forum when it looks at itself."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _

from marac.figures import DERIVED, FIGURES, TABLE
from marac.models import FigureBand, SelfAssessment
from marac.principles import SCORES
from marac.principles import TABLE as PRINCIPLES
from workflow.forms import Choice, DayField, EvidenceForm, LongText, Number, Pick, Reason, ShortText

MOST = 1_000_000
BOTH = (*FIGURES, *(row.code for row in DERIVED))


class SignedOff(EvidenceForm):
    """The figures are not typed: they are counted when it is signed, and kept as they are then."""

    cost = Number(
        label="What did the forum cost in this quarter, in pounds? (optional)", called="The cost", required=False, width=10,
        min_value=0, max_value=MOST * 10, hint="Coordination, chair, rooms, systems, as the steering group counts it.",
    )  # fmt: skip
    words = LongText(
        label="What explains these figures? (optional)", called="What explains them", required=False, max_length=4000, rows=4,
        hint="For example a meeting that fell out. No names and no cases.",
    )  # fmt: skip


class Entered(EvidenceForm):
    """The figures of a quarter that was not heard here: from a return on paper, or from the system before this one."""

    words = LongText(
        label="Where are these figures from?", called="Where they are from", needed="Say where the figures are from",
        max_length=1000, rows=2,
    )  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for row in TABLE:
            wanted = row.code in ("meetings", "cases")
            self.fields[row.code] = Number(
                label=_(row.label), called=_(row.label), required=wanted, width=6, min_value=0, max_value=MOST
            )
        self.order_fields([*FIGURES, "words"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        cases = said.get("cases")
        for row in TABLE:
            value = said.get(row.code)
            if cases is not None and value is not None and row.counts is not None and value > cases:
                self.add_error(row.code, _("%(name)s cannot be more than the cases heard") % {"name": _(row.label)})
        parts = [said.get(row.code) for row in TABLE if row.group == "from"]
        if cases is not None and None not in parts and sum(part or 0 for part in parts) != cases:
            self.add_error("cases", _("Cases heard must be the sum of who referred them"))
        return said


class Explained(Reason):
    reason = LongText(
        label="What is to be added?", called="What is added", needed="Say what is to be added", max_length=2000, rows=3
    )


class Published(EvidenceForm):
    """A value that others published. The same figure, period and place again puts it right."""

    figure = ShortText(label="Which figure?", called="The figure", needed="Say which figure", max_length=30)
    begins_on = DayField(label="From which day?", called="The first day", needed="Say of which period it is")
    months = Number(label="For how many months?", called="The months", min_value=1, max_value=60)
    place = ShortText(label="Of which area?", called="The area", needed="Say of which area it is", max_length=120)
    value = ShortText(label="The value", called="The value", needed="Say the value", max_length=15)
    source = ShortText(
        label="Where is it published?", called="The source", needed="Say where it is from", max_length=300
    )

    def clean_figure(self) -> str:
        said: str = self.cleaned_data["figure"].strip().lower()
        if said not in BOTH:
            words = _("%(said)s is none of the figures. They are: %(names)s")
            raise ValidationError(words % {"said": said, "names": ", ".join(BOTH)})
        return said

    def clean_value(self) -> float:
        return as_number(self.cleaned_data["value"], MOST * 100)


def as_number(said: str, most: int) -> float:
    """41.5. Raises ValidationError for what is no number from 0 to the most."""
    try:
        value = float(said.strip().replace(",", ""))
    except ValueError:
        raise ValidationError(_("The value must be a number, for example 41.5")) from None
    for check in (MinValueValidator(0), MaxValueValidator(most)):
        check(value)
    return value


class Expected(EvidenceForm):
    """Between what a figure is expected to lie, from a day on. It holds for every forum of the force."""

    figure = Pick(
        [("", ""), *((row.code, row.label) for row in DERIVED)], label="Which figure?", called="The figure",
        needed="Choose the figure",
    )  # fmt: skip
    low = ShortText(label="At least", called="The least", needed="Say the least", max_length=9, width=10)
    high = ShortText(label="At most (optional)", called="The most", required=False, max_length=9, width=10)
    valid_from = DayField(label="From which day?", called="The day", needed="Say from which day", future=True)
    authority = ShortText(
        label="On whose authority?", called="The authority", needed="Say on whose authority", max_length=300,
        hint="For example: steering group, minute 4 of 2 November 2026.",
    )  # fmt: skip

    def clean_low(self) -> float:
        return as_number(self.cleaned_data["low"], MOST)

    def clean_high(self) -> float | None:
        said = self.cleaned_data["high"]
        return as_number(said, MOST) if said else None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = said.get("low"), said.get("high")
        if low is not None and high is not None and high < low:
            self.add_error("high", _("The most cannot be less than the least"))
        figure, on = said.get("figure"), said.get("valid_from")
        if figure and on and FigureBand.objects.filter(figure=figure, valid_from=on).exists():
            self.add_error(
                "valid_from", _("Something is expected of this figure from that day already. Choose another.")
            )
        return said


class Looked(EvidenceForm):
    """A forum begins to look at itself, as it was on a day."""

    on = DayField(label="On which day does it look at itself?", called="The day", past=True)


class Answers(EvidenceForm):
    """Each principle with how far it is met and what shows it. What is not said yet is asked before it is signed."""

    wants_subject = True
    plan = LongText(
        label="What will be done, by whom, by when?",
        called="What will be done",
        required=False,
        max_length=4000,
        rows=4,
    )

    def __init__(self, *args: Any, subject: SelfAssessment | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        known = subject.answers if subject is not None else {}
        for row in PRINCIPLES:
            self.fields[row.code] = Choice(
                SCORES, label=f"{_(row.label)}: {_(row.asks)}", called=_(row.label), required=False, inline=True
            )
            words = self.fields[f"{row.code}_words"] = LongText(
                label=_("What shows it?"), called=_("What shows it"), required=False, max_length=2000, rows=2
            )
            words.label = _("%(principle)s: what shows it?") % {"principle": _(row.label)}
            said = known.get(row.code, {})
            self.initial.setdefault(row.code, said.get("score", ""))
            self.initial.setdefault(f"{row.code}_words", said.get("words", ""))
        self.order_fields([name for row in PRINCIPLES for name in (row.code, f"{row.code}_words")] + ["plan"])
