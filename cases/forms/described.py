"""What somebody says of themselves, if they wish to: a few quick answers first, the rest only when opened. A.6."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms import BoundField
from django.utils.translation import gettext as _

from people.models.note import NOTE_KINDS
from people.models.note import TABLE as NOTES
from people.models.topic import TABLE, TOPICS, WHY_NOT, Topic
from workflow.forms import Choice, EvidenceForm, Pick, ShortText

#: What is quickly answered of anybody; more is asked of the person harmed alone, and only if they wish to say.
QUICK = ("gender", "ethnicity", "seen_as")
MORE = tuple(row.code for row in TABLE if row.private)
WORDED = {"disability": "What would help them?", "nationality": "Which nationality, if another?"}
FEW = 5  # answers: as many as stand on a small screen; a longer list opens
REASONS = dict(WHY_NOT)
SHORT_REASONS = ("declined", "not_asked")
RECORDED_ALREADY = "Recorded already. Answer only to change it."


def field_of(topic: Topic) -> forms.Field:
    """Its answers, and why there is none: for ethnicity each reason of A.6, else declined apart from not asked."""
    reasons = list(REASONS) if topic.code == "ethnicity" else [] if topic.seen else list(SHORT_REASONS)
    offered = [*topic.answers, *((code, REASONS[code]) for code in reasons)]
    if len(topic.answers) < FEW and topic.code in QUICK:
        return Choice(offered, label=topic.label, required=False)
    return Pick([("", ""), *offered], label=topic.label, required=False)


class Described(EvidenceForm):
    """The answers as facts want them, in `answers()`; a box left empty says nothing."""

    quick: tuple[str, ...] = QUICK
    more: tuple[str, ...] = ()

    def answers(self) -> dict[str, tuple[str, str]]:
        """{topic: (answer, words)} for what was answered."""
        said = self.cleaned_data
        return {
            topic: (said[topic], said.get(f"{topic}_words") or "")
            for topic in (*self.quick, *self.more)
            if said.get(topic)
        }

    def quick_fields(self) -> list[BoundField]:
        return [self[name] for name in self.quick]

    def more_fields(self) -> list[BoundField]:
        names = [one for name in self.more for one in (name, f"{name}_words") if one in self.fields]
        return [self[name] for name in names]


def described_form(name: str, more: tuple[str, ...] = ()) -> type[Described]:
    """The form for these topics, from the table."""
    fields: dict[str, Any] = {}
    for topic in (*QUICK, *more):
        fields[topic] = field_of(TOPICS[topic])
        if topic in WORDED and topic in more:
            fields[f"{topic}_words"] = ShortText(label=WORDED[topic], max_length=200, required=False)
    return type(name, (Described,), {**fields, "more": more, "__module__": __name__})


DescribedHarmed = described_form("DescribedHarmed", MORE)
DescribedOther = described_form("DescribedOther")


class NewNote(EvidenceForm):
    about = Choice([(row.code, row.label, row.hint) for row in NOTES], label="What is it?", needed="Choose what it is")
    said_words = ShortText(label="Write it down", called="What it is", needed="Write it down", max_length=200)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        words = said.get("said_words") or ""
        if said.get("about") == "email" and words:
            try:
                validate_email(words)
            except ValidationError:
                self.add_error("said_words", _("Enter an email address, like name@example.org"))
        return said


def note_heading(kind: str) -> str:
    """School, or the page for all of them."""
    return _(NOTE_KINDS[kind].label) if kind in NOTE_KINDS else _("Something else worth knowing")
