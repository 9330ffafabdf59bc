"""What is said as a school is told: to whom, and what stands beside the facts of the record; as a letter or over the telephone."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models.answers import Answer
from safeguarding.models import Establishment, EstablishmentKind, KeyAdult
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, ShortText


class Recipient(EvidenceForm):
    """Who is told: the key adults of the establishment today, or an officer of its local authority."""

    wants_subject = True

    recipient = Choice(label="Who is told?", called="Who is told", needed="Choose who is told")

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.subject = subject
        field: Any = self.fields["recipient"]
        field.choices = [(str(row.pk), f"{row}, {row.establishment.name}") for row in recipients_of(subject)]

    def clean_recipient(self) -> KeyAdult:
        adults = KeyAdult.objects.select_related("establishment__agency__unit", "establishment__unit")
        found: KeyAdult = adults.get(pk=self.cleaned_data["recipient"])
        return found


def recipients_of(notice: Any) -> list[KeyAdult]:
    """Who may be told today (London): at the establishment, its lead first; after them the authority's officers."""
    place = getattr(notice, "establishment", None)
    if place is None:
        return []
    today = timezone.localdate()
    adults = KeyAdult.objects.on(today).select_related("establishment")
    officers = adults.filter(
        establishment__authority=place.authority_id, establishment__kind=EstablishmentKind.HOME,
        establishment__state=Establishment.State.WORKING,
    ).exclude(establishment=place)  # fmt: skip
    return [*adults.filter(establishment=place), *officers]


class Told(Recipient):
    """What stands beside the facts of the record: in brief what happened, who else was told, whom to ask."""

    by_sign_in = False
    field_order: tuple[str, ...] = ("recipient", "works_there", "circumstances", "agencies", "contact")

    circumstances = LongText(
        label="What happened, in brief?", called="What happened", needed="Say in brief what happened", max_length=2000, rows=4,
        hint="Two or three sentences. Nothing that would show where somebody is hiding.",
    )  # fmt: skip
    agencies = ShortText(
        label="Which other agencies were told?", called="The other agencies", needed="Say which other agencies were told, or none",
        max_length=300, hint="For example: children’s social care, health visitor. None is an answer.",
    )  # fmt: skip
    contact = ShortText(
        label="Whom does the school ring?", called="The contact", needed="Say whom the school rings", max_length=200,
        hint="A team and its telephone number, not one person who goes off duty.",
    )  # fmt: skip

    works_there = Choice(
        Answer, label="Does anybody said to harm work there?", called="Whether a suspect works there",
        needed="Say whether anybody said to harm works there", inline=True,
    )  # fmt: skip

    def clean_works_there(self) -> str:
        """Somebody who works there must not read of themselves: a supervisor decides who is told."""
        said: str = self.cleaned_data["works_there"]
        if said == Answer.YES and self.subject is not None and not self.subject.decided_because:
            raise ValidationError(_("Then a supervisor decides first who is told: ask for a decision"))
        return said

    def clean(self) -> dict[str, Any]:
        """What waits here for a school may be read by everybody who signs in for it."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        recipient, place = said.get("recipient"), getattr(self.subject, "establishment_id", None)
        if (
            self.by_sign_in
            and recipient
            and recipient.establishment_id == place
            and said.get("works_there") == Answer.YES
        ):
            self.add_error(
                "recipient", _("A suspect works there and could read it. Choose an officer of the authority, or ring.")
            )
        return said

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        rest["initial"] = {**(rest.get("initial") or {}), **said_before(subject)}
        super().__init__(*args, subject=subject, **rest)


def said_before(notice: Any) -> dict[str, Any]:
    """What was said last, else what the record makes of it: nothing is typed twice."""
    if notice is None or not notice.pk:
        return {}
    last = notice.letters.order_by("-number").first()
    kept = {code: words for code, _heading, words in last.content} if last else {}
    told = notice.involvement.referred_to
    return {
        "recipient": str(notice.recipient_id or ""),
        "circumstances": kept.get("circumstances", notice.in_brief),
        "agencies": kept.get("agencies", told),
        "contact": kept.get("contact", ""),
        "works_there": notice.works_there,
    }


class Sent(Told):
    """Put where the recipient signs in. A mailbox is told that it waits, and nothing else."""

    by_sign_in = True

    def clean_recipient(self) -> KeyAdult:
        found = super().clean_recipient()
        if found.establishment.agency is None:
            raise ValidationError(_("Nobody signs in for them here. Ring them, and record what you told them."))
        return found


class Corrected(Sent):
    """What is different now. The first letter stands as it was sent."""

    changed = LongText(
        label="What is corrected?", called="What is corrected", needed="Say what is corrected", min_length=10, max_length=2000,
        rows=3, hint="In words that the school understands without the first letter beside it.",
    )  # fmt: skip
    field_order = ("changed", "recipient", "works_there", "circumstances", "agencies", "contact")


class ByTelephone(Told):
    """Told over the telephone: to whom, when, and what."""

    told_at = MomentField(label="When did you ring?", called="The call", needed="Say when you rang", past=True)
    spoke_to = ShortText(
        label="With whom did you speak?", called="Whom you spoke with", needed="Say with whom you spoke", max_length=120,
        hint="Name and post. Ring a number of the list of schools, never one that rang you.",
    )  # fmt: skip
    field_order = ("recipient", "works_there", "told_at", "spoke_to", "circumstances", "agencies", "contact")
