"""What is said of an action of a forum: what was taken on, what came of it, who has it now, until when."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Posting, User
from cases.forms.safety import PersonField
from marac.models import ActionType, Effect, ForumAction
from safeguarding.models import Agency, AgencyKind
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Pick, Reason, ShortText, YesNo

MOST_PEOPLE = 200


def agencies() -> list[tuple[int, str]]:
    working = Agency.objects.all().working().select_related("unit").order_by("unit__name", "pk")
    return [(agency.pk, str(agency)) for agency in working]


class ActionAgreed(EvidenceForm):
    """An action as somebody takes it on: who, what, by when, and which risk it answers."""

    agency = Pick(label="Which agency does it?", called="The agency", needed="Choose the agency", coerce=int)
    who = ShortText(label="Who of that agency?", called="Who does it", max_length=120, required=False)
    owner = PersonField(
        label="Do they sign in here? Their user name or collar number (optional)", called="Who signs in", required=False,
        hint="They are reminded themselves; otherwise whoever represents the agency is.",
    )  # fmt: skip
    volunteered = YesNo(
        label="Were they there, and did they take it on themselves?", called="Whether they took it on",
        needed="Say whether they were there and took it on", no="No, they are to be told today",
    )  # fmt: skip
    type = Pick(ActionType, label="What kind of action?", called="The kind", needed="Choose the kind of action")
    what = LongText(
        label="What is done?", called="What is done", needed="Say what is done", max_length=2000, rows=3, min_length=5
    )
    answers = ShortText(
        label="Which risk does it answer?", called="The risk", needed="Say which risk it answers", max_length=300
    )
    at_once = YesNo(
        label="Does somebody’s safety tonight depend on it?", called="Whether it is for tonight",
        needed="Say whether somebody’s safety tonight depends on it",
    )  # fmt: skip
    due_at = MomentField(
        label="By when? (optional)", called="The time", future=True, required=False,
        hint="Leave empty for the forum’s usual time; for tonight’s safety that is counted in hours.",
    )  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["agency"]
        field.choices = agencies()


class ActionUnderWay(EvidenceForm):
    words = LongText(
        label="How does it stand?", called="How it stands", needed="Say how it stands", max_length=2000, rows=3
    )


class ActionDone(EvidenceForm):
    done_at = MomentField(label="When was it done?", called="The time", past=True)
    evidence = LongText(
        label="What was done, and what shows it?", called="What was done", max_length=2000, rows=4, min_length=10,
        needed="Say what was done and what shows it", hint="Who did it, whom they spoke to, a reference number.",
    )  # fmt: skip
    effect = Choice(Effect, label="What has become of the risk?", needed="Say what has become of the risk")


class ActionImpossible(Reason):
    """Not possible because circumstances changed: something else than not having done it (D.6)."""

    reason = LongText(
        label="What changed, so that it cannot be done?", called="What changed", needed="Say what changed",
        max_length=900, rows=3, min_length=10, hint="Not that there was no time for it: say then that it was not done.",
    )  # fmt: skip
    instead = LongText(
        label="What answers the risk now?", called="What answers the risk", max_length=900, rows=3, min_length=5,
        needed="Say what answers the risk now, or who was told that nothing does",
    )  # fmt: skip


class ActionNotDone(Reason):
    reason = LongText(
        label="Why was it not done?", called="The reason", needed="Say why it was not done", max_length=2000, rows=3,
        min_length=10, hint="The risk it was to answer is still there: the next meeting hears of it first.",
    )  # fmt: skip


class HandedOver(Reason):
    """To somebody else of the same agency."""

    wants_subject = True
    person = Pick(label="Who does it now?", called="Who does it", needed="Choose who does it now", coerce=int)
    field_order = ("person", "reason")

    def __init__(self, *args: Any, subject: ForumAction | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["person"]
        field.choices = [(user.pk, user.title()) for user in of_the_agency(subject)] if subject else []

    def clean_person(self) -> User:
        found = User.objects.filter(pk=self.cleaned_data["person"], is_active=True).first()
        if found is None:
            raise ValidationError(_("They do not work here any more. Choose somebody else."))
        return found


def of_the_agency(action: ForumAction) -> list[User]:
    """Whoever is posted to the agency now; for the police also to the unit above it, which does the police’s actions."""
    units = Q(unit=action.agency.unit_id)
    if action.agency.kind == AgencyKind.POLICE:
        units |= Q(unit__in=action.agency.unit.lineage[-2:])
    posted = Posting.objects.current().filter(units).order_by().values("user")
    people = User.objects.filter(pk__in=posted, is_active=True, is_system=False)
    return list(people.order_by("last_name", "pk")[:MOST_PEOPLE])


class LongerAsked(Reason):
    until = MomentField(label="Until when?", called="The time", future=True)
    reason = LongText(
        label="Why is more time needed?", called="The reason", needed="Say why more time is needed", max_length=2000,
        rows=3, hint="And what keeps her safe until then.",
    )  # fmt: skip
    field_order = ("until", "reason")


class NewTime(Reason):
    """The coordinator’s leave: a later time, with why."""

    due_at = MomentField(label="By when now?", called="The time", future=True)
    reason = LongText(
        label="Why at that time?", called="The reason", needed="Say why at that time", max_length=2000, rows=3,
        hint="And what keeps her safe until then.",
    )  # fmt: skip
    field_order = ("due_at", "reason")
