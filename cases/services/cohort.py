"""The repeat victims at highest harm (S0-010): a list whose every point is said, from what is recorded and nothing else.

The points are the project's default, not a force's table: how often, how lately, how grave, and whether it rises. No
machine decides anything by them: they put people in an order, and a person decides who has a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case as If
from django.db.models import Count, F, IntegerField, Max, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext

from accounts.models import User
from cases.models import Case, DefinitionSet, Involvement
from cases.models.answers import AbuseSign as S
from cases.models.definition_set import months_before
from workflow.clock import LONDON
from workflow.templatetags.words import day as day_words

MOST = 100  # of the force's list: who comes after is no cohort
LATELY = timedelta(days=91)  # what is set against what came before, for harm that rises
MOMENT = Coalesce("incident__occurred_from", "incident__reported_at")

#: Incidents in the window, and the points for so many or more.
OFTEN: tuple[tuple[int, int], ...] = ((8, 25), (5, 18), (3, 12), (2, 6))
#: Days since the last one, and the points for so few or fewer.
RECENT: tuple[tuple[int, int], ...] = ((30, 25), (90, 20), (180, 15), (365, 8))


def signs(*codes: str) -> Q:
    return Q(incident__abuse_signs__overlap=list(codes))


#: The gravest sign in the window, and its points.
GRAVE: tuple[tuple[int, str, Q], ...] = (
    (25, N_("strangled, choked or smothered, or a threat to kill"), signs(S.STRANGLED, S.THREAT_TO_KILL)),
    (20, N_("sexual abuse, so-called honour or forced marriage"), signs(S.SEXUAL, S.HONOUR, S.FORCED_MARRIAGE)),
    (18, N_("a weapon was used"), Q(incident__weapon="yes")),
    (14, N_("stalking or harassment"), signs(S.STALKING, S.HARASSMENT)),
    (8, N_("a crime of another kind"), Q(incident__classed="crime")),
)  # fmt: skip
NOTHING_GRAVE, RISING = 2, 10
MOST_POINTS = OFTEN[0][1] + RECENT[0][1] + GRAVE[0][0] + RISING

GRAVITY = If(*(When(holds, then=Value(points)) for points, _words, holds in GRAVE), default=Value(NOTHING_GRAVE),
             output_field=IntegerField())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: its points, and the facts they stand for."""

    points: int
    words: str


@dataclass(frozen=True, slots=True)
class Scored:
    """Somebody harmed again and again, with the score, its parts, and the cases it was taken from, the newest first.

    `own`: those of the cases that are the reader's own work.
    """

    person: int
    score: int
    parts: tuple[Part, ...]
    last: datetime
    cases: tuple[int, ...]
    references: tuple[str, ...]
    own: tuple[int, ...]


def cohort(user: User, now: datetime, first: int = 0, most: int = 25) -> tuple[list[Scored], bool]:
    """A page of the list, the highest first; and whether there is more. Two queries.

    Whom the person's own work tells of is on it; what was done to them counts wherever it may be seen, as on their page.

    Index: incident_by_report, within the window of the definition of repeat victims; then involvement on the incident.
    """
    meant = DefinitionSet.objects.in_force(now.astimezone(LONDON).date()).get("repeat_victim")
    if meant is None or meant.at_least is None:
        return [], False
    most = max(0, min(most, MOST - first))
    rows = list(scored_rows(user, now, meant)[first : first + most + 1])
    return [as_scored(row, now) for row in rows[:most]], len(rows) > most and first + most < MOST


def scored_rows(user: User, now: datetime, meant: DefinitionSet) -> Any:
    """Each repeat victim of the reader's work once, with what the score is made of, the highest first."""
    since = datetime.combine(months_before(now.astimezone(LONDON).date(), meant.months), time.min, LONDON)
    cases = Case.objects.filter(kind=Case.Kind.INVESTIGATION).order_by()
    own = cases.worked_by(user).values("pk")
    harmed = harmed_since(since, now)
    rows = harmed.filter(
        person__in=harmed.filter(case__in=own).values("person"), case__in=cases.visible_to(user).values("pk")
    )
    lately = Q(then__gt=now - LATELY)
    people = rows.values("person_id").annotate(
        number=Count("pk"), last=Max(MOMENT), gravest=Max(GRAVITY),
        late=Coalesce(Max(GRAVITY, filter=lately), 0), before=Coalesce(Max(GRAVITY, filter=~lately), 0),
        of_cases=ArrayAgg("case_id", order_by=F("incident_id").desc()),
        of_references=ArrayAgg("case__reference", order_by=F("incident_id").desc()),
        of_own=ArrayAgg("case_id", order_by=F("incident_id").desc(), filter=Q(case__in=own)),
    )  # fmt: skip
    people = people.filter(number__gte=meant.at_least).annotate(score=score_of(now))
    return people.order_by("-score", "-last", "person_id")


def harmed_since(since: datetime, now: datetime) -> Any:
    """Who was harmed in what happened in the time. What happened since was reported since: an index leads there."""
    rows = Involvement.objects.standing().filter(part=Involvement.Part.VICTIM, incident__struck_out_at__isnull=True)
    rows = rows.exclude(incident__da_confirmed="no").filter(incident__reported_at__gte=since)
    return rows.alias(then=MOMENT).filter(then__gte=since, then__lte=now).order_by()


def score_of(now: datetime) -> Any:
    often = If(*(When(number__gte=least, then=Value(points)) for least, points in OFTEN), default=Value(0))
    recent = If(
        *(When(last__gte=now - timedelta(days=days), then=Value(points)) for days, points in RECENT), default=Value(0)
    )
    rising = If(When(before__gt=0, late__gt=F("before"), then=Value(RISING)), default=Value(0))
    return often + recent + F("gravest") + rising


def as_scored(row: dict[str, Any], now: datetime) -> Scored:
    """The parts are worked out again from the facts by the same tables, and add up to the score."""
    parts = tuple(part for part in parts_of(row, now) if part.points)
    cases, references = tuple(dict.fromkeys(row["of_cases"])), tuple(dict.fromkeys(row["of_references"]))
    return Scored(row["person_id"], row["score"], parts, row["last"], cases, references, tuple(row["of_own"]))


def parts_of(row: dict[str, Any], now: datetime) -> list[Part]:
    number, ago = row["number"], now - row["last"]
    often = next((points for least, points in OFTEN if number >= least), 0)
    recent = next((points for days, points in RECENT if ago <= timedelta(days=days)), 0)
    rising = RISING if row["late"] > row["before"] > 0 else 0
    said = ngettext("%(count)s incident in the window", "%(count)s incidents in the window", number) % {"count": number}
    grave = next((words for points, words, _holds in GRAVE if points == row["gravest"]), "")
    return [
        Part(often, said),
        Part(recent, _("the last on %(day)s") % {"day": day_words(row["last"])}),
        Part(row["gravest"], _(grave) if grave else _("nothing graver is recorded")),
        Part(rising, _("the last 91 days are graver than what came before")),
    ]
