"""THE TABLE of the ten principles of an effective MARAC (D.1 [S]), against which a forum looks at itself (S3-036)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Principle:
    code: str
    label: str
    asks: str


# fmt: off
TABLE: tuple[Principle, ...] = (
    Principle("identification", "Identification",            "Do all agencies know who is at high risk, and assess it in one way?"),
    Principle("referral",       "Referral to MARAC and IDVA", "Is everybody referred who meets the threshold, to both?"),
    Principle("engagement",     "Multi-agency engagement",   "Are the agencies there that should be, with people who may commit them?"),
    Principle("representation", "Independent representation and support", "Does an adviser speak for each person harmed, before and at the meeting?"),
    Principle("information",    "Information sharing",       "Is what is shared relevant, in proportion, and about the risk?"),
    Principle("planning",       "Action planning",           "Do actions answer each risk, with an owner and a day, and are they done?"),
    Principle("volume",         "Number of cases",           "Is the number of cases what the area would be expected to hear?"),
    Principle("equality",       "Equality",                  "Are those heard like those who live here, and are their needs met?"),
    Principle("operation",      "Operational support",       "Are there people and systems enough to run it safely?"),
    Principle("governance",     "Governance",                "Does somebody above it look at what it does, and act on it?"),
)
# fmt: on
CODES = tuple(row.code for row in TABLE)
SCORES = (("1", "Not met"), ("2", "Partly met"), ("3", "Met"))
