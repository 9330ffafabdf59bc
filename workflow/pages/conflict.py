"""Two people changed the same field: mine, theirs and the original side by side, and the choice between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from audit.models import Event
from workflow import engine
from workflow.models.record import about
from workflow.numbers import version_in
from workflow.pages.said import words_of

MINE, THEIRS, ORIGINAL = "mine", "theirs", "original"


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed: what each says, and what it was, in words."""

    name: str
    label: str
    mine: str
    theirs: str
    original: str


def chosen(
    request: HttpRequest, record: Any, said: dict[str, Any], before: dict[str, Any], seen: int
) -> dict[str, Any]:
    """What this person changed since the version they saw, with their choices from a conflict page applied.

    A conflict page sends the newest version as seen, and the one that was typed over as `original`.
    """
    typed_over = version_in(request.POST.get(ORIGINAL)) or seen
    original = engine.version_seen(record, typed_over) if typed_over != record.version else None
    changes = {}
    for name, value in said.items():
        attname = record._meta.get_field(name).attname
        was = getattr(original, attname) if original is not None else before[attname]
        choice = request.POST.get(f"choose-{name}")
        if choice == ORIGINAL:
            changes[name] = was
        elif choice == MINE or (choice is None and value != was):
            changes[name] = value
    return changes


def conflict_context(
    request: HttpRequest, record: Any, form: Any, changes: dict[str, Any], names: list[str], seen: int
) -> dict[str, Any]:
    """What the 409 page shows: sending it again saves what is chosen over the newest version."""
    current = type(record).objects.get(pk=record.pk)
    typed_over = version_in(request.POST.get(ORIGINAL)) or seen
    original = engine.version_seen(record, typed_over)
    clashes = [
        Clash(
            name,
            str(form.fields[name].label or name),
            words_of(form.fields[name], changes[name]),
            words_of(form.fields[name], getattr(current, name)),
            words_of(form.fields[name], getattr(original, name, None)),
        )  # fmt: skip
        for name in names
    ]
    theirs = Event.objects.filter(**about(record)).select_related("by").order_by("-pk").first()
    return {
        "clashes": clashes, "theirs_by": theirs, "others": others(request), "original": typed_over, "seen": current.version,
    }  # fmt: skip


def others(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed in all boxes, to be sent again as it was."""
    quiet = {"csrfmiddlewaretoken", "seen", "token", ORIGINAL}
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in quiet and not name.startswith("choose-")
        for value in values
        if isinstance(value, str)
    ]
