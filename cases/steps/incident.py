"""The table of an incident: begun, recorded section by section, sent once, checked by a sergeant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Posting, Unit, User
from accounts.roles import COMMAND, FRONTLINE, SUPERVISORS, SYSTEM
from cases.forms.action import WhatWasDone
from cases.forms.arrest import Arrest
from cases.forms.children import Children
from cases.forms.contact import ContactSection
from cases.forms.crime import CrimeOrNot, LaterCrime
from cases.forms.evidence import Evidence
from cases.forms.harmed import HarmedPerson, WhatWouldHelp
from cases.forms.incident import HowReported, KindsOfAbuse, Place, Report, Sent, WhatHappened
from cases.forms.involvement import (
    Harmed,
    SuspectPerson,
    Suspects,
    Witnesses,
    WitnessPerson,
)
from cases.forms.linked import TheyAccuseEachOther
from cases.forms.safe_now import HowSerious, NewSeverity, SafeNow
from cases.models import Case, Holding, Incident, Involvement
from cases.services import hold
from cases.services.calls import begun_from_call
from cases.services.hearing import heard
from cases.steps.action import ACTION_ROW, actions_lack, endorsing
from cases.steps.arrest import ARREST_ROW, arrest_lacks, hand_back, wish_alone
from cases.steps.children import CHILD_ROWS, children_lack
from cases.steps.contact import contact_lacks
from cases.steps.crime import (
    OFFENCE_ROW,
    RECORDING,
    classing,
    crime_lacks,
    keep_law,
    record_later,
    said_to_be_no_crime,
    to_the_offence,
)
from cases.steps.evidence import FOOTAGE_ROW, ask_again_for_photographs, footage_lacks, watched
from cases.steps.finding import FOUND_FIRST
from cases.steps.linked import begin_second, both_are_named, not_begun_already
from cases.steps.safe_now import (
    HOUSEHOLD_ROW,
    act_at_once,
    after_section,
    ask_the_owner,
    onward,
    safe_lacks,
    set_severity,
)
from cases.steps.safety import SAFETY, Said
from workflow.approvals import Names, approval
from workflow.declare import ANY, NEW, STAYS, RowKind, Section, Step, Workflow, complete
from workflow.engine import keep_said

S = Incident.State
Part = Involvement.Part


def begin(incident: Any, said: Said, by: User, at: datetime) -> None:
    """Open an unnamed case in the officer's own unit, held by the officer; or stand in the case it was begun in."""
    if incident.case_id is None:
        incident.case = Case.begin(Case.Kind.INVESTIGATION, own_unit(by, at), at)
        hold(case=incident.case, part=Holding.Part.INVESTIGATION, person=by, at=at)
    else:
        begun_from_call(incident, by, at)
    keep_said(incident, said, by, at)


def own_unit(by: User, at: datetime) -> Unit:
    """The unit where somebody works at the moment: the one lowest in the tree where they hold a frontline role."""
    held = Posting.objects.current(at).filter(user=by, role__in=FRONTLINE).select_related("unit")
    return max(held, key=lambda posting: (len(posting.unit.lineage), posting.from_at, posting.pk)).unit


def row_lacks(incident: Any, kind: RowKind) -> list[str]:
    """What the rows of a part still lack, each sentence once."""
    form: Any = kind.form
    return list(dict.fromkeys(sentence for row in kind.found(incident) for _, sentence in form.missing(row)))


def harmed_lacks(incident: Any) -> list[str]:
    """Their view is part of the record: nobody decides without it, or without why it could not be learned. S4-005."""
    return row_lacks(incident, HARMED_ROW) if HARMED_ROW.found(incident) else ["Add the person harmed"]


def suspects_lack(incident: Any) -> list[str]:
    if incident.suspect_known == "yes" and not SUSPECT_ROW.found(incident):
        return ["Add the suspect"]
    return row_lacks(incident, SUSPECT_ROW)


def witnesses_lack(incident: Any) -> list[str]:
    if incident.witnesses_seen == "yes" and not WITNESS_ROW.found(incident):
        return ["Add each witness"]
    return row_lacks(incident, WITNESS_ROW)


def person_row(part: Part, label: str, form: Any, effect: Any = None) -> RowKind:
    """One part in the incident as rows; people are looked for before they are added."""
    return RowKind(
        part.value, label, Involvement, form, "incident", only=(("part", part.value),), begins_at="find-person",
        effect=effect, beginning=FOUND_FIRST,
    )  # fmt: skip


HARMED_ROW = person_row(Part.VICTIM, "the person harmed", HarmedPerson, heard)
# The same row on a second page: all optional, so it is not in the officer's way.
HELP_ROW = RowKind(
    "help", "what would help", Involvement, WhatWouldHelp, "incident", only=(("part", Part.VICTIM.value),),
    begins_at="find-person",
)  # fmt: skip
SUSPECT_ROW = person_row(Part.SUSPECT, "a suspect", SuspectPerson)
WITNESS_ROW = person_row(Part.WITNESS, "a witness", WitnessPerson)
PEOPLE, CHILDREN, CONTACT = "incident/people.html", "incident/children.html", "incident/contact.html"

THE_INCIDENT, WHO, DID = "The incident", "Who is involved", "What you did"
# fmt: off
SECTIONS: tuple[Section, ...] = (
    Section("safe",      "Immediate safeguarding", SafeNow,      "", (HOUSEHOLD_ROW,), first=True, missing=safe_lacks, effect=act_at_once, onward=onward, template="incident/safe.html"),
    Section("report",    "How it was reported",    HowReported,  THE_INCIDENT),
    Section("place",     "Where it happened",      Place,        THE_INCIDENT),
    Section("happened",  "What happened",          WhatHappened, THE_INCIDENT, effect=after_section("happened"), template="incident/happened.html"),
    Section("kinds",     "Kinds of abuse",         KindsOfAbuse, THE_INCIDENT, effect=after_section("kinds")),
    Section("harmed",    "Person harmed",          Harmed,       WHO, (HARMED_ROW, HELP_ROW), missing=harmed_lacks,   template=PEOPLE),
    Section("suspects",  "Suspect",                Suspects,     WHO, (SUSPECT_ROW,), missing=suspects_lack,  template=PEOPLE),
    Section("children",  "Children",               Children,     WHO, CHILD_ROWS,     missing=children_lack,  template=CHILDREN),
    Section("witnesses", "Witnesses",              Witnesses,    WHO, (WITNESS_ROW,), missing=witnesses_lack, template=PEOPLE),
    Section("contact",   "Safe contact",           ContactSection, WHO,               missing=contact_lacks,  template=CONTACT),
    Section("arrest",    "Arrest, or why not",     Arrest,       DID, (ARREST_ROW,),    missing=arrest_lacks,   template="incident/arrest.html"),
    Section("done",      "Positive action",        WhatWasDone,  DID, (ACTION_ROW,),    missing=actions_lack,   template="incident/done.html"),
    Section("evidence",  "Evidence and body-worn video", Evidence, DID, (FOOTAGE_ROW,), missing=footage_lacks, template="incident/evidence.html", effect=ask_again_for_photographs),
    Section("crime",     "Crime, or why not",      CrimeOrNot,   DID, (OFFENCE_ROW,),   missing=crime_lacks, effect=keep_law, onward=to_the_offence, template="incident/crime.html"),
    Section("severity",  "How serious it is",      HowSerious,   DID, effect=ask_the_owner),
)

SEND = Names(
    ask="submit", ask_label="Send to your sergeant", asked="Sent to the sergeant",
    approved="Checked and approved", returned="Returned with reasons",
)

INCIDENT = Workflow("incident", Incident, S,
    Step("begin",   "Record an incident",       NEW,       S.RECORDING, FRONTLINE | SYSTEM, Report, effect=begin, done="Recording of an incident begun"),
    *classing(endorsing(approval("record", source=S.RECORDING, waiting=S.SUBMITTED, target=S.CHECKED, ask=FRONTLINE, decide=SUPERVISORS,
              names=SEND, evidence=Sent, guards=(complete,)))),
    Step("hand-back", "Give it back: a wish is no reason", S.SUBMITTED, S.RECORDING, SYSTEM, when=wish_alone, effect=hand_back, done="Came back by itself: a wish alone is no reason not to arrest"),
    watched(S.SUBMITTED, S.CHECKED),
    Step("correct", "Correct a checked record", S.CHECKED, S.RECORDING, FRONTLINE, done="Opened again to be corrected"),
    Step("later-crime", "Record a crime after all", S.CHECKED, STAYS, RECORDING, LaterCrime, when=said_to_be_no_crime, effect=record_later, done="Recorded as a crime after all"),
    Step("counter", "They accuse each other", (S.RECORDING, S.CHECKED), STAYS, FRONTLINE, TheyAccuseEachOther, guards=(both_are_named, not_begun_already), effect=begin_second, told=False),
    Step("severity", "Change how serious it is", ANY,      STAYS,       FRONTLINE | COMMAND, NewSeverity, effect=set_severity, done="How serious it is was changed"),
    *SAFETY,
    label="incident", sections=SECTIONS, editable={S.RECORDING: FRONTLINE}, finished={S.CHECKED},
)
# fmt: on
