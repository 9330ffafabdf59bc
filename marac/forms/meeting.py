"""What is said of a meeting and its agenda."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Posting, User
from accounts.roles import PARTNERS
from cases.forms.safety import PersonField
from marac.items import KINDS, numbered
from marac.models import AgendaItem, ForumMember, Meeting
from marac.models.planning import CASE, days_of, terms_of, waiting_for
from safeguarding.models import Agency
from workflow.clock import moment_words
from workflow.forms import EvidenceForm, LongText, MomentField, Number, Pick, Reason, ShortText, YesNo
from workflow.forms.field import lower_first

WHERE = "Leave empty for the usual venue of the forum."


class MeetingSaid(EvidenceForm):
    """When and where, and who runs it. For a forum in writing the moment is when it closes."""

    starts_at = MomentField(
        label="When does it begin?", called="The beginning", needed="Say when it begins", future=True
    )
    venue = ShortText(label="Where? (optional)", called="The venue", max_length=200, required=False, hint=WHERE)
    chair = PersonField(label="Who chairs it? (optional)", called="The chair", required=False)
    keeper = PersonField(label="Who is its coordinator? (optional)", called="The coordinator", required=False)


class MeetingPlanned(MeetingSaid):
    urgent = YesNo(
        label="Is it called because the risk cannot wait?", called="Whether it is urgent",
        needed="Say whether it is called because the risk cannot wait",
    )  # fmt: skip
    field_order = ("starts_at", "venue", "urgent", "chair", "keeper")


class MeetingChanged(MeetingSaid, Reason):
    reason = LongText(
        label="Why does it change?", called="The reason", needed="Say why it changes", max_length=1000, rows=2,
        hint="Agencies that have the agenda are told the new day.",
    )  # fmt: skip
    field_order = ("starts_at", "venue", "chair", "keeper", "reason")


class OfItem(Reason):
    """Something about one item of the agenda."""

    wants_subject = True
    cases_only = True

    item = Pick(label="Which one?", called="The item", needed="Choose the item", coerce=int)

    def __init__(self, *args: Any, subject: Meeting | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["item"]
        field.choices = [("", ""), *items_of(subject, self.cases_only)]


def items_of(meeting: Meeting | None, cases_only: bool) -> list[tuple[int, str]]:
    """The items by their number on the agenda, part, place in it and reference: a name is nobody's business who may not see
    the case.
    """
    rows = AgendaItem.objects.standing().filter(meeting=meeting).select_related("case").in_order()
    return [
        (row.pk, f"{item_words(row, number)} ({row.get_part_display()}, {row.place})")
        for row, number in numbered(rows)
        if row.kind == CASE or not cases_only
    ]


def item_words(row: AgendaItem, number: int | None) -> str:
    """Its number where it takes a slot, and the reference of its case; what it is, where there is no case or not the case
    itself is heard.
    """
    label = _(KINDS[row.kind].label)
    words = label
    if row.case is not None:
        words = row.case.reference if row.kind == CASE else f"{row.case.reference}, {lower_first(label)}"
    return f"{number}. {words}" if number else words


class ItemTakenOff(OfItem):
    cases_only = False
    reason = LongText(
        label="Why is it taken off?", called="The reason", needed="Say why it is taken off", min_length=10, max_length=1000,
        rows=2, hint="A referral goes back to those that wait for a meeting.",
    )  # fmt: skip


class ItemMoved(OfItem):
    cases_only = False
    place = Number(label="To which place in its part?", called="The place", min_value=1, max_value=100)
    reason = LongText(
        label="Why does the chair move it?", called="The reason", needed="Say why it is moved", max_length=1000, rows=2
    )
    field_order = ("item", "place", "reason")


class LateAddition(Reason):
    """A referral that came after the forum closed: only with the chair's reason (D.3)."""

    wants_subject = True

    referral = Pick(label="Which referral?", called="The referral", needed="Choose the referral", coerce=int)
    reason = LongText(
        label="Why can it not wait for the next meeting?", called="The reason", needed="Say why it cannot wait",
        min_length=10, max_length=1000, rows=3,
    )  # fmt: skip
    field_order = ("referral", "reason")

    def __init__(self, *args: Any, subject: Meeting | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["referral"]
        field.choices = [("", ""), *late_ones(subject)]


def late_ones(meeting: Meeting | None) -> list[tuple[int, str]]:
    if meeting is None or meeting.pk is None:
        return []
    closes = days_of(meeting.starts_at, terms_of(meeting)).closes
    rows = waiting_for(meeting.forum).filter(submitted_at__gt=closes)[:100]
    return [(row.pk, f"{row.case.reference}, {moment_words(row.submitted_at)}") for row in rows]


class KeptOut(OfItem):
    """Somebody knows a party: they see nothing of that case, wherever it stands."""

    person = PersonField(
        label="Who has a conflict of interest?", called="The person", needed="Say who has a conflict of interest",
        hint="Their collar number, or for a partner the name with which they sign in",
    )  # fmt: skip
    reason = LongText(
        label="Why?",
        called="The reason",
        needed="Say why",
        max_length=1000,
        rows=2,
        hint="For example: brother of a party.",
    )
    field_order = ("item", "person", "reason")


class Admitted(OfItem):
    """Who may see a case that goes out to nobody by itself: an agency, or one person of it."""

    who = Pick(label="Who may see it?", called="Who may see it", needed="Choose who may see it")
    reason = LongText(
        label="Why must they see it?", called="The reason", needed="Say why they must see it", min_length=10, max_length=1000,
        rows=2,
    )  # fmt: skip
    field_order = ("item", "who", "reason")

    def __init__(self, *args: Any, subject: Meeting | None = None, **rest: Any) -> None:
        super().__init__(*args, subject=subject, **rest)
        field: Any = self.fields["who"]
        field.choices = [("", ""), *may_be_admitted(subject)]

    def clean_who(self) -> tuple[Agency, User | None]:
        sort, _dash, number = str(self.cleaned_data["who"]).partition("-")
        if sort == "agency":
            return Agency.objects.select_related("unit").get(pk=number), None
        post = Posting.objects.current().select_related("user", "unit__agency__unit").filter(pk=number).first()
        if post is None:
            raise ValidationError(_("That person works there no longer. Choose somebody else."))
        return post.unit.agency, post.user


def may_be_admitted(meeting: Meeting | None) -> list[tuple[str, str]]:
    """The member agencies, and each of their people. Two queries."""
    if meeting is None or meeting.pk is None:
        return []
    seats = ForumMember.objects.filter(forum=meeting.forum, until__isnull=True).order_by().values("agency")
    agencies = list(Agency.objects.working().filter(pk__in=seats).select_related("unit").order_by("unit__name", "pk"))
    posts = Posting.objects.current().filter(unit__agency__in=seats, role__in=PARTNERS).select_related("user")
    people: dict[int, list[Posting]] = {}
    for post in posts.order_by("user__last_name", "pk"):
        people.setdefault(post.unit_id, []).append(post)
    found = []
    for agency in agencies:
        found.append((f"agency-{agency.pk}", _("%(agency)s: everybody who signs in for it") % {"agency": agency}))
        found += [(f"person-{post.pk}", f"{agency}: {post.user.title()}") for post in people.get(agency.unit_id, ())]
    return found


class TakenUp(EvidenceForm):
    """Nothing is asked: what waits is known, and what is taken up stands on the page."""


class Sent(EvidenceForm):
    """The agenda goes out. It cannot be called back: whoever has read a name has read it. The page lists who gets it."""


class Retimed(Reason):
    """By when an agency's research is due."""

    due_at = MomentField(label="When is its research due?", called="The due moment")
