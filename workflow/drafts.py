"""Nothing typed is lost: drafts of forms, and what a locked or ended session had in its hands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from accounts.models import User
from workflow.api import problems
from workflow.models import Draft, Once
from workflow.numbers import version_in

NEVER_KEPT = {"csrfmiddlewaretoken", "password", "password_again", "token", "kept_path", "login"}
SEEN = "seen"  # the version that was typed over: kept, so that a draft never overwrites what somebody saved meanwhile
DOORS = {
    "/sign-in/",
    "/sign-in/second-factor/authenticate/",
    "/sign-out/",
    "/unlock/",
    "/lock/",
    "/livez",
    "/healthz",
    "/readyz",
}
DOORS |= {"/help/", "/accessibility/", "/privacy/"}  # whoever is locked out needs them most; they show nothing
DOORS |= {"/sign-in/force/", "/sign-in/force/callback/"}  # whoever has no password here unlocks by signing in there
API = "/api/"  # a program is answered, not led to a page; what it sent is its own to keep
QUIET = {
    "/present/",
    "/board/live/",
}  # sent by a page that nobody may be touching: it answers a live session and keeps none awake
LARGEST = 200_000  # characters of one form; beyond this it is no form of ours


def keep(person: User, path: str, fields: QueryDict) -> Draft | None:
    """Keep the raw fields of a form as they stand, problems included. None where there is nothing to keep.

    A form over a record may be emptied, and that is something: what was there must not come back.
    """
    data = _worth_keeping(fields)
    if SEEN not in data and not any("".join(values).strip() for values in data.values()):
        return None
    if too_large(fields):
        return None
    kept, _ = Draft.objects.update_or_create(
        person=person, path=_whole(path)[:200], defaults={"data": data, "saved_at": timezone.now()}
    )
    return kept


def too_large(fields: QueryDict) -> bool:
    """Whether the form is more than is ever kept: then nobody may be told that it was."""
    return sum(len(str(values)) for values in _worth_keeping(fields).values()) > LARGEST


def _worth_keeping(fields: QueryDict) -> dict[str, list[str]]:
    return {_whole(name): [*map(_whole, values)] for name, values in fields.lists() if name not in NEVER_KEPT}


def autosave(person: User, path: str, fields: QueryDict) -> bool:
    """Keep what is in a form while it is being typed; but what was sent meanwhile is saved, and no draft any more.

    Kept first and then looked at again, so that of two requests on their way one always sees the other. Returns whether
    this very form had been sent: what its page left as a draft then, being not whole yet, stays.
    """
    sent = Once.objects.filter(by=person, key=_token(fields))
    if sent.exists():
        return True
    keep(person, path, fields)
    if sent.exists():
        drop(person, path)
        return True
    return False


def arrived(person: User, fields: QueryDict) -> None:
    """This very form was sent and saved, on a page that may be sent again: an autosave of it keeps nothing any more."""
    if key := _token(fields):
        Once.objects.claim(by=person, key=key, answer="")


def _token(fields: QueryDict) -> str:
    return _whole(fields.get("token", ""))[:64]


def _whole(text: Any) -> str:
    """Text as the database can hold it: without the one character that it refuses, which the form will name."""
    return str(text).replace("\x00", "")


def kept(person: User, path: str) -> Draft | None:
    """What this person left on this page, if anything."""
    return Draft.objects.filter(person=person, path=path).first()


def as_typed(draft: Draft) -> QueryDict:
    """A draft in the shape in which a form takes its data."""
    typed = QueryDict(mutable=True)
    for name, values in draft.data.items():
        typed.setlist(name, values)
    return typed


def version_typed_over(draft: Draft | None) -> int | None:
    """The version of the record that somebody had before them when they typed; None where no draft says."""
    said = "".join(draft.data.get(SEEN, [])) if draft else ""
    return version_in(said)


def drop(person: User, path: str) -> None:
    Draft.objects.filter(person=person, path=path).delete()


class LockedSessionMiddleware:
    """Turns a locked or over-long session away, keeping what a form was sending as that person's draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or _is_door(request.path):
            return self.get_response(request)
        standing = sessions.standing(request.session, timezone.now(), touched=request.path not in QUIET)
        if standing is sessions.Standing.LIVE:
            return self.get_response(request)
        back = _keep_typing(request) if request.path not in QUIET else ""
        if standing is sessions.Standing.OVER:
            get_adapter(request).note("session-over", request, by=request.user)
            auth.logout(request)
            return _away(request, "account_login", back)
        return _away(request, "unlock", back)


def _keep_typing(request: HttpRequest) -> str:
    """Keep a POST as a draft and give the page to come back to: a path alone, never a query with terms in it."""
    user: Any = request.user
    if request.method != "POST" or request.path.startswith(API):
        return request.path
    path = str(request.POST.get("kept_path") or request.path)
    keep(user, path, request.POST)
    return path


def _away(request: HttpRequest, door: str, back: str) -> HttpResponse:
    if request.path.startswith(API):
        return problems.answer("locked", "Unlock the session or sign in again on the pages. Nothing was done.")
    address = f"{reverse(door)}?{urlencode({'next': back})}"
    if request.headers.get("X-Autosave") or request.path in QUIET:
        return HttpResponse("Locked. What you typed is kept.", status=423, content_type="text/plain")
    return redirect(address)


def _is_door(path: str) -> bool:
    """Reached without a live session. The pages of one's own account behind the sign-in are not."""
    return path in DOORS or path.startswith("/static/")
