"""That a brief was built, for whom, who says that they have read it, and that it has changed since."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F

from accounts.models import Posting, User
from audit import services as audit
from audit.models import Operation
from cases.models import Brief, BriefRead, Call
from cases.models.brief import ATTENDING
from cases.services.briefing import briefing_for
from workflow import reactions
from workflow.models import Refusal, Refused

CHANGED = "brief.changed"
LIVE = timedelta(hours=24)  # a call open for longer waits for paper, not for officers on their way
NUMBER = re.compile(r"\b[A-Za-z0-9]*\d[A-Za-z0-9]*\b")


def brief_of_call(call: Any) -> Brief | None:
    """The brief of a call, where one was built. Index: brief_one_to_a_call."""
    found: Brief | None = Brief.objects.standing().filter(call=call.pk).first()
    return found


def build_brief(call: Call, by: User, at: datetime) -> Brief:
    """Once for a call, when somebody is first sent; sending more changes nothing of when it was there to be read."""
    found = brief_of_call(call)
    if found is not None:
        return found
    made: Brief = Brief.objects.create(
        case=call.folder, call=call, resource=call.resource, team=call.scope, recorded_by=by, recorded_at=at
    )
    return made


def send_brief(call: Call, resource: str, by: User, at: datetime) -> None:
    """The brief of the call is also for whoever this dispatch names."""
    brief = build_brief(call, by, at)
    if more := [person for person in named_in(resource, at) if person not in brief.sent]:
        Brief.objects.filter(pk=brief.pk).update(sent=[*brief.sent, *more], version=F("version") + 1)


def named_in(resource: str, at: datetime) -> list[int]:
    """Whose collar numbers stand in "NR31, PC 2877 Marsh": people who attend. A number that two have is nobody's."""
    numbers = NUMBER.findall(resource)
    posted = Posting.objects.current(at).filter(role__in=ATTENDING).values("user")
    people = User.objects.filter(collar_number__in=numbers, is_active=True, is_system=False, pk__in=posted)
    of_one = people.order_by().values("collar_number").annotate(of=Count("pk")).filter(of=1).values("collar_number")
    return list(people.filter(collar_number__in=of_one).order_by("pk").values_list("pk", flat=True))


def keep_reading(call: Call, by: User, at: datetime) -> BriefRead:
    """That somebody has read it at the moment (UTC), with the digest of what it says to them then. Raises Refused where
    they have said so of the same words.
    """
    brief = build_brief(call, by, at)
    digest = briefing_for(call, by, at).digest
    before = newest_reading(call, by)
    if before is not None and before.digest == digest:
        raise Refused(Refusal.GUARD, "You have said so already.")
    made: BriefRead = BriefRead.objects.create(
        case=call.folder, brief=brief, digest=digest, recorded_by=by, recorded_at=at
    )
    return made


def newest_reading(call: Any, user: User) -> BriefRead | None:
    """When this person said last that they had read it, and what."""
    rows = BriefRead.objects.standing().filter(brief__call=call.pk, recorded_by=user)
    found: BriefRead | None = rows.order_by("-recorded_at", "-pk").first()
    return found


def find_changed(now: datetime, calls: Iterable[int] | None = None) -> int:
    """Find the briefs that say something else now than somebody read, of calls that are open; returns of how many readings.

    Whoever read it is told by a reaction to the act, once for each change. Asked with each reader's own eyes. `calls`:
    only these. Index: brief_read_of_person.
    """
    live = BriefRead.objects.standing().filter(brief__call__in=live_calls(now))
    if calls is not None:
        live = live.filter(brief__call__in=calls)
    newest = live.order_by("brief", "recorded_by", "-recorded_at", "-pk").distinct("brief", "recorded_by")
    return sum(note_change(row, now) for row in newest.select_related("brief__call", "recorded_by", "case"))


def live_calls(now: datetime) -> Any:
    """The calls (ids) whose brief may still be on the way to somebody: open, and somebody was sent lately."""
    briefs = Brief.objects.standing().filter(call__closed_at__isnull=True, recorded_at__gt=now - LIVE)
    return briefs.order_by().values("call")


def note_change(read: BriefRead, now: datetime) -> bool:
    """One reading; False where it holds, or was told of before, or is no longer theirs to see."""
    call, reader = read.brief.call, read.recorded_by
    if not Call.objects.visible_to(reader).filter(pk=call.pk).exists():
        return False
    digest = briefing_for(call, reader, now).digest
    if digest in (read.digest, read.told):
        return False
    with transaction.atomic():
        mine = BriefRead.objects.filter(pk=read.pk, version=read.version)
        if not mine.update(told=digest, version=F("version") + 1):
            return False  # another worker tells it
        event = audit.record(
            name=CHANGED, operation=Operation.ALTERATION, subject=read, folder=read.case, by=User.objects.system(), at=now,
            changes={"told": [read.told, digest]},
        )  # fmt: skip
        reactions.queue(event, read)
    return True
