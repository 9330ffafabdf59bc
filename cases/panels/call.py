"""Calls on the case they opened, in its timeline, and in the navigation of whoever takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from cases.models import Call, CallAdvice, CallGrading, CallTiming, Case
from cases.panels.identity import grades_of
from cases.panels.registry import Panel, show
from cases.panels.timeline import Words, tell
from cases.services.entry_check import grades_from
from cases.steps.call import CONTROL_ROOM
from workflow.pages import Entry, navigate

MOST = 20


def calls(case: Case, user: User, at: datetime) -> list[Call]:
    """The calls of the case, newest first. Index: call_of_case."""
    rows = Call.objects.visible_to(user).as_at(at).filter(case=case).select_related("recorded_by", "reviewed_by")
    before = Prefetch("timings", CallTiming.objects.as_at(at).select_related("recorded_by"))
    return list(rows.prefetch_related(before).order_by("-received_at", "-pk")[:MOST])


def standing(model: Any) -> Any:
    return lambda case: model.objects.standing().filter(case=case)


show(
    Panel(
        "calls",
        "Calls",
        calls,
        "call/panel.html",
        paper_template="call/paper.html",
        order=22,
        side=True,
    )  # fmt: skip
)
tell(
    Words("call.take", standing(Call), "recorded_at", "said", happened="received_at"),
    Words("call.advise", standing(CallAdvice), "recorded_at", "words"),
    Words("call.regrade", standing(CallGrading), "recorded_at", "reason"),
    Words("call.correct-times", standing(CallTiming), "recorded_at", "reason"),
    Words("call.declare", standing(Call), "critical_at", "critical_what", risk=True),
)
grades_from(grades_of)
navigate(Entry("Take a call", "take-call", 12, CONTROL_ROOM))
