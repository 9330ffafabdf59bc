"""Home Office outcomes: one table of codes with what each wants, and the rows of a crime. Latest wins, history is kept."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.models.answers import Support, YesOrNo
from cases.models.crime import Crime
from workflow.models import CaseRecord
from workflow.models.record import RecordQuerySet

NAMED, NOBODY = "named", "nobody"
SUPPORTS, DOES_NOT = "supports", "does not"

CHARGED, FORMAL, TIC, INFORMAL = (
    "Charged or summonsed",
    "Out of court, formal",
    "Taken into consideration",
    "Out of court, informal",
)
PREVENTED, DIFFICULT_NO, DIFFICULT_YES = (
    "Prosecution prevented or not in the public interest", "Evidential difficulties: victim does not support",
    "Evidential difficulties: victim supports",
)  # fmt: skip
UNSOLVED, FRAUD, TRANSFERRED = (
    "No suspect identified",
    "Passed to the national fraud bureau",
    "Responsibility transferred",
)
NOT_FURTHER, DIVERTED = "Further investigation not in the public interest", "Diversionary"


@dataclass(frozen=True, slots=True)
class Code:
    """One outcome. `suspect`: must somebody be named, or nobody. `support`: what the person harmed must have said.
    `inspector`: on domestic abuse it wants an inspector's authority and an appropriateness note. `told`: they were told.
    """

    code: str
    label: str
    group: str
    suspect: str = ""
    support: str = ""
    inspector: bool = False
    told: bool = False
    caution: bool = False


# fmt: off
OUTCOMES: tuple[Code, ...] = (
    Code("1",  "Charged or summonsed",                                        CHARGED,  NAMED),
    Code("1A", "Charged or summonsed for another offence",                    CHARGED,  NAMED),
    Code("2",  "Youth caution or youth conditional caution",                  FORMAL,   NAMED, inspector=True, caution=True),
    Code("2A", "Youth caution for another offence",                           FORMAL,   NAMED, inspector=True, caution=True),
    Code("3",  "Adult caution or conditional caution",                        FORMAL,   NAMED, inspector=True, caution=True),
    Code("3A", "Adult caution for another offence",                           FORMAL,   NAMED, inspector=True, caution=True),
    Code("4",  "Taken into consideration",                                    TIC,      NAMED),
    Code("5",  "Offender has died",                                           PREVENTED, NAMED),
    Code("6",  "Penalty notice for disorder",                                 FORMAL,   NAMED),
    Code("7",  "Cannabis or khat warning",                                    INFORMAL, NAMED),
    Code("8",  "Community resolution",                                        INFORMAL, NAMED, inspector=True),
    Code("9",  "Prosecution not in the public interest (CPS decision)",       PREVENTED, NAMED),
    Code("10", "Formal action not in the public interest (police decision)",  PREVENTED, NAMED, inspector=True),
    Code("11", "Suspect below the age of criminal responsibility",            PREVENTED, NAMED),
    Code("12", "Suspect too ill to prosecute",                                PREVENTED, NAMED),
    Code("13", "Victim or key witness dead or too ill",                       PREVENTED, NAMED),
    Code("14", "Suspect not identified; victim declines or cannot support",   DIFFICULT_NO, NOBODY, DOES_NOT),
    Code("15", "Suspect identified; victim supports; evidential difficulties", DIFFICULT_YES, NAMED, SUPPORTS),
    Code("16", "Suspect identified; victim does not support, or withdrew",    DIFFICULT_NO, NAMED, DOES_NOT),
    Code("17", "Suspect identified; time limit for prosecution expired",      PREVENTED, NAMED),
    Code("18", "Investigation complete; no suspect identified",               UNSOLVED, NOBODY),
    Code("19", "Passed to the national fraud bureau",                         FRAUD),
    Code("20", "Another body or agency has primacy",                          TRANSFERRED),
    Code("21", "Further investigation to support action not in the public interest (police)", NOT_FURTHER, NAMED, inspector=True, told=True),
    Code("22", "Diversionary, educational or intervention activity",          DIVERTED, NAMED, inspector=True),
)
# fmt: on
CODES: dict[str, Code] = {row.code: row for row in OUTCOMES}
CHOICES = [(row.code, f"{row.code}: {row.label}") for row in OUTCOMES]
CAUTIONS = [pair for pair in CHOICES if CODES[pair[0]].caution]
AUTHORISED = [pair for pair in CHOICES if CODES[pair[0]].inspector and pair not in CAUTIONS]
DIRECT = [pair for pair in CHOICES if not CODES[pair[0]].inspector]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a caution for partner abuse or coercive control wants (DPP guidance [S DACONS, CPSL]).

    `overridable`: an inspector may authorise it all the same, with a recorded reason; otherwise it is refused outright.
    """

    name: str
    sentence: str
    overridable: bool


# fmt: off
CONDITIONS: tuple[Condition, ...] = (
    Condition("no_control",    "there is controlling or coercive behaviour",         overridable=False),
    Condition("victim_agrees", "the person harmed does not agree",                   overridable=False),
    Condition("first_offence", "it is not a first offence",                          overridable=True),
    Condition("low_level",     "it is not low level",                                overridable=True),
)
# fmt: on


def guards_of(row: Code, crime: Any, support: str, told: str) -> str:
    """The sentence by which an outcome is refused on this crime; "" where its guards are satisfied (A.5)."""
    if row.suspect == NAMED and not crime.suspect_named:
        return _("Outcome %(code)s needs a named suspect. Nobody is named for this crime") % {"code": row.code}
    if row.suspect == NOBODY and crime.suspect_named:
        return _("Outcome %(code)s is for a crime with no named suspect. Somebody is named for this one") % {
            "code": row.code
        }
    if row.support == SUPPORTS and support != Support.YES:
        return _("Outcome %(code)s is for a victim who supports it. You said that they do not") % {"code": row.code}
    if row.support == DOES_NOT and support == Support.YES:
        return _("Outcome %(code)s is for a victim who does not support it or withdrew. You said that they do") % {
            "code": row.code
        }
    if row.told and told != YesOrNo.YES:
        return _("Outcome %(code)s needs the person harmed to have been told first") % {"code": row.code}
    return ""


class OutcomeQuerySet(RecordQuerySet):
    def settled(self) -> Self:
        """In force now or before: recorded at once, or authorised; not what was asked and refused."""
        return self.standing().filter(settled_at__isnull=False)


@pghistory.track()
class Outcome(CaseRecord):
    """What became of a crime, as somebody recorded it. What wants an inspector's authority is settled when it is given."""

    crime = models.ForeignKey(Crime, models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=3, choices=CHOICES)
    support = models.CharField(max_length=10, choices=Support)
    rationale = models.TextField(max_length=4000)
    told = models.CharField("the person harmed was told", max_length=3, choices=YesOrNo, blank=True)
    appropriate = models.TextField("why it is appropriate", max_length=4000, blank=True)
    unmet = models.CharField("conditions of a caution that are not met", max_length=200, blank=True)
    why_still = models.TextField("why a caution all the same", max_length=2000, blank=True)
    override = models.TextField("the inspector's reason to override", max_length=2000, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = OutcomeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["crime", "-settled_at", "-id"], name="outcome_of_crime")]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(unmet="") | ~Q(override=""),
                name="outcome_override_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()

    @property
    def row(self) -> Code:
        return CODES[self.code]
