"""THE TABLE of an answer of a list: added, worded, ended. A code that was ever given is never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from accounts.roles import roles
from supervision.forms.reference import ChangedEntry, NewEntry
from supervision.steps.two_people import Said
from workflow.clock import LONDON
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import ReferenceEntry

S = ReferenceEntry.State
KEEPERS = roles("administrator", "professional_standards")
ALWAYS = "other"  # what is offered to whoever finds no other answer: the door never shuts


def is_offered(entry: Any) -> bool:
    """the answer is offered"""
    return entry.until is None or entry.until > timezone.localdate()


def has_ended(entry: Any) -> bool:
    """the answer is offered no longer"""
    return not is_offered(entry)


def not_the_last_resort(entry: Any, user: User) -> str:
    """Guard: there is always an answer for whoever finds no other."""
    return 'Not available. "Something else" is always offered.' if entry.code == ALWAYS else ""


def keep_new(entry: Any, said: Said, by: User, at: datetime) -> None:
    entry.of, entry.code, entry.since = said["of"], said["code"], at.astimezone(LONDON).date()
    entry.unit = Unit.objects.root()
    keep_changed(entry, said, by, at)


def keep_changed(entry: Any, said: Said, by: User, at: datetime) -> None:
    entry.label, entry.hint, entry.order = said["label"], said["hint"], said["order"]


def end(entry: Any, said: Said, by: User, at: datetime) -> None:
    entry.until = max(at.astimezone(LONDON).date(), entry.since)


def offer_again(entry: Any, said: Said, by: User, at: datetime) -> None:
    entry.until = None


# fmt: off
REFERENCE = Workflow("answer", ReferenceEntry, S,
    Step("add",    "Add an answer",            NEW,    S.KEPT, KEEPERS, NewEntry,     effect=keep_new,     done="Answer added"),
    Step("change", "Change its words or place", S.KEPT, STAYS, KEEPERS, ChangedEntry, effect=keep_changed, done="Answer changed"),
    Step("end",    "Stop offering it",         ANY,    STAYS,  KEEPERS, when=is_offered, guards=(not_the_last_resort,), effect=end, done="Offered no longer"),
    Step("offer",  "Offer it again",           S.KEPT, STAYS,  KEEPERS, when=has_ended,  effect=offer_again, done="Offered again"),
    label="answer of a list",
)
# fmt: on
