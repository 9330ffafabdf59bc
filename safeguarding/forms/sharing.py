"""What is said of information that was given or received, and of what a partner does beside us."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from safeguarding.forms.choosing import AgencyField, Shared
from safeguarding.models import Basis, SentHow
from workflow.forms import Choice, DayField, EvidenceForm, LongText, MomentField, Reason, ShortText

WAYS = [(way.value, way.label) for way in SentHow if way is not SentHow.SYSTEM]


class Told(Shared):
    """What was shared, with whom, when, on what basis. A team of the force is no agency: its name is enough."""

    agency = AgencyField(
        label="With which agency?", called="The agency", required=False, hint="Leave empty for a team of the police."
    )
    whom = ShortText(
        label="With whom there, or with which team?", called="With whom", max_length=120, required=False,
        hint="For example the housing officer, or Northgate neighbourhood team",
    )  # fmt: skip
    what = LongText(
        label="What was shared?",
        called="What was shared",
        needed="Say what was shared",
        min_length=10,
        max_length=8000,
        rows=4,
    )
    basis = Choice(Basis, label="On which lawful basis?", called="The lawful basis", needed="Choose the lawful basis")
    at = MomentField(label="When?", called="The moment", past=True)  # type: ignore[assignment]  # a field, not the moment
    how = Choice(WAYS, label="How?", called="How it was shared", needed="Choose how it was shared")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("agency") and not said.get("whom") and "agency" not in self.errors:
            self.add_error("whom", _("Choose the agency, or say with which team"))
        return said


class Given(Told):
    field_order = ("agency", "whom", "what", "basis", "at", "how", "vital_because")


class Received(Told):
    """What they told us needs no agreement of ours; the basis is what they said it was."""

    field_order = ("agency", "whom", "what", "basis", "at", "how")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        del self.fields["vital_because"]

    def agency_of(self, said: dict[str, Any]) -> None:
        return None


class TheyHaveIt(EvidenceForm):
    wants_subject = True
    acknowledged_at = MomentField(label="When did they say that they have it?", called="Their answer", past=True)
    acknowledged_by = ShortText(label="Who said so?", called="Who said so", needed="Say who said so", max_length=120)

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject

    def clean_acknowledged_at(self) -> Any:
        said, at = self.cleaned_data["acknowledged_at"], getattr(self.subject, "at", None)
        if said and at and said + timedelta(minutes=1) < at:
            raise ValidationError(_("That was before it was shared"))
        return said


class ActionAgreed(Shared):
    """What a partner does, who there, by which day. A word to them about the person is an exchange of its own."""

    agency = AgencyField(label="Which agency does it?", called="The agency", needed="Choose the agency")
    whom = ShortText(label="Who there?", called="Who does it", needed="Say who there does it", max_length=120)
    what = LongText(
        label="What do they do?",
        called="What they do",
        needed="Say what they do",
        min_length=10,
        max_length=2000,
        rows=3,
    )
    ours = LongText(
        label="What do we do with them? (optional)", called="What we do", max_length=2000, rows=2, required=False
    )
    due_on = DayField(label="By which day?", called="The day", future=True)
    field_order = ("agency", "whom", "what", "ours", "due_on", "vital_because")


class ActionEnded(Reason):
    reason = LongText(
        label="What came of it?", called="What came of it", needed="Say what came of it", min_length=10, max_length=4000, rows=3,
        hint="What was done, by whom, and what is different for the person now; or why it was not.",
    )  # fmt: skip


class ActionMoved(Reason):
    due_on = DayField(label="By which day now?", called="The day", future=True)
    field_order = ("due_on", "reason")
