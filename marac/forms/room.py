"""What is said in the meeting room: that it opens, what a case comes to, who takes an action, what came of an old one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.forms.safety import PersonField
from marac.models import ActionType, Attendance, ForumAction, Meeting, Outcome, Shared, Sort, Worth
from marac.models.seats import agencies_of, owner_choices
from workflow.forms import (
    Choice,
    Choices,
    DayField,
    EvidenceForm,
    LongText,
    MomentField,
    Number,
    Pick,
    ShortText,
    Tick,
)


class Opened(EvidenceForm):
    chair = PersonField(
        label="Who chairs? (leave empty: as planned, or you)", called="The chair", required=False,
        hint="The collar number or user name.",
    )  # fmt: skip


class PromiseRead(EvidenceForm):
    """D.6: read at the beginning, and signed by everybody who is here."""

    read = Tick(label="The promise of confidentiality was read to everybody here", called="That it was read")


class Closed(EvidenceForm):
    words = LongText(label="Anything said at the end? (optional)", called="What was said", required=False, rows=3)


class ByTelephone(EvidenceForm):
    held_at = MomentField(label="When did they meet?", called="The time of the meeting", past=True)


class Issued(EvidenceForm):
    checked = Tick(label="The chair has read them and agrees", called="That the chair agrees")


class AddendumSaid(EvidenceForm):
    """The minutes stay as they were issued; this stands beneath them."""

    wants_subject = True

    item = Pick(
        label="Which case is it about? (leave empty: the whole meeting)",
        called="The case",
        required=False,
        coerce=int,
        empty_value=None,
    )
    words = LongText(label="What was wrong or missing?", called="The addendum", min_length=10, max_length=4000, rows=5)

    def __init__(self, *args: Any, subject: Meeting | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        items = subject.items.standing().select_related("case").order_by("part", "place", "pk") if subject else []
        offered = [(item.pk, item.case.reference) for item in items if item.case]
        self.fields["item"].choices = offered  # type: ignore[attr-defined]


class AttendanceSaid(EvidenceForm):
    """One line of who is here. Without a name nothing is said of the line."""

    name = ShortText(label="Name", max_length=120, required=False, width=20)
    standing = Choice(Attendance.Standing, label="Are they here?", inline=True, required=False)
    signed = Tick(label="Promise signed", required=False)
    sent_word = Tick(label="Sent its information in writing", required=False)


class Called(EvidenceForm):
    """The case is called: whose it is stands on the agenda already."""


class Halted(EvidenceForm):
    """The timer is stopped, or runs again: nothing more is said."""


#: What may be said of a case at its end, with what each means for it (R-33).
OUTCOMES = (
    (Outcome.ACTIONS, "Actions agreed", "They are issued today; every agency flags its files for twelve months."),
    (Outcome.NO_FORUM, "Not enough risk for this forum", "The chair says why, and the referrer is told."),
    (Outcome.EMERGENCY, "Emergency meeting", "It cannot wait: it is called within 24 hours."),
    (Outcome.TRANSFERRED, "Transferred", "Another forum hears it; this one keeps it until they accept."),
    (Outcome.DEFERRED, "Put off", "Only where the referrer is absent and sent no brief."),
)


class Finished(EvidenceForm):
    """How the case ends (R-33)."""

    outcome = Choice(
        OUTCOMES, label="What came of it?", called="The outcome", needed="Choose what came of it",
        reveals={Outcome.DEFERRED: ["absent"]},
    )  # fmt: skip
    absent = Tick(
        label="The referrer is not here and sent no brief", called="That the referrer is absent", required=False
    )
    because = LongText(
        label="Why? (needed unless actions were agreed)", called="The reason", required=False, max_length=2000, rows=3
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("outcome") not in ("", None, Outcome.ACTIONS) and len(said.get("because") or "") < 10:
            self.add_error("because", _("Say why, in ten characters or more"))
        if said.get("outcome") == Outcome.DEFERRED and not said.get("absent"):
            self.add_error("absent", _("A case is put off only where the referrer is absent without a brief"))
        return said


class Told(EvidenceForm):
    """She was told what was decided, by whoever was to."""

    how = LongText(
        label="What did she say of it?", called="What she said", needed="Say what she said of it",
        min_length=5, max_length=2000, rows=4,
        hint="Only if she knows now. Where she could not be told safely, say so on the page “Say that she was not told”.",
    )  # fmt: skip


class NotTold(EvidenceForm):
    """A try that failed; she is owed it still."""

    why = LongText(
        label="Why was she not told, and when is she tried again?", called="Why she was not told",
        needed="Say why she was not told and when she is tried again", min_length=10, max_length=2000, rows=4,
        hint="She is still to be told. If it is never safe, ask the chair: only the chair decides that she is not to be told.",
    )  # fmt: skip


class NotToTell(EvidenceForm):
    """The chair decides that it is owed no longer."""

    why = LongText(
        label="Why is she not to be told, and what keeps her safe instead?", called="Why she is not to be told",
        needed="Say why she is not to be told and what keeps her safe instead", min_length=10, max_length=2000, rows=4,
        hint="Every agency that sees the case reads it, so that nobody tells her after all.",
    )  # fmt: skip


class Agreed(EvidenceForm):
    """An action, as somebody takes it upon themselves (D.6): four answers, the kind if it is not plain from the agency."""

    wants_subject = True

    what = LongText(label="Action", called="The action", needed="Say what will be done", max_length=2000, rows=2)
    owner = Pick(label="Owner, who is here", called="The owner", needed="Choose who does it")
    due = DayField(
        label="By", called="The day", future=True, required=False, hint="Leave it empty for the forum’s usual time."
    )  # fmt: skip
    answers = ShortText(label="Risk it answers", called="The risk", needed="Say which risk it answers", max_length=300)
    type = Pick(ActionType, label="Kind (optional: as the agency does)", called="The kind", required=False)
    at_once = Tick(label="Somebody’s safety tonight depends on it", called="That it is for tonight", required=False)
    set_again = Number(
        label="Set again: number of the old action", called="The old action", required=False, min_value=1
    )

    def __init__(self, *args: Any, subject: ForumAction | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        meeting = subject.meeting if subject and subject.meeting_id else None
        self.fields["owner"].choices = owner_choices(meeting) if meeting else []  # type: ignore[attr-defined]


class Marked(EvidenceForm):
    """What an old action was worth, before the same may be set again (R-32)."""

    worth = Choice(Worth, label="What was it worth?", called="What it was worth", needed="Say what it was worth")
    words = ShortText(label="What came of it?", called="What came of it", max_length=1000, needed="Say what came of it")


class SharedSaid(EvidenceForm):
    """One line said in the room, with whose it is: fact apart from opinion (D.6)."""

    wants_subject = True

    agency = Pick(label="Whose is it?", called="The agency", needed="Choose whose it is", coerce=int)
    sort = Choice(Sort, label="Fact or opinion?", needed="Say whether it is a fact or an opinion", inline=True)
    words = LongText(label="What was said?", called="What was said", max_length=4000, rows=2)
    views = Choices([("yes", "Said for the person harmed")], label="Her views", required=False)

    def __init__(self, *args: Any, subject: Shared | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        hearing = subject.hearing if subject else None
        meeting = hearing.item.meeting if hearing else None
        agencies = agencies_of(meeting) if meeting else []
        self.fields["agency"].choices = [(one.pk, str(one)) for one in agencies]  # type: ignore[attr-defined]
