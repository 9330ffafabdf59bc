"""THE TABLE of a decision to arrest or not: a supervisor's verdict, attempts, attendance, a later arrest, custody (A.7).

The decision itself is a row of the incident, beneath its section "arrest"; what is known only later is a step here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import COMMAND, FRONTLINE, SUPERVISORS
from audit.models import Event
from cases.forms.arrest import ArrestOrWhyNot, WhyAdequate, WhyNow, WhyReturned
from cases.forms.arrest_later import Attempt, Attended, Custody, LaterArrest
from cases.models import ArrestAttempt, ArrestDecision, ArrestVerdict, Incident
from cases.models.answers import Disposal, NoArrest, Verdict, YesOrNo
from cases.models.arrest import WISH_ALONE
from cases.services import raise_task
from cases.services.course import no_action_barred
from cases.steps.safety import SAFETY, Said
from workflow import engine
from workflow.approvals import open_approval
from workflow.declare import STAYS, Effect, RowKind, Step, Workflow, workflow_of
from workflow.engine.changes import keep_said
from workflow.models import Approval, Refusal, Refused
from workflow.models.record import about

S = ArrestDecision.State


def attend_anew(decision: Any, by: User, at: datetime) -> dict[str, list[Any]] | None:
    """Another day of attendance: what came of the day before says nothing of it, so its clock begins anew."""
    if not decision.attended:
        return None
    before = ArrestDecision.objects.values_list("attends_on", flat=True).get(pk=decision.pk)
    if before == decision.attends_on:
        return None
    said = {name: [getattr(decision, name), ""] for name in ("attended", "attended_words")}
    decision.attended = decision.attended_words = ""
    return said


ARREST_ROW = RowKind(
    "arrest", "an arrest decision", ArrestDecision, ArrestOrWhyNot, "incident", begins_at="arrest-begin", effect=attend_anew
)  # fmt: skip
NO_ARREST = "no-arrest"  # the question that a supervisor answers


def decided_about(incident: Any) -> list[Any]:
    """The decisions about suspects who still stand in the record, and those made of nobody by name."""
    standing = {row.pk for row in workflow_of(incident).row_kind("suspect").found(incident)}
    return [row for row in ARREST_ROW.found(incident) if row.suspect_id is None or row.suspect_id in standing]


def arrest_lacks(incident: Any) -> list[str]:
    """Mandatory where a suspect is known, unless no crime was recorded (S3-100); asked of each."""
    suspects = workflow_of(incident).row_kind("suspect").found(incident)
    decisions = decided_about(incident)
    lacks = [sentence for row in decisions for _, sentence in ArrestOrWhyNot.missing(row)]
    lacks += primary_lacks(decisions) + returned_lacks(decisions)
    if incident.classed == "crime" and any(NoArrest.NO_OFFENCE in row.codes for row in decisions):
        lacks.append("A crime is recorded, so No offence is no reason not to arrest: choose another")
    if not suspects and incident.suspect_known != YesOrNo.NO:
        lacks.append("Add the suspect, then say whether they were arrested")
    elif incident.classed != "non_crime" and {row.pk for row in suspects} - {row.suspect_id for row in decisions}:
        lacks.append(
            "Say whether the suspect was arrested"
            if len(suspects) == 1
            else "Say of each suspect whether they were arrested"
        )
    return list(dict.fromkeys(lacks))


def returned_lacks(decisions: list[Any]) -> list[str]:
    """What a supervisor returned is mended before it is sent. A decision that nobody touched since it was made costs nothing."""
    touched = [row for row in decisions if row.version > 1 and not_taken(row)]
    if not touched:
        return []
    said = Event.objects.filter(
        chain=touched[0].case_id, subject_type=ArrestDecision._meta.label_lower, subject_id__in=[row.pk for row in touched],
        name__in=("arrest.amend", "arrest.accept", "arrest.return", "arrest.order"),
    )  # fmt: skip
    newest = dict(said.order_by("number").values_list("subject_id", "name"))
    return ["A supervisor returned this reason: mend it"] if "arrest.return" in newest.values() else []


def primary_lacks(decisions: list[Any]) -> list[str]:
    """Of two people arrested, then or later, one is the primary perpetrator: both being that is for nobody to leave open.

    Where all but one were said not to be, and how that is known (a later arrest asks so), it is said.
    """
    taken = [row for row in decisions if row.taken]
    primary = [row for row in taken if row.primary == YesOrNo.YES]
    left = [row for row in taken if not (row.primary == YesOrNo.NO and row.primary_why)]
    if len(taken) < 2 or len(primary) == 1 or (not primary and len(left) == 1):
        return []
    if primary:
        return ["Only one person can be the primary perpetrator: change the others"]
    return ["Two people were arrested. Who is the primary perpetrator? Say so of one of them, and why"]


def not_taken(decision: Any) -> bool:
    """the suspect was not arrested, and has not been since"""
    return bool(decision.arrested == YesOrNo.NO and not decision.taken and not decision.struck_out_at)


def was_taken(decision: Any) -> bool:
    """the suspect was arrested"""
    return bool(decision.taken and not decision.struck_out_at)


def attempts_go_on(decision: Any) -> bool:
    """the suspect had left and is still to be arrested"""
    return bool(decision.attempts_go_on and not decision.struck_out_at)


def attendance_awaited(decision: Any) -> bool:
    """a voluntary attendance was arranged and nobody has said whether it happened"""
    awaited = NoArrest.VOLUNTARY in decision.codes and decision.attends_on and not decision.attended
    return bool(awaited and not decision.taken and not decision.struck_out_at)


def by_another(decision: Any, user: User) -> str:
    """Nobody checks their own decision, nor one that they changed."""
    written = Event.objects.filter(chain=decision.case_id, by=user, **about(decision))
    if decision.recorded_by_id == user.pk or written.filter(name__in=("arrestdecision.add", "arrest.amend")).exists():
        return "You cannot do this. You wrote part of it, so somebody else must decide."
    return ""


def by_an_inspector(decision: Any, user: User) -> str:
    """Nobody to send, or too dangerous: for an inspector."""
    if decision.needs_inspector and not user.roles_over(decision.scope) & COMMAND:
        return "You cannot do this. Nobody was arrested for want of officers or of safety, so an inspector must decide."
    return ""


def keep_verdict(verdict: Verdict) -> Effect:
    def effect(decision: Any, said: Said, by: User, at: datetime) -> None:
        ArrestVerdict.objects.create(
            case=decision.case, decision=decision, officer_id=decision.recorded_by_id, verdict=verdict,
            reason=said["reason"], recorded_by=by, recorded_at=at,
        )  # fmt: skip

    return effect


def give_back(decision: Any, said: Said, by: User, at: datetime) -> None:
    """The whole record goes back to the officer with the sentence; one that is being written is there already."""
    keep_verdict(Verdict.RETURNED)(decision, said, by, at)
    incident = Incident.objects.get(pk=decision.incident_id)
    step = {Incident.State.SUBMITTED: "return", Incident.State.CHECKED: "correct"}.get(Incident.State(incident.state))
    if step:
        engine.perform(incident, step, by=by, evidence={"reason": said["reason"]}, seen=incident.version, at=at)


def order(decision: Any, said: Said, by: User, at: datetime) -> None:
    """Whoever holds the case hears at once."""
    keep_verdict(Verdict.ARREST_NOW)(decision, said, by, at)
    raise_task(case=decision.case, kind="arrest_now", why=said["reason"], by=by, at=at, about=decision)


def keep_attempt(decision: Any, said: Said, by: User, at: datetime) -> None:
    ArrestAttempt.objects.create(case=decision.case, decision=decision, recorded_by=by, recorded_at=at, **said)


def end_attempts(decision: Any, said: Said, by: User, at: datetime) -> None:
    decision.circulated_at = at


def keep_custody(decision: Any, said: Said, by: User, at: datetime) -> None:
    """No further action is barred here as it is of the course and of the case itself (R-12)."""
    ends = said["disposal"] == Disposal.NO_ACTION != decision.disposal
    if ends and (barred := no_action_barred(decision.case)):
        raise Refused(Refusal.GUARD, barred)
    keep_said(decision, said, by, at)


def wish_alone(incident: Any) -> bool:
    """what the person harmed wanted is the only reason given not to arrest"""
    given = [row for row in ARREST_ROW.found(incident) if row.wish_alone and not row.taken]
    return bool(given) and any(row in given for row in decided_about(incident))


def not_for_the_wish_alone(incident: Any, user: User) -> str:
    """Guard: nobody approves it in the moment before it comes back by itself."""
    return f"Not yet. {WISH_ALONE}" if wish_alone(incident) else ""


def hand_back(incident: Any, said: Said, by: User, at: datetime) -> None:
    """The record comes back by itself, as if a sergeant had returned it: the question is answered, with why."""
    waiting: Any = open_approval(incident, "record")
    waiting.decided_by, waiting.decided_at, waiting.verdict = by, at, Approval.Verdict.RETURNED
    waiting.reason = said["reason"]
    waiting.save(update_fields=["decided_by", "decided_at", "verdict", "reason"])


CHECKS = (by_another, by_an_inspector)
# fmt: off
ARREST = Workflow("arrest", ArrestDecision, S,
    Step("accept",    "The reason is adequate",        S.MADE, STAYS, SUPERVISORS, WhyAdequate, when=not_taken, guards=CHECKS, effect=keep_verdict(Verdict.ADEQUATE), done="No-arrest reason found adequate", question=NO_ARREST),
    Step("return",    "Return it to the officer",      S.MADE, STAYS, SUPERVISORS, WhyReturned, when=not_taken, guards=CHECKS, effect=give_back,    done="No-arrest reason returned",  question=NO_ARREST),
    Step("order",     "Arrest now",                    S.MADE, STAYS, SUPERVISORS, WhyNow,      when=not_taken, guards=CHECKS, effect=order,        done="Arrest asked for now",       question=NO_ARREST),
    Step("try",       "Record an attempt to arrest",   S.MADE, STAYS, FRONTLINE,   Attempt,     when=attempts_go_on,           effect=keep_attempt, done="Attempt to arrest"),
    Step("circulate", "End the attempts to arrest",    S.MADE, STAYS, FRONTLINE,                when=attempts_go_on,           effect=end_attempts, done="Attempts to arrest ended"),
    Step("attended",  "Say whether they attended",     S.MADE, STAYS, FRONTLINE,   Attended,    when=attendance_awaited,       done="Voluntary attendance"),
    Step("take",      "Record a later arrest",         S.MADE, STAYS, FRONTLINE,   LaterArrest, when=not_taken,                done="Arrested"),
    Step("custody",   "Record custody and release",    S.MADE, STAYS, FRONTLINE,   Custody,     when=was_taken, effect=keep_custody, done="Custody recorded"),
    *SAFETY,
    label="arrest decision", finished={S.MADE},
)
# fmt: on
