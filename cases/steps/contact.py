"""Safe contact as it is set and confirmed, and what an incident lacks while nobody has asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import SafeContact
from cases.models.answers.contact import Means
from cases.services.contact import asked_since, in_force
from cases.services.tasks import raise_task

CARRIED = ("code_word",)  # what a new version keeps where nothing new was typed


def contact_is_set(subject: Any) -> bool:
    """safe contact is set"""
    folder = subject.folder
    if "contact_set" in vars(folder):  # the case page has asked already, with the case itself
        return bool(folder.contact_set)
    return SafeContact.objects.standing().filter(case=folder).exists()


def keep_safe_contact(subject: Any, said: dict[str, Any], by: User, at: datetime) -> None:
    """A new version; the ones before stay as they are. While no safe way is known, somebody must find one."""
    before = in_force(subject.folder)
    made = SafeContact(case=subject.folder, recorded_by=by, recorded_at=at, **columns_of(said))
    if before and not made.code_word and not said.get("drop_code_word"):
        made.code_word = before.code_word
    made.save(force_insert=True)
    if made.nothing_known:
        why = f"No safe way to make contact is known: {made.unknown_why}"
        raise_task(case=subject.folder, kind="safe_contact", why=why, by=by, at=at)


def columns_of(said: dict[str, Any]) -> dict[str, Any]:
    """What was said as columns; the means in the order to be tried, the best first."""
    kept = {name: value for name, value in said.items() if name not in ("best", "drop_code_word")}
    ways, best = list(said.get("means") or []), said.get("best")
    kept["means"] = [best, *(way for way in ways if way != best)] if best else ways
    if Means.TEXT in ways and not kept.get("text_to"):
        kept["text_to"] = kept.get("call") or ""
    return kept


def confirm_safe_contact(subject: Any, said: dict[str, Any], by: User, at: datetime) -> None:
    """The version in force is right still: its date of confirming moves on, its history keeps the one before."""
    plan = SafeContact.objects.standing().filter(case=subject.folder)[0]
    plan.confirmed_at, plan.confirmed_by = at, by
    plan.version += 1
    plan.save(update_fields=["confirmed_at", "confirmed_by", "version"])


def contact_lacks(incident: Any) -> list[str]:
    """Each incident asks: set it, or say that what is known is right still. No safe way known is an answer."""
    plan = in_force(incident.case_id)
    if plan is None:
        return ["Say how they can be reached safely, or that no safe way is known yet"]
    return [] if asked_since(plan, incident.recorded_at) else ["Say whether safe contact is right still"]
