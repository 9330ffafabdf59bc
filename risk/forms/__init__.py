"""What may be said about risk: the evidence of the steps, and the page of questions."""

from risk.forms.evidence import ChosenGrade, FurtherSetBegun, HowAsked, RaisedGrade, ReasonsFirst, WhyStopped
from risk.forms.questions import Questions, answer_name, explain_name, words_name

__all__ = [
    "ChosenGrade", "FurtherSetBegun", "HowAsked", "Questions", "RaisedGrade", "ReasonsFirst", "WhyStopped", "answer_name",
    "explain_name", "words_name",
]  # fmt: skip
