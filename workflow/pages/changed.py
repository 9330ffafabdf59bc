"""What a record says now beside what somebody saw when they last decided about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from workflow import engine
from workflow.declare import Section, workflow_of
from workflow.forms.spoken import NOTHING, spoken
from workflow.models import Approval
from workflow.models.record import about


def last_look(record: Any, of: str, user: User) -> Approval | None:
    """This person's own last decision on the question, with the version they saw."""
    mine = Approval.objects.filter(**about(record), of=of, decided_by=user)
    return mine.order_by("-decided_at").first()


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the record: what it says now and, where it differs, what this person saw before."""

    label: str
    now: str
    before: str | None


def lines(record: Any, seen_version: int | None) -> list[tuple[Section, list[Said]]]:
    """What the record says, section by section, with what changed since a version; unchanged lines have no `before`.

    What was never said and is not missing takes no room.
    """
    was = engine.version_seen(record, seen_version) if seen_version else None
    found = []
    for section in workflow_of(record).sections:
        if said := list(_lines_of(section, record, was)):
            found.append((section, said))
    return found


def _lines_of(section: Section, record: Any, was: Any) -> Iterator[Said]:
    earlier = {name: words for name, _, words in spoken(section.form, was)} if was is not None else {}
    for name, label, words in spoken(section.form, record):
        before = earlier.get(name, words)
        if {words, before} != {_(NOTHING)}:
            yield Said(label, words, before if before != words else None)
