"""The line that somebody works through: where a record stands in the queue they came from, and what comes next.

Its order is that of the page: what an inspector was told of first, then everything else as it falls due.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import User
from cases.rule import among
from cases.visibility import units_near
from supervision.keys import lines_of
from supervision.queues.declared import NO_ARREST, TEAM
from supervision.queues.filters import Filters, query_string
from supervision.queues.groups import CRITICAL, counts, unit_by_unit
from supervision.queues.liking import keyboard_of
from supervision.queues.rows import decision_url
from workflow.models import Deadline
from workflow.models.record import about
from workflow.numbers import id_in
from workflow.pages.place import Place
from workflow.policies import POLICIES
from workflow.templatetags.words import COUNTED, capped

#: The queues that are worked through one by one: their names in an address, and their pages.
LINES: dict[str, tuple[Any, str]] = {TEAM.name: (TEAM, "team-queue"), NO_ARREST.name: (NO_ARREST, "no-arrest")}
NEAR = ("id", "policy", "subject_type", "subject_id", "due_at")
Rows = Callable[[User], Any]


@dataclass(frozen=True)
class Line:
    """A queue as one person narrowed it, at a moment (UTC)."""

    name: str
    filters: Filters
    user: User
    now: datetime

    @property
    def url(self) -> str:
        pairs = self.filters.pairs()
        page = reverse(LINES[self.name][1])
        return f"{page}?{query_string(pairs)}" if pairs else page

    def address(self, row: dict[str, Any] | None) -> str:
        """The page where a row is decided, with the way back in it. "" for none."""
        if row is None:
            return ""
        url = decision_url(POLICIES.get(row["policy"]), row["subject_type"], row["subject_id"])
        return (url or reverse("case", args=[row["reference"]])) + carried(self.name, self.filters.pairs(), row["id"])

    def rows(self) -> Any:
        return self.filters.narrow(LINES[self.name][0].rows(self.user), self.user)

    def units(self) -> Any:
        return None if self.filters.holder else units_near(self.user)

    def beside(self, here: Deadline | None, *, back: bool = False) -> dict[str, Any] | None:
        """The row after a deadline in the order of the page, or before it; the first of all where there is none."""
        told = CRITICAL.belongs(self.now)
        parts = [self.rows().filter(told), self.rows().exclude(told)]
        if here is None:
            return self.first(parts, back=back)
        critical = here.critical_at is not None and here.critical_at <= self.now
        own = parts[0 if critical else 1].filter(beyond(here, back=back)).exclude(**of(here))
        rest = [own, parts[1]] if critical and not back else [own, parts[0]] if back and not critical else [own]
        return self.first(rest, back=back)

    def first(self, parts: list[Any], *, back: bool) -> dict[str, Any] | None:
        """The first row that any of the questions finds, asked one after the other: two statements at most."""
        order = ("-due_at", "-pk") if back else ("due_at", "pk")
        for part in parts:
            rows = part.order_by(*order)
            if (units := self.units()) is not None:
                rows = Deadline.objects.filter(among("id", unit_by_unit(rows, units, 1))).order_by(*order)
            if row := rows.values(*NEAR, reference=F("case__reference")).first():
                found: dict[str, Any] = row
                return found
        return None

    def number(self, here: Deadline) -> tuple[int, int]:
        """How many stand before a deadline, and how many there are: one statement, each to one past 500."""
        told = CRITICAL.belongs(self.now)
        before = self.rows().filter(beyond(here, back=True))
        critical = here.critical_at is not None and here.critical_at <= self.now
        questions = [before.filter(told), self.rows()]
        if not critical:
            questions = [self.rows().filter(told), before.exclude(told), self.rows()]
        row = counts(self.user, questions, self.units()).get()
        *ahead, total = (row[f"count_{n}"] for n in range(len(questions)))
        return sum(ahead), total


def of(deadline: Deadline) -> dict[str, Any]:
    """Everything owed of the same record: it is left behind together."""
    return {"subject_type": deadline.subject_type, "subject_id": deadline.subject_id}


def beyond(here: Deadline, *, back: bool) -> Q:
    if back:
        return Q(due_at__lt=here.due_at) | Q(due_at=here.due_at, pk__lt=here.pk)
    return Q(due_at__gt=here.due_at) | Q(due_at=here.due_at, pk__gt=here.pk)


def carried(name: str, pairs: list[tuple[str, str]], item: int) -> str:
    """What the address of a row carries: the queue, its filters, and the row itself. Codes and ids, never a name."""
    return "?" + query_string([("queue", name), ("item", str(item)), *pairs])


def line_of(request: HttpRequest) -> Line | None:
    """The line that the address names; None where there is none, or it is not theirs to work."""
    name, user = request.GET.get("queue", ""), request.user
    if name not in LINES or not isinstance(user, User) or not user.holds(LINES[name][0].who, None):
        return None
    return Line(name, Filters.read(request.GET), user, timezone.now())


def item_of(request: HttpRequest, record: Any) -> Deadline | None:
    """The deadline that the address names, where it is of this record: met or open."""
    found = Deadline.objects.filter(pk=id_in(request.GET.get("item")) or 0).first()
    return found if found and about(record) == of(found) else None


def where(request: HttpRequest, record: Any) -> Place | None:
    """The place of a record, for whoever came to it from a queue. At most eight statements."""
    line = line_of(request)
    here = item_of(request, record) if line and record.pk else None
    if line is None or here is None:
        return None
    ahead, total = line.number(here)
    on, keys = keyboard_of(line.user)
    words = _("%(number)s of %(total)s in your queue") % {"number": ahead + 1, "total": capped(total)}
    return Place(
        words if ahead < total <= COUNTED else _("In your queue"), line.url,
        line.address(line.beside(here, back=True)), line.address(line.beside(here)), lines_of(keys) if on else [],
    )  # fmt: skip


def onward(request: HttpRequest, record: Any, done: str) -> str:
    """Back to the queue, as it was narrowed, with the next one offered first of all. "" where nobody came from one."""
    line = line_of(request)
    here = item_of(request, record) if line and record.pk else None
    if line is None or here is None:
        return ""
    row = line.beside(here) or line.beside(None)
    if row is None:
        messages.success(request, _("%(done)s. Nothing else is in your queue.") % {"done": _(done)})
        return line.url
    policy = POLICIES.get(row["policy"])
    nxt = _("Next: %(wanted)s, %(reference)s") % {
        "wanted": _(policy.label) if policy else row["policy"], "reference": row["reference"],
    }  # fmt: skip
    link = '{}. <a class="govuk-link" data-take-focus data-act="next" href="{}">{}</a>'
    messages.success(request, format_html(link, _(done), line.address(row), nxt))
    return line.url
