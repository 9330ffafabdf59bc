"""Keeping a check of quality, and reading the newest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from accounts.models import User
from risk.forms.quality import MARKED, words_of
from risk.models import Assessment, QualityCheck, QualityVerdict, SafetyPlan
from risk.quality import CHECKLISTS
from risk.services.plan_page import changed_since
from workflow.approvals import acts_of_writing
from workflow.models.record import about

VERDICTS = QualityVerdict.Verdict


def keep_check(kind: str, subject: Any, said: dict[str, Any], by: User, at: datetime) -> QualityCheck:
    """Write the rows that were decided and the questions marked. Called by the effect of a step, never alone."""
    decided = {look.code: said[look.code] for look in CHECKLISTS[kind] if said.get(look.code)}
    counts = {verdict: list(decided.values()).count(verdict) for verdict in VERDICTS.values}
    check = QualityCheck.objects.create(
        **about(subject), case=subject.case, recorded_by=by, recorded_at=at, kind=kind, officer_id=subject.recorded_by_id,
        unit=subject.case.unit, passed=counts[VERDICTS.PASS], advised=counts[VERDICTS.ADVISE],
        returned=counts[VERDICTS.RETURN], marked=sorted({int(number) for number in said.get(MARKED) or ()}),
    )  # fmt: skip
    QualityVerdict.objects.bulk_create(
        QualityVerdict(check_of=check, row=code, verdict=verdict, words=said.get(words_of(code)) or "")
        for code, verdict in decided.items()
    )
    return check


def newest_check(subject: Any) -> QualityCheck | None:
    """The newest check of a record, with its rows; None where nobody has looked. Two queries. Index:
    quality_check_of_subject.
    """
    rows = QualityCheck.objects.filter(**about(subject)).select_related("recorded_by").order_by("-pk")
    found: QualityCheck | None = rows.prefetch_related("verdicts").first()
    return found


def changed_after(subject: Assessment | SafetyPlan, moment: datetime) -> bool:
    """Whether what was checked is newer than the moment (UTC)."""
    return plan_changed(subject, moment) if isinstance(subject, SafetyPlan) else dash_changed(subject, moment)


def plan_changed(plan: SafetyPlan, moment: datetime) -> bool:
    """Whether anything was written in it, or became of one of its actions. Two queries."""
    return acts_of_writing(plan).filter(at__gt=moment).exists() or bool(changed_since(plan, moment))


def dash_changed(assessment: Assessment, moment: datetime) -> bool:
    """Whether an answer or the reasons are newer. One query."""
    reasons = assessment.reasons_at is not None and assessment.reasons_at > moment
    return reasons or assessment.answers.filter(answered_at__gt=moment).exists()


def said_before(subject: Assessment | SafetyPlan, user: User) -> dict[str, Any]:
    """What this person said of the work as it stands now, in the fields of the form; nothing of one that changed since:
    nothing is passed in advance.
    """
    check = newest_check(subject)
    if check is None or check.recorded_by_id != user.pk or changed_after(subject, check.recorded_at):
        return {}
    said: dict[str, Any] = {MARKED: [str(number) for number in check.marked]}
    for row in check.verdicts.all():
        said |= {row.row: row.verdict, words_of(row.row): row.words}
    return said


UNCHECKED = "Not yet. Look through the quality check of the plan as it stands, and decide each of its rows."
RETURNS = "Not yet. The quality check returns a row: return the plan, with the parts marked that are to be mended."


def unassured(plan: SafetyPlan) -> str:
    """Why a plan may not be approved for its check (S2-014): it wants one of the plan as it stands, each row decided and
    none of them returned. "" where it has that. Four queries.
    """
    check = newest_check(plan)
    if check is None or changed_after(plan, check.recorded_at):
        return UNCHECKED
    verdicts = {row.row: row.verdict for row in check.verdicts.all()}
    left = sum(look.code not in verdicts for look in CHECKLISTS[QualityCheck.Kind.PLAN])
    if left:
        words = ngettext(
            "Not yet. %(count)s row of the quality check is not decided.",
            "Not yet. %(count)s rows of the quality check are not decided.", left,
        )  # fmt: skip
        return words % {"count": left}
    return RETURNS if VERDICTS.RETURN in verdicts.values() else ""
