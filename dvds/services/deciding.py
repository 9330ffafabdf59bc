"""What a forum must have before it decides: who sits, which tests are answered, what may be told at all (A7, D4, part E)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from accounts.models import User
from cases.models.answers import YesOrNo
from dvds.models import (
    Application,
    Categorised,
    Category,
    Chosen,
    Decision,
    ForumDecision,
    Part,
    Party,
    Representations,
    SatAtForum,
    SatHow,
    Spent,
    Stage,
    Telling,
    Test,
    TestAnswer,
    Trace,
)
from dvds.models.at_forum import OTHERS, answers_of, london_day, may_be_chosen
from dvds.models.seats import QUORUM
from dvds.services.before_forum import meeting_of
from risk.models import SafetyPlan
from safeguarding.models.agency import AgencyKind
from workflow.models import Refusal, Refused

Said = Mapping[str, Any]
TOO_EARLY = "It cannot have been decided before the meeting was opened. Check the day and the time."


# --- the tests


def unanswered(application: Application) -> list[str]:
    """The tests that the forum has not answered, in their order."""
    given = answers_of(application, Stage.FORUM)
    return [test for test in Test.values if test not in given]


def said_no(application: Application) -> list[str]:
    """The tests that the forum has answered with no."""
    given = answers_of(application, Stage.FORUM)
    return [test for test in Test.values if test in given and given[test].answer == YesOrNo.NO]


def keep_answers(application: Application, said: Said, stage: str, by: User, at: datetime) -> None:
    """A row for each test that was answered, or answered otherwise than before: nothing is overwritten (I8)."""
    before = answers_of(application, stage)
    for test in Test.values:
        answer, reason = said.get(f"{test.lower()}_answer"), said.get(f"{test.lower()}_reason") or ""
        was = before.get(test)
        if answer and (was is None or (was.answer, was.reason) != (answer, reason)):
            TestAnswer.objects.create(
                case=application.case, application=application, stage=stage, test=test, answer=answer, reason=reason,
                recorded_by=by, recorded_at=at,
            )  # fmt: skip


# --- what may be told


def spent_since(decision: ForumDecision, on: date) -> bool:
    """Whether anything that the words rest on is spent on a day (London's), or was struck out."""
    traces = Trace.objects.filter(chosen__decision=decision)
    return traces.filter(Q(spent=Spent.SPENT) | Q(spent_on__lte=on) | Q(struck_out_at__isnull=False)).exists()


def plan_in_force(application: Application) -> SafetyPlan | None:
    """The safety plan of its case that somebody approved."""
    found: SafetyPlan | None = SafetyPlan.objects.in_force().filter(case=application.case_id).first()
    return found


# --- the decision itself


def last_decision(application: Application) -> ForumDecision | None:
    """The newest. Index: decision_of_application."""
    return ForumDecision.objects.standing().filter(application=application.pk).order_by("-pk").first()


def police_view(application: Application) -> Categorised | None:
    return Categorised.objects.standing().filter(application=application.pk).order_by("-pk").first()


def times_put_off(application: Application) -> int:
    return ForumDecision.objects.standing().filter(application=application.pk, decision=Decision.DEFER).count()


def decide(
    application: Application, said: Said, decision: str, by: User, at: datetime, **columns: Any
) -> ForumDecision:
    """The decision with who sat. Nothing else of the application is changed by it. Raises Refused where it is said to have
    been decided before the meeting was opened.
    """
    view, meeting, decided_at = police_view(application), meeting_of(application), said.get("decided_at") or at
    if meeting is not None and meeting.opened_at and decided_at < meeting.opened_at:
        raise Refused(Refusal.GUARD, TOO_EARLY)
    represented = {
        "representations": said.get("representations") or (view.representations if view else Representations.DISPENSED),
        "representations_because": said.get("representations_because")
        or (view.representations_because if view else ""),
    }
    made: ForumDecision = ForumDecision.objects.create(
        case=application.case, application=application, meeting=meeting, chair=by, decision=decision,
        decided_at=decided_at, recorded_by=by, recorded_at=at, reasons=said["reasons"],
        dissent=said.get("dissent") or "", management=said.get("management") or "", **{**represented, **columns},
    )  # fmt: skip
    keep_seats(made, application, said, by, at)
    return made


def keep_seats(decision: ForumDecision, application: Application, said: Said, by: User, at: datetime) -> None:
    """Who took part and how; an agency that was not asked for has no row."""
    kept = {"case": application.case, "decision": decision, "recorded_by": by, "recorded_at": at}
    for kind in (*QUORUM, AgencyKind.CHILDREN):
        how = said.get(f"{kind}_how")
        if how:
            words = said.get(f"{kind}_view") or said.get(f"{kind}_why") or ""
            SatAtForum.objects.create(agency_kind=kind, how=how, who=said.get(f"{kind}_who") or "", words=words, **kept)
    for line in (said.get("others") or "").splitlines():
        if line.strip():
            SatAtForum.objects.create(agency_kind=OTHERS, how=SatHow.PRESENT, who=line.strip()[:120], **kept)


def choose(decision: ForumDecision, traces: list[int], by: User, at: datetime) -> None:
    """What the words rest on, as it stood that day. The form offered no other; the database refuses what is spent."""
    rows = may_be_chosen(decision.application, london_day(at)).filter(pk__in=traces)
    Chosen.objects.bulk_create(
        Chosen(case=decision.case, decision=decision, trace=row, spent=row.spent, recorded_by=by, recorded_at=at)
        for row in rows
    )


def plan_tellings(decision: ForumDecision, said: Said, by: User, at: datetime) -> None:
    """One to each recipient that the forum chose."""
    for one in recipients_in(decision.application, said):
        Telling.objects.create(
            case=decision.case,
            application=decision.application,
            decision=decision,
            state=Telling.State.PLANNED,
            recorded_by=by,
            recorded_at=at,
            **one,
        )


def recipients_in(application: Application, said: Said) -> list[dict[str, Any]]:
    """What a form said of whom to tell, as columns: person or name, what they are, why they are the right one."""
    found = []
    people = dict(
        Party.objects.standing().filter(application=application.pk, part__in=[Part.AT_RISK, Part.APPLICANT])
        .order_by("-pk").values_list("part", "person")
    )  # fmt: skip
    for part in (Part.AT_RISK, Part.APPLICANT):
        if part in said["recipients"] and part in people:
            role = str(Part(part).label)
            found.append({"person_id": people[part], "role": role, "why": said[f"{part}_why"]})
    if OTHERS in said["recipients"]:
        found.append({"called": said["other_called"], "role": said["other_role"], "why": said["other_why"]})
    return found


def overtake(application: Application) -> Any:
    """The tellings of a decision that are still to be made."""
    states = [Telling.State.PLANNED, Telling.State.HELD_BACK]
    return Telling.objects.standing().filter(application=application.pk, state__in=states).order_by("pk")


def is_of_concern(application: Application) -> str:
    """The category as it stands: the forum’s, else the police’s; concern where nobody has said."""
    last, view = last_decision(application), police_view(application)
    return last.category if last else view.category if view else str(Category.CONCERN)
