"""How somebody may be reached without putting them in danger."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models import Incident, Involvement, SafeContact
from cases.models.answers.contact import Means, Never, Weekday
from cases.models.safe_contact import NUMBER
from people.models import Description
from people.models.language import ENGLISH
from workflow.forms import Choices, DayField, EvidenceForm, LongText, ModelSection, Pick, ShortText, Telephone, Tick
from workflow.forms.moment import clock_time

FIRST = [("", "The first of those ticked"), *((way.value, way.label) for way in Means if way is not Means.NONE)]
#: Never prefilled: the word is in no page's source before somebody has said why they need it.
SECRET = "code_word"  # noqa: S105 - the name of a column


class Hour(ShortText):
    """A time on the 24-hour clock: 09:30, 0930, 9.30. London's, whatever the date."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(max_length=5, width=5, required=False, **rest)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        if not said:
            return None
        found = clock_time(said)
        if found is None:
            raise ValidationError(_("%(name)s must be a time, like 09:30 or 23:15") % {"name": self.called})
        return found


class ContactSection(ModelSection):
    """No box of its own: what is said is a version of safe contact, set by its own step."""

    class Meta:
        model = Incident
        fields: list[str] = []


class SafeWays(EvidenceForm):
    """A whole version. A change begins with what the version in force says, so that nothing is typed twice."""

    wants_subject = True

    means = Choices(
        Means, label="Which ways are safe?", called="The safe ways", required=False,
        reveals={
            Means.CALL: ["call"], Means.TEXT: ["text_to"], Means.EMAIL: ["email"], Means.IN_PERSON: ["meet_at"],
            Means.THROUGH: ["through"], Means.NONE: ["unknown_why"],
        },
        hint="A call by the wrong way can put them in danger, so the safe ways are agreed first. Nothing else is used.",
    )  # fmt: skip
    call = Telephone(
        label="Number that is safe to call", max_length=40, required=False,
        hint="A number that nobody else answers or looks at.",
    )  # fmt: skip
    text_to = Telephone(
        label="Number that is safe to text", max_length=40, required=False,
        hint="A message stays on the telephone: only where nobody else reads it.",
    )  # fmt: skip
    email = ShortText(
        label="Email address that only they read", max_length=200, required=False,
        hint="Only where nobody else knows its password.",
    )  # fmt: skip
    meet_at = ShortText(
        label="Where is it safe to see them?",
        max_length=300,
        required=False,
        hint="For example: at work; at the school gate",
    )
    through = ShortText(
        label="Through whom?", max_length=300, required=False, hint="For example: her sister Grace, 07700 900321"
    )
    unknown_why = LongText(
        label="Why is no safe way known, and who will find one?", max_length=1000, rows=3, required=False,
        hint="That none is known is an answer. Somebody must find one before anybody calls.",
    )  # fmt: skip
    best = Pick(
        FIRST, label="Which should be tried first?", called="What is tried first", required=False,
        hint="Whoever calls in a hurry takes this one.",
    )  # fmt: skip
    days = Choices(Weekday, label="On which days?", required=False, hint="Leave empty if any day is safe.")
    from_time = Hour(
        label="From", called="The time from", hint="For example 09:30. Leave both empty if any hour is safe."
    )
    to_time = Hour(label="Until", called="The time until", hint="For example 14:30. An hour past midnight is fine.")
    when = ShortText(
        label="Anything else about times (optional)", called="Safe times", max_length=200, required=False,
        hint="School hours, shifts, a day on which they are alone: what days and hours cannot say.",
    )  # fmt: skip
    may_answer = ShortText(
        label="Who may answer?", max_length=300, required=False, hint="For example: nobody else; or her mother as well"
    )
    if_answered_by_another = ShortText(
        label="If somebody else answers", max_length=300, required=False, hint="For example: hang up, say nothing"
    )
    never_means = Choices(
        Never, label="Never use", required=False,
        hint="What they tell us never to do comes before anything else that stands here.",
    )  # fmt: skip
    never_numbers = LongText(
        label="Numbers and addresses never to use", max_length=1000, rows=3, required=False, hint="One on each line."
    )
    never_use = ShortText(
        label="Anything else that must never be done", max_length=300, required=False,
        hint="A street where a car is noticed, a neighbour who tells: what they know keeps them safer than any rule.",
    )  # fmt: skip
    code_word = ShortText(
        label="Code word", max_length=60, required=False,
        hint="A word by which they know that it is us, and we that it is them. It is shown on a page of its own.",
    )  # fmt: skip
    drop_code_word = Tick(label="Take the code word away", required=False, hint="When somebody else may know it.")
    language = ShortText(
        label="Language to speak (optional)", called="Language", max_length=100, required=False,
        hint="An interpreter is found before the first call. Never a relative, a child or the suspect.",
    )  # fmt: skip
    valid_until = DayField(
        label="Right until (optional)", called="The last day", future=True, required=False,
        hint="Leave empty unless it ends on a day that is known.",
    )  # fmt: skip
    changed_because = ShortText(
        label="Why is it changed?", called="Why it is changed", needed="Say why it is changed", max_length=300,
        hint="Who said so, and what has changed. Versions before this one stay readable.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        """`subject`: any record of the case; what its other columns say is never taken for a safe way."""
        self.before = in_force_in(subject)
        rest["initial"] = said_before(self.before) if self.before else {"language": language_of(subject)}
        super().__init__(*args, **rest)
        if self.before is None:
            self.fields["changed_because"].required = False
        if subject is not None and self.before is None:
            del self.fields["changed_because"]
        if subject is not None and not (self.before and self.before.code_word):
            del self.fields["drop_code_word"]
        elif self.before:
            self.fields[SECRET].help_text = _("There is one. Leave empty to keep it.")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self._hours(said)
        self._ways(said)
        self._numbers(said)
        if not self.errors and not any(value for name, value in said.items() if name != "changed_because"):
            raise ValidationError("Say at least one safe way, or what must never be used.")
        return said

    def _hours(self, said: dict[str, Any]) -> None:
        begins, ends = said.get("from_time"), said.get("to_time")
        if {"from_time", "to_time"} & self.errors.keys():
            return
        if (begins is None) != (ends is None):
            self.add_error("to_time" if ends is None else "from_time", "Enter both times, or leave both empty")
        elif begins is not None and begins == ends:
            self.add_error("to_time", "The two times must differ. Leave both empty if any hour is safe")

    def _ways(self, said: dict[str, Any]) -> None:
        """Each way says how; none known stands alone and says why; what is tried first is one of them."""
        means = said.get("means") or []
        if Means.NONE in means:
            if len(means) > 1:
                self.add_error("means", "Choose the ways that are safe, or that none is known, not both")
            elif not said.get("unknown_why"):
                self.add_error("unknown_why", "Say why no safe way is known, and who will find one")
        for way, box, sentence in HOW:
            same = way == Means.TEXT and said.get("call")
            if way in means and not said.get(box) and not same and box not in self.errors:
                self.add_error(box, sentence)
        if said.get("best") and said["best"] not in means and "means" not in self.errors:
            self.add_error("best", "What is tried first must be one of the ways that are ticked")

    def _numbers(self, said: dict[str, Any]) -> None:
        """No number, and no way, is both safe and never to be used."""
        words = {name: said.get(name) or "" for name in ("never_numbers", "never_use")}
        plan = SafeContact(**words)
        for box in ("call", "text_to", "through"):
            if said.get(box) and any(plan.forbids_number(number) for number in numbers_in(str(said[box]))):
                self.add_error(box, "This number is among those never to use. Take it out of one of the two")
        both = set(said.get("means") or []) & set(said.get("never_means") or [])
        if both:
            named = ", ".join(_(str(Means(way).label)) for way in both)
            self.add_error("never_means", _("%(ways)s: ticked as safe above. Choose one of the two") % {"ways": named})


HOW = (
    (Means.CALL, "call", "Enter the number that is safe to call"),
    (Means.TEXT, "text_to", "Enter the number that is safe to text"),
    (Means.EMAIL, "email", "Enter the email address"),
    (Means.IN_PERSON, "meet_at", "Say where it is safe to see them"),
    (Means.THROUGH, "through", "Say through whom"),
)


class StillRight(EvidenceForm):
    """One tap is enough; who heard it from whom may be said."""

    how = ShortText(
        label="How do you know? (optional)", called="How you know", max_length=300, required=False,
        hint="Who said it, and when. What was safe last month may not be.",
    )  # fmt: skip


def numbers_in(text: str) -> list[str]:
    """The telephone numbers in some words; the words themselves where they are nothing but a number."""
    return [text, *(found.group() for found in NUMBER.finditer(text))]


def in_force_in(subject: Any) -> SafeContact | None:
    """The newest version on the subject's case; None where there is no case yet."""
    folder = getattr(subject, "folder", None)
    if folder is None or folder.pk is None:
        return None
    newest: SafeContact | None = SafeContact.objects.standing().filter(case=folder).first()
    return newest


def language_of(subject: Any) -> str:
    """The language that the case has learned of the person harmed, in words; English needs no saying."""
    folder = getattr(subject, "folder", None)
    if folder is None or folder.pk is None:
        return ""
    harmed = Involvement.objects.standing().filter(case=folder, part=Involvement.Part.VICTIM).values("person")
    said = Description.objects.standing().filter(case=folder, topic="language").of(harmed).newest_first().first()
    return "" if said is None or said.why_not or said.answer == ENGLISH else said.words


def said_before(plan: SafeContact) -> dict[str, Any]:
    """What the boxes begin with. Why it was changed is asked anew, and the code word is in no page's source; nor is a
    number that was taken out since.
    """
    named = [name for name in SafeWays.base_fields if name not in ("best", SECRET, "drop_code_word", "changed_because")]
    said = {name: getattr(plan, name) for name in named}
    said |= {box: "" for box in ("call", "text_to") if plan.forbids_number(said[box])}
    return said | {"best": plan.means[0] if len(plan.means) > 1 else ""}
