"""What a supervisor reads beside the checklist: where answers and records differ, what was said at the last check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.models import Incident
from risk.models import Assessment, QualityCheck, Row, SafetyPlan, rows_of
from risk.plan_checks import checked
from risk.quality import CHECKLISTS, differences_of
from risk.services.quality import changed_after, newest_check


@dataclass(frozen=True, slots=True)
class Before:
    """One row that the last check did not pass, with its words."""

    words: str
    verdict: str
    said: str


@dataclass(frozen=True, slots=True)
class LastCheck:
    """The newest check: by whom and when, what it found, and whether the work has changed since."""

    check: QualityCheck
    changed: bool
    rows: Sequence[Before]


@dataclass(frozen=True, slots=True)
class QualityReview:
    """What stands beside the checklist of a kind of work. `facts` by the code of a row."""

    kind: str
    differences: Sequence[Any]
    facts: dict[str, str]
    last: LastCheck | None

    @property
    def open_differences(self) -> int:
        return sum(not one.explained for one in self.differences)


def quality_for_review(incident: Incident, user: User, since: Any = None) -> QualityReview | None:
    """None while no DASH stands. Five queries, and what the finders of differences ask."""
    rows = Assessment.objects.visible_to(user).standing().filter(incident=incident, follows__isnull=True)
    assessment = rows.select_related("instrument_version__instrument").order_by("-pk").first()
    if assessment is None:
        return None
    assessment.incident, assessment.case = incident, incident.case
    differences = differences_of(assessment, user)
    facts = facts_of(rows_of(assessment), differences)
    return QualityReview(QualityCheck.Kind.DASH, differences, facts, last_check(assessment))


def plan_quality_for_review(plan: SafetyPlan, user: User, since: Any = None) -> QualityReview:
    """For a safety plan: what the plan itself wants stands beside the rows. Four queries, and what the plan holds."""
    return QualityReview(QualityCheck.Kind.PLAN, (), facts_of_plan(plan), last_check(plan))


def last_check(subject: Assessment | SafetyPlan) -> LastCheck | None:
    check = newest_check(subject)
    return LastCheck(check, changed_after(subject, check.recorded_at), not_passed(check)) if check else None


def not_passed(check: QualityCheck) -> list[Before]:
    """The rows of a check that are to be better, in the order of the checklist."""
    said = {row.row: row for row in check.verdicts.all() if row.words}
    looks = [look for look in CHECKLISTS[check.kind] if look.code in said]
    return [Before(look.words, said[look.code].get_verdict_display(), said[look.code].words) for look in looks]


def facts_of(rows: Sequence[Row], differences: Sequence[Any]) -> dict[str, str]:
    """What the record itself says to a row of the checklist."""
    answered, wordless = sum(bool(row.value) for row in rows), sum(row.lacks_words for row in rows)
    unsettled = sum(not one.explained for one in differences)
    words = ngettext("%(count)s answer needs words", "%(count)s answers need words", wordless)
    differs = ngettext("%(count)s difference open", "%(count)s differences open", unsettled)
    return {
        "answered": _("%(count)s of %(all)s answered") % {"count": answered, "all": len(rows)},
        "narrative": words % {"count": wordless} if wordless else "",
        "consistent": differs % {"count": unsettled} if differences else "",
    }


#: The checks of a plan (risk/plan_checks.py) that speak to a row of the checklist, where their codes differ.
SPEAKS_TO = {"actions": "smart", "in-time": "smart", "wishes": "agreed", "copy": "agreed"}


def facts_of_plan(plan: SafetyPlan) -> dict[str, str]:
    """What the plan itself still wants, in sentences."""
    said: dict[str, list[str]] = {}
    for one in checked(plan):
        said.setdefault(SPEAKS_TO.get(one.check.code, one.check.code), []).extend(one.wanting)
    return {code: ". ".join(sentences) for code, sentences in said.items()}


@dataclass(frozen=True, slots=True)
class ToMend:
    """What a supervisor asks to be mended, for whoever writes it."""

    check: QualityCheck
    rows: Sequence[Before]

    @property
    def numbers(self) -> list[int]:
        return list(self.check.marked)


def to_mend(subject: Assessment | SafetyPlan) -> ToMend | None:
    """The newest check, where it asks for anything; it stands on the officer's page until another look. Two queries."""
    check = newest_check(subject)
    if check is None:
        return None
    found = ToMend(check, not_passed(check))
    return found if found.rows or found.numbers else None
