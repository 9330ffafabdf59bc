"""Whoever is under age in a consideration: 16 and 17 with a referral of the child, below that child protection (B4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from dvds.models.application import Part
from dvds.models.counting import Number
from people.services import ages
from workflow.clock import LONDON


def numbers(at: datetime) -> Mapping[str, int]:
    """The numbers in force at the moment (UTC). One query."""
    return Number.objects.in_force(at.astimezone(LONDON).date())


def ages_of(application: Any, part: str, at: datetime) -> list[int]:
    """The ages (whole years, London) of everybody with the part, where their birth is known. Two queries."""
    people = application.parties.standing().filter(part=part).values_list("person_id", flat=True)
    return sorted(ages(list(people), User.objects.system(), at).values())


def child_at_risk(application: Any, at: datetime) -> bool:
    """Whether the person at risk is below the age from which the scheme is the way: child protection then, never a bare no."""
    least = numbers(at)["child_age"]
    return any(age < least for age in ages_of(application, Part.AT_RISK, at))


def young_at_risk(application: Any, at: datetime) -> bool:
    """Whether the person at risk is no adult: children’s social care is told, and sits at the forum."""
    adult = numbers(at)["adult_age"]
    return any(age < adult for age in ages_of(application, Part.AT_RISK, at))


def young_subject(application: Any, at: datetime) -> bool:
    """Whether the subject is no adult: legal advice is asked for."""
    adult = numbers(at)["adult_age"]
    return any(age < adult for age in ages_of(application, Part.SUBJECT, at))
