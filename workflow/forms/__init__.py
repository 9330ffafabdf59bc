"""The language of forms: what a person may say, how it is checked, and how a refusal is worded.

Pages and the API send the same evidence through the same forms. A widget takes its boxes from a page and one plain
value from the API. Every field takes `called`: the name its sentences use when its label is a question.
"""

from workflow.forms.base import EvidenceForm, Problem, Reason
from workflow.forms.choice import Choice, Choices, Pick, Tick, YesNo
from workflow.forms.moment import DayField, MomentField
from workflow.forms.number import Number
from workflow.forms.renderer import Renderer
from workflow.forms.section import ModelSection
from workflow.forms.text import LongText, ShortText, Telephone
from workflow.forms.unit import UnitField, UnitsField

__all__ = [
    "Choice",
    "Choices",
    "DayField",
    "EvidenceForm",
    "LongText",
    "ModelSection",
    "MomentField",
    "Number",
    "Pick",
    "Problem",
    "Reason",
    "Renderer",
    "ShortText",
    "Telephone",
    "Tick",
    "UnitField",
    "UnitsField",
    "YesNo",
]
