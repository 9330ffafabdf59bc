"""The risks that a plan answers: what the newest assessments of a case say Yes to, by keys that stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from risk.models.answer import Answer
from risk.models.assessment import Assessment
from risk.models.instrument import Question
from risk.models.scale import SAYS_YES

#: Two things every plan must cover that no question of an assessment asks (B.8).
CHILDREN, SUSPECT = "children", "suspect"
ALSO = {CHILDREN: N_("The children"), SUSPECT: N_("What the suspect does next")}


@dataclass(frozen=True, slots=True)
class Risk:
    """A Yes of the newest assessment: the key that stays, the question as it was asked, and whether it is critical."""

    key: str
    label: str
    critical: bool


def risks_of(case_id: int) -> list[Risk]:
    """Each Yes of the newest standing assessment of each instrument, critical ones first, each key once. Two queries."""
    newest = Assessment.objects.standing().filter(case=case_id)
    newest = newest.order_by("instrument_version__instrument", "-asked_at", "-pk").distinct(
        "instrument_version__instrument"
    )
    said = Answer.objects.standing().filter(assessment__in=list(newest.values_list("pk", flat=True)))
    rows = said.filter(value__in=SAYS_YES).select_related("question").order_by("assessment_id", "number")
    found: dict[str, Risk] = {}
    for row in rows:
        known = found.get(row.question.key)
        critical = row.question.is_critical or bool(known and known.critical)
        found[row.question.key] = Risk(row.question.key, row.label, critical)
    return sorted(found.values(), key=lambda risk: not risk.critical)


def labels_of(keys: Iterable[str], known: Iterable[Risk] = ()) -> dict[str, str]:
    """Keys in words: as the assessment asked them, else as the newest instrument does. One query where one is not known."""
    said = {risk.key: risk.label for risk in known} | {key: _(words) for key, words in ALSO.items()}
    unknown = sorted(set(keys) - said.keys())
    if unknown:
        rows = Question.objects.filter(key__in=unknown).order_by("key", "-version_id").distinct("key")
        said |= dict(rows.values_list("key", "label"))
    return said
