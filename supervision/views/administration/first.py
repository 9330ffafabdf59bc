"""The first password: set with a code that an administrator told, once. The only door here before sign-in."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import Attempt
from supervision.forms.person import FirstPassword
from supervision.steps.person import set_first_password

NO_SUCH_CODE = "That user name and code do not belong together, or the code is no longer good. Ask for another."


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """One answer for a wrong name, a wrong code and an old one: nobody learns who works here."""
    form = FirstPassword(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _set(request, **{name: form.cleaned_data[name] for name in ("username", "code", "password")})
            return redirect("account_login")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return render(request, "account/first_password.html", {"form": form}, status=422 if form.errors else 200)


def _set(request: HttpRequest, *, username: str, code: str, password: str) -> None:
    """Counted like every other try to get in. Raises ValidationError: the code is not good, or too many were tried."""
    with get_adapter(request).counted(request, Attempt.Kind.FIRST, username):
        if not set_first_password(username=username, code=code, password=password, at=timezone.now()):
            raise ValidationError(NO_SUCH_CODE)
