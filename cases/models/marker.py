"""Markers of an incident (A.3): ONE table. Derived ones are questions asked of the facts; the others somebody sets."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Count, DateField, Exists, ExpressionWrapper, F, Func, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from cases.models.answers import AbuseSign, Support, Whereabouts
from cases.models.case import Case
from cases.models.definition_set import LIFETIME, DefinitionSet
from cases.models.involvement import Involvement
from cases.models.linked import LinkedCase
from cases.models.outcome import Outcome
from people.models import Birth
from workflow.models import CaseRecord

OLDER, ADULT, GROWN = 65, 16, 18  # years
VICTIM, SUSPECT, CHILD = Involvement.Part.VICTIM, Involvement.Part.SUSPECT, Involvement.Part.CHILD
Asked = Callable[[User], Q]  # a question about an incident, within what the reader may see


def says(**columns: Any) -> Asked:
    return lambda user: Q(**columns)


def sign(*signs: str) -> Asked:
    return says(abuse_signs__overlap=list(signs))


def a_child(*where: str) -> Asked:
    def asked(user: User) -> Q:
        rows = Involvement.objects.standing().filter(incident=OuterRef("pk"), part=CHILD, whereabouts__in=where)
        return Q(Exists(rows))

    return asked


def flagged(code: str) -> Asked:
    """The flag as its definition in force on the day has it: `cases.services.repeat` says the same, with the events.

    Counted by the day on which a thing happened, up to this one; what the reader may not see counts for nothing.
    """

    def asked(user: User) -> Q:
        here = Involvement.objects.standing().filter(
            incident=OuterRef("pk"), part=VICTIM if code == "repeat_victim" else SUSPECT
        )
        here = here.alias(moment=MOMENT, harmed=_harmed_in("incident_id"))
        here = here.alias(
            least=_in_force(code, "at_least"), months=Coalesce(_in_force(code, "window_months"), LIFETIME)
        )
        return Q(Exists(here.alias(number=_number(code, user)).filter(number__gte=F("least"))))

    return asked


def _harmed_in(incident: str) -> Subquery:
    rows = Involvement.objects.standing().filter(incident=OuterRef(incident), part=VICTIM)
    return Subquery(rows.order_by().values("person_id")[:1])


def _in_force(code: str, column: str) -> Subquery:
    """A number of the definition that was in force on the day of the event asked about. Index: definition_in_force."""
    rows = DefinitionSet.objects.approved().filter(code=code, valid_from__lte=_day(OuterRef("moment")))
    return Subquery(rows.order_by("-valid_from", "-pk").values(column)[:1])


def _number(code: str, user: User) -> Any:
    """How many incidents, or different people harmed, the same person has within the window, this one among them."""
    rows = Involvement.objects.standing().visible_to(user).exclude(incident__da_confirmed="no")
    rows = rows.filter(part=OuterRef("part"), person=OuterRef("person_id"), incident__struck_out_at__isnull=True)
    first = Func(_day(OuterRef("moment")), Func(0, OuterRef("months"), function="make_interval"),
                 arg_joiner=" - ", template="(%(expressions)s)::date", output_field=DateField())  # fmt: skip
    rows = (
        rows.alias(then=MOMENT).filter(then__lte=OuterRef("moment")).alias(day=_day(F("then"))).filter(day__gte=first)
    )
    rows = rows.alias(other=_harmed_in("incident_id"))
    if code in ("repeat_pair", "repeat_suspect"):
        rows = rows.filter(other=OuterRef("harmed"))
    what = Count("other", distinct=True) if code == "serial_suspect" else Count("pk")
    return Coalesce(Subquery(rows.order_by().values("person").annotate(found=what).values("found")), 0)


def _day(moment: Any) -> Func:
    """The London day of a moment."""
    return Func(moment, template="((%(expressions)s) AT TIME ZONE 'Europe/London')::date", output_field=DateField())


MOMENT = Coalesce("incident__occurred_from", "incident__reported_at")


def aged(part: str, least: int, below: int = 200) -> Asked:
    """Whole years on the day of the report (London), from what this very case knows of the birth."""

    def asked(user: User) -> Q:
        here = Involvement.objects.standing().filter(incident=OuterRef(OuterRef("pk")), part=part)
        rows = Birth.objects.standing().filter(case=OuterRef("case"), person__in=here.values("person"))
        return Q(Exists(rows.alias(years=YEARS).filter(born_on__isnull=False, years__gte=least, years__lt=below)))

    return asked


# The age that `people.models.birth.age_on` gives, on the London day of the report of the incident asked about.
YEARS = Func(
    _day(OuterRef("reported_at")),
    F("born_on"), template="EXTRACT(year FROM AGE(%(expressions)s))", output_field=IntegerField(),
)  # fmt: skip


def ended(**of: Any) -> Asked:
    return lambda user: Q(Exists(Outcome.objects.settled().filter(crime__incident=OuterRef("pk"), **of)))


def accused_too(user: User) -> Q:
    """A case beside this one in which the parts are swapped. One that the reader may not open tells nothing."""
    seen = Case.objects.visible_to(user).values("pk")
    return Q(Exists(LinkedCase.objects.counter().filter(case=OuterRef("case"), other__in=seen)))


@dataclass(frozen=True, slots=True)
class Marker:
    """One row: its words, and how it follows from facts. Any may be set by hand too, and is then never lost."""

    code: str
    label: str
    how: str = ""  # in words; empty: only somebody sets it
    asked: Asked | None = None


# fmt: off
MARKERS: tuple[Marker, ...] = (
    Marker("da",                 "Domestic abuse",                    "confirmed with the record", says(da_confirmed="yes")),
    Marker("repeat_victim",      "Repeat victim",                     "harmed again within the window of the definition", flagged("repeat_victim")),
    Marker("repeat_pair",        "Repeat pair",                       "the same two again within the window of the definition", flagged("repeat_pair")),
    Marker("repeat_suspect",     "Repeat suspect",                    "suspected again of harming the same person", flagged("repeat_suspect")),
    Marker("serial_suspect",     "Serial suspect",                    "suspected of harming different people within the window of the definition", flagged("serial_suspect")),
    Marker("vulnerable_victim",  "Vulnerable victim"),
    Marker("high_harm",          "High harm"),
    Marker("stalking",           "Stalking or harassment",            "a sign of the abuse", sign(AbuseSign.STALKING, AbuseSign.HARASSMENT)),
    Marker("strangulation",      "Strangulation or suffocation",      "a sign of the abuse", sign(AbuseSign.STRANGLED)),
    Marker("honour",             "So-called honour",                  "a sign of the abuse", sign(AbuseSign.HONOUR)),
    Marker("forced_marriage",    "Forced marriage",                   "a sign of the abuse", sign(AbuseSign.FORCED_MARRIAGE)),
    Marker("fgm",                "Female genital mutilation",         "a sign of the abuse", sign(AbuseSign.FGM)),
    Marker("child_present",      "Child present",                     "where a child was", a_child(Whereabouts.SAW, Whereabouts.HEARD, Whereabouts.IN_HOUSE)),
    Marker("child_heard",        "Child heard it",                    "where a child was", a_child(Whereabouts.HEARD)),
    Marker("pregnant",           "Pregnant"),
    Marker("weapon",             "Weapon",                            "a weapon or object was used", says(weapon="yes")),
    Marker("firearms",           "Firearms licence"),
    Marker("alcohol",            "Alcohol"),
    Marker("drugs",              "Drugs"),
    Marker("mental_health",      "Mental health"),
    Marker("self_harm",          "Self-harm or suicide, of either"),
    Marker("immigration",        "Immigration, or no recourse to public funds", "a sign of the abuse", sign(AbuseSign.IMMIGRATION)),
    Marker("interpreter",        "Language or interpreter"),
    Marker("disability",         "Disability"),
    Marker("lgbt",               "LGBT+ (as they say themselves)"),
    Marker("older_victim",       "Older victim (65 or over)",         "age on the day of the report", aged(VICTIM, OLDER)),
    Marker("adolescent_suspect", "Suspect aged 16 or 17",             "age on the day of the report", aged(SUSPECT, ADULT, GROWN)),
    Marker("counter_allegation", "Counter-allegation",                "a second case was begun from the other side", accused_too),
    Marker("dual_arrest",        "Both arrested"),
    Marker("police_suspect",     "Suspect is police officer or staff"),
    Marker("police_victim",      "Victim is police officer or staff"),
    Marker("other_force",        "Of interest to another force"),
    Marker("marac",              "MARAC"),
    Marker("mappa",              "MAPPA"),
    Marker("dvds",               "Disclosure scheme"),
    Marker("threat_to_life",     "Threat to life"),
    Marker("evidence_led",       "Evidence-led",                      "charged although the victim does not support it", ended(code__in=("1", "1A"), support__in=(Support.NO, Support.WITHDREW))),
    Marker("withdrawn",          "Victim withdrew",                   "said with an outcome", ended(support=Support.WITHDREW)),
    Marker("online",             "Online element",                    "a sign of the abuse", sign(AbuseSign.TECHNOLOGY, AbuseSign.IMAGES)),
    Marker("order_breach",       "Breach of an order"),
    Marker("bail_breach",        "Breach of bail"),
)
# fmt: on
BY_CODE: dict[str, Marker] = {row.code: row for row in MARKERS}


@pghistory.track()
class SetMarker(CaseRecord):
    """A marker that somebody set on a case, with why; cleared with why. One that follows from facts is not here."""

    code = models.CharField(max_length=30, choices=[(row.code, row.label) for row in MARKERS])
    why = models.TextField(max_length=1000)
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cleared_why = models.TextField(max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(cleared_at__isnull=True, struck_out_at__isnull=True),
                name="set_marker_once",
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | ~Q(cleared_why=""), name="set_marker_cleared_for_a_reason"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_code_display()


def set_by_hand(code: str) -> Q:
    rows = SetMarker.objects.standing().filter(case=OuterRef("case"), code=code, cleared_at__isnull=True)
    return Q(Exists(rows))


def derived(code: str, user: User) -> Q:
    """Whether the facts of an incident, as this person may see them, make the marker. Nothing where none could."""
    asked = BY_CODE[code].asked
    return asked(user) if asked else Q(pk__in=[])


def marked(incidents: Any, code: str, user: User) -> Any:
    """The incidents of a queryset that bear a marker, by the facts or by hand: the question every report asks."""
    return incidents.filter(derived(code, user) | set_by_hand(code))


def with_derived(incidents: Any, user: User) -> Any:
    """The incidents with `marker_<code>` for each marker that follows from facts. One query, whatever their number."""
    found = {
        f"marker_{row.code}": ExpressionWrapper(derived(row.code, user), models.BooleanField())
        for row in MARKERS
        if row.asked
    }
    return incidents.annotate(**found)
