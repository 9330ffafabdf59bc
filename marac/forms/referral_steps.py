"""What the steps of a referral ask."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from marac.models import Forum, ForumKind, ForumTerms, Lacks, NotReferred, Referral
from safeguarding.models import Agency
from workflow.clock import LONDON
from workflow.forms import Choice, Choices, EvidenceForm, LongText, Number, Pick, Reason, ShortText


def forums_offered() -> list[tuple[int, str]]:
    """Every forum that meets and hears cases, with the area it hears."""
    rows = Forum.objects.filter(state=Forum.State.WORKING).exclude(kind=ForumKind.BOARD).order_by("name", "pk")
    return [(row.pk, f"{row.name}: {row.area}") for row in rows]


class ForumPicked(EvidenceForm):
    """`forum` becomes the forum itself."""

    forum = Pick(
        (), label="Which forum hears where they live?", called="The forum", needed="Choose the forum",
        coerce=lambda said: Forum.objects.select_related("unit").get(pk=said),
    )  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        picked: Any = self.fields["forum"]
        picked.choices = forums_offered()


class NewReferral(ForumPicked):
    """All else is taken from the investigation."""

    wants_subject = True

    def __init__(self, *args: Any, subject: Referral | None = None, **rest: Any) -> None:
        likely = getattr(subject, "likely_forum", None)
        super().__init__(*args, **rest)
        if likely is not None:
            self.initial = {"forum": likely, **self.initial}


class NewFromAgency(ForumPicked):
    """A partner begins with which of their agencies refers, and how old the person harmed is: a child goes another way."""

    agency = Pick(
        (), label="Which agency refers?", called="The agency", needed="Choose the agency",
        coerce=lambda said: Agency.objects.select_related("unit").get(pk=said),
    )  # fmt: skip
    age = Number(
        label="About how old is the person harmed?", called="The age", needed="Enter about how old they are", min_value=0,
        max_value=120, width=3,
    )  # fmt: skip
    contact = ShortText(
        label="Who is asked about this referral?", called="Who is asked", needed="Say who is asked about it", max_length=200,
        hint="Your name, telephone and when you are there",
    )  # fmt: skip
    field_order = ("agency", "forum", "age", "contact")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        picked: Any = self.fields["agency"]
        working = Agency.objects.all().working().select_related("unit").order_by("unit__name", "pk")
        picked.choices = [(agency.pk, str(agency)) for agency in working]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        forum, age = said.get("forum"), said.get("age")
        if forum is not None and age is not None and age < youngest_of(forum, self.at):
            self.add_error("age", other_route())
        return said


def youngest_of(forum: Forum, at: Any = None) -> int:
    """The youngest person harmed whom the forum hears at a moment (UTC; now if none)."""
    moment = (at or timezone.now()).astimezone(LONDON).date()
    return int(ForumTerms.objects.of(forum, moment).youngest)


def other_route() -> str:
    """Never a bare refusal: where a child who is harmed is referred to, and how that is reached."""
    found = Agency.objects.all().working().filter(kind="children").select_related("unit").order_by("unit__name").first()
    where = (
        f"{found}{f', {found.telephone}' if found.telephone else ''}"
        if found
        else _("the council’s children’s social care")
    )
    words = _(
        "A child who is harmed is not heard here: the right route is a referral to children’s social care, today: %(where)s."
        " In danger now, ring 999."
    )
    return words % {"where": where}


class Sent(EvidenceForm):
    note = LongText(label="Anything the coordinator should know? (optional)", called="The note", required=False, rows=3)


class Accepted(EvidenceForm):
    note = LongText(label="Anything to be kept with it? (optional)", called="The note", required=False, rows=2)


class ReturnedWith(EvidenceForm):
    """The list of what is wanting, so that it comes back whole."""

    lacks = Choices(Lacks, label="What is missing?", called="What is missing", needed="Choose what is missing")
    words = LongText(
        label="What exactly, and by when?", called="What exactly", needed="Say what exactly is missing", min_length=10,
        max_length=2000, rows=4,
    )  # fmt: skip


class LinkedTo(EvidenceForm):
    """`reference` becomes the investigation."""

    reference = ShortText(
        label="Reference of the investigation", called="The reference", needed="Enter the reference", max_length=20,
        hint="For example DA-2026-000123",
    )  # fmt: skip
    reason = LongText(
        label="How is it known to be about the same people?", called="The reason", needed="Say how it is known", min_length=10,
        max_length=2000, rows=2,
    )  # fmt: skip

    def clean_reference(self) -> Any:
        said = str(self.cleaned_data["reference"]).strip().upper()
        found = Case.objects.filter(reference=said, kind=Case.Kind.INVESTIGATION).select_related("unit").first()
        if found is None:
            raise ValidationError(_("There is no such investigation, or you may not see it. Check the reference."))
        return found


class Withdrawn(Reason):
    reason = LongText(
        label="Why is it withdrawn?", called="The reason", needed="Say why it is withdrawn", min_length=20, max_length=2000,
        rows=3, hint="Who keeps her safe meanwhile, and how.",
    )  # fmt: skip


class ByTheProgram(EvidenceForm):
    """What follows from another act; why, where there is something to say."""

    reason = LongText(label="Why?", called="The reason", required=False, max_length=2000)


class WhyNotReferred(EvidenceForm):
    """Asked by one, decided by another, for the grade that stands now and no other (S2-037)."""

    why = Choice(
        NotReferred.Why, label="Why is it not referred?", called="Why not", needed="Choose why it is not referred"
    )
    words = LongText(
        label="What makes that safe?", called="The reason", needed="Say what makes that safe", min_length=20, max_length=2000,
        rows=4, hint="What is done instead, by whom. A full agenda or a wish alone is no reason.",
    )  # fmt: skip
