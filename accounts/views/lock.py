"""Lock, and open again with the password. What was typed is kept by `workflow.drafts`."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import sessions
from accounts.proof import may_use_password


class Password(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Enter your password")},
    )  # fmt: skip


@login_required
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    sessions.lock(request.session)
    return redirect(f"{reverse('unlock')}?{urlencode({'next': back_to(request, request.POST.get('next'))})}")


@login_required
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the password of the person who is signed in, and go back to where they were."""
    form = Password(request.POST or None)
    back = back_to(request, request.POST.get("next") or request.GET.get("next"))
    if request.method == "POST" and form.is_valid():
        answer = _tried(request, form, back)
        if answer is not None:
            return answer
    status = 422 if request.method == "POST" else 200
    person: Any = request.user
    context = {"form": form, "next": back, "person": person, "by_password": may_use_password(person)}
    return render(request, "account/unlock.html", context, status=status)


def _tried(request: HttpRequest, form: Password, back: str) -> HttpResponse | None:
    """Where the password leads; None, with the sentence on the form, when it was wrong."""
    person: Any = request.user
    adapter = get_adapter(request)
    try:
        right = adapter.reauthenticate(person, form.cleaned_data["password"])
    except ValidationError as locked_out:
        form.add_error("password", locked_out)
        return None
    if right:
        sessions.unlock(request.session, timezone.now())
        adapter.note("unlocked", request, by=person)
        return redirect(back)
    if sessions.wrong_password(request.session):
        adapter.logout(request)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
    form.add_error("password", _("That password is not right. Check it and try again."))
    return None


def back_to(request: HttpRequest, wanted: str | None) -> str:
    """The page to come back to, if it is one of ours."""
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"
