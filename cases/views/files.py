"""The files of a case: added, listed, seen small, taken as they are. Every look passes visibility and is written down."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from cases.forms.attachment import AddFiles
from cases.models import Attachment, Case, Incident
from cases.models.attachment import Taken
from cases.services import storing
from cases.services.filetypes import TAKEN, TYPES, Unfit
from cases.steps.attachment import ADDS, FILE
from cases.views.door import open_case
from workflow import engine
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages.records import found_record, once, page, pass_the_door

PAGE = 20
#: Nothing in a file may run, load or frame anything, whatever it turns out to be.
SEALED = "sandbox; default-src 'none'; frame-ancestors 'none'"
#: What the law calls it (DPA 2018 s62): a copy leaves the program, a look does not.
OPERATIONS: dict[str, str] = {Access.Kind.EXPORT: "disclosure", Access.Kind.VIEW: "consultation"}
SHOWN = (Attachment.State.KEPT, Attachment.State.STRUCK)  # what may be opened


@require_safe
@page
def files_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The files of a case, newest first. `?before=` the id of the last one shown."""
    case = open_case(request, reference)
    user: Any = request.user
    rows = Attachment.objects.visible_to(user).filter(case=case).select_related("recorded_by").order_by("-pk")
    before = id_in(request.GET.get("before"))
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    context = {
        "case": case, "files": [Line(row) for row in found[:PAGE]], "may_add": bool(user.roles_over(case.unit) & ADDS),
        "earlier": found[PAGE - 1].pk if len(found) > PAGE else None,
    }  # fmt: skip
    return render(request, "cases/files.html", context)


class Line:
    """One file as the list shows it."""

    def __init__(self, file: Attachment) -> None:
        self.file = file
        self.type = TYPES[file.type]
        self.opens = file.state in SHOWN
        self.preview = self.opens and self.type.preview
        self.size = (
            f"{max(1, file.size // 1024)} KB" if file.size < 1024 * 1024 else f"{file.size / 1024 / 1024:.1f} MB"
        )
        self.name = name_of(file)


@page
def add_files(request: HttpRequest, reference: str) -> HttpResponse:
    """Add files, several at once. What is good is kept; of the rest the page says which and why, and loses no word."""
    case = open_case(request, reference)
    if request.method != "POST":
        return _show(request, case, AddFiles(initial={"kind": request.GET.get("kind", "")}))
    form = AddFiles(request.POST, request.FILES)
    refused = too_large(getattr(request, "left_out", 0))
    fit = form.is_valid()
    if refused and not request.FILES:
        form.errors.pop("added", None)  # there was a file: the sentence says what became of it
    if not fit:
        return _show(request, case, form, refused=refused, status=422)
    _refuse_unless_theirs(request, case)
    taken, unfit = _put_away(form.cleaned_data["added"])
    refused += unfit
    url = once(request, lambda: _write_down(request, case, taken))
    if refused:
        return _show(request, case, form, refused=refused, kept=len(taken), status=422)
    return redirect(url)


def _put_away(files: list[Any]) -> tuple[list[Taken], list[str]]:
    """Look at each and put it on the disk, before anything is locked; with the sentences of those that are not taken."""
    taken, refused = [], []
    for place, file in enumerate(files, start=1):
        try:
            taken.append(storing.take_in(file))
        except Unfit as unfit:
            said = {"place": place, "name": str(file.name)[:80], "why": unfit.sentence}
            refused.append(_("File %(place)s (%(name)s): %(why)s") % said)
    return taken, refused


def _write_down(request: HttpRequest, case: Case, taken: list[Taken]) -> str:
    """A row for each; returns where the person goes on."""
    user: Any = request.user
    for one in taken:
        blank = Attachment(case=case, incident=_incident(request, case))
        engine.perform(blank, "hold" if one.waits else "keep", by=user, evidence=request.POST, files={"file": one})
    return _back(request, case) or reverse("case-files", args=[case.reference])


def _refuse_unless_theirs(request: HttpRequest, case: Case) -> None:
    """Asked before a byte is looked at; the engine asks again."""
    user: Any = request.user
    if not user.roles_over(case.unit) & ADDS:
        raise Refused(Refusal.ROLE, _("Your role may not add files to this case."))


def _incident(request: HttpRequest, case: Case) -> Incident | None:
    """The incident of this case from which the page was opened."""
    said = id_in(request.POST.get("incident") or request.GET.get("incident"))
    return Incident.objects.filter(case=case, pk=said).first() if said else None


def _back(request: HttpRequest, case: Case) -> str:
    """The section from which somebody came, where the address names one of this case's incidents."""
    incident = _incident(request, case)
    if incident is None or incident.state != Incident.State.RECORDING:
        return ""
    return reverse("section", args=["incident", incident.pk, "evidence"])


def too_large(count: int) -> list[str]:
    most = max(settings.FILE_MEGABYTES.values())
    words = ngettext(
        "A file was too large and was left out. At most %(most)s MB are taken.",
        "%(count)s files were too large and were left out. At most %(most)s MB are taken of each.", count,
    )  # fmt: skip
    return [words % {"most": most, "count": count}] if count else []


def _show(
    request: HttpRequest,
    case: Case,
    form: AddFiles,
    *,
    refused: list[str] | None = None,
    kept: int = 0,
    status: int = 200,
) -> HttpResponse:
    _refuse_unless_theirs(request, case)
    incident = _incident(request, case)
    context = {
        "case": case, "form": form, "refused": refused or [], "kept": kept, "taken": TAKEN, "token": uuid.uuid4().hex,
        "incident": incident, "back_url": _back(request, case) or reverse("case-files", args=[case.reference]),
        "most_at_once": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }  # fmt: skip
    return render(request, "cases/add_files.html", context, status=status)


@require_safe
@page  # type: ignore[arg-type]  # a stream is an answer as well
def take_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes as they were given: for whoever may open the case, always as a download, never run."""
    file = _opened(request, pk, Access.Kind.EXPORT)
    try:
        body = storing.bytes_of(file.digest)
    except (FileNotFoundError, ValueError):  # ValueError: a training copy, whose digests are made up
        raise Http404 from None
    return _sealed(
        FileResponse(body, as_attachment=True, filename=name_of(file), content_type=TYPES[file.type].content_type)
    )


@require_safe
@page  # type: ignore[arg-type]  # a stream is an answer as well
def see_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture made small and drawn anew, without what the camera wrote into it."""
    file = _opened(request, pk, Access.Kind.VIEW)
    try:
        small = storing.preview_of(file.digest, file.type)
    except (FileNotFoundError, ValueError):  # ValueError: a training copy, whose digests are made up
        small = None
    if small is None:
        raise Http404
    name = f"{file.case.reference}-file-{file.pk}-small.jpg"
    return _sealed(FileResponse(small.open("rb"), filename=name, content_type="image/jpeg"))


def _opened(request: HttpRequest, pk: int, kind: str) -> Attachment:
    """The file, found visible, its folder's door open, the look written down. One that waits or was refused opens for nobody."""
    user: Any = request.user
    file: Attachment = found_record(FILE, user, pk=pk)
    pass_the_door(request, file.case)
    if file.state not in SHOWN:
        words = _("This file waits for the virus scan. It can be opened when the scan is done.")
        found = _("A virus was found in this file. It cannot be opened.")
        raise Refused(Refusal.STATE, words if file.state == Attachment.State.WAITING else found)
    audit.looked(by=user, kind=kind, what=f"cases.attachment:{file.pk}", folder=file.case, operation=OPERATIONS[kind])
    return file


def name_of(file: Attachment) -> str:
    """What a download is called: which case, which file, and nothing of anybody."""
    return f"{file.case.reference}-file-{file.pk}.{TYPES[file.type].ending}"


def _sealed(answer: FileResponse) -> FileResponse:
    answer.headers["Content-Security-Policy"] = SEALED
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
