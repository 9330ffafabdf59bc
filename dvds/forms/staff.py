"""What is said where the subject works for the police or a partner: for whom, and who has heard of it (B4)."""

from __future__ import annotations

from dvds.forms.reasons import why
from dvds.forms.special import SaidOf
from dvds.models import PoliceSubject, ToldWho
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Reason, ShortText


class StaffToldSaid(SaidOf):
    """One of those who must hear of it. Told by voice, one by one."""

    moment = "told_at"

    who = Choice(
        ToldWho, label="Who was told?", called="Who was told", needed="Choose who was told",
        hint="A supervisor, professional standards, the nominated officer: each must hear of it.",
    )  # fmt: skip
    name = ShortText(
        label="Their name", needed="Enter their name", max_length=200,
        hint="Each of them is one who knows, so it is kept who they are.",
    )  # fmt: skip
    told_at = MomentField(
        label="When were they told?", called="When they were told", past=True,
        hint="In person or by voice: a message may be read by him or by his colleagues.",
    )  # fmt: skip
    words = LongText(
        label="What was agreed?", called="What was agreed", max_length=2000, rows=3, required=False,
        hint="Who may look, weapons and access to systems, and that no measure puts the person at risk in more danger.",
    )  # fmt: skip


class WorksFor(EvidenceForm):
    """Learned later than the first contact: for whom the subject works."""

    subject_staff = Choice(
        tuple((row, row.label) for row in PoliceSubject if row in ("police", "other_force", "agency")),
        label="For whom does the subject work?", called="For whom", needed="Say for whom the subject works",
        hint="The case is restricted at once to those who must work it. An inspector and professional standards hear of it.",
    )  # fmt: skip
    reason = LongText(
        label="How is it known?", called="How it is known", min_length=10, max_length=2000, rows=2,
        hint="Weapons and access to records are risks of their own. Who may look must be right from the first day.",
    )  # fmt: skip


class ClosedToOthers(Reason):
    reason = why("Somebody on the staff could read what is written of them. Only those who must work it may open it.")
