"""The figures of a page as CSV, XLSX or JSON: written down as leaving, after a proof that it is still the same person."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.styles import Font

from accounts.proof import proof_first
from audit import services as audit
from audit.models import Access, Operation
from reporting.exports import safe_cell
from reporting.figures.asked import READS, Asked, read
from reporting.figures.gap import read_gap
from reporting.figures.pages import found_measure
from reporting.measures import printed
from reporting.measures.reckon import NotOffered
from reporting.models import MARKING
from workflow.pages.door import for_roles

Rows = Sequence[tuple[str, ...]]


def as_csv(asked: Asked, rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([printed.safe(cell) for cell in row] for row in [printed.HEADINGS, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_json(asked: Asked, rows: Rows) -> bytes:
    """With the definition, so that a figure never travels without it."""
    measure = asked.measure
    said = {
        "measure": measure.code,
        "definition": measure.sentence,
        "mind": measure.mind,
        "small numbers": measure.small,
        "authority": measure.authority,
    }
    figures = [dict(zip(printed.HEADINGS, row, strict=True)) for row in rows]
    return json.dumps({**said, "basis": measure.basis.value, "figures": figures}, indent=1, ensure_ascii=False).encode()


def as_xlsx(asked: Asked, rows: Rows) -> bytes:
    """Numbers as numbers; the definition on a sheet of its own."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet, about = book.create_sheet("Figures"), book.create_sheet("Definition")
    sheet.append(printed.HEADINGS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([number_or_text(cell) for cell in row])
    sheet.freeze_panes = "A2"
    measure = asked.measure
    for line in (
        ("Measure", measure.called), ("Definition", measure.sentence), ("Basis", measure.basis.value),
        ("Mind", measure.mind), ("Small numbers", measure.small), ("Authority", measure.authority), ("Marking", MARKING),
    ):  # fmt: skip
        about.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def number_or_text(cell: str) -> str | int | float:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return safe_cell(cell)


KINDS: dict[str, tuple[str, Callable[[Asked, Rows], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


@require_safe
@for_roles(READS, of_one=True)
@proof_first
def figure_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The same figures as the page, each month beside the whole window."""
    user: Any = request.user
    measure = found_measure(code, user)
    if kind not in KINDS or measure.lacks:
        raise Http404
    try:
        asked = (read_gap if measure.compares else read)(measure, request.GET.dict(), user, timezone.localdate())
    except NotOffered:
        raise Http404 from None
    audit.looked(
        by=user, kind=Access.Kind.EXPORT, what=f"reporting.measure:{measure.code}", operation=Operation.DISCLOSURE
    )
    content_type, write = KINDS[kind]
    rows = list(printed.rows(asked.question(monthly=True), measure if measure.compares else None))
    file_name = f"{MARKING} {measure.code} {asked.first:%Y-%m} {asked.last:%Y-%m}.{kind}"
    headers = {"Content-Disposition": str(content_disposition_header(as_attachment=True, filename=file_name))}
    return HttpResponse(write(asked, rows), content_type=content_type, headers=headers)
