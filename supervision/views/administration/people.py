"""People: find one, see one, tell one a code. No name stands in an address: a search is sent, not linked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.attempts import locked_people
from accounts.models import Duty, Posting, Unit, User, on_duty
from accounts.proof import ask_again, only_by_provider, proved_lately
from accounts.roles import KEEPERS_OF_PEOPLE
from audit import services as audit
from audit.models import Access
from cases.models import Case, Holding
from cases.visibility import shut_out_of
from supervision.forms.person import Find
from supervision.models import PostingChange
from supervision.steps.person import PERSON
from workflow import engine
from workflow.pages.door import (
    PAGE,
    acts_on,
    address,
    for_roles,
    held_by,
    may_begin,
    number,
)
from workflow.pages.records import page

FOUND_AT_MOST = 50
SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(KEEPERS_OF_PEOPLE)
def people_page(request: HttpRequest) -> HttpResponse:
    """Everybody, by name, a page at a time, in one unit where it is asked; or what a search found."""
    user: Any = request.user
    rows: Any = User.objects.visible_to(user).select_related("unit").order_by("last_name", "pk")
    if request.method == "POST":
        return _found(request, rows)
    unit = Unit.objects.filter(pk=number(request.GET.get("unit"))).first()
    if unit is not None:
        posted = Posting.objects.current().filter(unit__lineage__contains=[unit.pk]).values("user_id")
        rows = rows.filter(Q(unit__lineage__contains=[unit.pk]) | Q(pk__in=posted))
    if request.GET.get("locked") == "yes":
        rows = rows.filter(pk__in=locked_people(timezone.now()).order_by().values("pk"))
    if request.GET.get("left") != "yes":
        rows = rows.exclude(state=User.State.LEFT)
    last = User.objects.filter(pk=number(request.GET.get("after"))).values_list("last_name", "pk").first()
    if last:
        rows = rows.filter(Q(last_name__gt=last[0]) | Q(last_name=last[0], pk__gt=last[1]))
    found = list(rows[: PAGE + 1])
    kept = {"unit": unit.pk if unit else ""} | {name: request.GET.get(name, "")[:3] for name in ("left", "locked")}
    more = {"after": found[PAGE - 1].pk, **kept} if len(found) > PAGE else {}
    return _list(
        request, found[:PAGE], form=Find(), unit=unit, next_page=address(more), first=not last,
        only_locked=kept["locked"] == "yes",
    )  # fmt: skip


def _found(request: HttpRequest, rows: Any) -> HttpResponse:
    form = Find(request.POST)
    if not form.is_valid():
        return _list(request, [], form=form, status=422, sought=True)
    words = form.cleaned_data["words"]
    each = Q(collar_number__iexact=words) | Q(username__iexact=words)
    named = Q()
    for word in words.split():
        named &= Q(first_name__icontains=word) | Q(last_name__icontains=word)
    found = list(rows.filter(each | named)[: FOUND_AT_MOST + 1])
    return _list(request, found[:FOUND_AT_MOST], form=form, sought=True, too_many=len(found) > FOUND_AT_MOST)


def _list(request: HttpRequest, people: list[Any], *, form: Find, status: int = 200, **more: Any) -> HttpResponse:
    postings: dict[int, list[Any]] = {}
    for posting in Posting.objects.current().filter(user__in=people).select_related("unit").order_by("pk"):
        postings.setdefault(posting.user_id, []).append(posting)
    locked = set(
        locked_people(timezone.now()).filter(pk__in=[person.pk for person in people]).values_list("pk", flat=True)
    )
    context = {
        "rows": [(person, postings.get(person.pk, []), person.pk in locked) for person in people], "form": form,
        "may_add": may_begin("person", "add", held_by(request)), **more,
    }  # fmt: skip
    return render(request, "supervision/administration/people.html", context, status=status)


@require_safe
@for_roles(KEEPERS_OF_PEOPLE, of_one=True)
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: who they are, what they hold, what may be done. Written down as looked at."""
    user, now = _signed_in(request), timezone.now()
    person = seen_person(user, pk)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"accounts.user:{person.pk}")
    rows = person.postings.select_related("unit").order_by("-from_at", "-pk")
    ended = Q(to_at__isnull=False, to_at__lte=now)
    holdings = Holding.objects.filter(person=person, to_at__isnull=True).select_related("case__unit")
    context = {
        "person": person, "now": now,
        "acts": [act for act in acts_on(person, user) if not act[1].endswith("/invite/")],  # that has a page of its own
        "postings": rows.exclude(ended)[:SHOWN],
        "past": rows.filter(ended)[:SHOWN], "on_duty": person.pk in on_duty([person.pk], now),
        "turns": Duty.objects.filter(user=person, to_at__gt=now - timedelta(days=1)).order_by("from_at")[:7],
        "second_factor": Authenticator.objects.filter(user=person).exists(),
        "waiting": PostingChange.objects.visible_to(user).waiting().filter(user=person)[:SHOWN],
        "holdings": told_of(holdings.order_by("case__unit__name", "case_id")[:SHOWN], user),
        "held": holdings.count(), "shown": SHOWN,
        "may_ask": may_begin("posting", "ask", held_by(request)) and person.is_active and person.pk != user.pk,
        "may_invite": may_begin("person", "invite", held_by(request)) and person.is_active and person.pk != user.pk,
        "by_provider": only_by_provider(person), "locked": locked_people(now).filter(pk=person.pk).exists(),
    }  # fmt: skip
    return render(request, "supervision/administration/person.html", context)


def told_of(holdings: Any, user: User) -> list[tuple[Holding, str]]:
    """Each with the reference of its case: "" of one that is restricted or shut to the reader, who may not be told of it."""
    rows = list(holdings)
    cases = Case.objects.filter(pk__in=[row.case_id for row in rows])
    mine = Q(restricted=False) | Q(pk__in=Case.objects.visible_to(user).values("pk"))
    told = dict(cases.filter(mine).values_list("pk", "reference"))
    hidden = set(shut_out_of(cases, user).values_list("pk", flat=True))
    return [(row, "" if row.case_id in hidden else told.get(row.case_id, "")) for row in rows]


def seen_person(user: User, pk: int) -> Any:
    person = User.objects.visible_to(user).select_related("unit").filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def _signed_in(request: HttpRequest) -> Any:
    return request.user


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(PERSON.step("invite").who, of_one=True)
@page
def code_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why, and the code is shown this once: tell it to them yourself. It is in no mail, no log and no record."""
    user = _signed_in(request)
    person = seen_person(user, pk)
    step = PERSON.step("invite")
    if not proved_lately(request):
        return ask_again(request, request.path)
    engine.refuse_unless_allowed(PERSON, step, person, user, seen=person.version, at=timezone.now())
    form = step.evidence(request.POST if request.method == "POST" else None)
    code = ""
    if request.method == "POST" and form.is_valid():
        done = engine.perform(person, step.name, by=user, evidence=request.POST, seen=person.version)
        code = done.told_once
    context = {"person": person, "form": form, "code": code}
    return render(request, "supervision/administration/code.html", context, status=422 if form.errors else 200)
