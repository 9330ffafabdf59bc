"""What a meeting decided comes to the police: a line in the decision log of their case, and a question where the meeting
recommends another grade. The grade itself stays as it is (R-33); nothing of what agencies said goes along.
"""

from __future__ import annotations

from accounts.models import User
from audit.models import Event
from cases.models import Case
from cases.models.decision_log import DecisionKind
from cases.services import log_decision, raise_task
from marac.models import Hearing, Outcome
from marac.services.decided import plan_of_hearing
from risk.models import Grade, current_grades
from workflow.reactions import Reaction
from workflow.templatetags.words import full_day

FINISHED = "hearing.finish"


def beside_an_investigation(event: Event, hearing: Hearing) -> bool:
    return hearing.referral.investigation_id is not None


def heard_by(event: Event) -> tuple[Hearing, Case]:
    """The hearing that ended, and the investigation it began in."""
    rows = Hearing.objects.select_related("referral__investigation__unit", "item__meeting__forum")
    hearing: Hearing = rows.get(pk=event.subject_id)
    assert hearing.referral.investigation is not None  # noqa: S101 - `when` has asked
    return hearing, hearing.referral.investigation


def log_outcome(event: Event) -> None:
    """Once for the act: the outcome, why, what the police took upon themselves; of others only how much."""
    hearing, case = heard_by(event)
    outcome = str(Outcome(hearing.outcome).label)
    found = plan_of_hearing(hearing)
    ours = [f"{row.what} By {full_day(row.due_at)}." for row in found.ours]
    headings = {
        "information": f"{hearing.item.meeting.forum}, {full_day(hearing.item.meeting.starts_at)}.",
        "options": hearing.outcome_because or f"{outcome}.",
        "action": "\n".join([*ours, *([f"Actions of other agencies: {found.others}."] if found.others else [])]),
    }
    log_decision(
        case, event.by, event.at, DecisionKind.REFERRAL, headings, what=f"The forum heard the case: {outcome.lower()}",
        event=event,
    )  # fmt: skip


def recommends(event: Event, hearing: Hearing) -> bool:
    return bool(hearing.recommends) and beside_an_investigation(event, hearing)


def ask_for_grade(event: Event) -> None:
    """The police are asked, where the meeting recommends another grade than theirs."""
    hearing, case = heard_by(event)
    if case.state != Case.State.OPEN or current_grades([case.pk]).get(case.pk) == hearing.recommends:
        return
    why = (
        f"The forum recommends the grade {str(Grade(hearing.recommends).label).lower()}. Yours stays until you decide."
    )
    raise_task(case=case, kind="forum_grade", why=why, by=User.objects.system(), at=event.at)


def not_for_this_forum(event: Event, hearing: Hearing) -> bool:
    return hearing.outcome == Outcome.NO_FORUM and beside_an_investigation(event, hearing)


def tell_referrer(event: Event) -> None:
    """R-33: there is not enough risk for the forum, and the chair says why. The agency that referred reads it on its own page
    (`marac.services.agency_waits`); the police have it as a task, since somebody must say what keeps her safe instead.
    """
    hearing, case = heard_by(event)
    if case.state != Case.State.OPEN:
        return
    why = f"There is not enough risk for the forum. The chair says: {hearing.outcome_because}"[:2000]
    raise_task(case=case, kind="forum_no_risk", why=why, by=User.objects.system(), at=event.at)


ROWS = (
    Reaction("forum-decided", FINISHED, log_outcome, when=beside_an_investigation),
    Reaction("forum-referrer-told", FINISHED, tell_referrer, when=not_for_this_forum),
    Reaction("forum-recommends", FINISHED, ask_for_grade, when=recommends),
)
