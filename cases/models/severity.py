"""How serious an incident is, the rank that owns it, and what the record itself suggests: one table each."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, IntegerField, Value, When

from cases.models.answers import AbuseSign, Answer, YesOrNo


class Severity(models.TextChoices):
    """Domestic abuse is a priority of the force in every class (S3-001)."""

    VOLUME = "volume", "Volume crime"
    SERIOUS = "serious", "Serious and complex"
    MAJOR = "major", "Major incident"


@dataclass(frozen=True, slots=True)
class Owner:
    """Which rank owns a class, the task that asks it to take ownership ("" for none), and by what authority."""

    severity: str
    role: str
    task: str
    hint: str
    authority: str


# fmt: off
OWNERS: dict[str, Owner] = {row.severity: row for row in (
    Owner(Severity.VOLUME,  "sergeant",       "",            "A sergeant owns it",                          "S3-001: owner rank by class [R]"),
    Owner(Severity.SERIOUS, "inspector",      "own_serious", "An inspector owns it, and is asked at once",  "S3-001: owner rank by class [R]"),
    Owner(Severity.MAJOR,   "superintendent", "own_major",   "A superintendent owns it, and is asked at once", "S3-001: owner rank by class [R]"),
)}
# fmt: on
RANKED: tuple[str, ...] = tuple(OWNERS)

Holds = Callable[[Any], bool]


def said(field: str, answer: str) -> Holds:
    """The record says so in answer to a question."""
    return lambda incident: bool(getattr(incident, field) == answer)


def sign(*codes: str) -> Holds:
    """One of the signs was chosen."""
    return lambda incident: bool(set(incident.abuse_signs) & set(codes))


THREAT, WEAPON = said("threat_to_life", YesOrNo.YES), said("weapon", Answer.YES)

# The first that holds is suggested. [R] throughout: a force sets its own.
# fmt: off
SUGGESTS: tuple[tuple[str, str, Holds], ...] = (
    (Severity.MAJOR,   "there is a threat to life, and a weapon was used",  lambda incident: THREAT(incident) and WEAPON(incident)),
    (Severity.SERIOUS, "there is a threat to life",                         THREAT),
    (Severity.SERIOUS, "somebody was strangled, choked or smothered",       sign(AbuseSign.STRANGLED)),
    (Severity.SERIOUS, "a weapon was used",                                 WEAPON),
    (Severity.SERIOUS, "somebody threatened to kill",                       sign(AbuseSign.THREAT_TO_KILL)),
    (Severity.SERIOUS, "sexual abuse was said or seen",                     sign(AbuseSign.SEXUAL)),
    (Severity.SERIOUS, "stalking was said or seen",                         sign(AbuseSign.STALKING)),
    (Severity.SERIOUS, "so-called honour, forced marriage or mutilation was said or seen", sign(AbuseSign.HONOUR, AbuseSign.FORCED_MARRIAGE, AbuseSign.FGM)),
    (Severity.VOLUME,  "nothing recorded so far points higher",             lambda incident: True),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Suggestion:
    severity: str
    because: str

    @property
    def words(self) -> str:
        return f"{Severity(self.severity).label}, because {self.because}"


def suggested(incident: Any) -> Suggestion:
    """What the answers given so far point to, with the reason. A person decides."""
    return next(Suggestion(severity, because) for severity, because, holds in SUGGESTS if holds(incident))


def higher(one: str, other: str) -> bool:
    """Whether the one class ranks above the other; anything ranks above none."""
    return RANKED.index(one) > (RANKED.index(other) if other else -1)


def rank_of(field: str = "severity") -> Case:
    """The rank of a class as a number, for the highest of several; 0 where none is set."""
    whens = [When(**{field: code}, then=Value(place)) for place, code in enumerate(RANKED, 1)]
    return Case(*whens, default=Value(0), output_field=IntegerField())
