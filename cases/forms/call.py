"""What is said of a call: as it is taken, sent on, answered, reviewed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Posting, Unit
from cases.forms.incident import POSTCODE, spoken
from cases.models import Call
from cases.models.answers import Channel
from cases.models.answers.call import (
    GRADES,
    CallMark,
    CallRisk,
    Connected,
    Flagged,
    Thrive,
)
from workflow.clock.moment import to_the_minute
from workflow.forms import (
    Choice,
    Choices,
    EvidenceForm,
    LongText,
    ModelSection,
    MomentField,
    Number,
    Pick,
    ShortText,
    Telephone,
)

GRADED = tuple((row.code, row.label, row.hint) for row in GRADES)
GRADE_NAMES = tuple((row.code, row.label) for row in GRADES)
HOW_SOON = [row.code for row in GRADES]  # the soonest first
WHY_GRADE = "One sentence: what you heard that decides it."


def whole_postcode(said: str) -> str:
    """As it is written, in capitals with its space. Raises ValidationError for half of one."""
    said = said.strip().upper()
    if said and not POSTCODE.fullmatch(said):
        raise ValidationError("Enter a full postcode, like NR3 4QX, or leave it empty")
    return said if " " in said or not said else f"{said[:-3]} {said[-3:]}"


def teams() -> list[tuple[str, str]]:
    """(code, name) of the open units to which officers are posted now; of every open unit where there is none."""
    officers = Posting.objects.current().filter(unit=OuterRef("pk"), role="officer")
    rows = Unit.objects.filter(state=Unit.State.OPEN)
    found = rows.filter(Exists(officers)).order_by("name").values_list("code", "name")
    return list(found) or list(rows.order_by("name").values_list("code", "name"))


class Team(Pick):
    """A team by its code; cleans to the unit. Which there are is known when the form is asked: the form says it."""

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        return Unit.objects.get(code=code) if code else None


class Timed(EvidenceForm):
    """A form whose moments stand at now until somebody says otherwise: most are. What is empty stands at what is usual."""

    moments: ClassVar[tuple[str, ...]] = ()

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        given = super().get_initial_for_field(field, field_name)
        if given is None and field_name in self.moments:
            return timezone.now()
        return field.initial if given in (None, "") else given


class AboutCall(Timed):
    """Evidence that looks at the call it is about."""

    wants_subject = True

    def __init__(self, *args: Any, subject: Call | None = None, **rest: Any) -> None:
        self.subject = subject
        super().__init__(*args, **rest)

    def after_the_call(self, said: datetime | None, called: str) -> datetime | None:
        """A moment typed to the minute, never before the call itself."""
        received = self.subject.received_at if self.subject else None
        return not_before(received, said, called, _("%(name)s must be after the call, %(moment)s"))


def not_before(first: datetime | None, said: datetime | None, called: str, words: str) -> datetime | None:
    """A moment typed to the minute that must not lie before another. In the same minute it is that other one."""
    if said is None or first is None:
        return said
    if said < to_the_minute(first):
        raise ValidationError(words % {"name": _(called), "moment": spoken(first)})
    return max(said, first)


class TakeCall(AboutCall):
    """One page, in the order in which a call tells it. Who is at risk is checked against what is known (S3-018)."""

    moments = ("received_at",)

    log_ref = ShortText(label="Log reference", max_length=40, width=10, required=False)
    channel = Choice(Channel, label="How did the call come?", initial=Channel.EMERGENCY)
    received_at = MomentField(label="When did it come in?", called="Time of the call", past=True)
    telephone = Telephone(label="Number they call from", required=False)
    caller = ShortText(
        label="Who is calling?", max_length=200, required=False, hint="For example: she herself; neighbour, Mr Ito"
    )
    place = ShortText(label="Where is it?", called="The place", needed="Enter where it is", max_length=300)
    postcode = ShortText(label="Postcode", max_length=10, width=10, required=False)
    at_risk = ShortText(
        label="Who is at risk?", called="The name", max_length=200, required=False, hint="Name as heard"
    )
    suspect = ShortText(label="Who is said to do it?", called="The name", max_length=200, required=False)
    connected = Choice(Connected, label="How are they connected?", required=False)
    harmed = Number(label="The person at risk, if known already", required=False)
    said = LongText(
        label="What is happening?", called="What is happening", needed="Say what is happening", max_length=4000, rows=4,
        hint="As it is said. Two or three sentences are enough.",
    )  # fmt: skip
    risks = Choices(CallRisk, label="Risks heard", called="Risks heard", required=False)
    flagged = Choice(Flagged, label="Is it domestic abuse?", needed="Say whether it is domestic abuse")
    grade = Choice(GRADED, label="Grade", needed="Choose a grade")
    thrive = Choices(Thrive, label="Weighed (THRIVE)", called="What was weighed", required=False)
    grade_reason = ShortText(
        label="Why this grade?", called="The reason", needed="Say why this grade", max_length=500, min_length=5, hint=WHY_GRADE
    )  # fmt: skip
    marked = Choices(
        CallMark, label="Flag by hand", required=False, hint="What you know yourself. The check never removes it."
    )
    team = Team(label="Which team is it sent to?", called="The team", needed="Choose the team it is sent to")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if self.subject is not None and self.subject.case_id is not None:
            del self.fields["team"]  # a call about a case that is there stays in its team
        else:
            team: Any = self.fields["team"]
            team.choices = teams()

    def clean_postcode(self) -> str:
        return whole_postcode(self.cleaned_data["postcode"] or "")


class CallDetails(ModelSection):
    """What came in, put right."""

    log_ref = ShortText(label="Log reference", max_length=40, width=10)
    channel = Choice(Channel, label="How did the call come?")
    received_at = MomentField(label="When did it come in?", called="Time of the call", past=True)
    telephone = Telephone(label="Number they call from")
    caller = ShortText(label="Who is calling?", max_length=200)
    place = ShortText(label="Where is it?", called="The place", max_length=300)
    postcode = ShortText(label="Postcode", max_length=10, width=10)
    at_risk = ShortText(label="Who is at risk?", called="The name", max_length=200)
    suspect = ShortText(label="Who is said to do it?", called="The name", max_length=200)
    connected = Choice(Connected, label="How are they connected?")
    said = LongText(label="What is happening?", called="What is happening", max_length=4000, rows=4)
    risks = Choices(CallRisk, label="Risks heard", called="Risks heard")
    needed = {
        "channel": "Choose how the call came",
        "received_at": "Say when the call came in",
        "place": "Enter where it is",
        "said": "Say what is happening",
    }

    class Meta:
        model = Call
        fields = [
            "log_ref", "channel", "received_at", "telephone", "caller", "place", "postcode", "at_risk", "suspect",
            "connected", "said", "risks",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What a call must say is never emptied again."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name, sentence in self.needed.items():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return said

    def clean_received_at(self) -> datetime | None:
        said: datetime | None = self.cleaned_data["received_at"]
        arrived: datetime | None = self.instance.arrived_at
        sent: datetime | None = self.instance.dispatched_at
        if said and arrived and said > arrived:
            words = _("Time of the call must be before officers arrived, %(moment)s")
            raise ValidationError(words % {"moment": spoken(arrived)})
        if said and sent and said > sent:
            words = _("Time of the call must be before somebody was sent, %(moment)s")
            raise ValidationError(words % {"moment": spoken(sent)})
        return said

    def clean_postcode(self) -> str:
        return whole_postcode(self.cleaned_data["postcode"] or "")
