"""To the force's own sign-in and back, at sign-in and as proof."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from accounts.identity import ForceDoor, ForceProvider
from accounts.views.lock import back_to


def only_with_provider(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A door that is not there, by any method, where the force has no sign-in of its own."""

    @wraps(view)
    def there(request: HttpRequest) -> HttpResponse:
        if not settings.OIDC_ISSUER:
            raise Http404
        return view(request)

    return there


@only_with_provider
@require_POST
def provider_start(request: HttpRequest) -> HttpResponse:
    """Begin, and answer with a page that leads on: a form may lead to this service only (the policy's form-action), and
    a browser holds every redirect that follows a form to the same. So the way out is a page of its own, not a redirect."""
    more: dict[str, Any] = {}
    if request.POST.get("again") and request.user.is_authenticated:
        more = {"auth_params": {"prompt": "login", "max_age": "0"}, "proof": request.user.pk}
    try:
        leads: Any = _provider(request).redirect(
            request, process="login", next_url=back_to(request, request.POST.get("next")), **more
        )
    except (RequestException, KeyError, ValueError) as fault:
        get_account_adapter(request).note("provider-failed", request, why=type(fault).__name__)
        return render(request, "account/refused.html", {"silent": True}, status=503)
    return render(request, "account/onward.html", {"onward": leads.url, "name": settings.OIDC_NAME})


@only_with_provider
@require_GET
def provider_callback(request: HttpRequest) -> HttpResponse:
    """Come back. Who it is, and whether that opens anything, is asked in `accounts.identity`."""
    view: Any = OAuth2CallbackView.adapter_view(ForceDoor(request, settings.OIDC_APP["provider_id"]))
    answer: HttpResponse = view(request)
    return answer


@login_required
@require_GET
def provider_again(request: HttpRequest) -> HttpResponse:
    """Ask somebody whom only the force's sign-in knows to sign in there once more."""
    context = {"next": back_to(request, request.GET.get("next")), "name": settings.OIDC_NAME}
    return render(request, "account/provider_again.html", context)


def _provider(request: HttpRequest) -> ForceProvider:
    provider: ForceProvider = get_adapter(request).get_provider(request, settings.OIDC_APP["provider_id"])
    return provider
