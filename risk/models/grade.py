"""The grade: a person's decision in one of three words, never a number and never a column of a form."""

from __future__ import annotations

from typing import Final

from django.db import models


class Grade(models.TextChoices):
    STANDARD = "standard", "Standard"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


#: What each word means, as it stands beside the choice.
DEFINITIONS: Final = {
    Grade.STANDARD: "What is known now does not make serious harm likely.",
    Grade.MEDIUM: "Indicators of serious harm; unlikely unless things change.",
    Grade.HIGH: "Serious harm could happen at any time. Needs no approval.",
}


def rank(grade: str) -> int:
    """1 for standard to 3 for high; 0 for no grade."""
    return Grade.values.index(grade) + 1 if grade in Grade.values else 0


def higher(one: str, other: str) -> str:
    """The graver of two grades; "" is no grade."""
    return one if rank(one) >= rank(other) else other
