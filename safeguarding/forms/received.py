"""What an agency says of a referral that it received. It says it at the moment it does it, so no time is asked."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Posting, User
from accounts.roles import roles
from cases.models.answers import YesOrNo
from safeguarding.models import Attempt
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Pick, Reason, Tick

WORKERS = roles("partner", "idva")


class HaveIt(EvidenceForm):
    read = Tick(label="We have it, and somebody here has read it")


class TakenOn(EvidenceForm):
    """Who takes it on: one of the people who sign in for the agency, so that each knows their own."""

    wants_subject = True
    adviser = Pick(label="Who takes it on?", called="Who takes it on", needed="Choose who takes it on", coerce=int)
    decision_words = LongText(
        label="What do you do first, and by when? (optional)",
        called="What you do",
        max_length=4000,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        unit = getattr(subject, "unit_id", None)
        posts = Posting.objects.current().filter(unit=unit, role__in=WORKERS).order_by().values("user_id")
        people = User.objects.filter(pk__in=posts).order_by("last_name", "pk") if unit else []
        field: Any = self.fields["adviser"]
        field.choices = [("", _("Choose")), *((person.pk, person.title()) for person in people)]


class NotTakenOn(Reason):
    reason = LongText(
        label="Why do you not take it on?", called="The reason", needed="Say why you do not take it on", min_length=10,
        max_length=4000, rows=3, hint="And who could, if you know. The police read this at once.",
    )  # fmt: skip


class Attempted(EvidenceForm):
    """One attempt to speak to the person, or the talk itself."""

    at = MomentField(label="When?", called="The attempt", past=True)  # type: ignore[assignment]  # a field, not the moment
    channel = Choice(Attempt.Channel, label="By which way?", called="The way", needed="Choose by which way")
    safe = Choice(YesOrNo, label="Was that a safe way and a safe time?", needed="Say whether it was safe", inline=True)
    reached = Choice(
        YesOrNo, label="Did you speak to the person?", needed="Say whether you spoke to the person", inline=True
    )
    words = LongText(label="Anything else? (optional)", called="What else", max_length=2000, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("safe") == YesOrNo.NO and not said.get("words"):
            self.add_error("words", ValidationError(_("Say what was not safe, and what you do about it")))
        return said


class DangerTold(EvidenceForm):
    """Goes to whoever holds the case, and to their sergeant, as somebody who is unsafe now."""

    danger = LongText(
        label="Who is in danger, and why?", called="The danger", needed="Say who is in danger, and why", min_length=10,
        max_length=2000, rows=3, hint="Ring 999 first. This reaches whoever holds it at the police within minutes, not seconds.",
    )  # fmt: skip
