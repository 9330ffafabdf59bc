"""What stands round every page: navigation by role, unread notices, the person, lock and sign-out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation, for the roles that use it (empty: for everybody)."""

    label: str
    url: str
    order: int
    who: frozenset[str] = frozenset()


ENTRIES: dict[str, Entry] = {}
_COUNTERS: list[Callable[[User], int]] = []


def navigate(*entries: Entry) -> None:
    """Put links in the navigation; declared by the app that owns the page, in its panels.py."""
    for entry in entries:
        ENTRIES[entry.url] = entry


def notices_counted_by(counter: Callable[[User], int]) -> None:
    """Say who counts a person's unread notices."""
    _COUNTERS[:] = [counter]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; asks the database only when a page draws it, and roles once."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict[str, Any]:
    user: Any = getattr(request, "user", None)
    common: dict[str, Any] = {
        "service": settings.SERVICE_NAME,
        "provider": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "user": None,
        "unread": 0,
        "navigation": [],
        "search_url": "",
    }
    if user is None or not user.is_authenticated:
        return common
    return {
        **common,
        "user": user,
        "unread": _COUNTERS[0](user) if _COUNTERS else 0,
        "navigation": _navigation(request, user),
        "search_url": reverse("search") if "search" in ENTRIES else "",
        "notices_url": reverse("notices") if _COUNTERS else "",
        "lock_url": reverse("lock"),
        "sign_out_url": reverse("account_logout"),
    }


def _navigation(request: HttpRequest, user: User) -> list[tuple[str, str, bool]]:
    held = getattr(request, "roles_held", None)  # a page that has asked already says so
    held = user.roles_over(None) if held is None else held
    shown = [entry for entry in ENTRIES.values() if entry.label and (not entry.who or entry.who & held)]
    rows = [(gettext(entry.label), reverse(entry.url)) for entry in sorted(shown, key=lambda entry: entry.order)]
    holds = [url for _, url in rows if request.path == url or (url != "/" and request.path.startswith(url))]
    here = max(holds, key=len, default="")  # /team/same-person/ is a page of its own, not of /team/
    return [(label, url, url == here) for label, url in rows]
