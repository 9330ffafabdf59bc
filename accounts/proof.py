"""Proof, once more, of who somebody is: asked before an export, a break-glass, a grant of roles."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import did_recently_authenticate  # type: ignore[import-not-found]
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

View = Callable[..., HttpResponse]


def proved_lately(request: HttpRequest) -> bool:
    """Whether this session has proved who it is within ACCOUNT_REAUTHENTICATION_TIMEOUT seconds."""
    return bool(did_recently_authenticate(request))


def ask_again(request: HttpRequest, onward: str = "") -> HttpResponse:
    """Send the person to prove it, and then on to the page named, or back to this one."""
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': onward or request.get_full_path()})}")


def proof_first(view: View) -> View:
    """A view that is opened only after proof. What was typed is not lost: ask before the form is shown, not after."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if proved_lately(request) else ask_again(request)

    return guarded
