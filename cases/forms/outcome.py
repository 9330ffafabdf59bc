"""What is said of an outcome: recorded at once, or asked of an inspector with why it is appropriate (A.5)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.models import Crime
from cases.models.answers import AbuseType, Support, YesOrNo
from cases.models.offence import Offence
from cases.models.outcome import AUTHORISED, CAUTIONS, CODES, CONDITIONS, DIRECT, guards_of
from cases.models.relationship import PARTNERS
from workflow.forms import Choice, EvidenceForm, LongText, Pick, Reason, YesNo

LEAST_NOTE = 40  # characters of an appropriateness note


class OutcomeSaid(EvidenceForm):
    """An outcome that needs nobody's authority. Its guards are the table's."""

    wants_subject = True
    code = Pick(DIRECT, label="Which outcome?", needed="Choose the outcome")
    support = Choice(
        Support, label="Does the person harmed support it?", needed="Say whether the person harmed supports it"
    )
    rationale = LongText(
        label="Why this outcome?", needed="Say why this outcome", min_length=10, max_length=4000, rows=4,
        hint="What was looked at, and what it showed.",
    )  # fmt: skip
    told = Choice(
        YesOrNo,
        label="Has the person harmed been told?",
        inline=True,
        needed="Say whether the person harmed has been told",
    )

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.subject is not None and said.get("code") and said.get("support"):
            refusal = guards_of(CODES[said["code"]], self.subject, said["support"], said.get("told") or "")
            if refusal:
                self.add_error("code", refusal)
        return said


class AuthorisedOutcome(OutcomeSaid):
    """On domestic abuse these want an inspector's authority, and a note of why they are appropriate."""

    code = Pick(
        AUTHORISED, label="Which outcome?", needed="Choose the outcome",
        hint="Outcome 21 should not normally be used for domestic abuse.",
    )  # fmt: skip
    appropriate = LongText(
        label="Why is it appropriate for domestic abuse?", called="Why it is appropriate",
        needed="Say why it is appropriate for domestic abuse", min_length=LEAST_NOTE, max_length=4000, rows=4,
        hint="At least 40 characters. The inspector reads it.",
    )  # fmt: skip


class CautionSaid(AuthorisedOutcome):
    """A caution. For partner abuse or coercive control guidance wants four things; two of them nobody may override."""

    code = Pick(CAUTIONS, label="Which caution?", needed="Choose the caution")
    first_offence = YesNo(label="Is it a first offence?", needed="Say whether it is a first offence")
    low_level = YesNo(label="Is it low level?", needed="Say whether it is low level")
    victim_agrees = YesNo(
        label="Does the person harmed agree to a caution?", needed="Say whether they agree to a caution"
    )
    why_still = LongText(
        label="If not all of these hold, why a caution all the same?", called="Why a caution all the same", required=False,
        max_length=2000, rows=3, hint="The inspector must then override with a reason. A programme not completed is prosecuted.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["unmet"] = unmet(self.subject, said) if self.subject is not None else []
        refused = [row.sentence for row in CONDITIONS if row.name in said["unmet"] and not row.overridable]
        asked = [row.sentence for row in CONDITIONS if row.name in said["unmet"] and row.overridable]
        if refused:
            words = _("Not available. A caution is refused for partner abuse or coercive control where %(because)s")
            self.add_error("code", words % {"because": _(" and ").join(map(_, refused))})
        elif asked and len(said.get("why_still") or "") < LEAST_NOTE:
            words = _("Say in at least %(least)s characters why a caution all the same: %(because)s")
            self.add_error("why_still", words % {"least": LEAST_NOTE, "because": _(" and ").join(map(_, asked))})
        return said


def unmet(crime: Crime, said: dict[str, Any]) -> list[str]:
    """The conditions of a caution that do not hold, where they are wanted: partner abuse, or coercive control.

    A first offence that the records contradict is none, whatever was said.
    """
    coercive = crime.offence.kind == Offence.Kind.COERCIVE_CONTROL
    partner = any(row.kind in PARTNERS for row in crime.incident.people("suspect"))
    if not coercive and not partner:
        return []
    controlling = coercive or AbuseType.CONTROLLING in crime.incident.abuse_types
    holds = {
        "no_control": not controlling, "victim_agrees": bool(said.get("victim_agrees")),
        "first_offence": bool(said.get("first_offence")) and not recorded_before(crime), "low_level": bool(said.get("low_level")),
    }  # fmt: skip
    return [row.name for row in CONDITIONS if not holds[row.name]]


def recorded_before(crime: Crime) -> bool:
    """Whether a crime of another incident is recorded of the same suspect: asked of this folder, which its reader may see."""
    if not crime.suspect_named or crime.suspect is None:
        return False
    others = Crime.objects.live().filter(case=crime.case_id, suspect__person=crime.suspect.person_id)
    return bool(others.exclude(incident=crime.incident_id).exists())


class Authority(Reason):
    """The inspector's decision on an outcome."""

    reason = LongText(
        label="Why is it right?",
        called="The reason",
        needed="Say why it is right",
        min_length=10,
        max_length=4000,
        rows=3,
    )
    override = LongText(
        label="Where a condition of a caution is not met: why do you override it?", called="Why you override it",
        required=False, max_length=2000, rows=3, hint="Leave empty where every condition is met.",
    )  # fmt: skip
