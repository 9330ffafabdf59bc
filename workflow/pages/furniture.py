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
from django.utils.translation import gettext_noop as N_

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation, for the roles that use it (empty: for everybody), in a menu of `MENUS` or beside them."""

    label: str
    url: str
    order: int
    who: frozenset[str] = frozenset()
    menu: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """Links that open beneath one word."""

    label: str
    links: list[Link]

    @property
    def is_here(self) -> bool:
        return any(link.is_here for link in self.links)


#: The menus, in the order they stand after the links that stand alone.
MENUS = {
    "team": N_("Team"), "people": N_("People"), "marac": N_("MARAC"), "safeguarding": N_("Safeguarding"),
    "reports": N_("Reports"), "reference": N_("Reference"), "system": N_("System"),
}  # fmt: skip
MOST_ALONE = 9  # so many links are read at a glance: nothing is folded away for whoever has no more


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


def _navigation(request: HttpRequest, user: User) -> list[Link | Menu]:
    """The person's links: side by side while they are few, else in their menus. A menu of one link is that link."""
    found = _links(request, user)
    if len(found) <= MOST_ALONE:
        return [link for _, link in found]
    alone: list[Link | Menu] = [link for menu, link in found if not menu]
    menus = [Menu(gettext(label), [link for menu, link in found if menu == name]) for name, label in MENUS.items()]
    return alone + [menu if len(menu.links) > 1 else menu.links[0] for menu in menus if menu.links]


def _links(request: HttpRequest, user: User) -> list[tuple[str, Link]]:
    """(name of its menu, link) of each page that the person's roles use, in order."""
    held = getattr(request, "roles_held", None)  # a page that has asked already says so
    held = user.roles_over(None) if held is None else held
    shown = [entry for entry in ENTRIES.values() if entry.label and (not entry.who or entry.who & held)]
    rows = [(entry, reverse(entry.url)) for entry in sorted(shown, key=lambda entry: entry.order)]
    holds = [url for _, url in rows if request.path == url or (url != "/" and request.path.startswith(url))]
    here = max(holds, key=len, default="")  # /team/same-person/ is a page of its own, not of /team/
    return [(entry.menu, Link(gettext(entry.label), url, url == here)) for entry, url in rows]
