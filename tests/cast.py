"""The cast: named people, their units, one open case. A plugin: every fixture here is known to every test.

Force "Northshire Police": Northgate (Response 3, Response 4) and Southmere (Response 1). Hannah's case is Northgate
Response 3's: Ellen and Tom work it, Priya supervises it, Sam is the officer of the next beat, Victor is shut out of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Posting, Unit, User
from cases.models import Case, Incident, Involvement
from cases.services import hold
from people.models import Person
from people.services import create
from workflow import engine


def unit(name: str, code: str, parent: Unit | None = None) -> Unit:
    return Unit.objects.filter(code=code).first() or Unit.objects.plant(name, code, parent)


def person(rank: str, collar: str, name: str, *posted: tuple[str, Unit]) -> User:
    """Somebody with a rank or title, a collar number ("" for none), a full name, and the roles held over units."""
    first, _, last = name.rpartition(" ")
    found = User.objects.create(
        username=collar or name.lower().replace(" ", "."),
        rank=rank,
        collar_number=collar,
        first_name=first,
        last_name=last,
    )
    since = timezone.now() - timedelta(days=365)
    Posting.objects.bulk_create([Posting(user=found, role=role, unit=over, from_at=since) for role, over in posted])
    return found


def client_of(user: User | None) -> Client:
    """A browser in which the person has signed in; nobody's for None."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        proved(client, user)
    return client


def proved(client: Client, user: User, method: str = "password") -> None:
    """As the sign-in itself leaves it: who they are was proved just now."""
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def text_of(answer: Any) -> str:
    """What a page says, markup and all, in one line."""
    return " ".join(answer.content.decode().split())


def take(subject: Any, step: str, by: User, **said: Any) -> Any:
    """A step on the record as it stands now."""
    if subject.pk:
        subject = type(subject).objects.get(pk=subject.pk)
    said.setdefault("reason", "As was agreed by the two of us.")
    return engine.perform(subject, step, by=by, evidence=said, seen=subject.version if subject.pk else None)


def shut_out(case: Case, user: User, by: User) -> None:
    """As a supervisor does it."""
    evidence = {"person": user.collar_number or user.username, "reason": "Related to a party."}
    engine.perform(case, "shut-out", by=by, evidence=evidence)


@pytest.fixture
def force(db: None) -> Unit:
    return unit("Northshire Police", "NP")


@pytest.fixture
def northgate(force: Unit) -> Unit:
    return unit("Northgate", "NG", force)


@pytest.fixture
def nr3(northgate: Unit) -> Unit:
    return unit("Northgate Response 3", "NR3", northgate)


@pytest.fixture
def nr4(northgate: Unit) -> Unit:
    return unit("Northgate Response 4", "NR4", northgate)


@pytest.fixture
def southmere(force: Unit) -> Unit:
    return unit("Southmere", "SM", force)


@pytest.fixture
def sr1(southmere: Unit) -> Unit:
    return unit("Southmere Response 1", "SR1", southmere)


@pytest.fixture
def ellen(nr3: Unit) -> User:
    """The officer who records Hannah's case."""
    return person("PC", "2877", "Ellen Marsh", ("officer", nr3))


@pytest.fixture
def tom(nr3: Unit) -> User:
    """Another officer of the same team."""
    return person("PC", "2208", "Tom Ashdown", ("officer", nr3))


@pytest.fixture
def priya(nr3: Unit) -> User:
    """The sergeant of the team."""
    return person("PS", "4471", "Priya Nair", ("sergeant", nr3))


@pytest.fixture
def ikande(nr4: Unit) -> User:
    """The sergeant of the other team of the division."""
    return person("PS", "3920", "Joy Ikande", ("sergeant", nr4))


@pytest.fixture
def ruth(northgate: Unit) -> User:
    """The inspector over both teams."""
    return person("Insp", "1188", "Ruth Calder", ("inspector", northgate))


@pytest.fixture
def iris(northgate: Unit) -> User:
    """The superintendent of the division."""
    return person("Supt", "0042", "Iris Vane", ("superintendent", northgate))


@pytest.fixture
def sam(sr1: Unit) -> User:
    """The officer of the next beat: asked for a reason, then in."""
    return person("PC", "5120", "Sam Okafor", ("officer", sr1))


@pytest.fixture
def victor(nr3: Unit) -> User:
    """An officer of the team who is shut out of Hannah's case."""
    return person("PC", "2950", "Victor Hale", ("officer", nr3))


@pytest.fixture
def rafi(force: Unit) -> User:
    """Takes calls for the whole force."""
    return person("", "7010", "Rafi Ahmad", ("contact_handler", force))


@pytest.fixture
def bea(force: Unit) -> User:
    """The control-room supervisor."""
    return person("", "7002", "Bea Quill", ("control_supervisor", force))


@pytest.fixture
def dana(force: Unit) -> User:
    """Professional standards."""
    return person("DS", "0907", "Dana Whitlock", ("professional_standards", force))


@pytest.fixture
def nell(force: Unit) -> User:
    """The crime registrar of the force."""
    return person("Crime registrar", "8200", "Nell Pryce", ("crime_registrar", force))


@pytest.fixture
def noor(force: Unit) -> User:
    """The auditor."""
    return person("Auditor", "", "Noor Ashby", ("auditor", force))


@pytest.fixture
def ari(force: Unit) -> User:
    """The analyst."""
    return person("Analyst", "", "Ari Bloom", ("analyst", force))


@pytest.fixture
def ines(force: Unit) -> User:
    """The intelligence officer of the force, who may check and read what an officer may not."""
    return person("Intelligence officer", "8301", "Ines Gray", ("intelligence_officer", force))


@pytest.fixture
def stranger(force: Unit) -> User:
    """Works here, but in a role that sees no case: the press officer."""
    return person("Press officer", "", "Petra Lund", ("press_officer", force))


@pytest.fixture
def nobody() -> Client:
    """A browser in which nobody has signed in."""
    return client_of(None)


@pytest.fixture
def sign_in() -> Callable[[User | None], Client]:
    return client_of


@pytest.fixture
def hannahs_incident(nr3: Unit, ellen: User) -> Incident:
    """An incident that Ellen has begun to record, forty minutes after the call; it opened a case."""
    reported = timezone.localtime(timezone.now() - timedelta(minutes=40)).replace(microsecond=0)
    said = {"reported_at": reported.isoformat(), "channel": "999", "log_ref": "0388"}
    incident: Incident = engine.perform(Incident(), "begin", by=ellen, evidence=said)
    return incident


@pytest.fixture
def hannahs_case(hannahs_incident: Incident, priya: User, victor: User) -> Case:
    """Its case: an open investigation of Northgate Response 3, held by Ellen, supervised by Priya, Victor shut out."""
    case = hannahs_incident.case
    hold(case=case, part="supervision", person=priya, at=timezone.now())
    shut_out(case, victor, priya)
    case.refresh_from_db()
    return case


#: What whoever was harmed wants and fears, in a record that lacks nothing.
HER_VIEW = {
    "wants": "He stays away, and the children sleep.", "fears": "That he comes back tonight.", "interpreter_needed": "no",
}  # fmt: skip


def involve(incident: Incident, by: User, part: str, name: str, **said: Any) -> Involvement:
    """Somebody new with a part in the incident: birth and address are facts, the rest is of the involvement."""
    said = {**(HER_VIEW if part == Involvement.Part.VICTIM else {}), **said}
    forename, _, surname = name.partition(" ")
    someone = create(
        beneath=incident, by=by, forename=forename, surname=surname, born_on=said.pop("born_on", None),
        address=said.pop("address", ""), postcode=said.pop("postcode", ""),
    )  # fmt: skip
    made: Involvement = engine.add(
        Involvement(incident=incident, person=someone, part=part, **said), beneath=incident, by=by
    )
    return made


@pytest.fixture
def hannah(hannahs_case: Case, hannahs_incident: Incident, ellen: User) -> Person:
    """Hannah Okoro is named in her case, and Daniel Reeve as the one said to harm her. Returns Hannah."""
    harmed = involve(
        hannahs_incident, ellen, "victim", "Hannah Okoro", born_on=date(1991, 5, 4), address="Flat 3, 14 Mill Lane",
        postcode="NR3 4QX",
    )  # fmt: skip
    involve(hannahs_incident, ellen, "suspect", "Daniel Reeve", born_on=date(1988, 1, 30), relationship="XBG")
    return harmed.person


@pytest.fixture
def daniel(hannah: Person, hannahs_incident: Incident) -> Person:
    """The one said to harm her."""
    return hannahs_incident.people("suspect").get().person
