"""A case with something behind every address, and the eight people who stand at its doors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import (
    Attachment,
    Call,
    Case,
    CourseEvent,
    Crime,
    Device,
    Exhibit,
    HouseholdMember,
    Incident,
    Interview,
    Involvement,
    LinkedReferral,
    NonCrime,
    RepeatPlan,
    SafeContact,
    SerialPlan,
    StandardException,
    SystemCheck,
    ThreatToLife,
)
from cases.services import raise_task
from cases.services.children import involve_unborn
from marac.models import NotReferred
from people.models import Address, Note, Person
from people.services import learn
from reporting.models import Document, DocumentContent
from risk.models import Assessment, Downgrade, PlanInput, PlanShare, Reassessment
from safeguarding.models import Agency, Encompass, Exchange, JointAction, OnwardReferral
from supervision.models import Notice
from tests import factories
from tests.cases import files
from tests.cases.calls import called
from tests.cases.files import store as store
from tests.cast import client_of, involve
from tests.risk import plans
from workflow import engine
from workflow.models import Deadline, PolicySetting

CODE_WORD = "tangerine"
#: What nobody who may not open the case may ever be shown, and what stands in no address, title, notice or log.
PERSONAL = (
    "Hannah", "Okoro", "Daniel", "Reeve", "Mill Lane", "NR3 4QX", "NR34QX", "May 1991", "1991-05-04", "07700 900123", CODE_WORD,
    "both hands", "hands on her neck",
)  # fmt: skip


@dataclass
class World:
    """One of each thing that an address can name."""

    case: Case
    incident: Incident  # being recorded
    sent: Incident  # waiting for a sergeant
    dash: Assessment  # of the incident being recorded
    hannah: Person
    rows: dict[str, Involvement]  # of the incident being recorded, by part
    fact: Address
    note: int  # learned of the person harmed in the incident being recorded
    document: Document
    notice: Notice
    deadline: Deadline
    setting: PolicySetting
    call: Call  # about the case, taken by the control room
    file: Attachment
    exhibit: Exhibit
    device: Device
    others: dict[str, Any]  # rows of the incident being recorded that are no people, by kind

    def records(self) -> dict[str, Any]:
        """A record of each table whose steps somebody may take, by the table's name."""
        return {
            "case": self.case, "incident": self.incident, "assessment": self.dash, "call": self.call, "file": self.file,
            "exhibit": self.exhibit, "device": self.device, "crime": self.others["offence"],
            **{name: self.others[name] for name in ("task", "threat", "arrest", "non-crime", "system-check", "repeat-plan")},
            "encompass": self.others["encompass"],
            **{name: self.others[name] for name in ("course", "downgrade", "reassessment")},
            **{name: self.others[name] for name in ("safety-plan", "plan-action", "not-referred")},
            **{name: self.others[name] for name in ("standard-exception", "linked-referral", "serial-plan", "interview")},
            # --- referrals to others ---
            **{name: self.others[name] for name in ("onward-referral", "exchange", "joint-action")},
            # ---
        }  # fmt: skip

    def secrets(self) -> tuple[str, ...]:
        return (*PERSONAL, self.case.reference, "Ellen Marsh", "Priya Nair")


def paper(case: Case, by: User) -> Document:
    """A case file as the press leaves it, its bytes made up."""
    now = timezone.now()
    made = Document.objects.create(
        case=case,
        asked_by=by,
        stage=Document.Stage.MADE,
        progress=100,
        as_at=now,
        made_at=now,
        pages=1,
        digest="0" * 64,
    )
    DocumentContent.objects.create(document=made, pdf=b"%PDF-1.7 nothing")
    return made


def told(deadline: Deadline, person: User) -> Notice:
    text = f"{deadline.case.reference}: something is owed."
    return Notice.objects.create(
        deadline=deadline, person=person, rung=0, role="holder", due_at=deadline.due_at, text=text
    )


def crimes(incident: Incident, sent: Incident, by: User) -> dict[str, Any]:
    """The crime of the record being written; and one that is said to be none."""
    why = "Both shouted about money, nobody was touched."
    asked = NonCrime.objects.create(case=sent.case, incident=sent, reason="argument", why=why, recorded_by=by)
    return {"offence": Crime.objects.get(incident=incident), "non-crime": asked}


def looked_up(incident: Incident, by: User) -> SystemCheck:
    """Another system was checked for the suspect, and knew nothing."""
    suspect = incident.people("suspect").get().person_id
    said = {
        "system": "pnc", "person": suspect, "names": "Daniel Reeve", "births": "1988", "found": "nothing",
        "checked_at": timezone.now().isoformat(),
    }  # fmt: skip
    made: SystemCheck = engine.perform(SystemCheck(case=incident.case), "record", by=by, evidence=said)
    return made


def planned(incident: Incident, by: User) -> RepeatPlan:
    """A plan for the person harmed, being written."""
    said = {"owner": by.collar_number}
    made: RepeatPlan = engine.perform(RepeatPlan(case=incident.case), "begin", by=by, evidence=said)
    return made


def looked_at(case: Case, by: User, sergeant: User) -> dict[str, Any]:
    """An event of the course of the case, a grade lowered that nobody spoke to the victim about, and a look that is asked for."""
    on = (timezone.localdate() + timedelta(days=9)).isoformat()
    said = {"kind": "trial", "on": on, "clock": "10:00", "words": ""}
    course = engine.perform(CourseEvent(case=case), "record", by=by, evidence=said)
    changed = "The other man was charged with it and has said so himself to the officer in the case."
    lowered = {"reason": "disproved", "words": changed, "spoken": "no", "why_not": "Rang at the safe time."}
    downgrade = engine.perform(Downgrade(case=case), "lower", by=sergeant, evidence=lowered)
    asked = {"trigger": "concern", "why": "She does not open the door.", "now": "He is out on Friday."}
    review = engine.perform(Reassessment(case=case), "ask", by=by, evidence=asked)
    return {"course": course, "downgrade": downgrade, "reassessment": review}


def kept_safe(incident: Incident, by: User) -> dict[str, Any]:
    """A safety plan being written, with one row of each kind."""
    plan, day = plans.begun(incident.case, by), timezone.localdate()
    share = PlanShare(plan=plan, agency="Northgate Housing", shared_on=day, basis=PlanShare.Basis.PUBLIC_TASK)
    advice = PlanInput(plan=plan, agency="Harbour", said_on=day, words="Change the way to the nursery.")
    return {
        "safety-plan": plan, "plan-action": plans.act(plan, by), "left": plans.leave(plan, by, "suspect"),
        "share": engine.add(share, beneath=plan, by=by), "input": engine.add(advice, beneath=plan, by=by),
    }  # fmt: skip


def dangers(incident: Incident, by: User) -> dict[str, Any]:
    """Somebody who lives there, a life that is threatened, and something that an inspector owes for it."""
    lodger = engine.add(HouseholdMember(incident=incident, who="A lodger", safe="safe"), beneath=incident, by=by)
    said = {"what": "He told his brother what he will do."}
    threat = engine.perform(ThreatToLife(case=incident.case, incident=incident), "raise", by=by, evidence=said)
    why = "The record says so."
    task = raise_task(case=incident.case, kind="weapon", why=why, by=by, at=timezone.now(), about=incident)
    return {"household": lodger, "threat": threat, "task": task}


def decided_on(incident: Incident, by: User, sergeant: User) -> dict[str, Any]:
    """An exception that was asked for, a referral that waits, a serial plan and an interview that are being written."""
    now = timezone.now().isoformat()
    asked = {"line": f"checked-{incident.pk}", "why": "The sergeant of that night has left the force."}
    sent = {
        "strand": "sexual", "sent_at": now, "sent_how": "call", "reference": "RA/2026/11",
        "asked": "He forced her; she wants to speak to a woman.",
    }  # fmt: skip
    suspect = incident.people("suspect").get()
    led = {
        "person": suspect.person_id,
        "lead": by.collar_number,
        "because": "He finds women who live alone near his work.",
    }
    spoken = {"involvement": str(suspect.pk), "kind": "suspect"}
    made: dict[str, Any] = {}
    for name, record, step, who, said in (
        ("standard-exception", StandardException, "ask", by, asked), ("linked-referral", LinkedReferral, "send", by, sent),
        ("serial-plan", SerialPlan, "begin", sergeant, led), ("interview", Interview, "begin", by, spoken),
    ):  # fmt: skip
        made[name] = engine.perform(record(case=incident.case), step, by=who, evidence=said)
    return made


def school_told(incident: Incident) -> Encompass:
    """A school that nobody has named is to be told of the child of the record."""
    said = {"involvement": incident.people("child").first().pk}
    made: Encompass = engine.perform(Encompass(case=incident.case), "find", by=User.objects.system(), evidence=said)
    return made


def asked_of_others(incident: Incident, by: User, agency: Agency) -> dict[str, Any]:
    """A child referred, something shared, and an action agreed with a partner."""
    now, day = timezone.now().isoformat(), (timezone.localdate() + timedelta(days=3)).isoformat()
    child = incident.people("child").exclude(unborn=True).earliest("pk").person_id
    sent = {
        "people": [child], "threshold": "s17", "danger_now": "no", "agency": agency.pk, "basis": "safeguarding",
        "consent": "given", "told": "yes", "shared": "The children hide under the stairs.", "sent_how": "system",
    }  # fmt: skip
    told = {"agency": agency.pk, "what": "He is out on Friday.", "basis": "public_task", "at": now, "how": "call"}
    agreed = {"agency": agency.pk, "whom": "Duty desk", "what": "They see them at school.", "due_on": day}
    made: dict[str, Any] = {}
    for name, record, step, said in (
        ("onward-referral", OnwardReferral, "refer-children", sent), ("exchange", Exchange, "give", told),
        ("joint-action", JointAction, "agree", agreed),
    ):  # fmt: skip
        made[name] = engine.perform(record(case=incident.case), step, by=by, evidence=said)
    return made


def excused(case: Case, by: User) -> NotReferred:
    """Somebody asks not to refer to MARAC."""
    words = "Heard nine days ago; the actions of that day go on, and nothing is new."
    return NotReferred.objects.create(
        case=case, why="heard", words=words, state=NotReferred.State.ASKED, recorded_by=by
    )


@pytest.fixture
def world(
    hannahs_case: Case, sent_record: Incident, hannah: Person, ellen: User, priya: User, rafi: User, store: Path,
    social_care: Agency,
) -> World:  # fmt: skip
    """Hannah's case: one record sent, one being written with somebody in each part, a paper, a notice, a clock, a setting."""
    ways = {
        "means": ["call"], "call": "07700 900123", "when": "10:00 to 14:00", "never_use": "The landline",
        "code_word": CODE_WORD,
    }  # fmt: skip
    ways["changed_because"] = "She has a new telephone."
    engine.perform(hannahs_case, "safe-contact", by=ellen, evidence=ways)
    incident = factories.complete(ellen, hannahs_case)
    involve(incident, ellen, "child", "Mia Okoro", spoken_to="no", silent_because="Asleep.")
    involve(incident, ellen, "witness", "Ola Bright")
    harmed = incident.people("victim").get().person
    note = learn(Note(person=harmed, about="school", said_words="Mill Lane Primary"), beneath=incident, by=ellen)
    deadline = Deadline.objects.open().filter(case=hannahs_case).order_by("pk")[0]
    setting = PolicySetting.objects.create(
        policy="record-sent", unit=hannahs_case.unit, within="hours:20", valid_from=date(2030, 1, 1), authority="Force order",
        recorded_by=priya, state=PolicySetting.State.PROPOSED,
    )  # fmt: skip
    assert SafeContact.objects.filter(case=hannahs_case).exists()
    return World(
        case=Case.objects.get(pk=hannahs_case.pk), incident=incident, sent=sent_record,
        dash=Assessment.objects.get(incident=incident), hannah=hannah,
        rows={row.part: row for row in incident.involvements.standing()},
        fact=Address.objects.filter(person=hannah)[0], note=note.pk, document=paper(hannahs_case, ellen),
        notice=told(deadline, ellen), deadline=deadline, setting=setting, call=called(rafi, case=hannahs_case),
        file=files.kept(hannahs_case, ellen),
        exhibit=files.listed(hannahs_case, ellen), device=files.handed_over(hannahs_case, ellen, harmed),
        others={
            "help": incident.people("victim").get(), "care": incident.people("child").get(),
            "unborn": involve_unborn(incident=incident, by=ellen, due_on=None),
            "arrest": incident.arrest_decisions.get(), "action": incident.actions.get(),
            "footage": files.attended(incident, ellen, priya),
            **crimes(incident, sent_record, ellen), **dangers(incident, ellen),
            "system-check": looked_up(incident, ellen), "encompass": school_told(incident),
            "repeat-plan": planned(incident, priya), **kept_safe(incident, ellen),
            **looked_at(hannahs_case, ellen, priya), **decided_on(incident, ellen, priya),
            **asked_of_others(incident, ellen, social_care),
            "not-referred": excused(hannahs_case, ellen),
        },
    )  # fmt: skip


@pytest.fixture
def browsers(
    ellen: User, priya: User, sam: User, stranger: User, victor: User, ari: User, cleo: User, hannahs_case: Case
) -> dict[str, Client]:
    """Everybody at the doors, by the name the tables below give them."""
    people: dict[str, User | None] = {
        "ellen": ellen, "priya": priya, "sam": sam, "stranger": stranger, "victor": victor, "ari": ari, "cleo": cleo,
        "nobody": None,
    }  # fmt: skip
    return {name: client_of(person) for name, person in people.items()}


def give_reason(browser: Client, case: Case) -> HttpResponse:
    """Say why, as the reason page asks it."""
    url = f"/cases/{case.reference}/reason/"
    answer: Any = browser.post(url, {"later": "1"})
    assert answer.status_code == 302, answer.status_code
    return answer  # type: ignore[no-any-return]


@pytest.fixture
def in_an_hour() -> Callable[[], Any]:
    return lambda: timezone.now() + timedelta(hours=1)


TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*|(data-now=")[^"]*|(data-reference>)[^<]*')


#: How the navigation marks an entry that the address begins with.
MARKED = re.compile(
    r' aria-current="(?:true|page)"| govuk-service-navigation__item--active'
    r'|</?strong(?: class="govuk-service-navigation__active-fallback")?>'
)


def page_of(answer: Any, path: str) -> str:
    """The page without what differs each time it is drawn, and without the address that was asked for: its own words, and
    the entry of the navigation that begins like it (`workflow/pages/furniture.py`).
    """
    asked_for = path.partition("?")[0]
    text = MARKED.sub("", TOKENS.sub(r"\1\2\3", answer.content.decode()))
    return text.replace(f'value="{asked_for}"', 'value=""')
