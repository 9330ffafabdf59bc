"""Operation Encompass: the list with the proof of timeliness, one notification, and what a school reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_safe

from accounts.roles import FRONTLINE, roles
from audit import services as audit
from audit.models import Access
from cases.steps.safety import SAFETY
from people.services import names_for
from safeguarding.models import Encompass, EncompassLetter, EncompassTerms, Establishment, Held, LocalAuthority
from safeguarding.services import facts_of, facts_that_changed
from safeguarding.steps.encompass import READERS as SCHOOLS
from workflow import engine
from workflow.pages.door import PAGE, acts_on, address, for_roles, held_by, number, older
from workflow.pages.records import open_record, page
from workflow.pages.tasks import step_url

WORKERS = FRONTLINE | roles("superintendent", "command", "marac_coordinator")
OF_THE_CASE = frozenset(step.name for step in SAFETY)  # the case page offers them once
PERIODS = {"7": N_("7 days"), "28": N_("28 days"), "365": N_("12 months")}


@dataclass(frozen=True, slots=True)
class Proof:
    """How many were told before the bell, of those whose bell has rung or who were told (M33). `n` may be 0."""

    n: int
    in_time: int
    waiting: int
    explained: int

    @property
    def late(self) -> int:
        return self.n - self.in_time

    @property
    def percent(self) -> str:
        """Half up, one place; "n/a" where there is nothing to count."""
        return f"{int(self.in_time * 1000 / self.n + 0.5) / 10:.1f}%" if self.n else "n/a"


@require_safe
@for_roles(WORKERS)
def encompass_page(request: HttpRequest) -> HttpResponse:
    """Notifications of the person's own work, newest bell first; `?show=late` the breach list, `?show=open` those to send.

    As many queries for one as for fifty. Index: encompass_by_bell.
    """
    user: Any = request.user
    now, today = timezone.now(), timezone.localdate()
    days = request.GET.get("days", "28")
    since = now - timedelta(days=int(days) if days in PERIODS else 28)
    authority = LocalAuthority.objects.filter(pk=number(request.GET.get("authority"))).first()
    school = Establishment.objects.filter(pk=number(request.GET.get("school"))).first()
    rows = Encompass.objects.standing().worked_by(user).filter(bell_at__gte=since)
    rows = rows.filter(establishment__authority=authority) if authority else rows
    rows = rows.filter(establishment=school) if school else rows
    shown, show = rows, request.GET.get("show", "")
    if show == "late":
        shown = rows.late(now)
    elif show == "open":
        shown = rows.to_send()
    last = Encompass.objects.filter(pk=number(request.GET.get("before"))).values_list("bell_at", "pk").first()
    if last:
        shown = shown.filter(Q(bell_at__lt=last[0]) | Q(bell_at=last[0], pk__lt=last[1]))
    found = list(shown.select_related("case", "establishment__authority").order_by("-bell_at", "-pk")[: PAGE + 1])
    kept = {
        "show": show,
        "days": days,
        "authority": authority.pk if authority else "",
        "school": school.pk if school else "",
    }
    names = names_for([row.child_id for row in found[:PAGE]], user)
    listed, more = older(found, **kept)
    context = {
        "rows": [(row, names.get(row.child_id, ""), row.is_late(now)) for row in listed], "next_page": more, "first": not last,
        "proof": proof_of(rows, now), "show": show, "days": days, "periods": PERIODS.items(), "authority": authority,
        "school": school, "authorities": LocalAuthority.objects.order_by("name")[:50], "now": now,
        "terms": EncompassTerms.objects.on(today),
        "to_come": EncompassTerms.objects.filter(valid_from__gt=today).order_by("valid_from")[:5],
        "kept": address({**kept, "show": ""}),
    }  # fmt: skip
    return render(request, "safeguarding/encompass_list.html", context)


def proof_of(rows: Any, now: datetime) -> Proof:
    """One query. What was decided not to be sent counts nowhere; what is not told and not late yet is waiting."""
    counted = rows.exclude(state=Encompass.State.NOT_SENT)
    over = Q(told_at__isnull=False) | Q(bell_at__lt=now)
    found = counted.aggregate(
        n=Count("pk", filter=over), in_time=Count("pk", filter=Q(told_at__lte=F("bell_at"))),
        waiting=Count("pk", filter=~over), explained=Count("pk", filter=over & ~Q(late_code="")),
    )  # fmt: skip
    return Proof(**found)


@require_safe
@page
def encompass_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One notification: what the school is told, what it was told, when, by whom received, and what may be done."""
    notice = open_record(request, "encompass", pk)
    user: Any = request.user
    now = timezone.now()
    letters = list(notice.letters.select_related("recipient", "establishment", "recorded_by").order_by("-number"))
    sent = notice.state in (Encompass.State.SENT, Encompass.State.RECEIVED)
    offered = engine.offers(notice, user, user.roles_over(notice.scope), but=OF_THE_CASE)
    acts = [(offer.step.label, step_url(notice, offer.step), offer.refusal) for offer in offered]
    context = {
        "notice": notice, "case": notice.case, "name": names_for([notice.child_id], user).get(notice.child_id, ""),
        "facts": [] if sent else facts_of(notice), "letters": letters, "changed": facts_that_changed(notice) if sent else [],
        "acts": acts, "now": now, "late": notice.is_late(now), "held": [Held(code).label for code in notice.held_for],
    }  # fmt: skip
    return render(request, "safeguarding/encompass_one.html", context)


@require_safe
@for_roles(SCHOOLS)
def letters_page(request: HttpRequest) -> HttpResponse:
    """What waits for the person's own establishment, newest first; at the top what is to be seen again today.

    As many queries for one as for fifty. Index: encompass_letter_of_school.
    """
    user: Any = request.user
    rows = EncompassLetter.objects.to_read(user)
    before = number(request.GET.get("before"))
    again = rows.filter(while_closed=True, seen_again_at__isnull=True, bell_at__lte=timezone.now() + timedelta(hours=1))
    listed = rows.filter(pk__lt=before) if before else rows
    found, more = older(list(listed.select_related("establishment").order_by("-pk")[: PAGE + 1]))
    context = {
        "rows": found, "next_page": more, "first": not before, "held": held_by(request),
        "again": [] if before else again.select_related("establishment").order_by("bell_at", "pk")[:PAGE],
    }  # fmt: skip
    return render(request, "safeguarding/letters.html", context)


@require_safe
@for_roles(SCHOOLS, of_one=True)
def letter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as it was sent. Whoever guesses the number of another school's finds nothing."""
    user: Any = request.user
    rows = EncompassLetter.objects.to_read(user).select_related("establishment", "recipient", "unit")
    letter = rows.filter(pk=pk).first()
    if letter is None:
        raise Http404
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"{letter._meta.label_lower}:{letter.pk}", folder=None)
    earlier = EncompassLetter.objects.to_read(user).filter(notice=letter.notice_id, number__lt=letter.number)
    context = {"letter": letter, "acts": acts_on(letter, user), "earlier": earlier.order_by("-number")[:10]}
    return render(request, "safeguarding/letter.html", context)
