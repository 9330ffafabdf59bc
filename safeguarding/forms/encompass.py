"""What is said of a notification to a school: which school, who is told, by whom it was received, why it was late."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models import Involvement
from cases.models.answers import Answer
from safeguarding.models import Establishment, EstablishmentKind, Late
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Number, Reason, ShortText

ANOTHER = "another"
NOT_FOUND = "No open establishment has that name. Check it, or ask whoever keeps the schools to record it."


class Found(EvidenceForm):
    """A child of an incident, found by the program, and the establishment that the record names."""

    involvement = Number(label="The child of the incident", min_value=1)
    establishment = Number(label="The establishment", min_value=1, required=False)

    def clean_involvement(self) -> Involvement:
        found = Involvement.objects.standing().filter(pk=self.cleaned_data["involvement"]).first()
        if found is None:
            raise ValidationError(_("There is no such child in this record"))
        return found

    def clean_establishment(self) -> Establishment | None:
        return working(self.cleaned_data["establishment"])


class Matched(EvidenceForm):
    """The record names the establishment now."""

    establishment = Number(label="The establishment", min_value=1)

    def clean_establishment(self) -> Establishment:
        found = working(self.cleaned_data["establishment"])
        if found is None:
            raise ValidationError(_(NOT_FOUND))
        return found


def working(pk: int | None) -> Establishment | None:
    rows = Establishment.objects.working().select_related("authority")
    found: Establishment | None = rows.filter(pk=pk).first() if pk else None
    return found


class EstablishmentSaid(EvidenceForm):
    """One of those nearest to what the record says, or another by its name."""

    wants_subject = True

    establishment = Choice(
        ((ANOTHER, "Another one"),), label="Which establishment does the child go to?", called="The establishment",
        needed="Choose the establishment", reveals={ANOTHER: ["named"]},
    )  # fmt: skip
    named = ShortText(
        label="Its name, or its URN", called="The establishment", max_length=200, required=False,
        hint="As it stands in the list of schools, for example Easterby Primary School, Easterby",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["establishment"]
        offered = offered_to(subject) if subject is not None and subject.pk else []
        field.choices = [*((str(row.pk), str(row)) for row in offered), (ANOTHER, _("Another one"))]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = said.get("establishment")
        if isinstance(chosen, str):
            words = said.get("named", "") if chosen == ANOTHER else ""
            rows = Establishment.objects.all()
            found = list(rows.named(words)[:2] if chosen == ANOTHER else rows.working().filter(pk=chosen))
            if len(found) != 1:
                several = _("Several have that name: give its town after it, or its URN.")
                self.add_error("named", several if found else _(NOT_FOUND))
            else:
                said["establishment"] = found[0]
        return said


def offered_to(notice: Any) -> list[Establishment]:
    """What the record's own words may mean; for a child educated at home the officers, for one without a school those who
    find it.
    """
    rows, child = Establishment.objects.all(), notice.involvement
    if child.school:
        return list(rows.like(child.school))
    kind = EstablishmentKind.HOME if child.schooling == "home" else EstablishmentKind.TRACKING
    return list(rows.working().filter(kind=kind).order_by("name")[:6])


class Placed(EstablishmentSaid):
    works_there = Choice(
        Answer, label="Does anybody said to harm work there?", called="Whether a suspect works there",
        needed="Say whether anybody said to harm works there", inline=True,
        hint="Then a supervisor decides who is told, so that nobody reads of themselves.",
    )  # fmt: skip
    field_order = ("establishment", "named", "works_there")


class TrackingAsked(EvidenceForm):
    """Education tracking finds the school of a child whose school nobody knows."""

    asked_at = MomentField(label="When did you ask them?", called="When they were asked", past=True)
    words = LongText(
        label="Whom did you ask, and when do they answer?", called="Whom you asked", needed="Say whom you asked", min_length=5,
        max_length=1000, rows=2,
    )  # fmt: skip


class Decided(Reason):
    reason = LongText(
        label="Why is the school told, and how is the danger met?", called="The decision", min_length=20, max_length=2000,
        rows=3, needed="Say why the school is told, and how the danger is met",
        hint="For example: the suspect is a teacher there. The local authority’s officer is told instead.",
    )  # fmt: skip


class RangInVain(Reason):
    rang_at = MomentField(label="When did you ring?", called="The call", needed="Say when you rang", past=True)
    reason = LongText(
        label="Which numbers, and what happened?", called="What happened", needed="Say what happened", min_length=5,
        max_length=1000, rows=2, hint="The clock runs on until somebody there was told.",
    )  # fmt: skip
    field_order = ("rang_at", "reason")


class Received(EvidenceForm):
    received_at = MomentField(
        label="When was it received?", called="The receipt", needed="Say when it was received", past=True
    )
    received_by = ShortText(
        label="Who received it?",
        called="Who received it",
        needed="Say who received it",
        max_length=120,
        hint="Name and post",
    )


class ToldElsewhere(Received):
    """It was sent in another system before it was found here."""

    wants_subject = True

    reference = ShortText(
        label="Its reference there", called="The reference", needed="Enter its reference there", max_length=60
    )
    field_order = ("reference", "received_at", "received_by")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        if subject is not None and subject.pk:
            rest["initial"] = {**(rest.get("initial") or {}), "reference": subject.involvement.encompass_ref}
        super().__init__(*args, **rest)


class NotSent(Reason):
    reason = LongText(
        label="Why is no school told?", called="The reason", needed="Say why no school is told", min_length=10, max_length=2000,
        rows=3, hint="For example: lives in another force’s area, and that force was told; left school in July.",
    )  # fmt: skip


class WhyLate(EvidenceForm):
    late_code = Choice(Late, label="Why was it late?", called="Why it was late", needed="Choose why it was late")
    late_words = LongText(
        label="In your own words",
        called="Why it was late",
        needed="Say why it was late",
        min_length=10,
        max_length=1000,
        rows=3,
    )


class NothingNew(Reason):
    reason = LongText(
        label="Why does the school not need to know?", called="The reason", needed="Say why the school does not need to know",
        min_length=10, max_length=1000, rows=2,
    )  # fmt: skip


class Read(EvidenceForm):
    """Nothing more is asked: who and when is known."""


class AskedBack(Reason):
    reason = LongText(
        label="What do you ask?", called="What you ask", needed="Say what you ask", min_length=5, max_length=1000, rows=2,
        hint="Whom the police may ring, and when. Do not approach the parents.",
    )  # fmt: skip
