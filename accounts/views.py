"""Lock, and open again with the password. What was typed is kept by `workflow.drafts`."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import sessions


class Password(forms.Form):
    password = forms.CharField(
        label="Password", max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )  # fmt: skip


@login_required
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    sessions.lock(request.session)
    return redirect(f"{reverse('unlock')}?{urlencode({'next': _back(request, request.POST.get('next'))})}")


@login_required
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the password of the person who is signed in, and go back to where they were."""
    form = Password(request.POST or None)
    back = _back(request, request.POST.get("next") or request.GET.get("next"))
    if request.method == "POST" and form.is_valid():
        if request.user.check_password(form.cleaned_data["password"]):
            sessions.unlock(request.session, timezone.now())
            return redirect(back)
        if sessions.wrong_password(request.session):
            logout(request)
            return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
        form.add_error("password", "That password is not right. Check it and try again.")
    status = 422 if request.method == "POST" else 200
    return render(request, "account/unlock.html", {"form": form, "next": back, "person": request.user}, status=status)


def _back(request: HttpRequest, wanted: str | None) -> str:
    """The page to come back to, if it is one of ours."""
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"
