"""The language that a person reads in: kept with their account, so that it follows them to any machine."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User

COOKIE = "language"  # for whoever has not signed in; it says nothing of who they are
A_YEAR = 365 * 24 * 60 * 60


class InTheirLanguage:
    """Each page in the language of whoever reads it: their account's, else the browser's choice on our footer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", language_of(request))
        return answer


def language_of(request: HttpRequest) -> str:
    """The code of a language that we have; English when nothing was ever chosen."""
    user = getattr(request, "user", None)
    chosen = user.language if isinstance(user, User) and user.is_authenticated else request.COOKIES.get(COOKIE, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the choice, and go back to the page it was made on. A code that we do not have changes nothing."""
    if request.method != "POST":  # an address that was only followed
        return redirect("/")
    wanted = request.POST.get("language", "")
    onward = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(onward, {request.get_host()}) and onward.startswith("/")
    answer = redirect(onward if here else "/")
    if wanted in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=wanted)
        answer.set_cookie(
            COOKIE, wanted, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return answer
