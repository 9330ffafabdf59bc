"""What is said of a forum, of its rules and of the agencies that sit in it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from marac.models import Forum, ForumKind, ForumTerms, RepeatAnchor, RepeatWords
from safeguarding.models import Agency
from workflow.forms import (
    Choice,
    DayField,
    EvidenceForm,
    LongText,
    Number,
    Reason,
    ShortText,
    UnitField,
    UnitsField,
    YesNo,
)


class ForumSaid(EvidenceForm):
    """Where it meets, and how many women live there: the return counts cases for every 10,000 of them (D.9)."""

    area = ShortText(
        label="Whose residents does it hear?",
        called="The area",
        max_length=200,
        hint="For example Easterby and Southmere",
    )
    hears = UnitsField(
        label="Which police units’ cases does it hear?", called="The units", required=False,
        hint="The codes of the units, with commas between them, for example NR3, SM1: each with all beneath it. A referral goes"
        " to the forum of the nearest unit above its case.",
    )  # fmt: skip
    venue = ShortText(label="Where does it meet?", called="The venue", max_length=200, required=False)
    women_over_16 = Number(
        label="How many women aged 16 and over live there?", called="The number of women", required=False, width=10,
        min_value=1, max_value=5_000_000,
    )  # fmt: skip
    women_source = ShortText(
        label="Where is that number from?", called="The source of the number", max_length=200, required=False,
        hint="For example ONS mid-year estimate 2025",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("women_over_16") and not said.get("women_source"):
            self.add_error("women_source", _("Say where the number is from"))
        return said


class NewForum(ForumSaid):
    name = ShortText(label="Name", max_length=80, hint="For example Easterby MARAC")
    kind = Choice(ForumKind, label="How does it work?", called="How it works", needed="Choose how it works")
    runs = UnitField(
        label="Which unit runs it?", called="The unit that runs it", hint="The code of the unit, for example DAU."
    )
    field_order = ("name", "kind", "area", "hears", "venue", "runs", "women_over_16", "women_source")

    def clean_name(self) -> str:
        said: str = self.cleaned_data["name"]
        if Forum.objects.filter(name__iexact=said).exists():
            raise ValidationError(_("A forum has that name already, perhaps a closed one. Choose another."))
        return said


class ForumChanged(ForumSaid, Reason):
    reason = LongText(
        label="Why does it change?", called="The reason", needed="Say why it changes", max_length=1000, rows=2
    )
    field_order = ("area", "hears", "venue", "women_over_16", "women_source", "reason")


#: The numbers of the rules: column, question, most. What each means stands in `ForumTerms`.
NUMBERS = (
    ("rhythm_days", "Calendar days from one meeting to the next", 366),
    ("slots", "Cases in a meeting", 100),
    ("slot_minutes", "Minutes for a case", 120),
    ("cutoff_days", "Referrals close: working days before the meeting", 60),
    ("agenda_days", "The agenda goes out: working days before the meeting", 60),
    ("research_days", "Research is back: working days before the meeting", 60),
    ("accept_days", "A referral is accepted or returned: working days", 20),
    ("minutes_days", "Minutes are out: working days after the meeting", 20),
    ("told_days", "She is told: working days after the meeting", 20),
    ("action_days", "An action is due, where nothing else is said: working days", 60),
    ("at_once_hours", "An action of immediate safety is due: hours", 72),
    ("emergency_hours", "An emergency meeting is held: hours after it is called", 72),
    ("transfer_days", "Another forum accepts a transfer: working days", 60),
    ("sight_days", "Agencies see a case after its meeting: calendar days", 366),
    ("visible_score", "Yes answers of the 24 that make risk visibly high", 24),
    ("escalation_incidents", "Incidents that may show escalation", 50),
    ("escalation_months", "Counted over so many months", 60),
    ("repeat_months", "Calendar months in which further abuse is a repeat", 60),
    ("youngest", "Youngest person harmed who is heard", 25),
    ("deferred_most", "How often a case may be put off", 5),
)
MAY_BE_NONE = {"deferred_most", "cutoff_days", "agenda_days", "research_days"}


class NewTerms(EvidenceForm):
    """The rules of the forum from a day on, all of them: what stands now is filled in."""

    wants_subject = True

    repeat_words = Choice(RepeatWords, label="What makes a repeat?", called="What makes a repeat")
    repeat_anchor = Choice(RepeatAnchor, label="From when do its months run?", called="From when its months run")
    counts_transfers = YesNo(
        label="Does a transfer in count from the other forum’s date?", called="Whether a transfer in counts"
    )
    valid_from = DayField(label="From which day?", called="The day they start", future=True)
    authority = LongText(
        label="On what authority?", called="The authority", needed="Say on what authority", max_length=300, rows=3,
        hint="The protocol or decision they follow, for example: steering group, 4 November 2026.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Forum | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name, label, most in NUMBERS:
            least = 0 if name in MAY_BE_NONE else 1
            self.fields[name] = Number(label=_(label), called=_(label), min_value=least, max_value=most)
        if subject is not None and subject.pk:
            now = ForumTerms.objects.of(subject, timezone.localdate())
            said = {
                name: getattr(now, name) for name in (*(row[0] for row in NUMBERS), "repeat_words", "repeat_anchor")
            }
            self.initial = {**said, "counts_transfers": "yes" if now.counts_transfers else "no", **self.initial}
        self.order_fields([*(row[0] for row in NUMBERS), "repeat_words", "repeat_anchor", "counts_transfers"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        days = [said[name] for name in ("cutoff_days", "agenda_days", "research_days") if said.get(name) is not None]
        if days != sorted(days, reverse=True):
            words = _(
                "Referrals close first, then the agenda goes out, then research is back: check the three numbers of days"
            )
            self.add_error("agenda_days", words)
        return said


class Seat(EvidenceForm):
    """An agency that sits in the forum from a day on."""

    agency = Choice(label="Which agency?", called="The agency", needed="Choose the agency", coerce=int)
    core = YesNo(
        label="Is it expected at every meeting?",
        called="Whether it is expected",
        needed="Say whether it is expected at every meeting",
    )
    since = DayField(label="From when?", called="The first day")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["agency"]
        working = Agency.objects.all().working().select_related("unit").order_by("unit__name", "pk")
        field.choices = [(agency.pk, str(agency)) for agency in working]


class SeatChanged(Reason):
    core = YesNo(
        label="Is it expected at every meeting?",
        called="Whether it is expected",
        needed="Say whether it is expected at every meeting",
    )
    field_order = ("core", "reason")


class Leaves(Reason):
    """From which day it sits no longer."""

    until = DayField(label="From when does it sit no longer?", called="The first day without it")
    field_order = ("until", "reason")
