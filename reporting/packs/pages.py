"""Packs on screen: what there is, making one, watching it being made, reading it, opening its paper."""

from __future__ import annotations

import json
import uuid
from typing import Any

from csp.decorators import csp_exempt
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Unit, User
from accounts.proof import proof_first
from audit import services as audit
from audit.models import Access, Operation
from reporting import tasks
from reporting.figures.asked import read
from reporting.figures.pages import found_measure
from reporting.forms.pack import PackAsked
from reporting.measures.reckon import NotOffered, Window
from reporting.models import PackCode, Snapshot, SnapshotFigures, SnapshotJob
from reporting.models.snapshot import PACK_READERS
from reporting.packs import printing
from reporting.packs.calendar import standing, windows
from reporting.packs.declare import PACKS, Pack
from reporting.packs.one_figure import question_of
from reporting.steps.pack import MAKERS, PRINTERS
from workflow import engine
from workflow.clock import LONDON
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages.door import PAGE, acts_on, address, for_roles, held_by, older
from workflow.pages.records import once, open_record, page

WHAT = "reporting.snapshot"
SHUT = "Nobody opens this pack now. The reason is on its page."
SHOWN = ("unit", "recorded_by", "signer", "sent_by", "job")


@require_safe
@for_roles(PACK_READERS)
def packs_page(request: HttpRequest) -> HttpResponse:
    """Every pack that their roles read, and those that were made, the newest first, `?pack=` of one kind, `?before=` a page at a
    time. Index: snapshot_of_pack.
    """
    user: Any = request.user
    held = held_by(request)
    mine = [pack for pack in PACKS.values() if pack.readers & held]
    code = request.GET.get("pack", "")
    code = code if code in PACKS else ""
    rows = Snapshot.objects.visible_to(user).select_related(*SHOWN).order_by("-pk")
    rows = rows.filter(pack=code) if code else rows.exclude(pack=PackCode.FIGURE)
    if (before := id_in(request.GET.get("before"))) is not None:
        rows = rows.filter(pk__lt=before)
    found, more = older(list(rows[: PAGE + 1]), pack=code)
    context = {
        "packs": [(pack, PackCode(pack.code).label, bool(pack.makes & held and pack.code != PackCode.FIGURE)) for pack in mine],
        "rows": [(row, printing.title(row)) for row in found], "more": more, "first": before is None, "pack": code,
        "home": request.path + address({"pack": code}),
    }  # fmt: skip
    return render(request, "reporting/packs/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(MAKERS)
def new_page(request: HttpRequest) -> HttpResponse:
    """Make a pack; `?pack=` which. Asked for twice it is said, with the way to the one that is there."""
    user: Any = request.user
    form = PackAsked(request.POST if request.method == "POST" else None, initial=proposed(request.GET.get("pack", "")))
    refusal, there = "", None
    if form.is_bound and form.is_valid():
        try:
            return redirect(once(request, lambda: asked_for(user, "ask", request.POST)))
        except Refused as refused:
            refusal, said = refused.sentence, form.cleaned_data
            there = seen(user, standing(said["pack"], said["window"], said["over"]))
    context = {"form": form, "refusal": refusal, "there": there, "token": uuid.uuid4().hex}
    return render(request, "reporting/packs/new.html", context, status=422 if form.is_bound else 200)


def proposed(code: str) -> dict[str, str]:
    """The pack of the address, and the newest of its windows that are over."""
    pack: Pack | None = PACKS.get(code)
    if pack is None or code == PackCode.FIGURE:
        return {}
    return {"pack": code, "begins": f"{windows(pack, timezone.localdate())[0].first:%Y-%m}"}


def seen(user: User, there: Snapshot | None) -> Snapshot | None:
    """The one that stands, if they may see it."""
    return there if there is not None and Snapshot.objects.visible_to(user).filter(pk=there.pk).exists() else None


def asked_for(user: User, step: str, said: Any) -> str:
    """Where it is watched. The worker is told once the act is committed; the sweep finds it if the broker is down."""
    snapshot = engine.perform(Snapshot(), step, by=user, evidence=said)
    audit.looked(by=user, kind=Access.Kind.PRINT, what=f"{WHAT}:{snapshot.pk}", operation=Operation.DISCLOSURE)
    tasks.send_pack(snapshot.pk)
    return str(snapshot.get_absolute_url())


@require_POST
@for_roles(PRINTERS, of_one=True)
def figure_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The page of the explorer whose address this has, as a paper. The one of today is given again."""
    user: Any = request.user
    measure = found_measure(code, user)
    try:
        asked = read(measure, request.GET.dict(), user, timezone.localdate())
        unit = asked.unit or Unit.objects.root()
        of = question_of(measure, asked.part.code if asked.part else "", asked.by, asked.window, unit)
    except NotOffered as refused:
        return render(
            request, "reporting/packs/not_printed.html", {"measure": measure, "refused": str(refused)}, status=422
        )
    there = seen(
        user, standing(PackCode.FIGURE, Window(asked.window.first, asked.window.last), unit, of, timezone.localdate())
    )
    if there is not None:
        return redirect(there)
    said = {
        "measure": measure.code, "part": asked.part.code if asked.part else "", "by": asked.by, "begins": f"{asked.first:%Y-%m}",
        "ends": f"{asked.last:%Y-%m}", "over": unit.code,
    }  # fmt: skip
    return redirect(once(request, lambda: asked_for(user, "print", said)))


@never_cache
@require_safe
@page
def snapshot_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has got; then its paper, what may be done with it, and what it says."""
    user: Any = request.user
    snapshot = open_record(request, "pack", pk)
    kept = SnapshotFigures.objects.filter(snapshot=snapshot).first()
    context = {
        **status_of(snapshot), "kept": kept, "title": printing.title(snapshot), "acts": acts_on(snapshot, user),
        "themes": printing.themes_of(snapshot, kept, on_paper=False) if kept and opens(snapshot, user) else [],
        "opens": opens(snapshot, user),
    }  # fmt: skip
    return render(request, "reporting/packs/pack.html", context)


@never_cache
@require_safe
@page
def snapshot_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes, by itself."""
    user: Any = request.user
    snapshot = found(user, pk)
    return render(request, "reporting/packs/progress.html", {**status_of(snapshot), "opens": opens(snapshot, user)})


def status_of(snapshot: Snapshot) -> dict[str, Any]:
    papers = snapshot.papers.defer("pdf").order_by("-pk")
    return {
        "snapshot": snapshot, "pack": PACKS[snapshot.pack], "newest": papers.first(),
        "job": SnapshotJob.objects.filter(snapshot=snapshot.pk).first() or SnapshotJob(snapshot=snapshot),
    }  # fmt: skip


def opens(snapshot: Snapshot, user: User) -> bool:
    """Whether it is read now: while it is held only by those who make or sign such packs."""
    pack = PACKS[snapshot.pack]
    return snapshot.held_at is None or user.holds(pack.makes | pack.signs, snapshot.unit)


def found(user: User, pk: int) -> Snapshot:
    """Raises Http404."""
    snapshot: Snapshot | None = Snapshot.objects.visible_to(user).select_related(*SHOWN).filter(pk=pk).first()
    if snapshot is None:
        audit.denied(by=user, what=WHAT, chain=None, terms=str(pk))
        raise Http404
    return snapshot


@never_cache
@csp_exempt()  # the browser's own reader of PDF is a page of its own, which our policy would keep from starting
@require_safe
@page
@proof_first
def snapshot_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest paper, written down as taken out."""
    snapshot, kept = taken_out(request, pk)
    newest = snapshot.papers.order_by("-pk").first()
    if newest is None:
        raise Http404
    name = printing.file_name(snapshot, f"{kept.as_at.astimezone(LONDON):%Y-%m-%d %H%M}")
    shown = content_disposition_header(as_attachment=False, filename=name)
    return HttpResponse(bytes(newest.pdf), content_type="application/pdf", headers={"Content-Disposition": str(shown)})


@never_cache
@require_safe
@page
@proof_first
def snapshot_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures as they are kept (JSON), with what makes them one: moment, fingerprint, definitions."""
    snapshot, kept = taken_out(request, pk)
    said = {
        "pack": snapshot.pack,
        "number": snapshot.number,
        "of": snapshot.of,
        "unit": snapshot.unit.code,
        "from": f"{snapshot.first_on}",
        "to": f"{snapshot.last_on}",
        "as_at": kept.as_at.isoformat(),
        "fingerprint": kept.fingerprint,
        "made_by": kept.made_by,
        "signed_by": snapshot.signer.title() if snapshot.signed_at and snapshot.signer else "",
        "blocks": kept.blocks,
    }
    name = f"{PACKS[snapshot.pack].marking} {snapshot.pack} {snapshot.first_on:%Y-%m} {snapshot.unit.code}.json"
    shown = content_disposition_header(as_attachment=True, filename=name)
    body = json.dumps(said, indent=1, ensure_ascii=False).encode()
    return HttpResponse(body, content_type="application/json", headers={"Content-Disposition": str(shown)})


def taken_out(request: HttpRequest, pk: int) -> tuple[Snapshot, SnapshotFigures]:
    """A pack that was made and is open to them, written down as leaving. Raises Http404 or Refused."""
    user: Any = request.user
    snapshot = found(user, pk)
    kept = SnapshotFigures.objects.filter(snapshot=snapshot).first()
    if kept is None:
        raise Http404
    if not opens(snapshot, user):
        raise Refused(Refusal.STATE, SHUT)
    audit.looked(by=user, kind=Access.Kind.EXPORT, what=f"{WHAT}:{snapshot.pk}", operation=Operation.DISCLOSURE)
    return snapshot, kept
