"""An export's pages: ask for one, watch it being made, take it away locked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from accounts.proof import proof_first
from audit.models import Access
from cases.visibility import AUDITING
from reporting import tasks
from reporting.explorer.asked import Asked
from reporting.explorer.pages import NOT_YOURS, for_roles, told_of
from reporting.exports import MOST_ROWS, ask_for_export, locked_zip, write_down
from reporting.models import MARKING, Export
from workflow.forms import EvidenceForm, LongText, ShortText
from workflow.forms.text import TextBox
from workflow.pages.records import once

SHORTEST = 12
SUGGESTED_FROM = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread over the telephone


class PasswordBox(forms.PasswordInput, TextBox):
    """A box whose content is not shown, and never put back on a page."""


class LeavesFor(EvidenceForm):
    """Who a file is for, and why it may leave."""

    recipient = ShortText(label="Who is it for?", called="Who it is for", needed="Say who it is for", max_length=200)
    basis = LongText(
        label="On what basis may they have it?", called="The basis", needed="Say on what basis they may have it",
        max_length=1000, min_length=10, rows=3, hint="For example: request of the independent office, their reference.",
    )  # fmt: skip


class Password(EvidenceForm):
    """Typed twice, kept nowhere."""

    password = ShortText(
        label="Password for the file", called="The password", needed="Enter a password", max_length=100,
        min_length=SHORTEST, widget=PasswordBox, hint="12 characters or more. Tell it to them by telephone, never by email.",
    )  # fmt: skip
    password_again = ShortText(
        label="The password again", needed="Enter the password again", max_length=100, widget=PasswordBox
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("password") and said.get("password_again") and said["password"] != said["password_again"]:
            self.add_error("password_again", "The two passwords differ. Type both again")
        return said


@require_http_methods(["GET", "POST"])
@for_roles(AUDITING, NOT_YOURS)
@proof_first
def export_page(request: HttpRequest, held: frozenset[str]) -> HttpResponse:
    """Ask for what the explorer shows as a file."""
    user: Any = request.user
    asked = told_of(Asked.read(request.GET), user, held)
    form = LeavesFor(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def ask() -> str:
            export = ask_for_export(asked=asked, by=user, **form.cleaned_data)
            tasks.send_export(export.pk)
            return export.get_absolute_url()

        return redirect(once(request, ask))
    context = {"form": form, "most": MOST_ROWS, "back": f"?{asked.query()}"}
    return render(request, "reporting/export_ask.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_roles(AUDITING, NOT_YOURS, of_one=True)
@proof_first
def export_taken(request: HttpRequest, held: frozenset[str], pk: int) -> HttpResponse:
    """How far it has got; then the way to take it, with a password that is typed here and kept nowhere."""
    export = own_export(request, pk)
    ready = export.stage == Export.Stage.MADE
    form = Password(request.POST or None)
    if request.method == "POST" and ready and form.is_valid():
        write_down(export, Access.Kind.EXPORT)
        name = content_disposition_header(as_attachment=True, filename=f"{MARKING} audit {export.pk}.zip")
        body = locked_zip(export, form.cleaned_data["password"])
        return HttpResponse(body, content_type="application/zip", headers={"Content-Disposition": str(name)})
    suggested = "-".join(get_random_string(5, SUGGESTED_FROM) for _ in range(4))
    context = {"export": export, "form": form, "ready": ready, "suggested": suggested, "most": MOST_ROWS}
    return render(request, "reporting/export.html", context, status=422 if form.is_bound else 200)


@require_safe
@for_roles(AUDITING, NOT_YOURS, of_one=True)
def export_progress(request: HttpRequest, held: frozenset[str], pk: int) -> HttpResponse:
    """The part of the page that changes, by itself."""
    return render(request, "reporting/export_progress.html", {"export": own_export(request, pk)})


def own_export(request: HttpRequest, pk: int) -> Any:
    user: Any = request.user
    found = Export.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
