"""The return of one quarter as CSV or XLSX, small numbers kept back."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from accounts.proof import proof_first
from audit import services as audit
from audit.models import Access, Operation
from marac.figures import TABLE
from marac.models import Forum, Meeting
from marac.services.counting import HELD, Counted, Quarter, later, moment, quarters
from marac.steps.figures import SIGNERS
from marac.views.figures import READS, day_of, found_forum
from reporting.equality.small import FEWEST, kept_back, small
from reporting.exports import safe_cell
from reporting.models import MARKING
from workflow.clock import LONDON
from workflow.pages.door import for_roles

FEW, NOT_SHOWN, NOT_SAID = "fewer than 5", "not shown", ""
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OPEN = ("meetings",)  # a number of meetings is nobody
#: The headings of D.9: ours, until the official template is confirmed [K].
ABOUT = ("forum", "quarter", "forum_id", "meeting_dates", "women_over_16")
HEADS = (*ABOUT, *(row.code for row in TABLE))


def cells(figures: Counted) -> dict[str, str]:
    """Each figure as it leaves. One to four are never said, nor what would give them away: the other part of a sum, and
    where there are fewer than five cases nothing at all of them.
    """
    cases = figures["cases"] or 0
    if small(cases):
        return {row.code: said(figures[row.code], row.code not in OPEN) for row in TABLE} | {"cases": FEW}
    away = set(of_agencies(figures))
    for row in TABLE:
        value = figures[row.code]
        if value is None or row.group == "from" or row.code in (*OPEN, "cases"):
            continue
        parts = {"yes": value} if row.code == "children" else {"yes": value, "no": max(cases - value, 0)}
        if kept_back(parts) or small(value):
            away.add(row.code)
    return {row.code: said(figures[row.code], row.code in away) for row in TABLE}


def of_agencies(figures: Counted) -> frozenset[str]:
    """Which of those who referred are kept back: their sum, the cases, is printed."""
    counts = {row.code: figures[row.code] or 0 for row in TABLE if row.group == "from"}
    return kept_back(counts)


def said(value: int | None, away: bool) -> str:
    if value is None:
        return NOT_SAID
    if not away or value == 0:
        return NOT_SHOWN if away else str(value)
    return FEW if value < FEWEST else NOT_SHOWN


@require_safe
@for_roles(READS, of_one=True)
@proof_first
def quarter_file(request: HttpRequest, pk: int, quarter: str, kind: str) -> HttpResponse:
    """The return in the columns that are read in again. Written down as a disclosure."""
    user: Any = request.user
    forum, day = found_forum(pk), day_of(quarter)
    found = quarters(forum, day, day, timezone.localdate())[0]
    if found.figures is None or kind not in KINDS:
        raise Http404
    audit.looked(
        by=user, kind=Access.Kind.EXPORT, what=f"marac.quarterreturn:{forum.pk}:{day}", operation=Operation.DISCLOSURE
    )
    printed = cells(found.figures)
    rows = [HEADS, (*about(forum, found), *(printed[row.code] for row in TABLE))]
    return handed(rows, f"{MARKING} return {day}.{kind}", kind)


def about(forum: Forum, quarter: Quarter) -> tuple[str, ...]:
    """Which forum and quarter it is, on which days it met, and how many women aged 16 and over live in its area."""
    day = quarter.begins_on
    met = Meeting.objects.filter(
        forum=forum, state__in=HELD, starts_at__gte=moment(day), starts_at__lt=moment(later(day, 1))
    )  # index: meeting_of_forum
    days = dict.fromkeys(
        at.astimezone(LONDON).date().isoformat() for at in met.order_by("starts_at").values_list("starts_at", flat=True)
    )
    signed = (quarter.figures or {}).get("women_over_16")
    women = signed if signed is not None else forum.women_over_16
    return forum.name, day.isoformat(), str(forum.pk), " ".join(days), "" if women is None else str(women)


@require_safe
@for_roles(SIGNERS, of_one=True)
def template_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The headings and nothing beneath them, to be filled in and entered."""
    if kind not in KINDS:
        raise Http404
    return handed([HEADS], f"return template.{kind}", kind)


def handed(rows: list[tuple[str, ...]], name: str, kind: str) -> HttpResponse:
    said = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(WRITTEN[kind](rows), KINDS[kind], headers={"Content-Disposition": str(said)})


def as_csv(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def as_xlsx(rows: list[tuple[str, ...]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("return")
    for row in rows:
        sheet.append([safe_cell(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITTEN = {"csv": as_csv, "xlsx": as_xlsx}
