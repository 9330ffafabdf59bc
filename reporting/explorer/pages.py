"""The explorer's pages: the stream, what is unusual, what is to be looked into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from audit import services as audit
from audit.models import Access
from audit.stream import Place, newest
from cases.models import AccessConcern, Case
from cases.visibility import AUDITING, GATEKEEPERS, referred_to
from reporting.explorer.asked import Ask, Asked
from reporting.explorer.lines import CLOSED, lines_of, people_closed_to
from reporting.explorer.unusual import LABELS, Odd, odd_in
from workflow.clock import LONDON
from workflow.declare import workflow_of
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages import refused
from workflow.pages.tasks import step_url

PAGE = 50
View = Callable[..., HttpResponse]
NOT_YOURS = "The record of who did and saw what is for auditors and professional standards."
NOT_STANDARDS = "This is for professional standards."


def for_roles(who: frozenset[str], sentence: str, *, of_one: bool = False) -> Callable[[View], View]:
    """A page for whoever holds one of the roles anywhere; the view is given the roles that its reader holds.

    A page `of_one` record is not there for others: nobody counts records by trying numbers.
    """

    def guarded(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user: Any = request.user
            held = user.roles_over(None)
            if not held & who and of_one:
                raise Http404
            if not held & who:
                return refused(request, Refused(Refusal.ROLE, sentence))
            return view(request, held, *args, **kwargs)

        return shown

    return guarded


@require_http_methods(["GET", "POST"])
@for_roles(AUDITING, NOT_YOURS)
def explorer_page(request: HttpRequest, held: frozenset[str]) -> HttpResponse:
    """Ask (POST: what was typed becomes ids in the address), and read the answer a page at a time."""
    user: Any = request.user
    if request.method == "POST":
        form = Ask(request.POST, user=user, held=held)
        if form.is_valid():
            return redirect(f"{reverse('audit')}?{form.asked().query()}")
        return render(request, "reporting/audit.html", {"form": form}, status=422)
    asked, after = told_of(Asked.read(request.GET), user, held), Place.read(request.GET.get("after", ""))
    audit.looked(by=user, kind=Access.Kind.SEARCH, what="audit.explorer", terms=asked.said())
    entries, more = newest(asked.sides(), after, PAGE)
    context = {
        "form": Ask(initial=initial(asked), user=user, held=held), "lines": lines_of(entries, user, held),
        "asked": asked, "newest_url": f"?{asked.query()}" if after else "", "standards": bool(held & GATEKEEPERS),
        "older_url": f"?{asked.query(after=str(more))}" if more else "",
        "export_url": f"{reverse('audit-export')}?{asked.query()}",
    }  # fmt: skip
    return render(request, "reporting/audit.html", context)


def told_of(asked: Asked, user: User, held: frozenset[str]) -> Asked:
    """The same question; about a case or somebody of whom the reader may not be told, a question that nothing answers."""
    of_nobody = asked.person is not None and asked.person in people_closed_to(user)
    told = asked.case is None or referred_to(Case.objects.filter(pk=asked.case), user, held).exists()
    return replace(asked, closed=asked.closed or of_nobody or not told)


def initial(asked: Asked) -> dict[str, Any]:
    """The filter as it was typed."""
    officer = User.objects.filter(pk=asked.officer).first() if asked.officer else None
    case = Case.objects.filter(pk=asked.case).first() if asked.case and not asked.closed else None
    return {
        "officer": (officer.collar_number or officer.username) if officer else "",
        "reference": case.reference if case else "", "person": asked.person or "", "kind": asked.kind,
        "operation": asked.operation, "since": asked.since, "until": asked.until,
    }  # fmt: skip


@require_safe
@for_roles(GATEKEEPERS, NOT_STANDARDS)
def unusual_page(request: HttpRequest, held: frozenset[str]) -> HttpResponse:
    """What was unusual in a day, today if none is named."""
    user: Any = request.user
    day = day_of(request.GET.get("day", ""))
    since = timezone.make_aware(datetime.combine(day, time.min), LONDON)
    until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min), LONDON)
    audit.looked(by=user, kind=Access.Kind.SEARCH, what="audit.unusual", terms=day.isoformat())
    found = [(question, odd) for question, odd in odd_in(since, until)]
    rows = [one for _, odd in found for one in odd]
    people = User.objects.in_bulk({one.officer for one in rows})
    told = referred_to(Case.objects.filter(pk__in={one.case for one in rows if one.case}), user, held)
    references = dict(told.values_list("pk", "reference"))
    boxes = [(question, [odd_line(one, people, references, day) for one in odd]) for question, odd in found]
    context = {
        "boxes": boxes, "day": day, "before": day - timedelta(days=1),
        "next": day + timedelta(days=1) if day < timezone.localdate() else None,
    }  # fmt: skip
    return render(request, "reporting/unusual.html", context)


def odd_line(one: Odd, people: dict[int, User], references: dict[int, str], day: date) -> dict[str, Any]:
    asked = Asked(officer=one.officer, case=one.case if one.case in references else None, since=day, until=day)
    return {
        "who": people[one.officer].title(), "times": one.count, "at": one.at,
        "reference": references.get(one.case, CLOSED) if one.case else "",
        "url": f"{reverse('audit')}?{asked.query()}",
    }  # fmt: skip


def day_of(said: str) -> date:
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(said), today) if said else today
    except ValueError:
        return today


@require_safe
@for_roles(GATEKEEPERS, NOT_STANDARDS)
def concerns_page(request: HttpRequest, held: frozenset[str]) -> HttpResponse:
    """Accesses to look into, those that wait first, oldest of them first: a question, paged by id. Index: concern_by_state."""
    user: Any = request.user
    audit.looked(by=user, kind=Access.Kind.VIEW, what="cases.accessconcern")
    rows = AccessConcern.objects.visible_to(user).select_related("concerning", "person", "unit", "known_by")
    state = AccessConcern.State.REVIEWED if request.GET.get("state") == "reviewed" else AccessConcern.State.WAITING
    rows = rows.filter(state=state).order_by("-recorded_at", "-pk")
    if (last := id_in(request.GET.get("after"))) is not None:
        rows = rows.filter(pk__lt=last)
    found = list(rows[: PAGE + 1])
    more = f"?state={state}&after={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    shown = [(concern, acts_on(concern, user), LABELS.get(concern.code, "")) for concern in found[:PAGE]]
    return render(
        request, "reporting/concerns.html", {"rows": shown, "state": state, "more": more, "now": timezone.now()}
    )


def acts_on(concern: Any, user: User) -> list[tuple[str, str]]:
    """The steps that stand open, each with its page, where the role over the unit and the guards are asked."""
    table = workflow_of(concern)
    steps = [step for step in table.steps if concern.state in table.sources(step) and step.who & GATEKEEPERS]
    return [(step.label, step_url(concern, step)) for step in steps if not step.when or step.when(concern)]
