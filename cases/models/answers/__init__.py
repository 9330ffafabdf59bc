"""The answers that may be given about an incident. Codes are stored and never change their meaning; words may."""

from cases.models.answers.abuse import AbuseSign, AbuseType
from cases.models.answers.arrest import (
    Accepted,
    AttemptResult,
    CodeG,
    Disposal,
    NoArrest,
    PositiveAction,
    Release,
    Verdict,
)
from cases.models.answers.children import Spoken, Whereabouts
from cases.models.answers.common import Answer, YesOrNo
from cases.models.answers.crime import Aggravator, CancelReason, Classed, NonCrimeReason, Partnership, Support
from cases.models.answers.report import Channel, PlaceKind
from cases.models.answers.safety import DoneOrNot, SafeOrNot

__all__ = [
    "AbuseSign",
    "AbuseType",
    "Accepted",
    "Aggravator",
    "Answer",
    "AttemptResult",
    "CancelReason",
    "Channel",
    "Classed",
    "CodeG",
    "Disposal",
    "DoneOrNot",
    "NoArrest",
    "NonCrimeReason",
    "Partnership",
    "PlaceKind",
    "PositiveAction",
    "Release",
    "SafeOrNot",
    "Spoken",
    "Support",
    "Verdict",
    "Whereabouts",
    "YesOrNo",
]
