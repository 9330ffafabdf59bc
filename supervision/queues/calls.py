"""Lists about calls: was the grade right, were officers there in time, was it flagged, and what nobody flagged.

Every list is of the person's own work (`worked_by`), within a number of days, and paged by (moment, id).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from accounts.models import User
from cases.models import Brief, Call, Case, Incident, Involvement
from cases.models.answers.call import CONNECTED, CallResult, Flagged, GradeVerdict
from cases.models.relationship import TABLE as RELATIONSHIPS
from supervision.queues.board import RESPONSE
from supervision.queues.declared import said_once
from supervision.queues.groups import Place
from workflow.models import Deadline

PERIODS = (7, 28, 91, 365)  # days back
PAGE = 25
CONNECTED_BY_LAW = [row.code for row in RELATIONSHIPS if row.connected]
#: Words that suggest abuse, by what they suggest. Each is the beginning of a word as it is spoken in a call.
WORDS: dict[str, tuple[str, ...]] = {
    "violence": ("hit", "punch", "kick", "slap", "chok", "strangl", "throttl", "bit ", "bitten", "stab", "push", "shov",
                 "grab", "beat", "assault", "attack", "bleed", "bruis", "knife", "hurt", "threaten", "kill"),
    "sexual": ("rape", "raped", "sexual", "forced her to", "forced me to", "touched me", "grope"),
    "damage": ("smash", "broke", "broken", "kicked the door", "kicked in", "damag", "threw", "ripped", "set fire"),
    "harassment": ("follow", "stalk", "harass", "won't leave", "will not leave", "keeps ringing", "keeps calling", "messages",
                   "outside my", "outside her", "turning up", "turned up", "track", "watching"),
}  # fmt: skip
LIKELY = r"\m(" + "|".join(word.strip() for words in WORDS.values() for word in words) + ")"


def calls_of(user: User) -> Any:
    return Call.objects.standing().filter(case__in=said_once(Case.objects.worked_by(user)))


def since(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Reviewed calls of a team, or of all: how many grades were right. `share` is a whole per cent; None of none."""

    team: str
    taken: int
    reviewed: int
    right: int
    too_low: int
    too_high: int

    @property
    def share(self) -> int | None:
        return round(100 * self.right / self.reviewed) if self.reviewed else None


def grading(user: User, now: datetime, days: int) -> tuple[Accuracy, list[Accuracy]]:
    """All calls received in the period, and team by team; one statement."""
    of = {
        "taken": Count("pk"), "reviewed": Count("pk", filter=Q(reviewed_at__isnull=False)),
        "right": Count("pk", filter=Q(verdict=GradeVerdict.RIGHT)),
        "too_low": Count("pk", filter=Q(verdict=GradeVerdict.TOO_LOW)),
        "too_high": Count("pk", filter=Q(verdict=GradeVerdict.TOO_HIGH)),
    }  # fmt: skip
    rows = calls_of(user).filter(received_at__gt=since(now, days)).order_by()
    teams = [Accuracy(**row) for row in rows.values(team=F("case__unit__name")).annotate(**of).order_by("team")]
    names = ("taken", "reviewed", "right", "too_low", "too_high")
    whole = Accuracy("", *(sum(getattr(team, name) for team in teams) for name in names))
    return whole, teams


def graded_wrong(user: User, now: datetime, days: int) -> Any:
    """Reviewed calls whose grade was not right, newest first. Index: call_newest."""
    rows = calls_of(user).filter(verdict__in=[GradeVerdict.TOO_LOW, GradeVerdict.TOO_HIGH])
    return newest(rows.filter(received_at__gt=since(now, days)))


def owed() -> Any:
    """Response targets. One that was dropped after it had passed was missed all the same: closing late is no answer."""
    counted = Q(dropped_because="") | Q(stopped_at__gt=F("due_at"))
    return Deadline.objects.filter(counted, subject_type=Call._meta.label_lower, policy=RESPONSE)


def with_target(user: User) -> Any:
    """Calls that had a target of their own: a duplicate that nobody went to is answered at the other call."""
    return calls_of(user).exclude(result=CallResult.DUPLICATE, arrived_at__isnull=True)


def missed(user: User, now: datetime, days: int) -> Any:
    """Calls at which officers were not in time: late, or not there yet and due. Newest first, each with `due_at`.

    Recorded late is not late: what counts is when officers were there (`Deadline.stopped_at` is that moment).
    """
    late = owed().filter(Q(stopped_at__gt=F("due_at")) | Q(stopped_at__isnull=True, due_at__lt=now))
    of = late.filter(subject_id=OuterRef("pk"))
    rows = with_target(user).filter(Exists(of), received_at__gt=since(now, days))
    return newest(rows.annotate(due_at=Subquery(of.values("due_at")[:1])))


def answered(user: User, now: datetime, days: int) -> tuple[int, int]:
    """How many calls of the period had a response target that has been reached or passed, and how many of them in time."""
    here = owed().filter(subject_id__in=with_target(user).filter(received_at__gt=since(now, days)).values("pk"))
    over = here.filter(Q(stopped_at__isnull=False) | Q(due_at__lt=now))
    found = over.aggregate(all=Count("pk"), met=Count("pk", filter=Q(stopped_at__lte=F("due_at"))))
    return found["all"], found["met"]


def attended(user: User, now: datetime, days: int) -> Any:
    """Calls of the period at which officers were, and for which a brief was built. Index: brief_one_to_a_call."""
    rows = calls_of(user).filter(received_at__gt=since(now, days), arrived_at__isnull=False)
    return rows.filter(Exists(Brief.objects.standing().filter(call=OuterRef("pk"))))


def unprepared(user: User, now: datetime, days: int) -> Any:
    """Attendances at which nobody who went had opened the brief before they were there (S3-020). Newest first.

    `unnamed`: nobody was named as sent, so anybody of the team counts.
    """
    briefs = Brief.objects.filter(call__received_at__gt=since(now, days)).unread_on_arrival()
    rows = attended(user, now, days).filter(pk__in=briefs.order_by().values("call"))
    unnamed = Exists(Brief.objects.standing().filter(call=OuterRef("pk"), sent=[]))
    return newest(rows.annotate(unnamed=unnamed))


def prepared(user: User, now: datetime, days: int) -> tuple[int, int]:
    """How many attendances of the period had a brief, and at how many of them it had been read."""
    every = attended(user, now, days).order_by().count()
    return every, every - unprepared(user, now, days).order_by().count()


@dataclass(frozen=True, slots=True)
class Flags:
    """Flagged at the call against what was confirmed later (M35). An incident recorded from a call confirms it."""

    said_yes: int  # flagged at the call
    held: int  # flagged and confirmed
    wrong: int  # flagged, and confirmed not to be
    later: int  # not flagged, or not sure, and confirmed later
    never: int  # not flagged, nothing confirmed

    @property
    def found(self) -> int | None:
        """Of all that turned out to be domestic abuse, the share flagged at the call, as a whole per cent."""
        abuse = self.held + self.later
        return round(100 * self.held / abuse) if abuse else None


def with_outcome(rows: Any) -> Any:
    """Each call with whether its incident is recorded with the kinds of abuse: that confirms it, unless somebody says no."""
    recorded = Exists(Incident.objects.standing().filter(call=OuterRef("pk")).exclude(abuse_types=[]))
    return rows.annotate(recorded=recorded)


IS_ABUSE = Q(confirmed="yes") | (Q(confirmed="") & Q(recorded=True))
NOT_ABUSE = Q(confirmed="no")
FLAGGED = Q(flagged=Flagged.YES)


def flags(user: User, now: datetime, days: int) -> Flags:
    rows = with_outcome(calls_of(user).filter(received_at__gt=since(now, days))).order_by()
    found = rows.aggregate(
        said_yes=Count("pk", filter=FLAGGED), held=Count("pk", filter=FLAGGED & IS_ABUSE),
        wrong=Count("pk", filter=FLAGGED & NOT_ABUSE), later=Count("pk", filter=~FLAGGED & IS_ABUSE),
        never=Count("pk", filter=~FLAGGED & Q(confirmed="") & Q(recorded=False)),
    )  # fmt: skip
    return Flags(**found)


def flagged_later(user: User, now: datetime, days: int) -> Any:
    """Not flagged at the call, and domestic abuse all the same: newest first."""
    rows = with_outcome(calls_of(user).filter(received_at__gt=since(now, days)))
    return newest(rows.filter(~FLAGGED & IS_ABUSE))


def likely(user: User, now: datetime, days: int) -> Any:
    """Calls that nobody flagged and nobody has decided on, where the two are personally connected and what was said, or
    an offence, suggests violence, sexual offences, damage or harassment (A.3: the missed-flag finder). Newest first.
    """
    rows = with_outcome(calls_of(user).filter(received_at__gt=since(now, days)))
    unflagged = rows.filter(~FLAGGED, confirmed="", recorded=False)
    seen = Involvement.objects.standing().visible_to(user)
    tied = seen.filter(part=Involvement.Part.SUSPECT, relationship__in=CONNECTED_BY_LAW)
    harmed = seen.filter(part=Involvement.Part.VICTIM, person=OuterRef(OuterRef("harmed")))
    before = tied.filter(Exists(harmed.filter(incident=OuterRef("incident"))))
    connected = Q(connected__in=CONNECTED) | Exists(tied.filter(incident__call=OuterRef("pk"))) | Exists(before)
    crime = Exists(Incident.objects.standing().filter(call=OuterRef("pk"), classed="crime"))
    told = Exists(Incident.objects.standing().filter(call=OuterRef("pk"), account__iregex=LIKELY))
    risky = Q(risks__overlap=["weapon", "injured", "strangled", "threat_to_kill", "heard", "order"])
    return newest(unflagged.filter(connected, Q(said__iregex=LIKELY) | risky | told | crime))


def newest(rows: Any) -> Any:
    return rows.select_related("case__unit", "recorded_by", "harmed").order_by("-received_at", "-pk")


def page_of(rows: Any, before: Place | None) -> tuple[list[Any], str]:
    """One page of a list, and where the next begins ("" at the end). One statement."""
    if before is not None:
        earlier = Q(received_at__lt=before.due_at) | Q(received_at=before.due_at, pk__lt=before.pk)
        rows = rows.filter(earlier, received_at__lte=before.due_at)
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], str(Place(last.received_at, last.pk)) if last else ""
