"""Who sat when a forum decided, and how each agency took part (S3-244)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dvds.models import Application, SatHow
from dvds.models.seats import QUORUM, seats_of
from safeguarding.models.agency import AgencyKind
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, ShortText

EACH_TIME = "Asked each time: police, probation and independent advisers. What it wrote counts as being there."
WITH_CHILDREN = "Where children may be affected it sits, or has written."


def seat(kind: AgencyKind) -> tuple[Choice, ShortText, LongText, LongText]:
    """How one agency took part: its name and what opens beneath each answer."""
    how = Choice(
        SatHow,
        label=str(kind.label),
        called=f"How {kind.label} took part",
        required=False,
        reveals={SatHow.PRESENT: [f"{kind}_who"], SatHow.WRITTEN: [f"{kind}_view"], SatHow.ABSENT: [f"{kind}_why"]},
        hint=WITH_CHILDREN if kind == AgencyKind.CHILDREN else EACH_TIME,
    )
    return (
        how,
        ShortText(
            label="Who?",
            called=f"Who sat for {kind.label}",
            max_length=120,
            needed=f"Say who sat for {kind.label}",
            hint="By name and role: whoever hears it there must be known afterwards.",
        ),
        LongText(
            label="Its view",
            called=f"The view of {kind.label}",
            max_length=2000,
            rows=2,
            needed=f"Say what {kind.label} wrote",
            hint="As it wrote it. It counts as if it had been said there.",
        ),
        LongText(
            label="Why not?",
            called=f"Why {kind.label} took no part",
            max_length=2000,
            rows=2,
            needed=f"Say why {kind.label} took no part",
            hint="Whoever reads the decision must see who was missing, and why it was taken without them.",
        ),
    )


class Sat(EvidenceForm):
    """Who sat: police, probation, independent advisers; children’s social care where children may be affected (S709)."""

    wants_subject = True

    police_how, police_who, police_view, police_why = seat(AgencyKind.POLICE)
    probation_how, probation_who, probation_view, probation_why = seat(AgencyKind.PROBATION)
    idva_how, idva_who, idva_view, idva_why = seat(AgencyKind.IDVA)
    children_how, children_who, children_view, children_why = seat(AgencyKind.CHILDREN)
    others = LongText(
        label="Who else sat? (one on a line, optional)", called="Who else sat", required=False, max_length=1000, rows=2,
        hint="With their agency: whoever hears it there must be known afterwards.",
    )  # fmt: skip
    decided_at = MomentField(
        label="When was it decided?", called="The time of the decision", past=True,
        hint="When the forum decided, not when it is written down. The time for telling runs from then.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Application | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject if subject is not None and subject.pk else None
        if self.subject is not None:
            self.fields["decided_at"].not_before = self.subject.first_contact_at  # type: ignore[attr-defined]
            self.fields["decided_at"].not_before_is = _("the first contact")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        seats = seats_of(self.subject, timezone.now()) if self.subject else QUORUM
        for kind in seats:
            if not said.get(f"{kind}_how") and f"{kind}_how" not in self.errors:
                self.add_error(f"{kind}_how", _("Say how %(agency)s took part") % {"agency": _(str(kind.label))})
        care = f"{AgencyKind.CHILDREN}_how"
        if AgencyKind.CHILDREN in seats and said.get(care) == SatHow.ABSENT:
            self.add_error(care, _("Children may be affected: children’s social care must be there, or have written"))
        return said
