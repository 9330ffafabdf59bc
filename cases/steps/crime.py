"""THE TABLES of crime: a recorded crime with its outcomes and its cancellation; an incident said to be no crime (A.4, A.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COMMAND, FRONTLINE, roles
from cases.forms.crime import Cancellation, CrimeSection, NonCrimeSection, OffenceRow, Principal, ToRegistrar
from cases.forms.outcome import AuthorisedOutcome, Authority, CautionSaid, OutcomeSaid, unmet
from cases.models import Crime, Incident, NonCrime, Outcome
from cases.models.answers import Classed
from cases.models.offence import Offence
from cases.models.outcome import CONDITIONS, guards_of
from cases.services.consequences import raise_for_offence
from cases.services.definition import keep_definition
from cases.services.tasks import raise_task
from cases.steps.safety import SAFETY, Said
from workflow import engine
from workflow.approvals import Names, also, approval, open_approval
from workflow.declare import STAYS, RowKind, Section, Step, Workflow
from workflow.models import Approval, Refusal, Refused

C, N = Crime.State, NonCrime.State
REGISTRAR = roles("crime_registrar")
INSPECTORS = roles("inspector")
RECORDING = FRONTLINE | REGISTRAR
LEAST_OVERRIDE = 20  # characters of an inspector's reason to override


# --- outcomes ---


def view_is_known(crime: Any, user: User) -> str:
    """What the person harmed wants and fears is said, or why it could not be learned: before a crime is disposed of (S4-005)."""
    row = crime.incident.people("victim").first()
    known = row is not None and (row.unheard or (row.wants.strip() and row.fears.strip()))
    return (
        "" if known else _("Not yet. Say first what the person harmed wants and fears, or why you could not learn it.")
    )


def outcome_row(crime: Any, said: Said, by: User, at: datetime, **more: Any) -> Outcome:
    names = ("code", "support", "rationale", "told", "appropriate", "why_still")
    kept = {name: said.get(name) or "" for name in names} | {"unmet": " ".join(said.get("unmet") or [])}
    return Outcome.objects.create(crime=crime, case=crime.case, recorded_by=by, recorded_at=at, **kept, **more)


def settle(crime: Any, said: Said, by: User, at: datetime) -> None:
    """In force at once. A common assault that ran out of time is a failure to learn from (A.5)."""
    outcome = outcome_row(crime, said, by, at, settled_at=at, settled_by=by)
    if outcome.code == "17" and crime.offence.kind == Offence.Kind.COMMON_ASSAULT:
        why = _(
            "The time limit for prosecuting a common assault ran out. What was missed, and what is learned from it?"
        )
        raise_task(case=crime.case, kind="learning", why=why, by=by, at=at, about=crime)


def ask_for(crime: Any, said: Said, by: User, at: datetime) -> None:
    outcome_row(crime, said, by, at)


def asked_outcome(crime: Any) -> Outcome | None:
    """The outcome that waits for an inspector."""
    found: Outcome | None = crime.outcomes.standing().filter(settled_at__isnull=True).order_by("-pk").first()
    return found


def authorise(crime: Any, said: Said, by: User, at: datetime) -> None:
    """Asked again of the facts of today: what became unavailable meanwhile is refused, and an override wants its why."""
    waiting = asked_outcome(crime)
    if waiting is None:
        raise Refused(Refusal.STATE, "There is no outcome to authorise.")
    if refusal := guards_of(waiting.row, crime, waiting.support, waiting.told):
        raise Refused(Refusal.GUARD, refusal)
    if waiting.row.caution:
        ask_conditions_again(crime, waiting)
    override = (said.get("override") or "").strip()
    if waiting.unmet and len(override) < LEAST_OVERRIDE:
        words = _(
            "Not yet. A condition of a caution is not met: say in at least %(least)s characters why you override it."
        )
        raise Refused(Refusal.GUARD, words % {"least": LEAST_OVERRIDE})
    waiting.settled_at, waiting.settled_by, waiting.override = at, by, override
    waiting.version += 1
    waiting.save(update_fields=["settled_at", "settled_by", "override", "unmet", "version"])


def ask_conditions_again(crime: Any, waiting: Outcome) -> None:
    """What the officer said of each condition stands; what the records say is asked anew."""
    broken = waiting.unmet.split()
    now = unmet(crime, {row.name: row.name not in broken for row in CONDITIONS})
    refused = [row.sentence for row in CONDITIONS if row.name in now and not row.overridable]
    if refused:
        words = _("Not available. A caution is refused for partner abuse or coercive control where %(because)s")
        raise Refused(Refusal.GUARD, words % {"because": _(" and ").join(map(_, refused))})
    waiting.unmet = " ".join(now)


def give_up_outcome(crime: Any, said: Said, by: User, at: datetime) -> None:
    """Returned or taken back: it stays readable, struck out."""
    waiting = asked_outcome(crime)
    if waiting is not None:
        waiting.struck_out_at = at
        waiting.version += 1
        waiting.save(update_fields=["struck_out_at", "version"])


OUTCOME = also(
    approval(
        "outcome", source=C.RECORDED, waiting=C.OUTCOME_ASKED, target=C.RECORDED, ask=FRONTLINE, decide=INSPECTORS,
        evidence=AuthorisedOutcome, verdict=Authority, guards=(view_is_known,),
        names=Names(
            ask="ask-outcome", ask_label="Ask for an outcome that an inspector authorises", asked="Outcome asked of an inspector",
            approve="authorise-outcome", approve_label="Authorise the outcome", approved="Outcome authorised",
            give_back="return-outcome", return_label="Do not authorise it", returned="Outcome not authorised",
            withdraw="withdraw-outcome", withdraw_label="Take the outcome back", withdrawn="Outcome taken back",
        ),
    ),
    ask_outcome=ask_for, authorise_outcome=authorise, return_outcome=give_up_outcome, withdraw_outcome=give_up_outcome,
)  # fmt: skip
CAUTION = replace(
    OUTCOME[0],
    name="ask-caution",
    label="Ask for a caution",
    evidence=CautionSaid,
    done="Caution asked of an inspector",
)


# --- cancelling ---


def keep_cancellation(crime: Any, said: Said, by: User, at: datetime) -> None:
    crime.cancel_code, crime.cancel_why = said["cancel_code"], said["cancel_why"]


def forget_cancellation(crime: Any, said: Said, by: User, at: datetime) -> None:
    crime.cancel_code, crime.cancel_why = "", ""


CANCEL = also(
    approval(
        "cancellation", source=C.RECORDED, waiting=C.CANCEL_ASKED, target=C.CANCELLED, ask=RECORDING, decide=REGISTRAR,
        evidence=Cancellation,
        names=Names(
            ask="ask-cancel", ask_label="Ask the crime registrar to cancel it", asked="Cancellation asked of the crime registrar",
            approve="cancel", approve_label="Cancel the crime", approved="Crime transferred or cancelled",
            give_back="keep", return_label="Keep the crime", returned="Crime kept: it is not cancelled",
            withdraw="withdraw-cancel", withdraw_label="Take the cancellation back", withdrawn="Cancellation taken back",
        ),
    ),
    ask_cancel=keep_cancellation, keep=forget_cancellation, withdraw_cancel=forget_cancellation,
)  # fmt: skip


def one_of_several(crime: Any) -> bool:
    """more than one crime is recorded of the report"""
    return bool(Crime.objects.live().filter(incident=crime.incident_id).exclude(pk=crime.pk).exists())


def make_principal(crime: Any, said: Said, by: User, at: datetime) -> None:
    crime.principal_at = at


# fmt: off
CRIME = Workflow("crime", Crime, C,
    Step("outcome",   "Record the outcome",              C.RECORDED, STAYS, FRONTLINE, OutcomeSaid, guards=(view_is_known,), effect=settle, done="Outcome recorded"),
    *OUTCOME, CAUTION, *CANCEL,
    Step("make-principal", "Make this the principal crime",   C.RECORDED, STAYS, RECORDING, Principal, when=one_of_several, effect=make_principal, done="Said to be the principal crime"),
    *SAFETY,
    label="crime", sections=(Section("offence", "The offence", CrimeSection),), finished={C.RECORDED, C.CANCELLED},
)
# fmt: on


# --- no crime ---


def superseded(record: Any) -> bool:
    """its incident now says something else"""
    above = record.incident
    words = {"reason": above.non_crime_reason, "why": above.non_crime_why}
    if above.classed != Classed.NON_CRIME:
        return True
    return words != {"reason": record.reason, "why": record.why} and not said_before(record, words)


def said_before(record: Any, words: dict[str, str]) -> bool:
    """Whether the question once said just that: what was mended after a return says more than its incident, not otherwise."""
    history: Any = NonCrime._meta.get_field("events").related_model
    return bool(history._default_manager.filter(pgh_obj=record.pk, **words).exists())


def close_question(record: Any, said: Said, by: User, at: datetime) -> None:
    """Nobody is asked any longer."""
    waiting = open_approval(record, "non_crime")
    if waiting is not None:
        waiting.verdict, waiting.reason = Approval.Verdict.WITHDRAWN, said["reason"]
        waiting.save(update_fields=["verdict", "reason"])


MENDED = (N.RETURNED, N.TAKEN_BACK)  # where it is changed and sent again: the state says who sent it there

# fmt: off
NON_CRIME = Workflow("non-crime", NonCrime, N,
    *approval("non_crime", source=(N.PROPOSED, *MENDED), waiting=N.WAITING, target=N.APPROVED, back_to=N.RETURNED,
              withdrawn_to=N.TAKEN_BACK, ask=FRONTLINE, decide=REGISTRAR, evidence=ToRegistrar,
              names=Names(ask="ask", ask_label="Send to the crime registrar", asked="Sent to the crime registrar as no crime",
                          approve_label="Approve as no crime", approved="Approved as no crime by the crime registrar",
                          returned="Returned by the crime registrar", return_label="Return: say what is missing, or that it is a crime")),
    Step("drop", "Give up: the incident says otherwise now", (N.PROPOSED, N.WAITING, *MENDED, N.APPROVED), N.DROPPED,
         FRONTLINE | COMMAND | REGISTRAR, when=superseded, effect=close_question, done="No longer said to be no crime"),
    *SAFETY,
    label="no crime", sections=(Section("reason", "Why it is no crime", NonCrimeSection),), editable={state: FRONTLINE for state in MENDED},
    finished={N.APPROVED, N.DROPPED},
)
# fmt: on


# --- what an incident does to them ---


def settle_class(incident: Incident, by: User, at: datetime) -> None:
    """What the record says of crime goes to the crime registrar with it: asked once, asked anew where it was changed."""
    live = NonCrime.objects.standing().filter(incident=incident).exclude(state=N.DROPPED).first()
    if live is not None and superseded(live):
        reason = {"reason": "The record was changed and sent again."}
        engine.perform(live, "drop", by=by, evidence=reason, seen=live.version, at=at)
        live = None
    if live is None and incident.classed == Classed.NON_CRIME:
        made = NonCrime.objects.create(
            case=incident.case, incident=incident, reason=incident.non_crime_reason, why=incident.non_crime_why,
            recorded_by=by, recorded_at=at,
        )  # fmt: skip
        engine.perform(made, "ask", by=by, evidence={"note": ""}, seen=made.version, at=at)


def said_to_be_no_crime(incident: Any) -> bool:
    """it is recorded as no crime"""
    return bool(incident.classed == Classed.NON_CRIME)


def record_later(incident: Any, said: Said, by: User, at: datetime) -> None:
    """It leaves the incidents and enters the crimes once; what the registrar was asked or approved is given up."""
    incident.classed, incident.non_crime_reason, incident.non_crime_why = Classed.CRIME, "", ""
    incident.save(update_fields=["classed", "non_crime_reason", "non_crime_why"])
    Crime.objects.create(
        case=incident.case, incident=incident, offence=said["offence"], suspect=said["suspect"],
        became_known=said["reason"], recorded_by=by, recorded_at=at,
    )  # fmt: skip
    settle_class(incident, by, at)


# --- the section of the incident ---

OFFENCE_ROW = RowKind("offence", "an offence", Crime, OffenceRow, "incident", effect=raise_for_offence)


def crime_lacks(incident: Any) -> list[str]:
    """Yes wants its offence; No beside one would be counted twice, as an incident and as a crime."""
    if lacks_offence(incident):
        return ["Add the offence"]
    if incident.classed == Classed.NON_CRIME and any(row.state != C.CANCELLED for row in OFFENCE_ROW.found(incident)):
        return ["An offence is recorded: take it out, or answer Yes"]
    return []


def lacks_offence(incident: Any) -> bool:
    return incident.classed == Classed.CRIME and not OFFENCE_ROW.found(incident)


def keep_law(incident: Incident, by: User, at: datetime) -> dict[str, list[Any]]:
    """What the law makes of the facts is kept with what was confirmed."""
    return keep_definition(incident, by)


def to_the_offence(incident: Any) -> str:
    """A crime leads straight to the page of its offence."""
    return reverse("add-row", args=["incident", incident.pk, OFFENCE_ROW.name]) if lacks_offence(incident) else ""


def at_sending(incident: Any, said: Said, by: User, at: datetime) -> None:
    keep_definition(incident, by)
    settle_class(incident, by, at)


def classing(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps of the record's question: sending keeps the definition, and asks the crime registrar where it is no crime."""
    return also(steps, submit=at_sending)
