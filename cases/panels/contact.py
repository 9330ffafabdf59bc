"""Safe contact beside the case, on the page of the person, and its versions. The code word is never here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Case, SafeContact
from cases.panels.registry import Panel, show
from cases.services.contact import plans_about
from people.panels import PersonPanel, show_on_person
from people.services.reading import Reading
from workflow.clock import LONDON


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the plan and its number; the first is 1."""

    plan: SafeContact
    number: int


def safe_contact(case: Case, user: User, at: datetime) -> dict[str, Any]:
    """The newest version; the box stands also when nothing was said, because silence is not safety."""
    rows = SafeContact.objects.as_at(at).filter(case=case).select_related("recorded_by", "confirmed_by")
    versions = list(rows)
    newest = versions[0] if versions else None
    today = at.astimezone(LONDON).date()
    return {"contact": newest, "version": len(versions), "ran_out": bool(newest and newest.ran_out(today))}


def versions_of(rows: Any, before: int | None, most: int) -> list[Version]:
    """Versions, newest first, from before an id; each with its number. Two queries."""
    older = rows.filter(pk__lt=before) if before else rows
    found = list(older.select_related("recorded_by", "confirmed_by").order_by("-pk")[:most])
    count = older.count()
    return [Version(plan, count - place) for place, plan in enumerate(found)]


def before_you_call(reading: Reading) -> list[SafeContact]:
    """The plan in force of each open case in which this person was harmed: it stands beside their numbers."""
    return plans_about(reading.person.pk, reading.user, reading.at)


def never_to_call(plans: list[SafeContact], fact: Any) -> bool:
    """Whether the fact is a telephone number on the never-use list of one of the plans."""
    number = getattr(fact, "number", "")
    return bool(number) and any(plan.forbids_number(number) for plan in plans)


show(
    Panel(
        "safe-contact", "Safe contact", safe_contact, "cases/panels/safe_contact.html", order=10, side=True,
        kinds=frozenset(Case.Kind.values),
    )
)  # fmt: skip
show_on_person(
    PersonPanel(
        "safe-contact", "Before you call", before_you_call, "cases/panels/before_you_call.html", order=5, side=True,
        forbids=never_to_call,
    )
)  # fmt: skip
