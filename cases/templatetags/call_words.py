"""How pages say the grade of a call: with its word, never by colour alone. A badge is for risk only, so this is none."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("call/grade.html")
def response_grade(code: str, words: Any) -> dict[str, Any]:
    return {"code": code, "words": words}
