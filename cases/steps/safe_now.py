"""What the first section of an incident does when it is saved, what it still lacks, and how serious the incident is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from cases.forms.safe_now import Household
from cases.models import HouseholdMember, Incident, ThreatToLife
from cases.models.answers import Answer, SafeOrNot, YesOrNo
from cases.models.severity import OWNERS, Severity, higher
from cases.services.consequences import raise_ownership, raise_what_follows
from cases.steps.safety import Said, unsafe_now
from cases.steps.threat import open_threats
from workflow import engine
from workflow.declare import RowKind, all_missing
from workflow.models import Refusal, Refused


def somebody_lives_there(row: Any, by: User, at: datetime) -> None:
    """A child who lives there and is not safe raises its task as the row is saved, not when the section is."""
    raise_what_follows(row.incident, "safe", by, at)


HOUSEHOLD_ROW = RowKind(
    "household", "somebody who lives there", HouseholdMember, Household, "incident", effect=somebody_lives_there
)


def act_at_once(incident: Any, by: User, at: datetime) -> None:
    """What the first section says is acted on as it is saved: unsafe now, a threat to life, a child who is not safe."""
    names = ("everyone_safe", "unsafe_what", "threat_to_life", "threat_what")
    before = Incident.objects.only(*names).get(pk=incident.pk)
    say_who_is_safe(incident, before, by, at)
    report_threat(incident, before, by, at)
    raise_what_follows(incident, "safe", by, at)


def say_who_is_safe(incident: Any, before: Any, by: User, at: datetime) -> None:
    """The first section says on every page at once what the safety acts would: unsafe now, or everyone safe.

    New words are a new danger: what was answered before does not answer them.
    """
    was_unsafe = before.everyone_safe == Answer.NO
    if incident.everyone_safe == Answer.NO:
        if not was_unsafe or incident.unsafe_what != before.unsafe_what:
            engine.perform(incident.case, "unsafe", by=by, evidence={"what": incident.unsafe_what}, at=at)
    elif incident.everyone_safe == Answer.YES and was_unsafe and unsafe_now(incident):
        engine.perform(incident.case, "safe", by=by, evidence={"answer": incident.made_safe}, at=at)


def report_threat(incident: Any, before: Any, by: User, at: datetime) -> None:
    """An inspector hears of every threat at once, whatever is open already. New words are a new danger here too."""
    said = (incident.threat_to_life, incident.threat_what)
    if incident.threat_to_life == YesOrNo.YES and said != (before.threat_to_life, before.threat_what):
        blank = ThreatToLife(case=incident.case, incident=incident)
        engine.perform(blank, "raise", by=by, evidence={"what": incident.threat_what}, at=at)


def threats_asked(incident: Any) -> list[ThreatToLife]:
    """The open threats that this incident must answer for, its own last: those it reported, and the first of the case."""
    if incident.threat_to_life != YesOrNo.YES:
        return []
    rows = open_threats(incident.case)
    return [threat for threat in rows if threat.beside_id is None or threat.incident_id == incident.pk]


def safe_lacks(incident: Any) -> list[str]:
    """The household, and what a threat to life asks for: nothing more is asked where none was reported."""
    rows = HOUSEHOLD_ROW.found(incident)
    form: Any = HOUSEHOLD_ROW.form
    lacks = [sentence for row in rows for _, sentence in form.missing(row)]
    if incident.household == Answer.YES and not rows:
        lacks.append("Add each person who lives there")
    if incident.everyone_safe == Answer.YES and any(row.safe == SafeOrNot.NOT_SAFE for row in rows):
        lacks.append("Somebody who lives there is not safe: say so, or say that they are safe now")
    for threat in threats_asked(incident):
        lacks += all_missing(threat)
    return list(dict.fromkeys(lacks))


def onward(incident: Any) -> str:
    """What the answers just given ask for next: the actions of a threat to life, then who lives there. "" for neither."""
    for threat in reversed(threats_asked(incident)):
        if all_missing(threat):
            return reverse("section", args=["threat", threat.pk, "reasons" if threat.beside_id else "actions"])
    if incident.household == Answer.YES and not HOUSEHOLD_ROW.rows_of(incident).exists():
        return reverse("add-row", args=["incident", incident.pk, HOUSEHOLD_ROW.name])
    return ""


def after_section(name: str) -> Any:
    """The effect of a section whose answers may raise a task."""

    def effect(incident: Any, by: User, at: datetime) -> None:
        raise_what_follows(incident, name, by, at)

    return effect


def ask_the_owner(incident: Any, by: User, at: datetime) -> None:
    """The section on how serious it is was saved."""
    before = Incident.objects.values_list("severity", flat=True).get(pk=incident.pk)
    raise_ownership(incident, before, by, at)


def set_severity(incident: Any, said: Said, by: User, at: datetime) -> None:
    """Anybody who works the case may raise it; Refused where it is lowered by less than the rank that owns it."""
    before = incident.severity
    if higher(before, said["severity"]) and (sentence := lowered_by_its_owner(incident, by)):
        raise Refused(Refusal.GUARD, sentence)
    incident.severity, incident.severity_why = said["severity"], said["severity_why"]
    raise_ownership(incident, before, by, at)


def lowered_by_its_owner(incident: Any, user: User) -> str:
    """What is owned by a rank is lowered by that rank or one above; the sentence for anybody else."""
    if not incident.severity or incident.severity == Severity.VOLUME:
        return ""
    owners = {row.role for code, row in OWNERS.items() if not higher(incident.severity, code)}
    if user.roles_over(incident.scope) & owners:
        return ""
    return f"{incident.get_severity_display()} is lowered only by the rank that owns it, or one above."
