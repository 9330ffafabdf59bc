"""The minimum standards that a case meets before a supervisor closes it, and exceptions from them (S1-017).

The rows stand in the `standards.py` of the app that owns the facts; each is asked of all incidents of a case at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.incident import Incident
from workflow.models import Approval, RecordQuerySet, StatefulRecord


class ExceptionQuerySet(RecordQuerySet):
    def granted(self) -> Self:
        return self.standing().filter(state=StandardException.State.GRANTED)


@pghistory.track()
class StandardException(StatefulRecord):
    """Why a case may be closed although one standard is not met, of one incident or (without one) of the case."""

    class State(models.TextChoices):
        ASKED = "asked", "Waiting for a decision"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Taken back"

    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="standard_exceptions")
    standard = models.CharField(max_length=40)
    unmet = models.CharField("what was not met when it was asked", max_length=300)
    why = models.TextField("why it cannot be met", max_length=4000)
    instead = models.TextField("what is done instead", max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_why = models.TextField("why it was granted or refused", max_length=4000, blank=True)

    objects: ClassVar[Any] = ExceptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "incident", "standard"], nulls_distinct=False,
                condition=Q(state__in=["asked", "granted"], struck_out_at__isnull=True), name="standard_exception_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                name="standard_exception_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "refused"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="standard_exception_has_decider",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["case", "-id"], name="standard_exception_of_case")]

    def __str__(self) -> str:
        return "exception from a minimum standard"


#: (case, its incidents) -> {incident id, or None for the case as a whole: the sentence that says what is lacking}
Lacks = Callable[[Case, Sequence[Incident]], dict[int | None, str]]


@dataclass(frozen=True, slots=True)
class Standard:
    """One row: its name, what is expected in words, what a case lacks of it, and by what authority it is expected."""

    name: str
    label: str
    lacks: Lacks
    authority: str


STANDARDS: dict[str, Standard] = {}


def standard(*rows: Standard) -> None:
    """Declare standards; a name used twice stops the program."""
    for row in rows:
        if row.name in STANDARDS:
            raise LookupError(f"Two standards are named {row.name}.")
        STANDARDS[row.name] = row


@dataclass(frozen=True, slots=True)
class Line:
    """One standard of one incident (or of the case): "" where it is met, and the exception that was asked for it."""

    standard: Standard
    incident: Incident | None
    lacks: str
    exception: StandardException | None

    @property
    def key(self) -> str:
        """How the line is named in a form: children-17; systems-0 of the case as a whole."""
        return f"{self.standard.name}-{self.incident.pk if self.incident else 0}"

    @property
    def is_open(self) -> bool:
        """Not met, and no exception granted."""
        granted = self.exception is not None and self.exception.state == StandardException.State.GRANTED
        return bool(self.lacks) and not granted


def lines_of(case: Case) -> list[Line]:
    """Every standard of every incident, in the order of the tables. As many queries for one incident as for fifty."""
    incidents = list(Incident.objects.standing().filter(case=case).order_by("reported_at", "pk"))
    found = exceptions_of(case)
    lines: list[Line] = []
    for row in STANDARDS.values():
        lacks = row.lacks(case, incidents)
        if None in lacks:
            lines.append(Line(row, None, lacks[None], found.get((None, row.name))))
            continue
        lines += [Line(row, one, lacks.get(one.pk, ""), found.get((one.pk, row.name))) for one in incidents]
    return lines


def exceptions_of(case: Case) -> dict[tuple[int | None, str], StandardException]:
    """{(incident, standard): the newest exception that was not taken back and counts still}. Two queries; one where there is
    none. Index: standard_exception_of_case.
    """
    rows = StandardException.objects.standing().filter(case=case).exclude(state=StandardException.State.WITHDRAWN)
    found = list(rows.select_related("recorded_by", "decided_by").order_by("pk"))
    checked = last_checked(case) if found else {}
    return {(row.incident_id, row.standard): row for row in found if not lapsed(row, checked)}


def lapsed(exception: StandardException, checked: dict[int, datetime]) -> bool:
    """Whether a record that it rests on was opened and checked anew since: it was granted for what stood there then."""
    of = [exception.incident_id] if exception.incident_id else list(checked)
    return any(pk in checked and checked[pk] > exception.recorded_at for pk in of)


def last_checked(case: Case) -> dict[int, datetime]:
    """{incident: when a supervisor last approved its record}. Index: approval_of_subject."""
    mine = Incident.objects.filter(case=case).values("pk")
    rows = Approval.objects.filter(
        subject_type=Incident._meta.label_lower, subject_id__in=mine, verdict=Approval.Verdict.APPROVED
    )
    return {row.subject_id: row.decided_at for row in rows.order_by("decided_at") if row.decided_at}


def unmet_in(case: Case) -> list[Line]:
    return [line for line in lines_of(case) if line.is_open]


def all_of(rows: Any, wanted: Q, sentence: str) -> dict[int | None, str]:
    """{incident: the sentence} of each incident of which some row answers the question. One query."""
    found = rows.filter(wanted).order_by().values_list("incident_id", flat=True).distinct()
    return dict.fromkeys(found, sentence)
