"""The rows of a queue: fetched lean, and everything shown beside them asked once for the whole page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accounts.models import User
from accounts.roles import ROLES
from cases.models import Involvement
from people.services import names_for
from risk.models import current_grades
from supervision.escalation.roster import Roster, roster_of
from workflow.declare import NEW, WORKFLOWS, Step, Workflow
from workflow.policies import HOLDER, POLICIES, Policy

NOBODY = gettext_noop("No one on duty")


@dataclass(frozen=True, slots=True)
class Row:
    """One line as the page shows it. Empty fields take no space."""

    id: int
    reference: str
    url: str
    name: str
    grade: str
    restricted: bool
    wanted: str
    why: str
    due_at: datetime
    why_url: str
    holder: str
    holder_words: str
    holder_problem: bool
    case_id: int
    unit: str
    since: datetime


def person_harmed() -> Subquery:
    """The id of the person harmed in the newest incident of the deadline's case."""
    harmed = Involvement.objects.standing().filter(case=OuterRef("case_id"), part=Involvement.Part.VICTIM)
    return Subquery(harmed.order_by("-pk").values("person_id")[:1])


def fetched(questions: Sequence[Any]) -> Any:
    """One question for the deadlines that the questions find, as dictionaries of what a row needs."""
    parts = [
        rows.values(
            "id", "policy", "due_at", "subject_type", "subject_id", "case_id", "holder_id", "place",
            reference=F("case__reference"), restricted=F("case__restricted"), lineage=F("unit__lineage"),
            unit_name=F("unit__name"), since=F("started_at"),
            rank=F("holder__rank"), collar_number=F("holder__collar_number"), last_name=F("holder__last_name"),
            username=F("holder__username"), harmed=person_harmed(),
        )
        for rows in questions
    ]  # fmt: skip
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def in_order(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Group by group, each as it falls due: a union gives its rows in no order."""
    return sorted(found, key=lambda row: (row["place"], row["due_at"], row["id"]))


def shown(found: list[dict[str, Any]], user: User, now: datetime, *, with_holders: bool = True) -> list[Row]:
    """The rows as they are shown: four queries for the whole page, two where every holder is the reader."""
    names = names_for({row["harmed"] for row in found if row["harmed"]}, user)
    grades = current_grades({row["case_id"] for row in found})
    roster = _roster(found, now) if with_holders else None
    return [_row(row, user, names, grades, roster) for row in found]


def _row(row: dict[str, Any], user: User, names: dict[int, str], grades: dict[int, str], roster: Roster | None) -> Row:
    policy = POLICIES.get(row["policy"])
    holder, words, problem = _holder(row, policy, user, roster) if roster else (_("You"), "", False)
    return Row(
        id=row["id"], reference=row["reference"], url=decision_url(policy, row["subject_type"], row["subject_id"])
        or reverse("case", args=[row["reference"]]), name=names.get(row["harmed"], _("Name not known")),
        grade=grades.get(row["case_id"], ""), restricted=row["restricted"],
        wanted=policy.label if policy else row["policy"], why=policy.why if policy else gettext_noop("This clock is out of use"),
        due_at=row["due_at"], why_url=reverse("deadline", args=[row["id"]]), holder=holder, holder_words=words,
        holder_problem=problem, case_id=row["case_id"], unit=row["unit_name"], since=row["since"],
    )  # fmt: skip


def decision_url(policy: Policy | None, subject_type: str, subject_id: int) -> str:
    """The page where what is wanted is done: the step's own, or the record while it is being recorded. "" if none."""
    workflow, step = _wanted(policy.wants if policy else "")
    if workflow is None or step is None or workflow.model._meta.label_lower != subject_type:
        return ""
    if workflow.sections and workflow.sources(step) & set(workflow.editable):
        return reverse("record", args=[workflow.name, subject_id])
    return reverse("step", args=[workflow.name, subject_id, step.name])


def _wanted(event: str) -> tuple[Workflow | None, Step | None]:
    name, _, wanted = event.partition(".")
    workflow = WORKFLOWS.get(name)
    step = (
        next((row for row in workflow.steps if row.name == wanted and row.source is not NEW), None)
        if workflow
        else None
    )
    return workflow, step


def _roster(found: list[dict[str, Any]], now: datetime) -> Roster:
    owing = {policy.owed_by for row in found if (policy := POLICIES.get(row["policy"]))} - {HOLDER}
    units = {unit for row in found for unit in row["lineage"]}
    return roster_of(owing, units, _ids(row["holder_id"] for row in found), now)


def _ids(found: Iterable[int | None]) -> set[int]:
    return {one for one in found if one is not None}


def _holder(row: dict[str, Any], policy: Policy | None, user: User, roster: Roster) -> tuple[str, str, bool]:
    """Who is to do it, a line beneath, and whether that is a problem: a holder who is off duty is one."""
    if row["holder_id"] is not None:
        person = short_title(row)
        if row["holder_id"] == user.pk:
            return _("You"), "", False
        off_duty = _("%(person)s is off duty")
        if row["holder_id"] in roster.working:
            return person, "", False
        return _(NOBODY), off_duty % {"person": person}, True
    if policy is None or policy.owed_by == HOLDER:
        return _(NOBODY), _("Nobody holds this case"), True
    here = next((people for people in roster.nearest_first(policy.owed_by, row["lineage"]) if people), [])
    if not here:
        words = _("No %(role)s is on duty") % {"role": _(ROLES[policy.owed_by].label).lower()}
        return _(NOBODY), words, True
    if user.pk in here:
        return _("You"), "", False
    others = len(here) - 1
    words = ngettext("or %(count)s other", "or %(count)s others", others) % {"count": others}
    return roster.titles[here[0]], words if others else "", False


def short_title(row: dict[str, Any]) -> str:
    """ "PC 2877 Marsh", as `User.short_title` says it, from columns already fetched."""
    names = ("rank", "collar_number", "last_name", "username")
    return User(**{name: row[name] or "" for name in names}).short_title()
