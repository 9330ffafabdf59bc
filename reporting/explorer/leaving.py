"""An export's pages: ask for one, watch it being made, take it away locked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.proof import proof_first
from audit.models import Access
from cases.visibility import AUDITING
from reporting import tasks
from reporting.explorer.asked import Asked
from reporting.explorer.listed import MOST_ROWS, ask_for_list
from reporting.explorer.pages import NOT_YOURS, for_roles, told_of
from reporting.exports import KINDS, file_name, locked_zip, write_down
from reporting.models import Export
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
            export = ask_for_list(asked=asked, by=user, **form.cleaned_data)
            tasks.send_export(export.pk)
            return export.get_absolute_url()

        return redirect(once(request, ask))
    context = {"form": form, "most": MOST_ROWS, "back": f"?{asked.query()}"}
    return render(request, "reporting/export_ask.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
@proof_first
def export_taken(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has got; then the way to take it, with a password that is typed here and kept nowhere."""
    export = own_export(request, pk)
    ready = export.stage == Export.Stage.MADE
    form = Password(request.POST or None)
    if request.method == "POST" and ready and form.is_valid():
        write_down(export, Access.Kind.EXPORT)
        body = locked_zip(export, form.cleaned_data["password"])
        name = f"{file_name(export)}.zip"
        answer: Any = FileResponse(body, as_attachment=True, filename=name, content_type="application/zip")
        return answer  # type: ignore[no-any-return]
    suggested = "-".join(get_random_string(5, SUGGESTED_FROM) for _ in range(4))
    context = {"export": export, "kind": KINDS[export.kind], "form": form, "ready": ready, "suggested": suggested}
    return render(request, "reporting/export.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@login_required
def export_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes, by itself."""
    return render(request, "reporting/export_progress.html", {"export": own_export(request, pk)})


def own_export(request: HttpRequest, pk: int) -> Any:
    """The export of whoever asks, as long as their role may still take it away. Raises Http404."""
    user: Any = request.user
    found = Export.objects.visible_to(user).defer("content").filter(pk=pk).first()
    if found is None or not KINDS[found.kind].may_be_taken_by(user):
        raise Http404
    return found
