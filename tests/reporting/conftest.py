"""A case with something on every page of its file: people, an incident, safe contact, an open danger, a decision."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
import pytest

from accounts.models import User
from cases.models import ArrestDecision, Case, Incident
from people.models import Person
from reporting import paper, services
from reporting.models import Document
from tests.cast import involve
from tests.reporting.asking import abel, asked_with, cora, rule, survey, wren  # noqa: F401 - fixtures
from workflow import engine

CODE_WORD = "tangerine"
ACCOUNT = "He pushed her against the kitchen wall. <img src=http://example.invalid/x.png> She rang from next door."


@pytest.fixture
def incident(hannah: Person, hannahs_incident: Incident, ellen: User) -> Any:
    """Recorded as far as an officer gets: Hannah harmed, Daniel suspected, one child."""
    involve(hannahs_incident, ellen, "child", "Mia Okoro", spoken_to="no", silent_because="Asleep throughout.")
    involve(hannahs_incident, ellen, "witness", "Ola Bright", own_words="I heard her scream.")
    said = {"everyone_safe": "yes", "made_safe": "Hannah is with her sister.", "account": ACCOUNT}
    row = ArrestDecision(incident=hannahs_incident, suspect=hannahs_incident.people("suspect").get(), arrested="no")
    engine.add(row, beneath=hannahs_incident, by=ellen)
    return engine.amend(hannahs_incident, said, by=ellen, seen=hannahs_incident.version)


@pytest.fixture
def told(hannahs_case: Case, incident: Any, ellen: User) -> Case:
    """The case with its safety acts taken."""
    ways = {
        "means": ["call"], "call": "07700 900123", "when": "10:00 to 14:00", "never_use": "The landline",
        "code_word": CODE_WORD,
    }  # fmt: skip
    engine.perform(hannahs_case, "safe-contact", by=ellen, evidence=ways)
    engine.perform(hannahs_case, "unsafe", by=ellen, evidence={"what": "Daniel was seen outside her sister's house."})
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "Large dog loose in the yard."})
    hannahs_case.refresh_from_db()
    return hannahs_case


def case_file_of(case: Case, user: User) -> Document:
    """The case file that the person asks for, made."""
    document, _ = services.ask_for_document(case=case, by=user)
    assert services.make(document.pk)
    return Document.objects.select_related("content", "case", "asked_by").get(pk=document.pk)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press that takes no time, for what is not about the pages."""
    monkeypatch.setattr(paper, "press", lambda html, tell: (f"%PDF-{hash(html)}".encode(), 3))


@pytest.fixture
def made(told: Case, ellen: User) -> Document:
    """The case file that Ellen asked for, made by the real press."""
    return case_file_of(told, ellen)


PRINTED: list[Document] = []


@pytest.fixture
def printed(request: pytest.FixtureRequest) -> Document:
    """The same, made once for all tests that only read its bytes: its rows are gone, what it says is in memory."""
    if not PRINTED:
        PRINTED.append(request.getfixturevalue("made"))
    return PRINTED[0]


def words_of(document: Document) -> list[str]:
    """The text of each page, on one line."""
    reader = pypdf.PdfReader(BytesIO(bytes(document.content.pdf)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]
