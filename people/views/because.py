"""Why somebody is looking: said once in a turn of duty, shown with every answer, kept with every search until then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from people.forms import Search
from people.services.searching import TURN

SAID = "looking_because"


def because_of(request: HttpRequest) -> dict[str, str]:
    """code, more, and `words` for a page; nothing where nobody has said, or it was said in an earlier turn of duty."""
    said: dict[str, str] = request.session.get(SAID, {})
    return said if said and datetime.fromisoformat(said["at"]) > timezone.now() - TURN else {}


def keep_because(request: HttpRequest, form: Search) -> None:
    """Keep what was said with this search; a search that says nothing of it leaves it as it is."""
    code, more = form.cleaned_data["because"], form.cleaned_data["more"]
    if code or more:
        choices: Any = form.fields["because"]
        label = dict(choices.choices).get(code, "") if code else ""
        words = ", ".join(part for part in (label, more) if part)
        request.session[SAID] = {"code": code, "more": more, "words": words, "at": timezone.now().isoformat()}
