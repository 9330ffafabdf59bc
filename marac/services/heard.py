"""The kinds of item that a forum hears of its own: cases, incomplete actions, cases whose twelve months have ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from marac.items import Kind, always, item
from marac.models import AgendaItem, EmergencyCall, ForumAction, Part, Referral, ReferredPerson
from marac.models.planning import ACTION, CASE, EMERGENCY, ENDED
from people.services import names_for
from workflow.clock.moment import day_of, day_words


def people_of(referrals: Sequence[int], *parts: str) -> Any:
    """Index: referred_person_of_referral."""
    return ReferredPerson.objects.standing().filter(referral__in=referrals, part__in=parts)


def with_children(records: Sequence[Any]) -> dict[int, str]:
    """Cases with children first, so that whoever works with children may leave afterwards (D.6)."""
    return parts_by({record.pk: record.pk for record in records})


def parts_by(referrals: dict[int, int]) -> dict[int, str]:
    """{record id: part}, of {record id: the referral that it is about}. One query."""
    some = set(people_of(list(referrals.values()), Part.CHILD).order_by().values_list("referral", flat=True))
    part = AgendaItem.Part
    return {pk: part.CHILDREN if referral in some else part.ADULTS for pk, referral in referrals.items()}


def seen(records: Sequence[Any], user: User) -> list[Any]:
    """Those whose conference the person may open. One query."""
    cases = {record.case_id for record in records}
    may = set(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True))
    return [record for record in records if record.case_id in may]


def named(records: Sequence[Any], user: User) -> dict[int, str]:
    """Whose case it is, in a name that the reader may know. Three queries for any number."""
    mine = seen(records, user)
    rows = people_of([record.pk for record in mine], Part.VICTIM).order_by("pk").values_list("referral", "person")
    whose: dict[int, list[int]] = {}
    for referral, person in rows:
        whose.setdefault(referral, []).append(person)
    names = names_for({person for people in whose.values() for person in people}, user)
    unnamed = _("Name not known")
    return {r.pk: ", ".join(names[person] for person in whose.get(r.pk, ())) or unnamed for r in mine}


def actions_named(records: Sequence[Any], user: User) -> dict[int, str]:
    """What was taken on, and by which agency."""
    return {row.pk: f"{row.agency}: {row.get_type_display()}" for row in seen(records, user)}


def where_it_is_heard(calls: Sequence[Any]) -> dict[int, str]:
    """An emergency meeting is noted where its case would be heard: whoever works with children is there still."""
    return parts_by({call.pk: call.referral_id for call in calls})


def emergencies_named(calls: Sequence[Any], user: User) -> dict[int, str]:
    """Whose emergency it was, for whoever may open the conference; what came of it stands on its own page."""
    mine = seen(calls, user)
    names = named([call.referral for call in mine], user)
    return {call.pk: names[call.referral_id] for call in mine}


def came_of_it(call: Any) -> str:
    held = _("Held on %(on)s.") % {"on": day_words(day_of(call.held_at))} if call.held_at else ""
    return f"{held} {call.came_of_it}".strip()


def own_page(record: Any) -> str:
    return str(record.get_absolute_url())


def at_conference(record: Any) -> str:
    return str(record.case.get_absolute_url())


item(
    Kind(CASE, "Case", Referral._meta.label, with_children, named, at_conference, related=("case__unit",)),
    Kind(ACTION, "Incomplete action", ForumAction._meta.label, always(AgendaItem.Part.ACTIONS), actions_named, at_conference,
         timed=False, related=("case__unit", "agency__unit")),
    Kind(ENDED, "Twelve months ended", Referral._meta.label, always(AgendaItem.Part.ENDED), named, at_conference,
         timed=False, related=("case__unit",)),
    Kind(EMERGENCY, "Emergency meeting, to be noted", EmergencyCall._meta.label, where_it_is_heard, emergencies_named, own_page,
         timed=False, related=("case__unit", "referral__case__unit"), minuted=came_of_it),
)  # fmt: skip
