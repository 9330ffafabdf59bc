"""Papers on screen: ask for one, watch it being made, open it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_exempt
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.proof import ask_again, proof_first, proved_lately
from audit import services as audit
from audit.models import Access, Operation
from cases.views.brief import found_subject
from cases.views.door import open_case
from dvds.models import Application
from marac.models import Pack
from people.models import Person
from reporting import services, tasks
from reporting.models import OF, Document
from workflow.models import Refusal, Refused
from workflow.pages.records import denied, once, page, pass_the_door

EARLIER = 5
OUT_OF_DATE = "This brief is out of date: it was for 12 hours. Print the brief of now."
NOT_YOURS = "This was made for somebody else. Print a case file of your own: it shows what you may see."


Ask = Callable[[], tuple[Document, bool]]


@require_http_methods(["GET", "POST"])
@page
def ask_for_case_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the case file."""
    case = open_case(request, reference)
    user: Any = request.user
    return asked_for(request, case.get_absolute_url(), lambda: services.ask_for_document(case=case, by=user))


@require_http_methods(["GET", "POST"])
@page
def ask_for_brief(request: HttpRequest, about: str, pk: int) -> HttpResponse:
    """Ask for a brief on one page of paper."""
    user: Any = request.user
    subject = found_subject(request, about, pk)
    home = reverse("brief", args=[about, pk])
    return asked_for(request, home, lambda: services.ask_for_brief(subject, by=user))


@require_http_methods(["GET", "POST"])
@page
def ask_for_narrative(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the narrative of one person as a paper."""
    return ask_about(request, reverse("person-narrative", args=[pk]), pk)


@require_http_methods(["GET", "POST"])
@page
def ask_for_pair(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Ask for everything between two people as a paper."""
    return ask_about(request, reverse("pair", args=[one, other]), one, other)


@require_http_methods(["GET", "POST"])
@page
def ask_for_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for what one agency was sent of a case as a paper, without the proof sheet."""
    user: Any = request.user
    pack = Pack.objects.visible_to(user).select_related("case__unit").filter(pk=pk).first()
    if pack is None:
        denied(Pack, user, pk=pk)
        raise Http404
    pass_the_door(request, pack.case)

    def ask() -> tuple[Document, bool]:
        return services.ask_for_document(case=pack.case, by=user, kind=Document.Kind.PACK, pack=pack)

    return asked_for(request, pack.get_absolute_url(), ask)


@require_http_methods(["GET", "POST"])
@page
def ask_for_decision_record(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the decision record of a consideration: for the police alone, watermarked."""
    case = open_case(request, reference)
    user: Any = request.user
    if not Application.objects.visible_to(user).filter(case=case).exists():
        raise Http404

    def ask() -> tuple[Document, bool]:
        return services.ask_for_document(case=case, by=user, kind=Document.Kind.DECISION)

    return asked_for(request, case.get_absolute_url(), ask)


def ask_about(request: HttpRequest, home: str, *people: int) -> HttpResponse:
    """Whoever may not know of one of them finds no such page."""
    user: Any = request.user
    if not Person.objects.all_visible_to(user, *people):
        for person in people:  # of either it must be known that they were asked for
            denied(Person, user, pk=person)
        raise Http404
    return asked_for(request, home, lambda: services.ask_about(*people, by=user))


def asked_for(request: HttpRequest, home: str, ask: Ask) -> HttpResponse:
    """Pressed twice it is one paper; an address that is only followed leads to the page it prints, whose button it is."""
    if request.method == "GET":
        return redirect(home)
    if not proved_lately(request):
        return ask_again(request, home)  # nothing was typed

    def begin() -> str:
        document, new = ask()
        if new:
            tasks.send(document.pk)
        return document.get_absolute_url()

    return redirect(once(request, begin))


@never_cache
@require_safe
@page
def document_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has got; then the way to it, or why there is none."""
    document = open_document(request, pk)
    made = Document.objects.visible_to(document.reader).filter(case=document.case, stage=Document.Stage.MADE)
    made = made.filter(kind=document.kind, **{name: getattr(document, f"{name}_id") for name in ("other", "pack", *OF)})
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
    if services.out_of_date(document, timezone.now()):
        raise Refused(Refusal.STATE, OUT_OF_DATE)
    what, folder = f"reporting.document:{document.pk}", document.case
    audit.looked(
        by=document.reader, kind=Access.Kind.EXPORT, what=what, folder=folder, hits=sorted(document.drawn_from),
        operation=Operation.DISCLOSURE,
    )  # fmt: skip
    for person in document.people:  # so that whoever asks who took out what is known of somebody finds it under them
        about = f"people.person:{person}"
        audit.looked(
            by=document.reader, kind=Access.Kind.EXPORT, what=about, hits=sorted({folder.pk, *document.drawn_from}),
            operation=Operation.DISCLOSURE,
        )  # fmt: skip
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
