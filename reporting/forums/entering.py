"""Entering figures from a file, row by row, with the reason beside each row that was not taken."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit import services as audit
from audit.models import Access
from marac.steps.figures import SIGNERS
from reporting.forums.leaving import HEADS
from reporting.forums.reading import VALUES, NotAFile, Read, read
from workflow.pages.door import for_roles


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(SIGNERS)
def entering_page(request: HttpRequest) -> HttpResponse:
    """What a file holds is taken row by row; what is refused stands there with why, so that it can be mended."""
    user: Any = request.user
    rows: list[Read] = []
    problem = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            rows = read(str(file.name), file.read(), user) if file else []
            problem = "" if file else _("Choose a file")
        except NotAFile as wrong:
            problem = str(wrong)
        audit.looked(by=user, kind=Access.Kind.VIEW, what="marac.returns-entering")
    refused = [row for row in rows if row.refused]
    context = {
        "rows": rows, "refused": refused, "taken": len(rows) - len(refused), "problem": problem,
        "columns": ", ".join(HEADS), "values": ", ".join(("forum", *VALUES)),
    }  # fmt: skip
    return render(request, "marac/entering.html", context, status=422 if problem or refused else 200)
