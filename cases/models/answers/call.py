"""What is said of a call to the police, and how soon officers are to be there: one table of grades."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from workflow.clock import Length, hours, minutes


@dataclass(frozen=True, slots=True)
class ResponseGrade:
    """One row: how soon officers are to be at the door after the call was received. No target: nobody is sent."""

    code: str
    label: str
    target: Length | None
    hint: str
    authority: str


DESK = "desk"
# [R]: the forces set their own targets. A force puts its own in place by an approved setting of the clock.
# fmt: off
GRADES: tuple[ResponseGrade, ...] = (
    ResponseGrade("immediate", "Immediate",     minutes(15), "Danger now, or a crime going on: 15 minutes", "15 minutes [R]"),
    ResponseGrade("priority",  "Priority",      hours(1),    "Serious, it cannot wait: 1 hour",             "1 hour [R]"),
    ResponseGrade("scheduled", "Scheduled",     hours(48),   "Nobody in danger, a visit agreed: 48 hours",  "48 hours [R]"),
    ResponseGrade(DESK,        "No attendance", None,        "Settled by telephone; nobody is sent",        "no target"),
)
# fmt: on
GRADE_ROWS: dict[str, ResponseGrade] = {row.code: row for row in GRADES}
GRADE_CHOICES: list[tuple[str, str]] = [(row.code, row.label) for row in GRADES]


class CallRisk(models.TextChoices):
    """Risk indicators that whoever takes a call ticks as they hear them."""

    STILL_THERE = "still_there", "They are still there"
    WEAPON = "weapon", "Weapon"
    INJURED = "injured", "Somebody is hurt"
    STRANGLED = "strangled", "Hands on the neck"
    THREAT_TO_KILL = "threat_to_kill", "Threat to kill"
    CHILDREN = "children", "Children there"
    DRINK = "drink", "Drink or drugs"
    ORDER = "order", "Order or bail in force"
    CANNOT_SPEAK = "cannot_speak", "Cannot speak freely"
    HEARD = "heard", "Screaming or a struggle heard"
    PREGNANT = "pregnant", "Pregnant"


class Thrive(models.TextChoices):
    """What the grade was weighed by: threat, harm, risk, investigation, vulnerability, engagement."""

    THREAT = "threat", "Threat"
    HARM = "harm", "Harm"
    RISK = "risk", "Risk"
    INVESTIGATION = "investigation", "Investigation"
    VULNERABILITY = "vulnerability", "Vulnerability"
    ENGAGEMENT = "engagement", "Engagement"


class Flagged(models.TextChoices):
    """Whether it is domestic abuse, as far as whoever takes the call can tell."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_SURE = "not_sure", "Not sure"


class Connected(models.TextChoices):
    """How whoever is said to do it is connected to the person at risk: as much as a call can ask."""

    PARTNER = "partner", "Partner"
    FORMER = "former", "Former partner"
    FAMILY = "family", "Family"
    NONE = "none", "Neither"
    NOT_KNOWN = "not_known", "Not known"


#: Personally connected in the sense of the Domestic Abuse Act 2021 s2, as far as a call can tell.
CONNECTED = (Connected.PARTNER, Connected.FORMER, Connected.FAMILY)


class CallMark(models.TextChoices):
    REPEAT = "repeat", "Repeat"
    VULNERABLE = "vulnerable", "Vulnerable"


class CallResult(models.TextChoices):
    ATTENDED = "attended", "Officers attended"
    NO_ATTENDANCE = "no_attendance", "Nobody attended, for a reason"
    DUPLICATE = "duplicate", "The same as another call"
    NOT_ABUSE = "not_abuse", "Not domestic abuse"


class GradeVerdict(models.TextChoices):
    RIGHT = "right", "Right"
    TOO_LOW = "too_low", "Too low"
    TOO_HIGH = "too_high", "Too high"


class CriticalKind(models.TextChoices):
    SIEGE = "siege", "Siege"
    HOSTAGE = "hostage", "Somebody held against their will"
    FIREARMS = "firearms", "Firearm, or a threat to use one"
    OTHER = "other", "Another critical incident"


class CriticalItem(models.TextChoices):
    """What is done in a siege or another critical incident, in order. [R]: the force's own plan comes first."""

    CORDON = "cordon", "Officers held back at a safe meeting point, cordon set"
    FIREARMS = "firearms", "Firearms commander told and has decided"
    NEGOTIATOR = "negotiator", "Negotiator called"
    WHO_IS_IN = "who_is_in", "Known who is inside, children counted"
    WEAPONS = "weapons", "Weapons and licences checked"
    MEDICAL = "medical", "Ambulance standing by"
    LINE_OPEN = "line_open", "Line kept open with whoever is inside"
    NEIGHBOURS = "neighbours", "Neighbours moved to safety"
    LOG = "log", "Log of decisions begun"
