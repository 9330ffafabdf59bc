"""Training: who has passed what, and who assesses risk without it (R-02)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Course, Posting, Training, User
from accounts.roles import FRONTLINE
from audit import services as audit
from audit.models import Access
from supervision.steps.training import READERS
from workflow.pages.door import PAGE, acts_on, address, for_roles, held_by, may_begin, number

SHOWN = 100


@require_safe
@for_roles(READERS)
def training_page(request: HttpRequest) -> HttpResponse:
    """Everybody who may assess risk, by name, with what counts of one course today; `?lacking=yes` those without.

    `?course=` another course than DASH, `?after=` where a page begins. As many queries for one person as for fifty.
    """
    course = request.GET.get("course", "")
    course = course if course in Course.values else Course.DASH
    lacking, today = request.GET.get("lacking") == "yes", timezone.localdate()
    held = Posting.objects.current().filter(role__in=FRONTLINE).order_by().values("user_id")
    rows: Any = User.objects.filter(pk__in=held, is_system=False).select_related("unit").order_by("last_name", "pk")
    if lacking:
        rows = rows.exclude(Exists(Training.objects.current(course, today).filter(person=OuterRef("pk"))))
    last = User.objects.filter(pk=number(request.GET.get("after"))).values_list("last_name", "pk").first()
    if last:
        rows = rows.filter(last_name__gte=last[0]).exclude(last_name=last[0], pk__lte=last[1])
    found = list(rows[: PAGE + 1])
    kept = {"course": course, "lacking": "yes" if lacking else ""}
    more = {"after": found[PAGE - 1].pk, **kept} if len(found) > PAGE else {}
    context = {
        "rows": [(person, *standing) for person, standing in with_training(found[:PAGE], course)], "today": today,
        "course": Course(course), "courses": Course.choices, "lacking": lacking, "first": not last,
        "next_page": address(more), "may_record": may_begin("training", "record", held_by(request)),
    }  # fmt: skip
    return render(request, "supervision/administration/training.html", context)


def with_training(people: list[Any], course: str) -> list[tuple[Any, tuple[Training | None, bool]]]:
    """(person, (their newest training of the course, whether it counts today)). One query. Index: training_of_person."""
    today = timezone.localdate()
    rows = Training.objects.filter(person__in=people, course=course, state=Training.State.RECORDED)
    newest = {row.person_id: row for row in rows.order_by("passed_on", "pk")}
    without = Training.objects.lacking(course, [person.pk for person in people], today)
    return [(person, (newest.get(person.pk), person.pk not in without)) for person in people]


@require_safe
@for_roles(READERS, of_one=True)
def training_of(request: HttpRequest, pk: int) -> HttpResponse:
    """What one person has passed, the newest first. Written down as looked at."""
    user: Any = request.user
    person = User.objects.filter(pk=pk, is_system=False).select_related("unit").first()
    if person is None:
        raise Http404
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"accounts.training:{person.pk}")
    held, today = held_by(request), timezone.localdate()
    rows = Training.objects.filter(person=person).select_related("recorded_by", "unit").order_by("-passed_on", "-pk")
    context = {
        "person": person, "today": today, "may_record": may_begin("training", "record", held) and person.pk != user.pk,
        "rows": [(row, acts_on(row, user, held)) for row in rows[:SHOWN]],
    }  # fmt: skip
    return render(request, "supervision/administration/training_of.html", context)
