"""What a merge of two people would change in cases: the parts they have, the flags; and where it would make no sense."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.models import Involvement, RepeatPlan, SerialPlan
from cases.services.repeat import definitions_on, flags_in, judged_of
from cases.services.repeat_events import Event, events_of
from people.services.judging import Change, changes_with_a_merge
from people.services.merging import SIDE_BY_SIDE, TWO, speaks_against

TWO_PLANS = N_(
    "Each of them has a repeat-victim plan that is open, and nobody has two. End the plan that is not to be followed and say"
    " why, then merge them."
)
TWO_SERIAL = N_(
    "Each of them has a serial perpetrator plan that is open, and nobody has two. End the plan that is not to be followed and"
    " say why, then merge them."
)
PARTS = (
    (Involvement.Part.VICTIM, N_("Incidents in which they were harmed")),
    (Involvement.Part.SUSPECT, N_("Incidents in which they were a suspect")),
)


def both_in_one_record(kept: int, gone: int, by: User) -> str:
    """Two people of one incident, and so of its assessment: they were seen as two. Index: involvement_one_part_each.

    Asked of every record; where none of them may be seen, that is all that is said.
    """
    here = Involvement.objects.standing().filter(person=kept).values("incident")
    side_by_side = Involvement.objects.standing().filter(person=gone, incident__in=here)
    if not side_by_side.exists():
        return ""
    return SIDE_BY_SIDE if side_by_side.visible_to(by).exists() else TWO


def two_open_plans(kept: int, gone: int, by: User) -> str:
    """One person harmed has one plan that is followed, and so has one suspect: which of two it is, the coordinator says. Of a
    plan that whoever merges may not see no more is said than that it does not go. Indexes: repeat_plan_of_person,
    serial_plan_of_person.
    """
    for model, sentence in ((RepeatPlan, TWO_PLANS), (SerialPlan, TWO_SERIAL)):
        planned = model.objects.open().filter(person__in=[kept, gone]).order_by()
        if planned.values("person").distinct().count() == 2:
            return sentence if planned.visible_to(by).values("person").distinct().count() == 2 else TWO
    return ""


def parts_of(one: int, two: int, user: User) -> list[Change]:
    """How often each had which part, as far as the reader may see. One query."""
    rows = Involvement.objects.standing().visible_to(user).filter(person__in=[one, two]).order_by()
    counts = {(person, part): found for person, part, found in
              rows.values("person", "part").annotate(found=Count("pk")).values_list("person", "part", "found")}  # fmt: skip
    said = [(label, counts.get((one, part), 0), counts.get((two, part), 0)) for part, label in PARTS]
    return [
        Change(_(label), str(mine), str(theirs), str(mine + theirs)) for label, mine, theirs in said if mine + theirs
    ]


def flags_of_both(one: int, two: int, user: User) -> list[Change]:
    """The flags as of now: of each of the two, and as they would be, asked of the same rule. Three queries."""
    now = timezone.now()
    meant, events, judged = definitions_on(now), events_of([one, two], user), judged_of([one, two], user, now)
    theirs = {
        person: flags_in(person, events.get(person, []), meant, now, judged.get(person, ())) for person in (one, two)
    }
    joined = {event.incident: as_one(event, one, two) for person in (one, two) for event in events.get(person, [])}
    said = (*judged.get(one, ()), *judged.get(two, ()))
    together = flags_in(one, list(joined.values()), meant, now, said)
    columns = [words_of(flags) for flags in (theirs[one], theirs[two], together)]
    return [Change(_("Flags now"), *columns)] if any((*theirs.values(), together)) else []


def as_one(event: Event, kept: int, gone: int) -> Event:
    """The incident as it would count."""
    suspects = frozenset(kept if suspect == gone else suspect for suspect in event.suspects)
    return replace(event, harmed=kept if event.harmed == gone else event.harmed, suspects=suspects)


def words_of(flags: list[Any]) -> str:
    return ", ".join(dict.fromkeys(flag.label for flag in flags)) or _("None")


speaks_against(both_in_one_record)
speaks_against(two_open_plans)
changes_with_a_merge(flags_of_both)
changes_with_a_merge(parts_of)
