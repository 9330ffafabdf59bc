"""WHAT A FIGURE MAY BE BROKEN DOWN BY: each with its words, who may ask for it, and how it is read off what is counted.

Unknown is a group like any other. Values that are one group (kinds of a relationship, ages of a band) are put together
where they are counted, so that whoever counts once counts once in it.
"""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case as Either
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, ExtractHour, Substr, Upper
from django.db.models.lookups import Exact, In

from accounts.models import Unit
from accounts.roles import roles
from cases.models import Incident, Involvement
from cases.models.answers import PositiveAction
from cases.models.outcome import CHOICES as OUTCOME_CODES
from cases.models.relationship import TABLE
from dvds.models import Outcome as Disclosed
from dvds.models import Route
from people.models import Birth, Description
from people.models.ethnicity import EIGHTEEN
from people.models.topic import TOPICS, WHY_NOT
from reporting.measures.declare import Counted
from reporting.models.feedback import Stage
from risk.models import RiskDecision
from risk.models.grade import Grade
from workflow.clock import LONDON
from workflow.models import Approval

UNKNOWN, UNKNOWN_WORDS = "", "Not known"
NOTHING_RECORDED = "Nothing recorded"  # “not known” is an answer that some topics have
VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT
YEAR = timedelta(days=365)  # M21, M23: within the 365 days before
#: Bands of the age at the report: the first year of each. Under 16 is no adult in law (2021 Act s1).
BANDS = (0, 16, 18, 25, 35, 45, 55, 65, 75)

Read = Callable[[Counted], Combinable | None]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`read` gives the expression for what is counted, or None where it has no such thing. `words`: {value: label}, in order;
    of `named` the labels are looked up afterwards. `who` may ask for it; empty: whoever may see the measure.
    """

    name: str
    label: str
    read: Read
    words: Callable[[], dict[Any, str]]
    who: frozenset[str] = frozenset()
    named: bool = False


def of_incident(counted: Counted, path: str) -> str:
    return path if counted.incident == "pk" else f"{counted.incident}__{path}"


def harmed(counted: Counted, *, column: str = "person") -> Combinable | None:
    """A column of the row that says who was harmed. Index: involvement_one_harmed."""
    if not counted.incident:
        return None
    rows = Involvement.objects.standing().filter(incident=OuterRef(counted.incident), part=VICTIM)
    return Subquery(rows.order_by().values(column)[:1])


def first(*, part: str, column: str) -> Read:
    """A column of the first who took such a part in the report, as it was recorded."""

    def read(counted: Counted) -> Combinable | None:
        if not counted.incident:
            return None
        rows = Involvement.objects.standing().filter(incident=OuterRef(counted.incident), part=part).order_by("pk")
        return Coalesce(Subquery(rows.values(column)[:1]), Value(UNKNOWN))

    return read


def relationship_of(counted: Counted) -> Combinable | None:
    """The kind of relationship of the first suspect, as it was recorded then."""
    code = first(part=SUSPECT, column="relationship")(counted)
    kinds = {
        kind: [row.code for row in TABLE if row.kind == kind]
        for kind in dict.fromkeys(row.kind for row in TABLE)
        if kind
    }
    if code is None:
        return None
    return Either(
        *(When(In(code, codes), then=Value(kind)) for kind, codes in kinds.items()),
        When(Exact(code, Value("NO")), then=Value("NO")),
        default=Value(UNKNOWN),
    )


def said_of_harmed(topic: str) -> Read:
    """What the person harmed last said of themselves in this case. Unknown: nothing was written down."""

    def read(counted: Counted) -> Combinable | None:
        if not counted.incident:
            return None
        rows = Involvement.objects.standing().filter(incident=OuterRef(counted.incident), part=VICTIM)
        said = Description.objects.standing().filter(topic=topic, person=OuterRef("person"), case=OuterRef("case"))
        answer = Subquery(said.order_by("-recorded_at", "-pk").values("answer")[:1])
        return Coalesce(Subquery(rows.order_by().annotate(said=answer).values("said")[:1]), Value(UNKNOWN))

    return read


def age_of_harmed(counted: Counted) -> Combinable | None:
    """The first year of the band of the age of the person harmed at the report; -1 where no birth date is known."""
    if not counted.incident:
        return None
    born = (
        Birth.objects.standing()
        .filter(person=OuterRef("person"), case=OuterRef("case"))
        .order_by("-recorded_at", "-pk")
    )
    rows = Involvement.objects.standing().filter(incident=OuterRef(counted.incident), part=VICTIM)
    on = Subquery(born.values("born_on")[:1])
    years = Cast(
        Func(Value("year"), Func(F("incident__reported_at"), on, function="age"), function="date_part"), IntegerField()
    )
    bands = [When(years__gte=band, then=Value(band)) for band in reversed(BANDS)]
    banded = rows.order_by().annotate(years=years).annotate(band=Either(*bands, default=Value(-1)))
    return Coalesce(Subquery(banded.values("band")[:1]), Value(-1))


def grade_of(counted: Counted) -> Combinable | None:
    """The grade of the case as it stands now. Index: risk_decision_of_case."""
    if not counted.case:
        return None
    ledger = RiskDecision.objects.filter(case=OuterRef(counted.case)).order_by("-at", "-pk")
    return Coalesce(Subquery(ledger.values("to_grade")[:1]), Value(UNKNOWN))


def repeat_of(counted: Counted) -> Combinable | None:
    """Whether the person harmed had another report in the 365 days before this one (M21). Index: involvement_of_person."""
    if not counted.incident:
        return None
    return Either(When(had_before(counted.incident), then=Value("yes")), default=Value("no"))


def had_before(incident: str) -> Exists:
    """Whether whoever was harmed in a report was harmed in another one in the 365 days before it."""
    return Exists(Involvement.objects.standing().filter(earlier_report(), incident=OuterRef(incident), part=VICTIM))


def earlier_report() -> Exists:
    """Of somebody harmed: whether they were harmed in another report in the 365 days before. It asks for their person alone, so
    that the database may match all of them at once.
    """
    moment = OuterRef("incident__reported_at")
    began = ExpressionWrapper(moment - Value(YEAR), output_field=Incident._meta.get_field("reported_at"))
    rows = Involvement.objects.standing().filter(part=VICTIM, person=OuterRef("person"))
    in_time = {"incident__reported_at__lt": moment, "incident__reported_at__gte": began}
    return Exists(rows.filter(incident__struck_out_at__isnull=True, **in_time).exclude(incident__da_confirmed="no"))


def area_of(counted: Counted) -> Combinable | None:
    """The first half of the postcode where it happened: never the whole one."""
    if not counted.incident:
        return None
    outward = Func(Upper(F(of_incident(counted, "postcode"))), Value(" "), Value(1), function="split_part")
    return Coalesce(Substr(Cast(outward, CharField()), 1, 4), Value(UNKNOWN))


def unit_at(level: int) -> Read:
    """The ancestor of its unit so far beneath the force; its own unit where it stands no deeper. `level` 1: the division."""
    return lambda counted: apart_if_restricted(counted, F(f"{counted.unit}__lineage__{level}"))


def team_of(counted: Counted) -> Combinable | None:
    return apart_if_restricted(counted, F(f"{counted.unit}_id"))


def apart_if_restricted(counted: Counted, unit: F) -> Combinable:
    """A restricted case counts for the force and in no unit beneath it: nobody learns from a team's figure that it has one."""
    if not counted.case:
        return unit
    restricted = "restricted" if counted.case == "pk" else f"{counted.case}__restricted"
    return Either(When(**{restricted: True}, then=Value(None)), default=unit, output_field=IntegerField())


def supervisor_of(counted: Counted) -> Combinable | None:
    """Whoever checked the record of the report: under whose eyes it was worked. Index: approval_of_subject."""
    if not counted.incident:
        return None
    checked = Approval.objects.filter(
        subject_type="cases.incident", subject_id=OuterRef(counted.incident), of="record", decided_at__isnull=False
    )
    return Subquery(checked.order_by("-asked_at", "-pk").values("decided_by")[:1])


def time_of_day(counted: Counted) -> Combinable | None:
    """By three turns of duty of eight hours, London time; when each begins is a habit of the force, and no rule [K]."""
    if not counted.at:
        return None
    hour = Cast(ExtractHour(counted.at, tzinfo=LONDON), IntegerField())  # the database extracts what may be broken
    since_six = (hour + Value(18)) % Value(24)  # hours since six in the morning
    return since_six / Value(8)  # whole numbers divide into whole numbers


def its_own(name: str) -> Read:
    """What it alone says of itself."""
    return lambda counted: counted.own.get(name)


def grades() -> dict[Any, str]:
    return {**{grade.value: str(grade.label) for grade in Grade}, UNKNOWN: "Not graded"}


def choices(of: Any, *more: tuple[Any, str]) -> Callable[[], dict[Any, str]]:
    return lambda: {**{code: str(label) for code, label in of}, **dict(more)}


def relationships() -> dict[Any, str]:
    return {row.kind: row.kind for row in TABLE if row.kind} | {"NO": "None of these", UNKNOWN: UNKNOWN_WORDS}


def answers(topic: str) -> Callable[[], dict[Any, str]]:
    def words() -> dict[Any, str]:
        said = dict(EIGHTEEN) if topic == "ethnicity" else {code: str(label) for code, label in TOPICS[topic].answers}
        return said | {code: str(label) for code, label in WHY_NOT} | {UNKNOWN: NOTHING_RECORDED}

    return words


def ages() -> dict[Any, str]:
    ends = [*(band - 1 for band in BANDS[1:]), None]
    said = {band: f"{band} to {end}" if end else f"{band} and over" for band, end in zip(BANDS, ends, strict=True)}
    return {**said, 0: f"Under {BANDS[1]}", -1: UNKNOWN_WORDS}


def units() -> dict[Any, str]:
    return dict(Unit.objects.order_by("lineage").values_list("pk", "name")) | {
        None: "Of the force alone, or restricted"
    }


MANAGES = roles("sergeant", "inspector", "superintendent")

COMMANDS = roles("inspector", "superintendent", "command", "chief_officer")  # who answers for how supervisors supervise


def of_named(by: str) -> bool:
    """Whether its groups are single officers, by name."""
    return by in BREAKDOWNS and BREAKDOWNS[by].named


# fmt: off
BREAKDOWNS: dict[str, Breakdown] = {row.name: row for row in (
    Breakdown("division",     "Division",                        unit_at(1),                                  units),
    Breakdown("team",         "Team",                            team_of,                                     units),
    Breakdown("officer",      "Officer",                         lambda counted: F(counted.officer) if counted.officer else None, dict, MANAGES, named=True),
    Breakdown("risk",         "Risk now",                        grade_of,                                    grades),
    Breakdown("risk_then",    "Risk when drawn",                 its_own("risk_then"),                        grades),
    Breakdown("grade_now",    "Risk now, after the first grade", its_own("grade_now"),                        grades),
    Breakdown("stage",        "Stage",                           its_own("stage"),                            choices(Stage.choices)),
    Breakdown("outcome",      "Outcome",                         its_own("outcome"),                          choices(OUTCOME_CODES, (None, "No outcome yet"))),
    Breakdown("action",       "What the police did",             its_own("action"),                           choices(PositiveAction.choices)),
    Breakdown("route",        "Route",                           its_own("route"),                            choices(Route.choices)),
    Breakdown("result",       "What became of it",               its_own("result"),                           choices(Disclosed.choices, (UNKNOWN, "Going on"))),
    Breakdown("relationship", "Relationship",                    relationship_of,                             relationships),
    Breakdown("gender",       "Gender of the person harmed",     said_of_harmed("gender"),                    answers("gender")),
    Breakdown("ethnicity",    "Ethnicity of the person harmed",  said_of_harmed("ethnicity"),                 answers("ethnicity")),
    Breakdown("disability",   "Disability of the person harmed", said_of_harmed("disability"),                answers("disability")),
    Breakdown("age",          "Age of the person harmed",        age_of_harmed,                               ages),
    Breakdown("repeat",       "Repeat victim (365 days)",        repeat_of,                                   lambda: {"yes": "Another report in the 365 days before", "no": "None in the 365 days before"}),
    Breakdown("shift",        "Time of day",                     time_of_day,                                 lambda: {0: "06:00 to 14:00", 1: "14:00 to 22:00", 2: "22:00 to 06:00"}),
    Breakdown("source",       "Who referred",                    its_own("source"),                           lambda: {"": "The police"}),
    Breakdown("supervisor",   "Supervisor",                      supervisor_of,                               dict, COMMANDS, named=True),
    Breakdown("area",         "Area",                            area_of,                                     lambda: {UNKNOWN: UNKNOWN_WORDS}),
)}
# fmt: on
