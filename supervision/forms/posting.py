"""What is said when a role is asked for, covered or to last longer."""

from __future__ import annotations

from supervision.forms.fields import GRANTABLE, Colleague
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Pick, UnitField

COVERABLE = {
    "officer", "neighbourhood_officer", "investigator", "custody_officer", "contact_handler", "control_supervisor",
    "sergeant", "inspector",
}  # fmt: skip


def why(hint: str) -> LongText:
    return LongText(
        label="Why?", called="The reason", needed="Say why", min_length=10, max_length=1000, rows=3, hint=hint
    )


class AskPosting(EvidenceForm):
    """A role over a unit and all beneath it. A second person decides."""

    user = Colleague(label="Who?", called="The person")
    role = Pick(choices=sorted(GRANTABLE, key=lambda row: row[1]), label="In which role?", called="The role")
    unit = UnitField(label="Over which unit?", called="The unit")
    from_at = MomentField(
        label="From when?", called="The start", required=False, hint="Leave it empty for: as soon as it is approved"
    )
    to_at = MomentField(
        label="Until when?", called="The end", required=False, future=True, hint="Leave it empty where no end is known"
    )
    why = why("For example: promoted; new to the team. A second person reads this and decides.")


class AskCover(EvidenceForm):
    """Acting in a role for some hours. It takes effect at once."""

    user = Colleague(label="Who covers?", called="The person")
    role = Choice(
        choices=[(code, label) for code, label in GRANTABLE if code in COVERABLE],
        label="In which role?",
        called="The role",
    )
    unit = UnitField(label="Over which unit?", called="The unit")
    from_at = MomentField(label="From when?", called="The start", required=False, hint="Leave it empty for: now")
    to_at = MomentField(label="Until when?", called="The end", future=True)
    why = why("For example: acting sergeant for the night turn.")


class AskLonger(EvidenceForm):
    to_at = MomentField(
        label="Until when?", called="The end", required=False, future=True, hint="Leave it empty where no end is known"
    )
    why = why("A second person reads this and decides.")
