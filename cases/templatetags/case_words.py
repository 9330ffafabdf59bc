"""What stands at the head of every page of a case: whose it is, in one line, and the red band of unsafe now."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from accounts.models import User
from cases.models import Case, UnsafeReport
from cases.panels.identity import unsafe_report, victim_name_of

register = template.Library()


@register.inclusion_tag("cases/line.html", takes_context=True)
def case_line(context: dict[str, Any], case: Case | None) -> dict[str, Any]:
    """Reference, who is harmed, restricted or not, and the red band while somebody is unsafe.

    Two queries; none without a case (a record that is only being begun).
    """
    request = context.get("request")
    if case is None or case.pk is None or request is None:
        return {"identity": None}
    return {"identity": line_of(case, request.user), **band_of(case, unsafe_report(case))}


@register.inclusion_tag("cases/unsafe_band.html")
def unsafe_band(case: Case, report: UnsafeReport | None) -> dict[str, Any]:
    """The band alone, for a page that has the report and a whole identity bar."""
    return band_of(case, report)


def band_of(case: Case, report: UnsafeReport | None) -> dict[str, Any]:
    if report is None:
        return {"unsafe_since": None}
    url = reverse("step", args=["case", case.pk, "safe"])
    return {"unsafe_since": report.since_at, "unsafe_words": report.what, "unsafe_url": url}


def line_of(case: Case, user: User) -> dict[str, Any]:
    return {
        "reference": case.reference, "url": case.get_absolute_url(), "name": victim_name_of(case, user),
        "restricted": "Restricted" if case.restricted else "",
    }  # fmt: skip
