"""What stands at the head of every page of a case: whose it is, in one line, and the red band of unsafe now."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from accounts.models import User
from cases.models import Case, ThreatToLife, UnsafeReport
from cases.panels.dangers import Dangers, dangers_of
from cases.panels.identity import grade_of, victim_name_of
from workflow.declare import workflow_of

register = template.Library()


@register.inclusion_tag("cases/line.html", takes_context=True)
def case_line(context: dict[str, Any], case: Case | None) -> dict[str, Any]:
    """Reference, who is harmed, the grade, restricted or not, and the red band while somebody is unsafe.

    Three queries; none without a case (a record that is only being begun).
    """
    request = context.get("request")
    if case is None or case.pk is None or request is None:
        return {"identity": None}
    dangers = dangers_of(case)
    return {
        "identity": {**line_of(case, request.user), "severity": dangers.severity_words},
        **band_of(dangers),
        **on_paper(case),
    }


@register.inclusion_tag("cases/unsafe_band.html")
def unsafe_band(case: Case) -> dict[str, Any]:
    """The band alone, for a page that has fetched it with its case and has a whole identity bar."""
    return {**band_of(dangers_of(case)), **on_paper(case)}


def on_paper(case: Case) -> dict[str, Any]:
    """Whether a page of it, printed, is watermarked: nothing of a consideration leaves the police in writing (S3-223)."""
    return {"police_only": case.kind == Case.Kind.DISCLOSURE}


def band_of(dangers: Dangers) -> dict[str, Any]:
    """What the red band says, and where each of it is answered."""
    return {"threat": threat_said(dangers.threat), **unsafe_said(dangers.unsafe)}


def unsafe_said(report: UnsafeReport | None) -> dict[str, Any]:
    if report is None:
        return {"unsafe_since": None}
    url = reverse("step", args=["case", report.case_id, "safe"])
    return {"unsafe_since": report.since_at, "unsafe_words": report.what, "unsafe_url": url}


def threat_said(threat: ThreatToLife | None) -> dict[str, Any] | None:
    if threat is None:
        return None
    return {
        "since": threat.recorded_at, "words": threat.what, "state": threat.get_state_display(),
        "url": reverse("record", args=["threat", threat.pk]),
    }  # fmt: skip


def line_of(case: Case, user: User) -> dict[str, Any]:
    return {
        "reference": case.reference, "url": case.get_absolute_url(), "name": victim_name_of(case, user),
        "grade": grade_of(case, user), "restricted": "Restricted" if case.restricted else "",
    }  # fmt: skip


@register.inclusion_tag("cases/presence.html", takes_context=True)
def presence(context: dict[str, Any], record: Any, place: str = "") -> dict[str, Any]:
    """Where the page shows who else has the record before them; nothing on a record that is only being begun."""
    known = record is not None and record.pk is not None and hasattr(record, "case_id")
    named = workflow_of(record).name if known else ""
    return {
        "workflow": named,
        "record": record.pk if known else None,
        "place": place,
        "csrf_token": context.get("csrf_token"),
    }
