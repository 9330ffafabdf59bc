"""Who would hear each rung of one deadline as things stand now, by the rule of the sweep: for "Why this date?"."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from accounts.models import User
from cases.visibility import hearing
from supervision.escalation.hearers import LAST_RESORT, STANDS_IN, Ears
from supervision.escalation.roster import roster_of
from workflow.models import Deadline
from workflow.policies import HOLDER, Rung


def hearers_of(deadline: Deadline, rungs: Sequence[Rung]) -> list[list[User]]:
    """For each rung, earliest first, the people who would be told now. A handful of queries, whatever the ladder."""
    now = timezone.now()
    wanted = ({rung.who for rung in rungs} - {HOLDER}).union({STANDS_IN}, *LAST_RESORT)
    holder = {deadline.holder_id} if deadline.holder_id is not None else set()
    roster = roster_of(wanted, deadline.unit.lineage, holder, now)
    folders = {deadline.case_id} if deadline.case_id is not None else set()
    ears = Ears(roster, hearing(folders, roster.people() | holder, now))
    heard = [ears.of(deadline, rung, rungs[place + 1 :]).people for place, rung in enumerate(rungs)]
    people = User.objects.in_bulk({pk for ids in heard for pk in ids})
    return [sorted((people[pk] for pk in ids), key=lambda user: user.title()) for ids in heard]
