"""Proof, once more, of who somebody is: asked before an export, a break-glass, a grant of roles.

Signing in counts. Whoever has a second factor proves it by that, others by the password, and people whom only the
force's own sign-in knows are sent back to it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User

View = Callable[..., HttpResponse]
PROVIDER_PROVED_BOTH = "provider_proved_both"  # in the session: the force's sign-in has asked for a second factor
CODE, PASSWORD, PROVIDER = "mfa", "password", "socialaccount"


def proved_lately(request: HttpRequest) -> bool:
    """Whether this session has proved who it is within ACCOUNT_REAUTHENTICATION_TIMEOUT seconds."""
    user: Any = request.user
    if not user.is_authenticated:
        return False
    records = get_authentication_records(request, user)
    late = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    methods = {record["method"] for record in records if record["at"] > late}
    if not methods:
        return False
    return not has_second_factor(user) or bool(methods & _strong(request))


def second_factor_used(request: HttpRequest) -> bool:
    """Whether this session was opened with two factors, here or at the force's own sign-in."""
    user: Any = request.user
    return any(record["method"] in _strong(request) for record in get_authentication_records(request, user))


def _strong(request: HttpRequest) -> set[str]:
    return {CODE, PROVIDER} if request.session.get(PROVIDER_PROVED_BOTH) else {CODE}


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def forget_factors(person: User) -> None:
    """Take away a second factor that was lost, recovery codes too; the step that calls it is audited."""
    Authenticator.objects.filter(user=person).delete()


def may_use_password(user: User) -> bool:
    """Whether a password of this service opens it to this person: everybody, or only the break-glass accounts."""
    return not only_by_provider(user) and bool(user.has_usable_password())


def only_by_provider(user: User) -> bool:
    """Whether the force's own sign-in alone lets this person in, so that a password here would open nothing."""
    return settings.LOCAL_SIGN_IN == "break-glass" and user.username not in settings.BREAK_GLASS_ACCOUNTS


def way_of(user: User) -> str:
    """The one address at which this person proves it again."""
    if has_second_factor(user):
        return reverse("mfa_reauthenticate")
    if may_use_password(user) or not settings.OIDC_ISSUER:
        return reverse("account_reauthenticate")
    return reverse("provider_again")


def ask_again(request: HttpRequest, onward: str = "") -> HttpResponse:
    """Send the person to prove it, and then on to the page named, or back to this one."""
    user: Any = request.user
    door = way_of(user) if user.is_authenticated else reverse("account_login")
    return redirect(f"{door}?{urlencode({'next': onward or request.get_full_path()})}")


def proof_first(view: View) -> View:
    """A view that is opened only after proof. What was typed is not lost: ask before the form is shown, not after."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if proved_lately(request) else ask_again(request)

    return guarded
