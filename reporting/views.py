"""Papers on screen: ask for one, watch it being made, open it."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_exempt
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.proof import ask_again, proof_first, proved_lately
from audit import services as audit
from audit.models import Access, Operation
from cases.views.door import open_case
from reporting import services, tasks
from reporting.models import Document
from workflow.models import Refusal, Refused
from workflow.pages.records import denied, once, page, pass_the_door

EARLIER = 5
NOT_YOURS = "This was made for somebody else. Print a case file of your own: it shows what you may see."


@require_http_methods(["GET", "POST"])
@page
def ask_for_case_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the case file. Pressed twice it is one; an address that is only followed leads to the case."""
    case = open_case(request, reference)
    if request.method == "GET":
        return redirect(case)
    if not proved_lately(request):
        return ask_again(request, case.get_absolute_url())  # nothing was typed; the button is on the case page
    user: Any = request.user

    def ask() -> str:
        document, new = services.ask_for_document(case=case, by=user)
        if new:
            tasks.send(document.pk)
        return document.get_absolute_url()

    return redirect(once(request, ask))


@never_cache
@require_safe
@page
def document_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has got; then the way to it, or why there is none."""
    document = open_document(request, pk)
    made = Document.objects.visible_to(document.reader).filter(case=document.case, stage=Document.Stage.MADE)
    earlier = made.exclude(pk=document.pk).select_related("case", "asked_by").order_by("-made_at")[:EARLIER]
    context = {"document": document, "case": document.case, "may_read": may_read(document), "earlier": earlier}
    return render(request, "reporting/document.html", context)


@never_cache
@require_safe
@page
def document_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes, by itself."""
    document = open_document(request, pk)
    return render(request, "reporting/progress.html", {"document": document, "may_read": may_read(document)})


@never_cache
@csp_exempt()  # the browser's own reader of PDF is a page of its own, which our policy would keep from starting
@require_safe
@page
@proof_first
def document_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper itself, written down as taken out."""
    document = open_document(request, pk)
    if document.stage != Document.Stage.MADE:
        raise Http404
    if not may_read(document):
        raise Refused(Refusal.ROLE, NOT_YOURS)
    what, folder = f"reporting.document:{document.pk}", document.case
    audit.looked(by=document.reader, kind=Access.Kind.EXPORT, what=what, folder=folder, operation=Operation.DISCLOSURE)
    shown = content_disposition_header(as_attachment=False, filename=document.file_name)
    pdf = bytes(document.content.pdf)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": str(shown)})


def open_document(request: HttpRequest, pk: int) -> Any:
    """The paper, if its case may be opened; Http404 when hidden, the door when a reason is asked for first."""
    user: Any = request.user
    found: Any = Document.objects.visible_to(user).select_related("case__unit", "asked_by").filter(pk=pk).first()
    if found is None:
        denied(Document, user, pk=pk)
        raise Http404
    pass_the_door(request, found.case)
    found.reader = user
    return found


def may_read(document: Any) -> bool:
    return document.stage == Document.Stage.MADE and services.may_read(document, document.reader)
