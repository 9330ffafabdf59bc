"""The course of a case in law: what comes, then what has been, each with its moment; what was struck out stays, marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as Choose
from django.db.models import TextField, Value, When
from django.db.models.functions import Concat
from django.http import HttpRequest

from accounts.models import User
from cases.models import Case, CourseEvent
from cases.panels.registry import Panel, show
from cases.panels.timeline import Words, tell
from cases.steps.course import RECORDING
from workflow.pages.records import step_context

MOST = 20


@dataclass(frozen=True, slots=True)
class Course:
    """What lies ahead, the nearest first; what has been, the newest first; whether there is more; who may change it."""

    ahead: Sequence[CourseEvent]
    been: Sequence[CourseEvent]
    more: bool
    may_change: bool


def course_of(case: Case, user: User, at: datetime) -> Course | None:
    """As recorded by the moment (UTC). One query, and one for the roles. Index: course_event_of_case."""
    rows = CourseEvent.objects.filter(case=case, recorded_at__lte=at).select_related("recorded_by")
    found = list(rows.order_by("-at", "-pk")[: MOST + 1])
    if not found:
        return None
    ahead = [row for row in found[:MOST] if row.at > at and not row.struck_out_at]
    been = [row for row in found[:MOST] if row not in ahead]
    return Course(ahead[::-1], been, len(found) > MOST, bool(user.roles_over(case.unit) & RECORDING))


#: What it is and what was said of it: "Trial. Northgate Crown Court".
TEXT = TextField()
SAID = Concat(
    Choose(*(When(kind=kind.value, then=Value(str(kind.label), TEXT)) for kind in CourseEvent.Kind), output_field=TEXT),
    Choose(When(words="", then=Value("", TEXT)), default=Concat(Value(". ", TEXT), "words", output_field=TEXT)),
    output_field=TEXT,
)


@step_context("course.record")
def beside_recording(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Whose case it is, in the line at the top."""
    return {"case": record.case} if record.case_id else {}


def events_of(case: Case) -> Any:
    return CourseEvent.objects.filter(case=case)


def history_of_events(case: Case) -> Any:
    """What each event of the course said at each of its versions."""
    history: Any = CourseEvent._meta.get_field("events").related_model
    return history._default_manager.filter(case=case)


show(
    Panel(
        "course", "Arrest, bail, court and release", course_of, "cases/panels/course.html", "cases/paper/course.html",
        order=44, side=True,
    )
)  # fmt: skip
tell(
    *(Words(f"course.{step}", events_of, "recorded_at", SAID, itself=True) for step in ("record", "follow")),
    Words("course.move", history_of_events, "", "moved_because", history=True),
    Words("course.strike", events_of, "struck_out_at", "struck_because", itself=True),
)
