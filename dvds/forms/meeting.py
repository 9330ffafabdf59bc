"""What is said of the meeting with the applicant: held, not booked (A4, D3)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models.answers import YesOrNo
from dvds.models import Application, IdentitySeen, Malice, Pack, Warned
from workflow.forms import Choice, Choices, EvidenceForm, LongText, MomentField, ShortText

NOT_YET_KNOWN = "Identity was not seen: only a supervisor records the meeting so, with the reason"


class MeetingHeld(EvidenceForm):
    """`subject` is the consideration; the step’s guard says on it whether whoever records is a supervisor."""

    wants_subject = True
    held_at = MomentField(
        label="When was it held?", called="The time of the meeting", past=True,
        hint="When it was, not when it was booked. The 10 working days end then, from the first contact.",
    )  # fmt: skip
    place = ShortText(
        label="Where?", called="The place", needed="Say where it was held", max_length=200,
        hint="A place that the safe-contact plan names; another only with a supervisor’s leave beforehand.",
    )  # fmt: skip
    attended = ShortText(
        label="Who was there?",
        called="Who was there",
        needed="Say who was there",
        max_length=300,
        hint="With their role.",
    )
    interpreter = ShortText(
        label="Interpreter (optional)", called="The interpreter", required=False, max_length=120,
        hint="Never a relative, a child or the subject.",
    )  # fmt: skip
    by_expert = Choice(
        YesOrNo, label="Was it held by somebody trained in domestic abuse?", called="Whether it was held by an expert", inline=True,
        needed="Say whether it was held by somebody trained in domestic abuse",
        hint="Somebody with expertise in domestic abuse is strongly recommended. It is kept to see how often it was so.",
    )  # fmt: skip
    warned = Choices(
        Warned, label="What was said to them before they told more?", called="What was said to them",
        needed="Tick each warning that was given",
        hint="They must know it before they say more. The list is ours: the form of the guidance was not seen.",
    )  # fmt: skip
    identity = Choices(
        IdentitySeen, label="What showed who they are?", called="What showed who they are", required=False,
        hint="Two are commonly asked for. Whoever has fled may have none: a supervisor may allow it.",
    )  # fmt: skip
    identity_words = ShortText(
        label="What was seen of it? (optional)", called="What was seen", required=False, max_length=300,
        hint="Which document it was, and whom it names: enough to show that it was seen.",
    )  # fmt: skip
    not_identified_because = LongText(
        label="Why is it allowed without? (a supervisor)",
        called="Why it is allowed",
        required=False,
        max_length=1000,
        rows=2,
        hint="Told to a stranger it protects nobody, so identity is seen. Whoever has fled may have no papers.",
    )
    further = LongText(
        label="What more was said?",
        called="What was said",
        needed="Say what more was said",
        max_length=6000,
        rows=6,
        min_length=10,
        hint="The meeting is for what the first contact could not hear. It shows what else to look for, and how "
        "near it is.",
    )
    wishes = LongText(
        label="What does the person at risk want? (optional)",
        called="What she wants",
        required=False,
        max_length=2000,
        rows=3,
        hint="She knows best what makes her less safe. It is heard and weighed, and does not decide alone.",
    )
    malice = Choice(
        Malice, label="Is there a sign that the request is malicious?", called="Whether it is malicious",
        needed="Say whether there is a sign that it is malicious",
        hint="To rule it out is one purpose of the meeting. Malice ends a request, not the risk.",
    )  # fmt: skip
    malice_because = LongText(
        label="Why do you think so?", called="Why", needed="Say why you think so", max_length=2000, rows=2, min_length=5,
        hint="One purpose of the meeting is to rule malice out. A suspicion ends nothing.",
    )  # fmt: skip
    undertaking_explained = Choice(
        YesOrNo, label="Was the promise to keep it to themselves explained?", called="Whether the promise was explained",
        inline=True, needed="Say whether the promise was explained",
        hint="What is told is told in confidence, against a promise that is signed. They must know that "
        "beforehand.",
    )  # fmt: skip
    pack = Choice(
        Pack, label="What became of the support pack?", called="The pack", needed="Say what became of the support pack",
        hint="General support, offered by hand and never sent. For whoever lives with the subject, in words alone.",
    )  # fmt: skip
    interim = LongText(
        label="What keeps her safe until it is decided?", called="What keeps her safe", max_length=2000, rows=3, min_length=5,
        needed="Say what keeps her safe until it is decided",
        hint="Nobody may be less safe for having asked. Who comes, where she goes, what the children know.",
    )  # fmt: skip
    wants_idva = Choice(
        YesOrNo, label="Do they want an adviser (IDVA) with them?", called="Whether they want an adviser", inline=True,
        needed="Say whether they want an adviser with them",
        hint="An adviser stands beside her, whatever the police decide. It is offered each time.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.application = subject

    def clean_warned(self) -> list[str]:
        said = list(self.cleaned_data["warned"])
        if left := [label for code, label in Warned.choices if code not in said]:
            words = _("Not all was said: “%(left)s”. Say it to them before the meeting counts as held")
            raise ValidationError(words % {"left": "”, “".join(_(str(label)) for label in left)})
        return said

    def clean_undertaking_explained(self) -> str:
        said = str(self.cleaned_data["undertaking_explained"])
        if said != YesOrNo.YES:
            raise ValidationError(_("Explain the promise to them first: it is part of the meeting"))
        return said

    def clean_held_at(self) -> Any:
        held = self.cleaned_data["held_at"]
        if self.application is not None and held and held < self.application.first_contact_at:
            raise ValidationError(_("The meeting cannot lie before the first contact"))
        return held

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("identity") or "identity" in self.errors:
            said["not_identified_because"] = ""
        elif not getattr(self.application, "by_a_supervisor", False):
            self.add_error("identity", ValidationError(_(NOT_YET_KNOWN)))
        elif not said.get("not_identified_because"):
            self.add_error("not_identified_because", ValidationError(_("Say why it is allowed without")))
        return said
