"""Who comes in, where a page of a list begins, and the acts that a row offers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from workflow import engine
from workflow.declare import WORKFLOWS
from workflow.models import Refusal, Refused
from workflow.pages import refused
from workflow.pages.tasks import step_url

View = Callable[..., HttpResponse]
PAGE = 25
NOT_YOURS = "This page is for whoever keeps the records of the force. Ask an administrator."


def for_roles(who: frozenset[str], *, of_one: bool = False) -> Callable[[View], View]:
    """A page for whoever holds one of the roles anywhere; everybody else is told that it is not theirs.

    A page `of_one` record is not there for them: nobody counts people or units by trying numbers.
    """

    def door(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user: Any = request.user
            request.held = user.roles_over(None)  # type: ignore[attr-defined]
            if not who & request.held and of_one:  # type: ignore[attr-defined]
                raise Http404
            if not who & request.held:  # type: ignore[attr-defined]
                return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
            return view(request, *args, **kwargs)

        return guarded

    return door


def held_by(request: HttpRequest) -> frozenset[str]:
    """The roles of whoever asks, wherever they hold them: asked once, at the door."""
    held: frozenset[str] = request.held  # type: ignore[attr-defined]
    return held


def number(said: str | None) -> int:
    """A whole number from an address; 0 for anything else."""
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 10 else 0


def acts_on(record: Any, user: User, held: frozenset[str] | None = None) -> list[tuple[str, str, str]]:
    """What this person may do to the record now: label, page and, where not yet, the sentence why.

    `held` are the roles over its scope, where a page of many records asked once.
    """
    held = user.roles_over(record.scope, timezone.now()) if held is None else held
    return [
        (offer.step.label, step_url(record, offer.step), offer.refusal) for offer in engine.offers(record, user, held)
    ]


def may_begin(workflow: str, step: str, held: frozenset[str]) -> bool:
    return bool(WORKFLOWS[workflow].step(step).who & held)


def address(said: dict[str, Any]) -> str:
    """The query of the next page; "" where there is none."""
    kept = {name: value for name, value in said.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def older(rows: list[Any], **kept: Any) -> tuple[list[Any], str]:
    """A page of rows fetched one too many, newest first, and the query of the next page ("": there is none)."""
    more = {"before": rows[PAGE - 1].pk, **kept} if len(rows) > PAGE else {}
    return rows[:PAGE], address(more)
