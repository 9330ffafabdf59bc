"""AGAIN: people harmed and people who harm, more than once; and whether it happened again after the police had acted."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Now

from cases.models import Involvement
from cases.models.action import ActionTaken
from reporting.measures.breakdowns import earlier_report, had_before
from reporting.measures.declare import Basis, Counted, Measure, Part, declare
from reporting.measures.facts import REPORTED, REPORTS, SUSPECT, SUSPECTS, VICTIM, VICTIMS, of_reports
from reporting.measures.volumes import WHERE

YEAR, THREE_YEARS = timedelta(days=365), timedelta(days=3 * 365)
FOLLOWED = (30, 90, 365)  # days


def again(rows: QuerySet[Any]) -> QuerySet[Any]:
    """People harmed in a report of the window who had been harmed in another within the 365 days before it."""
    return rows.filter(earlier_report())


def with_victim(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(involvements__part=VICTIM, involvements__struck_out_at__isnull=True)


def harmed_before(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(had_before("pk"))


def suspected(since: timedelta) -> QuerySet[Any]:
    """Reports of whoever a suspect is, in the time before their report and this one: of each whom it harmed (`harmed`)."""
    moment = OuterRef("incident__reported_at")
    rows = with_harmed(of_reports(SUSPECT)).filter(person=OuterRef("person"), incident__reported_at__lte=moment)
    return rows.filter(incident__reported_at__gte=moment - Value(since))


def with_harmed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With the person harmed in the report, of whom there is one at most."""
    standing = Q(incident__involvements__part=VICTIM, incident__involvements__struck_out_at__isnull=True)
    return rows.annotate(
        beside=FilteredRelation("incident__involvements", condition=standing), harmed=F("beside__person")
    )


def serial(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Suspects of reports of two or more different people harmed within 36 months: there is another than the one of this report,
    or than any one of them where nobody is named in this one.
    """
    reports = suspected(THREE_YEARS).filter(harmed__isnull=False)
    rows = with_harmed(rows).annotate(one=Coalesce("harmed", Subquery(reports.order_by().values("harmed")[:1])))
    return rows.filter(Exists(reports.exclude(harmed=OuterRef("one"))))


def repeat(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Suspects of two or more reports of one person harmed within the 365 days."""
    earlier = suspected(YEAR).filter(
        harmed=OuterRef("harmed"), incident__reported_at__lt=OuterRef("incident__reported_at")
    )
    return with_harmed(rows).filter(Exists(earlier))


def acted_on() -> QuerySet[Involvement]:
    """People harmed in a report after which the police took positive action, each action that stands as `acted`."""
    taken = ActionTaken.objects.standing().filter(incident=OuterRef("incident")).exclude(kind="none")
    standing = Q(incident__actions__struck_out_at__isnull=True) & ~Q(incident__actions__kind="none")
    rows: QuerySet[Involvement] = of_reports(VICTIM).filter(Exists(taken))
    return rows.annotate(acted=FilteredRelation("incident__actions", condition=standing))


def whole_days_ago(days: int) -> Any:
    """The latest report whose time to be followed is over by now."""
    return Now() - timedelta(days=days)


INDEX = Counted(
    "people harmed, after whose report the police acted", acted_on, "incident__reported_at", REPORTED, incident="incident",
    once=F("pk"), own={"action": F("acted__kind")},
)  # fmt: skip


def again_within(days: int) -> Callable[[QuerySet[Any]], QuerySet[Any]]:
    def again_after(rows: QuerySet[Any]) -> QuerySet[Any]:
        later = of_reports(VICTIM).filter(
            person=OuterRef("person"),
            incident__reported_at__gt=OuterRef("incident__reported_at"),
            incident__reported_at__lte=OuterRef("incident__reported_at") + Value(timedelta(days=days)),
        )
        return rows.filter(Exists(later))

    return again_after


def within(days: int) -> tuple[Part, Part]:
    """Harmed again, of those who were followed for the whole time; and apart from them those who were not yet."""
    over = INDEX.only(f"followed for {days} days", incident__reported_at__lte=whole_days_ago(days))
    ahead = INDEX.only(f"not followed for {days} days yet", incident__reported_at__gt=whole_days_ago(days))
    return (
        Part(f"{days}-days", f"Harmed again within {days} days", over.those("harmed again", again_within(days)), over),
        Part(f"{days}-days-ahead", f"Not followed for {days} days yet", ahead),
    )


declare(
    Measure(
        "M20", "Repeat victims", "Different people harmed in a report of the window who had another report in the 365 days before it, for every 100 different people harmed.",
        "Repeats", "S3-062, S3-164; R-50", Basis.COHORT, (Part("repeat", "Repeat victims", VICTIMS.those("repeat victims", again), VICTIMS),), by=(*WHERE, "risk", "age", "area", "gender", "ethnicity"), good="less",
        mind="All reports count, crimes or not. The number goes up when trust goes up.",
    ),
    Measure(
        "M21", "Repeat victimisation rate", "Reports of the window whose victim had an earlier report in the 365 days before, for every 100 reports with somebody harmed named.",
        "Repeats", "C.2; not equal to repeat victims", Basis.COHORT, (Part("repeat", "Reports of repeat victims", REPORTS.those("of somebody harmed before", harmed_before), REPORTS.those("reports with somebody harmed named", with_victim)),),
        by=(*WHERE, "risk", "area"), good="less",
    ),
    Measure(
        "M22", "Repeat and serial suspects", "Different suspects of the window with another report of the same victim in 365 days, and with two or more victims in 36 months, for every 100 different suspects.",
        "Repeats", "S3-164; E.3", Basis.COHORT, (Part("repeat", "Repeat suspects", SUSPECTS.those("repeat suspects", repeat), SUSPECTS), Part("serial", "Serial suspects", SUSPECTS.those("serial suspects", serial), SUSPECTS)), by=("division", "team"), good="less",
    ),
    Measure(
        "M23", "Harmed again after the police acted", "People harmed in a report of the window after which the police took positive action, with another report within 30, 90 and 365 days, for every 100 who have been followed for the whole of that time; those who have not been yet are counted apart.",
        "Repeats", "S2-015, S3-023", Basis.COHORT, tuple(part for days in FOLLOWED for part in within(days)), by=("action", "division", "team", "risk"), good="less",
        mind="By action whoever had several actions counts under each. Action follows risk: those acted on most are in most danger, so a higher rate is no proof that an action fails.",
    ),
)  # fmt: skip
