"""The table of an incident: begun, recorded section by section, sent once, checked by a sergeant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Posting, Unit, User
from accounts.roles import FRONTLINE, SUPERVISORS
from cases.forms.action import Arrest, WhatWasDone
from cases.forms.incident import HowReported, KindsOfAbuse, Place, Report, SafeNow, Sent, WhatHappened
from cases.forms.involvement import (
    ChildPerson,
    Children,
    Harmed,
    HarmedPerson,
    SuspectPerson,
    Suspects,
    Witnesses,
    WitnessPerson,
)
from cases.models import Case, Holding, Incident, Involvement
from cases.services import hold
from cases.steps.safety import SAFETY, Said, unsafe_now
from workflow import engine
from workflow.approvals import Names, approval
from workflow.declare import NEW, RowKind, Section, Step, Workflow, complete
from workflow.engine import keep_said

S = Incident.State
Part = Involvement.Part


def begin(incident: Any, said: Said, by: User, at: datetime) -> None:
    """Open an unnamed case in the officer's own unit, held by the officer; or stand in the case it was begun in."""
    if incident.case_id is None:
        incident.case = Case.begin(Case.Kind.INVESTIGATION, own_unit(by, at), at)
        hold(case=incident.case, part=Holding.Part.INVESTIGATION, person=by, at=at)
    keep_said(incident, said, by, at)


def own_unit(by: User, at: datetime) -> Unit:
    """The unit where somebody works at the moment: the one lowest in the tree where they hold a frontline role."""
    held = Posting.objects.current(at).filter(user=by, role__in=FRONTLINE).select_related("unit")
    return max(held, key=lambda posting: (len(posting.unit.lineage), posting.from_at, posting.pk)).unit


def say_who_is_safe(incident: Any, by: User, at: datetime) -> None:
    """The first section says on every page at once what the safety acts would: unsafe now, or everyone safe."""
    before = Incident.objects.values_list("everyone_safe", flat=True).get(pk=incident.pk)
    if incident.everyone_safe == before:
        return
    if incident.everyone_safe == "no":
        engine.perform(incident.case, "unsafe", by=by, evidence={"what": incident.unsafe_what}, at=at)
    elif incident.everyone_safe == "yes" and before == "no" and unsafe_now(incident):
        engine.perform(incident.case, "safe", by=by, evidence={"answer": incident.made_safe}, at=at)


def row_lacks(incident: Any, kind: RowKind) -> list[str]:
    """What the rows of a part still lack, each sentence once."""
    form: Any = kind.form
    return list(dict.fromkeys(sentence for row in kind.found(incident) for _, sentence in form.missing(row)))


def harmed_lacks(incident: Any) -> list[str]:
    return [] if HARMED_ROW.found(incident) else ["Add the person harmed"]


def suspects_lack(incident: Any) -> list[str]:
    if incident.suspect_known == "yes" and not SUSPECT_ROW.found(incident):
        return ["Add the suspect"]
    return row_lacks(incident, SUSPECT_ROW)


def children_lack(incident: Any) -> list[str]:
    if incident.children_present == "yes" and not CHILD_ROW.found(incident):
        return ["Add each child"]
    return row_lacks(incident, CHILD_ROW)


def witnesses_lack(incident: Any) -> list[str]:
    if incident.witnesses_seen == "yes" and not WITNESS_ROW.found(incident):
        return ["Add each witness"]
    return row_lacks(incident, WITNESS_ROW)


def person_row(part: Part, label: str, form: Any) -> RowKind:
    """One part in the incident as rows; people are looked for before they are added."""
    return RowKind(
        part.value, label, Involvement, form, "incident", only=(("part", part.value),), begins_at="find-person",
    )  # fmt: skip


HARMED_ROW = person_row(Part.VICTIM, "the person harmed", HarmedPerson)
SUSPECT_ROW = person_row(Part.SUSPECT, "a suspect", SuspectPerson)
CHILD_ROW = person_row(Part.CHILD, "a child", ChildPerson)
WITNESS_ROW = person_row(Part.WITNESS, "a witness", WitnessPerson)
PEOPLE = "incident/people.html"

THE_INCIDENT, WHO, DID = "The incident", "Who is involved", "What you did"
# fmt: off
SECTIONS: tuple[Section, ...] = (
    Section("safe",      "Immediate safeguarding", SafeNow,      first=True, effect=say_who_is_safe),
    Section("report",    "How it was reported",    HowReported,  THE_INCIDENT),
    Section("place",     "Where it happened",      Place,        THE_INCIDENT),
    Section("happened",  "What happened",          WhatHappened, THE_INCIDENT),
    Section("kinds",     "Kinds of abuse",         KindsOfAbuse, THE_INCIDENT),
    Section("harmed",    "Person harmed",          Harmed,       WHO, (HARMED_ROW,),  missing=harmed_lacks,   template=PEOPLE),
    Section("suspects",  "Suspect",                Suspects,     WHO, (SUSPECT_ROW,), missing=suspects_lack,  template=PEOPLE),
    Section("children",  "Children",               Children,     WHO, (CHILD_ROW,),   missing=children_lack,  template=PEOPLE),
    Section("witnesses", "Witnesses",              Witnesses,    WHO, (WITNESS_ROW,), missing=witnesses_lack, template=PEOPLE),
    Section("arrest",    "Arrest, or why not",     Arrest,       DID),
    Section("done",      "Positive action",        WhatWasDone,  DID),
)

SEND = Names(
    ask="submit", ask_label="Send to your sergeant", asked="Sent to the sergeant",
    approved="Checked and approved", returned="Returned with reasons",
)

INCIDENT = Workflow("incident", Incident, S,
    Step("begin",   "Record an incident",       NEW,       S.RECORDING, FRONTLINE, Report, effect=begin, done="Recording of an incident begun"),
    *approval("record", source=S.RECORDING, waiting=S.SUBMITTED, target=S.CHECKED, ask=FRONTLINE, decide=SUPERVISORS,
              names=SEND, evidence=Sent, guards=(complete,)),
    Step("correct", "Correct a checked record", S.CHECKED, S.RECORDING, FRONTLINE, done="Opened again to be corrected"),
    *SAFETY,
    label="incident", sections=SECTIONS, editable={S.RECORDING: FRONTLINE}, finished={S.CHECKED},
)
# fmt: on
