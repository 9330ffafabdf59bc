"""A case with something behind every address, and the seven people who stand at its doors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, Involvement, SafeContact
from people.models import Address, Person
from reporting.models import Document, DocumentContent
from risk.models import Assessment
from supervision.models import Notice
from tests import factories
from tests.cast import client_of, involve
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
    document: Document
    notice: Notice
    deadline: Deadline
    setting: PolicySetting

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


@pytest.fixture
def world(hannahs_case: Case, sent_record: Incident, hannah: Person, ellen: User, priya: User) -> World:
    """Hannah's case: one record sent, one being written with somebody in each part, a paper, a notice, a clock, a setting."""
    ways = {"call": "07700 900123", "when": "10:00 to 14:00", "never_use": "The landline", "code_word": CODE_WORD}
    engine.perform(hannahs_case, "safe-contact", by=ellen, evidence=ways)
    incident = factories.complete(ellen, hannahs_case)
    involve(incident, ellen, "child", "Mia Okoro", spoken_to="no", silent_because="Asleep.")
    involve(incident, ellen, "witness", "Ola Bright")
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
        fact=Address.objects.filter(person=hannah)[0], document=paper(hannahs_case, ellen),
        notice=told(deadline, ellen), deadline=deadline, setting=setting,
    )  # fmt: skip


@pytest.fixture
def browsers(
    ellen: User, priya: User, sam: User, stranger: User, victor: User, ari: User, hannahs_case: Case
) -> dict[str, Client]:
    """Everybody at the doors, by the name the tables below give them."""
    people: dict[str, User | None] = {
        "ellen": ellen, "priya": priya, "sam": sam, "stranger": stranger, "victor": victor, "ari": ari, "nobody": None,
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


def page_of(answer: Any, path: str) -> str:
    """The page without what differs each time it is drawn, and without the address that was asked for."""
    return TOKENS.sub(r"\1\2\3", answer.content.decode()).replace(f'value="{path}"', 'value=""')
