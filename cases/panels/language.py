"""In which language somebody is spoken with, at the head of their case: whoever calls knows before they ring. S0-028."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from people.models import Description
from people.models.language import ENGLISH
from people.models.topic import TOPICS


def language_facts() -> dict[str, Any]:
    """Columns for involvements: the newest answers that the case itself has learned. Index: description_of_person."""
    own = Description.objects.standing().filter(person=OuterRef("person_id"), case=OuterRef("case_id")).newest_first()
    return {
        name: Subquery(own.filter(topic=topic).values("answer")[:1])
        for name, topic in (("speaks", "language"), ("interpreter", "interpreter"))
    }


def language_words(language: str, interpreter: str) -> str:
    """Polish, interpreter needed; "" for English without one, which needs no saying."""
    answers = dict(TOPICS["language"].answers)
    said = [_(answers[language])] if language in answers and language != ENGLISH else []
    said += [_("interpreter needed, never a relative")] if interpreter == "yes" else []
    words = ", ".join(said)
    return words[:1].upper() + words[1:]
