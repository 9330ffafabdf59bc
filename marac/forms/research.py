"""What an agency says of one referral: what it knows, line by line; and what of it the forum may read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.models.answers import YesOrNo
from marac.models import Research, ResearchLine, Sort
from workflow.forms import Choice, Choices, DayField, EvidenceForm, LongText, ModelSection, Reason, ShortText

OURS = "Your agency’s own until you release it."
#: What of the return itself may be released as a line of its own, and about whom it is.
SUMMARIES: dict[str, tuple[str, str]] = {
    "involved": (ResearchLine.About.VICTIM, "How we are involved now"),
    "attends": (ResearchLine.About.VICTIM, "Attendance and engagement"),
    "staff_safety": (ResearchLine.About.SUSPECT, "Dangers to staff"),
    "protects": (ResearchLine.About.VICTIM, "What protects her"),
    "suggests": (ResearchLine.About.VICTIM, "Actions we suggest"),
}


class WhatWeKnow(ModelSection):
    """The agency's involvement in a few words. Nobody outside it reads any of this before it is released."""

    known = Choice(
        YesOrNo, label="Is anybody of this case known to your agency?", inline=True,
        hint="If nobody is, say so with “We know nothing”: that is an answer. Do not contact her to find out.",
    )  # fmt: skip
    last_contact_on = DayField(label="When was the last contact?", called="The last contact", past=True)
    involved = LongText(label="How is your agency involved now?", max_length=4000, rows=3, hint=OURS)
    attends = LongText(label="Do they attend and engage?", max_length=2000, rows=2, hint=OURS)
    staff_safety = LongText(label="Is there any danger to staff?", max_length=2000, rows=2, hint=OURS)
    protects = LongText(label="What protects her?", max_length=2000, rows=2, hint=OURS)
    suggests = LongText(label="Which actions do you suggest?", max_length=2000, rows=2, hint=OURS)
    needed = {"known": "Say whether anybody of this case is known to your agency"}

    class Meta:
        model = Research
        fields = ["known", "last_contact_on", "involved", "attends", "staff_safety", "protects", "suggests"]


class LineWritten(ModelSection):
    """One thing that the agency knows: fact apart from opinion."""

    about = Choice(ResearchLine.About, label="About whom?")
    sort = Choice(
        Sort, label="Is it a fact or a professional opinion?",
        hints={Sort.FACT: "Seen, recorded or measured", Sort.OPINION: "What you make of it"},
    )  # fmt: skip
    words = LongText(
        label="What do you know?", max_length=4000, rows=4, hint="Only what bears on the risk. One thing to a line."
    )
    source = ShortText(label="From where is it known?", max_length=200, hint="For example: tenancy file, home visit")
    on = DayField(label="On which day was it? (optional)", called="The day", past=True)
    held_because = LongText(
        label="Is it held and not to be shared? Say why (optional)", called="Why it is held", max_length=1000, rows=2,
        hint="The forum reads this reason and nothing else of the line, so write nothing of what is held.",
    )  # fmt: skip

    class Meta:
        model = ResearchLine
        fields = ["about", "sort", "words", "source", "on", "held_because"]

    def clean(self) -> dict[str, Any]:
        needed = {
            "about": _("Say about whom it is"), "sort": _("Say whether it is a fact or an opinion"),
            "words": _("Say what you know"), "source": _("Say from where it is known"),
        }  # fmt: skip
        for name, words in needed.items():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, words)
        return self.cleaned_data


class Releases(EvidenceForm):
    """What of the return the forum may read from now on, line by line."""

    wants_subject = True

    lines = Choices(
        label="What do you release to the forum? (optional)", called="What is released", required=False,
        hint="Everybody at the forum who may see this case reads it, and it stands in the minutes. What you leave out stays yours.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Research | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["lines"]
        field.choices = releasable(subject) if subject is not None and subject.pk else []


class ReleasesLater(Releases):
    lines = Choices(
        label="What do you release to the forum?", called="What is released", needed="Choose what you release",
        hint="Everybody at the forum who may see this case reads it, and it stands in the minutes.",
    )  # fmt: skip


def releasable(research: Research) -> list[tuple[str, str]]:
    """The lines that may be released and are not yet, and what the return itself says. One query."""
    lines = list(ResearchLine.objects.standing().filter(research=research).order_by("pk"))
    free = [row for row in lines if row.released_at is None and not row.held_because]
    released = {row.words for row in lines if row.released_at}
    found = [(f"line-{row.pk}", f"{row.get_sort_display()}: {short(row.words)}") for row in free]
    for name, (_about, label) in SUMMARIES.items():
        said = getattr(research, name)
        if said and summary_line(label, said) not in released:
            found.append((name, f"{_(label)}: {short(said)}"))
    return found


def summary_line(label: str, said: str) -> str:
    return f"{label}: {said}"[:4000]


def short(words: str) -> str:
    return words if len(words) <= 160 else f"{words[:157]}…"


class NothingKnown(EvidenceForm):
    """An explicit nil return: it says where the agency has looked."""

    searched = LongText(
        label="Where have you looked?", called="Where you have looked", needed="Say where you have looked", min_length=5,
        max_length=1000, rows=3, hint="Which systems, under which names and dates of birth, for whom of the case.",
    )  # fmt: skip


class Conflicted(Reason):
    """Somebody of the agency knows a party."""

    reason = LongText(
        label="How do you know a party of this case?", called="How you know them", needed="Say how you know them",
        max_length=1000, rows=2,
        hint="A few words. From then on you see nothing of this case; your manager or a colleague answers for the agency.",
    )  # fmt: skip
