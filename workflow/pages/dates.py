"""Why this date? The sum behind one deadline, every date it has had, who will be told: a page that can be quoted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accounts.models import User
from accounts.roles import ROLES
from audit import services as audit
from audit.models import Access, Event
from workflow.clock import Length, UnknownYear, Working, working
from workflow.clock.working import Line
from workflow.deadlines import rung_moments
from workflow.declare import WORKFLOWS, step_named
from workflow.models import Deadline, Holiday
from workflow.pages.records import denied, page, pass_the_door
from workflow.policies import HOLDER, POLICIES, Policy, Rung

Resolver = Callable[[Deadline, Sequence[Rung]], list[list[User]]]
_RESOLVERS: list[Resolver] = []
UNKNOWN = (gettext_noop("Start"), gettext_noop("Rule"), gettext_noop("Days skipped"), gettext_noop("Clock change"))
NO_EXTENSION = gettext_noop("None.")


def told_by(resolver: Resolver) -> None:
    """Say who knows whom each rung of a ladder would reach now: the app that sends notices, in its panels.py."""
    _RESOLVERS[:] = [resolver]


@dataclass(frozen=True, slots=True)
class Told:
    """One rung: who will be told (or was), how long before or after the due moment, and when."""

    who: str
    role: str
    offset: str
    at: datetime


@page
def deadline_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One deadline. Hidden where its case is hidden; the case's own door is asked first."""
    user: Any = request.user
    rows = Deadline.objects.visible_to(user).select_related(
        "case__unit", "unit", "holder", "setting", "started_by_event__by", "stopped_by_event__by"
    )
    deadline = rows.filter(pk=pk).first()
    if deadline is None:
        denied(Deadline, user, pk=pk)
        raise Http404
    pass_the_door(request, deadline.case)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"workflow.deadline:{deadline.pk}", folder=deadline.case)
    return render(request, "workflow/deadline.html", context_of(deadline, timezone.now()))


def context_of(deadline: Deadline, now: datetime) -> dict[str, Any]:
    policy = POLICIES.get(deadline.policy)
    try:
        found = working(deadline.started_at, Length.parse(deadline.length), Holiday.objects.calendar())
    except UnknownYear:
        found = None  # its holidays were taken away since; the date stands, the sum cannot be shown
    return {
        "deadline": deadline, "case": deadline.case, "policy": policy, "now": now, "working": found,
        "label": label_of(deadline, policy), "lines": list(lines_of(deadline, policy, found)),
        "changes": list(deadline.changes.select_related("by")), "ladder": ladder_told(deadline, policy),
        "differs": found is not None and found.due != deadline.due_at, "source_url": source_url(deadline),
    }  # fmt: skip


def label_of(deadline: Deadline, policy: Policy | None) -> str:
    return _(policy.label) if policy else deadline.policy.replace("-", " ").capitalize()


def lines_of(deadline: Deadline, policy: Policy | None, found: Working | None) -> Iterator[Line]:
    """All eight steps, always, "None" rather than absent."""
    if found is None:
        unknown = _("Cannot be shown: the bank holidays of one of these years are not loaded.")
        yield from (Line(_(name), "", unknown) for name in UNKNOWN)
    else:
        start, *rest = found.steps()
        yield Line(start.name, start.lead, start_words(deadline))
        yield from rest
    yield Line(_("Extensions"), _(NO_EXTENSION), _("This date cannot be extended."))
    yield Line(_("What meets it"), "", sentence(meets_words(policy)))
    yield Line(_("If it is missed"), "", sentence((policy.missed if policy else "") or missed_words(deadline, policy)))
    yield Line(_("Authority"), "", authority_words(deadline, policy))


def sentence(text: str) -> str:
    """With its full stop."""
    return f"{text.rstrip('.')}."


def start_words(deadline: Deadline) -> str:
    """The act that started it, and who recorded it."""
    event = deadline.started_by_event
    return _("%(act)s. Recorded by %(person)s.") % {"act": act_words(event), "person": event.by.title()}


def act_words(event: Event) -> str:
    step = step_named(event.name)
    return _(step.title) if step else event.name.replace(".", " ").capitalize()


def meets_words(policy: Policy | None) -> str:
    """What the policy says meets it; else the acts that stop it, as the timeline names them."""
    if policy is None:
        return _("Not known: this clock is no longer in the table.")
    if policy.meets:
        return _(policy.meets)
    titles = sorted({_(step.title) for event in policy.stops if (step := step_named(event))})
    acts = _(" or ").join(titles)
    return _("%(acts)s. The time it was done counts, not the time it was recorded.") % {"acts": acts}


def missed_words(deadline: Deadline, policy: Policy | None) -> str:
    """Who hears of it, where the policy says nothing else."""
    if policy is None:
        return _(NO_EXTENSION)
    after = [rung for _, rung in rung_moments(deadline) if rung.hours >= 0]
    heard = list(dict.fromkeys(role_words(rung.who) for rung in after))
    if not heard:
        return _("It stays owed and is shown as overdue.")
    return _("It stays owed and is shown as overdue. Told: %(people)s.") % {"people": ", ".join(heard)}


def authority_words(deadline: Deadline, policy: Policy | None) -> str:
    """The text in force when it started: the force's own setting, or the table's."""
    setting = deadline.setting
    if setting:
        on = setting.valid_from
        day = f"{on.day} {MONTHS[on.month]} {on.year}"
        said = {"authority": setting.authority, "number": setting.pk, "day": day}
        return _("%(authority)s. Force setting %(number)s, in force from %(day)s.") % said
    return sentence(policy.authority) if policy else _(NO_EXTENSION)


def role_words(who: str) -> str:
    return _("whoever holds it") if who == HOLDER else _(ROLES[who].label).lower()


def ladder_told(deadline: Deadline, policy: Policy | None) -> list[Told]:
    """Each rung in order of time, with names where they are known and the role where they are not."""
    if policy is None:
        return []
    ladder = rung_moments(deadline)
    named: Sequence[list[User] | None] = (
        _RESOLVERS[0](deadline, [rung for _, rung in ladder]) if _RESOLVERS else [None] * len(ladder)
    )
    return [
        Told(who_words(deadline, rung, people), beside(rung), offset_words(rung.hours), moment)
        for (moment, rung), people in zip(ladder, named, strict=True)
    ]


def beside(rung: Rung) -> str:
    """The role behind a name; nothing where the role itself is said."""
    if rung.who == HOLDER:
        return HOLDER
    return _(ROLES[rung.who].label).lower() if _RESOLVERS else ""


def who_words(deadline: Deadline, rung: Rung, people: list[User] | None) -> str:
    """Names as things stand now; nobody is said."""
    if people is not None:
        return ", ".join(person.short_title() for person in people) or _("No one on duty")
    if rung.who == HOLDER:
        return str(deadline.holder.short_title()) if deadline.holder else _("Nobody holds this")
    return _("The %(role)s") % {"role": _(ROLES[rung.who].label).lower()}


def offset_words(hours: float) -> str:
    """4 hours before · When due · 30 minutes after."""
    if hours == 0:
        return _("When due")
    length = timedelta(hours=abs(hours))
    if length >= timedelta(hours=1):
        count = f"{length / timedelta(hours=1):g}"
        words = ngettext("%(count)s hour", "%(count)s hours", many(count)) % {"count": count}
    else:
        count = f"{length / timedelta(minutes=1):g}"
        words = ngettext("%(count)s minute", "%(count)s minutes", many(count)) % {"count": count}
    return (_("%(length)s before") if hours < 0 else _("%(length)s after")) % {"length": words}


def many(count: str) -> int:
    """The number whose plural a count takes; a part of an hour is said as several."""
    return int(count) if count.isdecimal() else 2


def source_url(deadline: Deadline) -> str:
    """The record whose fact started it, where the fact is corrected; "" where it has no page."""
    for table in WORKFLOWS.values():
        if table.model._meta.label_lower == deadline.source_type:
            return reverse("record", args=[table.name, deadline.source_id])
    return ""
