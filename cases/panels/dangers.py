"""What stands at the head of every page of a case until somebody ends it: unsafe now, a threat to life; how serious it is.

One statement, or none where the page has fetched it with its case (`heads`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Subquery

from cases.models import Case, Incident, ThreatToLife, UnsafeReport
from cases.models.severity import Severity, rank_of


@dataclass(frozen=True, slots=True)
class Dangers:
    """Moments are UTC. `severity` is the highest class of the case's incidents, "" where none is set.

    `threat` stands for all that are open: the words of each, the newest first, open since the first was reported, and
    the state and the page of the one that an inspector is to look at first.
    """

    unsafe: UnsafeReport | None = None
    threat: ThreatToLife | None = None
    severity: str = ""

    @property
    def severity_words(self) -> str:
        return str(Severity(self.severity).label) if self.severity else ""


def heads() -> dict[str, Subquery]:
    """The columns to annotate cases with, of which `dangers_in` makes the answer."""
    within = OuterRef("pk")
    unsafe = UnsafeReport.objects.filter(case=within, answered_at__isnull=True)
    threat = ThreatToLife.objects.standing().filter(case=within).exclude(state=ThreatToLife.State.CLOSED)
    urgent = threat.order_by("-state", "-pk")  # raised before decided, the newest of each first
    words = threat.values("case").annotate(words=StringAgg("what", "\n", ordering="-pk")).values("words")
    serious = Incident.objects.standing().filter(case=within).exclude(severity="").order_by(rank_of().desc(), "-pk")
    return {
        "unsafe_since": Subquery(unsafe.values("since_at")[:1]), "unsafe_what": Subquery(unsafe.values("what")[:1]),
        "threat_id": Subquery(urgent.values("pk")[:1]), "threat_state": Subquery(urgent.values("state")[:1]),
        "threat_at": Subquery(threat.order_by("pk").values("recorded_at")[:1]), "threat_words": Subquery(words),
        "severity_set": Subquery(serious.values("severity")[:1]),
    }  # fmt: skip


def dangers_in(case: Case, row: dict[str, Any]) -> Dangers:
    since: datetime | None = row["unsafe_since"]
    unsafe = UnsafeReport(case=case, what=row["unsafe_what"], since_at=since) if since else None
    threat = None
    if row["threat_id"]:
        threat = ThreatToLife(
            pk=row["threat_id"],
            case=case,
            what=row["threat_words"],
            state=row["threat_state"],
            recorded_at=row["threat_at"],
        )
    return Dangers(unsafe, threat, row["severity_set"] or "")


def dangers_of(case: Case) -> Dangers:
    """What stands now. A page that opened the case by its reference has left it on it."""
    kept: Dangers | None = vars(case).get("dangers_shown")
    if kept is None:
        return dangers_in(case, Case.objects.filter(pk=case.pk).annotate(**heads()).values(*heads()).get())
    return kept


def unsafe_report(case: Case) -> UnsafeReport | None:
    """The report that somebody is unsafe now, until somebody has said that everyone is safe."""
    return dangers_of(case).unsafe
