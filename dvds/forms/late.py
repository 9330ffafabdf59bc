"""What is said of a limit that is missed, or will be: why, and what keeps her safe meanwhile. No date moves for it (C, 7)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.forms.safety import PersonField
from dvds.forms.reasons import why
from dvds.models import Application, DelayWhy
from dvds.models.owed import limits_open
from workflow.forms import Choice, DayField, EvidenceForm, LongText, Reason
from workflow.policies import POLICIES


class WhyLate(EvidenceForm):
    """Asked of a limit that still runs. Once it is missed, nobody may leave out what keeps the person at risk safe."""

    wants_subject = True
    policy = Choice(
        label="Which limit?", called="The limit", needed="Choose the limit", choices=(),
        hint="The date stays as it is: what is said here is why, and it is reported beside it.",
    )  # fmt: skip
    why = Choice(
        DelayWhy, label="What holds it up?", called="What holds it up", needed="Choose what holds it up",
        hint="The same few reasons each time, so that it can be seen what makes us late. No limit stops for any of them.",
    )  # fmt: skip
    words = LongText(
        label="What exactly, and until when?", called="What holds it up", needed="Say what holds it up", min_length=10,
        max_length=1000, rows=3,
        hint="What is waited for, from whom, and by when. The limit runs on.",
    )  # fmt: skip
    holding_plan = LongText(
        label="What keeps her safe meanwhile?", called="What keeps her safe", max_length=2000, rows=4, required=False,
        hint="The holding plan: who looks after her until then, and what happens if he comes. Needed once it is late.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.open = limits_open(subject) if subject is not None else {}
        field: Any = self.fields["policy"]
        field.choices = [(name, POLICIES[name].label) for name in self.open]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        due_at = self.open.get(said.get("policy", ""))
        if due_at and due_at < (self.at or timezone.now()) and not said.get("holding_plan"):
            self.add_error("holding_plan", _("Say what keeps her safe meanwhile: the limit is missed already"))
        return said


class GivenTo(Reason):
    """Who works it from now on."""

    person = PersonField(
        label="Who works it from now on?", called="Who works it", needed="Say who works it from now on"
    )
    reason = why("What it owes, they owe from now on. Say what they must do first.")
    field_order = ("person", "reason")


class Circumstances(EvidenceForm):
    """Days on which nobody could have gone on. They change no date: what is late is reported with them and without."""

    from_on = DayField(
        label="From which day?", called="The first day", past=True,
        hint="The first day on which nothing could be done. The limit stays; it is reported with these days and without.",
    )  # fmt: skip
    to_on = DayField(
        label="Until which day?", called="The last day", hint="The last day on which nothing could be done"
    )
    words = LongText(
        label="What was exceptional?", called="What was exceptional", needed="Say what was exceptional", min_length=20,
        max_length=2000, rows=4, hint="That nobody was free to do it is never exceptional.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("from_on") and said.get("to_on") and said["to_on"] < said["from_on"]:
            self.add_error("to_on", _("The last day must not lie before the first"))
        return said
