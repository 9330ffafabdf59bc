"""How pages say the grade of a call: with its word, never by colour alone. A badge is for risk only, so this is none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from workflow.templatetags.words import london_day

register = template.Library()


@register.inclusion_tag("call/grade.html")
def response_grade(code: str, words: Any) -> dict[str, Any]:
    return {"code": code, "words": words}


@register.inclusion_tag("call/marks.html")
def call_marks(marks: list[str], received_at: datetime, now: datetime, small: bool = False) -> dict[str, Any]:
    """REPEAT, VULNERABLE: as they were known at the call, so another day says of which day (S3-018). `now` is UTC."""
    as_of = received_at if london_day(received_at) != london_day(now) else None
    return {"marks": marks, "as_of": as_of, "now": now, "small": small}
