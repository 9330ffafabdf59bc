"""What is on record beside the answers of an assessment: of the case itself, and of cases kept from nobody.

The same for whoever reads it, so that what must be explained before sending does not hang on who sends.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from cases.models import (
    ArrestDecision,
    Case,
    Crime,
    HouseholdMember,
    Incident,
    Involvement,
    Outcome,
    SetMarker,
    SystemCheck,
)
from cases.models.answers.children import ChildOf
from cases.models.definition_set import TWELVE_MONTHS
from cases.models.household import ADULT
from cases.rule import here_or_in
from risk.models import Assessment, OnRecord
from risk.services.versions import ends_of, last_day

PART = Involvement.Part
CONVICTING = ("1", "1A", "2", "2A", "3", "3A")  # outcomes that leave a record of the suspect (A.5)
BREACHES = "Breach of an order"  # the group of offences
SAYS_MORE = ("pnc", "pnd")  # systems whose hit is trouble with the police
YEAR = timedelta(days=365)
#: Question 10 asks for children who are not the suspect's: his own make its No no less right.
THE_SUSPECTS = (ChildOf.BOTH, ChildOf.SUSPECT)


def on_record(assessment: Assessment, user: User | None = None) -> OnRecord:
    """What stands beside the answers; narrowed to what the reader may open, where one is given. One statement.

    Indexes: involvement_of_person, incident_of_case.
    """
    known = Case.objects.kept_from_nobody()
    cases = here_or_in(assessment.case_id, known.visible_to(user) if user else known)
    columns = _columns(cases) | ends_of(assessment.instrument_version_id)
    row = Incident.objects.filter(pk=assessment.incident_id).annotate(**columns).values(*columns, *OWN)
    found = row.get()
    return OnRecord(
        arrested=found["has_arrested"], convicted=found["has_convicted"] or found["known_elsewhere"],
        incidents=found["has_incidents"],
        children=found["has_children"] or (found["children_present"] == "yes" and not found["has_own"]),
        breached=found["has_breached"] or bool({"order_breach", "bail_breach"} & set(found["set_markers"])),
        separated=found["has_separated"], weapon=found["weapon"] == "yes", hurt_others=found["has_hurt_others"],
        marks=frozenset((*found["set_markers"], *found["abuse_signs"])),
        begun=frozenset(found["sets_begun"]), version_ended=last_day(found["version_to"], found["version_follows"]),
    )  # fmt: skip


OWN = ("weapon", "children_present", "abuse_signs")


def _columns(cases: Q) -> dict[str, Any]:
    here, harmed = Q(incident=OuterRef("pk")), _people(PART.VICTIM)
    suspects = _people(PART.SUSPECT)
    children = HouseholdMember.objects.standing().filter(here, age__lt=ADULT)
    linked = Involvement.objects.standing().filter(case=OuterRef("case"), part=PART.CHILD)
    in_case = linked.exclude(child_of__in=THE_SUSPECTS)
    separated = Involvement.objects.standing().filter(here, part=PART.SUSPECT, separated_on__isnull=False)
    return {
        "has_arrested": Exists(_arrests(suspects, cases)),
        "has_convicted": Exists(_outcomes(suspects, cases)),
        "known_elsewhere": Exists(_hits(suspects, cases)),
        "has_breached": Exists(_crimes(suspects, cases).filter(offence__group=BREACHES)),
        "has_incidents": Coalesce(Subquery(_lately(harmed, cases), output_field=IntegerField()), 1),
        "has_children": Exists(children) | Exists(in_case),
        "has_own": Exists(linked),
        "has_separated": Exists(separated.filter(separated_on__gte=OuterRef("reported_at") - YEAR)),
        "has_hurt_others": Exists(_others(suspects, harmed, cases)),
        "set_markers": ArraySubquery(
            SetMarker.objects.standing().filter(case=OuterRef("case"), cleared_at__isnull=True).values("code")
        ),
        "sets_begun": ArraySubquery(
            Assessment.objects.standing()
            .filter(incident=OuterRef("pk"), follows__isnull=False)
            .values("instrument_version__instrument__code")
        ),
    }


def _people(part: str) -> QuerySet[Any]:
    """Whoever has this part in the incident asked about, two questions out."""
    rows: QuerySet[Any] = Involvement.objects.standing().filter(incident=OuterRef(OuterRef("pk")), part=part)
    return rows.order_by().values("person")


def _arrests(suspects: QuerySet[Any], cases: Q) -> QuerySet[Any]:
    """Arrests at other incidents; the one of tonight is no history."""
    rows: QuerySet[Any] = ArrestDecision.objects.standing().taken().filter(cases, suspect__person__in=suspects)
    return rows.exclude(incident=OuterRef("pk"))


def _outcomes(suspects: QuerySet[Any], cases: Q) -> QuerySet[Any]:
    """Outcomes of other incidents; that of tonight is no history."""
    rows: QuerySet[Any] = Outcome.objects.settled().filter(cases, code__in=CONVICTING)
    return rows.filter(crime__suspect__person__in=suspects).exclude(crime__incident=OuterRef("pk"))


def _hits(suspects: QuerySet[Any], cases: Q) -> QuerySet[Any]:
    found = SystemCheck.objects.standing().filter(cases, found=SystemCheck.Found.SOMETHING, person__in=suspects)
    rows: QuerySet[Any] = found.filter(system__code__in=SAYS_MORE)
    return rows


def _crimes(suspects: QuerySet[Any], cases: Q) -> QuerySet[Any]:
    rows: QuerySet[Any] = Crime.objects.live().filter(cases, suspect__person__in=suspects)
    return rows


def _others(suspects: QuerySet[Any], harmed: QuerySet[Any], cases: Q) -> QuerySet[Any]:
    """Other people whom a suspect of this incident is said to have harmed in another one."""
    theirs = Involvement.objects.standing().filter(incident=OuterRef("incident"), part=PART.SUSPECT)
    rows: QuerySet[Any] = Involvement.objects.standing().filter(cases, part=PART.VICTIM).exclude(person__in=harmed)
    same = _people_of_outermost()
    return rows.filter(Exists(theirs.filter(person__in=same)))


def _people_of_outermost() -> QuerySet[Any]:
    rows = Involvement.objects.standing().filter(incident=OuterRef(OuterRef(OuterRef("pk"))), part=PART.SUSPECT)
    suspects: QuerySet[Any] = rows.order_by().values("person")
    return suspects


def _lately(harmed: QuerySet[Any], cases: Q) -> QuerySet[Any]:
    """How many incidents the person harmed has had within twelve months up to this one."""
    rows = Involvement.objects.standing().filter(
        cases, part=PART.VICTIM, person__in=harmed, incident__struck_out_at__isnull=True
    )
    rows = rows.alias(moment=Coalesce("incident__occurred_from", "incident__reported_at"))
    this = Coalesce(OuterRef("occurred_from"), OuterRef("reported_at"))
    lately = rows.filter(moment__lte=this, moment__gt=this - TWELVE_MONTHS)
    number: QuerySet[Any] = lately.order_by().values("part").annotate(number=Count("incident", distinct=True))
    return number.values("number")
