"""The answers that may be given about an incident. Codes are stored and never change their meaning; words may."""

from cases.models.answers.abuse import AbuseSign, AbuseType
from cases.models.answers.arrest import CodeG, NoArrest, PositiveAction
from cases.models.answers.children import Spoken, Whereabouts
from cases.models.answers.common import Answer, YesOrNo
from cases.models.answers.report import Channel, PlaceKind

__all__ = [
    "AbuseSign",
    "AbuseType",
    "Answer",
    "Channel",
    "CodeG",
    "NoArrest",
    "PlaceKind",
    "PositiveAction",
    "Spoken",
    "Whereabouts",
    "YesOrNo",
]
