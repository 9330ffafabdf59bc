"""The disclosure unit and its considerations: who works them, and one in any state, as the steps before would have left it.

A plugin as `tests/cast.py` is: the fixtures are known to every test. Rafi of the control room stands in `tests/cast.py`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, SafeContact
from dvds.models import Application, Outcome, Party, Profile, Route
from people.models import Address, Birth, Person, PersonName
from tests.cast import person

S = Application.State
STATUTORY_FROM = datetime(2023, 4, 4, 23, tzinfo=UTC)

#: What a record says that lacks nothing, of a request.
ASKED: dict[str, Any] = {
    "asks_as": "self", "prompted": "He pushed her, and a friend said that he had hurt somebody before.",
    "feared": ["assault", "control"], "sharing_explained": "yes", "sharing_consent": "consented",
}  # fmt: skip
#: The same, of information that nobody asked about.
HEARD: dict[str, Any] = {
    "source": "investigation", "source_words": "She was named as his new partner in an interview.",
    "source_grade": "1", "information_grade": "A",
}  # fmt: skip
BOTH: dict[str, Any] = {
    "subject_staff": "no", "relationship": "BG", "together": "together", "living_together": "no",
    "children_affected": "no", "danger": "none", "crime_alleged": "no", "support_given": "yes",
    "support_words": "Easterby advisers, 01632 960200",
}  # fmt: skip
#: A safe way, place and time, all three: on any day at any hour, so that a test may make contact now.
SAFE: dict[str, Any] = {
    "means": ["call", "in_person"], "call": "07700 900123", "meet_at": "The library in Mill Lane",
    "when": "At any time, if she answers with her first name", "never_use": "Letters",
}  # fmt: skip


@pytest.fixture
def disclosure_unit(abuse_unit: Unit) -> Unit:
    """The Domestic Abuse Unit, which works Clare’s Law too."""
    return abuse_unit


@pytest.fixture
def perry(disclosure_unit: Unit) -> User:
    """The disclosure officer."""
    return person("DC", "8501", "Perry Holt", ("disclosure_officer", disclosure_unit))


@pytest.fixture
def maya(disclosure_unit: Unit) -> User:
    """The disclosure supervisor."""
    return person("DS", "8502", "Maya Brandt", ("disclosure_supervisor", disclosure_unit))


@pytest.fixture
def wren(disclosure_unit: Unit) -> User:
    """Another disclosure officer: the second person."""
    return person("DC", "8503", "Wren Salter", ("disclosure_officer", disclosure_unit))


def named(case: Case, by: User, called: str, **known: Any) -> Person:
    """Somebody new of whom this case alone has learned: name, and where given birth and address."""
    forename, _, surname = called.partition(" ")
    someone = Person.objects.create()
    when = {"case": case, "person": someone, "recorded_by": by, "recorded_at": timezone.now()}
    PersonName.objects.create(forename=forename, surname=surname, **when)
    if "born_on" in known:
        Birth.objects.create(born_on=known["born_on"], **when)
    if "address" in known:
        Address.objects.create(line=known["address"], postcode="", **when)
    return someone


def party(application: Application, someone: Person, part: str, by: User, **said: Any) -> Party:
    made: Party = Party.objects.create(
        case=application.case, application=application, person=someone, part=part, recorded_by=by, **said
    )
    return made


def consideration(
    unit: Unit, by: User, state: str = "opened", *, route: str = "ask", days_ago: float = 1, at_risk: Any = "Rosa Field",
    subject: Any = "Karl Field", applicant: Any = None, children: tuple[str, ...] = (), safe: bool = True, **columns: Any,
) -> Application:  # fmt: skip
    """One in the state that is named, first heard of so many days ago, whole as its sections go: the person at risk asks
    herself unless an applicant is named. People are names, or people already known.
    """
    first = timezone.now() - timedelta(days=days_ago)
    case = Case.begin(Case.Kind.DISCLOSURE, unit, first)
    said = {**BOTH, **(ASKED if route == Route.ASK else HEARD), **after(state), **columns}
    if applicant is not None:
        said.setdefault("aware", "no")
        said = {**said, "asks_as": columns.get("asks_as", "friend")}
    application: Application = Application.objects.create(
        case=case, state=state, recorded_by=by, recorded_at=first, first_contact_at=first,
        **{"route": route, "origin_route": route, "profile": profile_of(first), "channel": "phone", **said},
    )  # fmt: skip
    everybody = [("at_risk", at_risk), ("subject", subject), *(("child", child) for child in children)]
    for part, one in everybody:
        fill(application, part, one, by)
    if route == Route.ASK:
        hers = Party.objects.get(application=application, part="at_risk").person
        fill(application, "applicant", applicant or hers, by)
    if safe:
        SafeContact.objects.create(case=case, recorded_by=by, recorded_at=first, **SAFE)
    return application


def fill(application: Application, part: str, one: Any, by: User) -> Party:
    born = {"subject": date(1988, 1, 30), "at_risk": date(1991, 5, 4), "child": date(2019, 2, 3)}.get(part)
    known = {"born_on": born, "address": "14 Mill Lane"} if born else {}
    return party(application, one if isinstance(one, Person) else named(application.case, by, one, **known), part, by)


def profile_of(first: datetime) -> str:
    return str(Profile.STATUTORY if first >= STATUTORY_FROM else Profile.OLD)


def after(state: str) -> dict[str, Any]:
    """The columns that a state cannot stand without."""
    now = timezone.now()
    if state in (S.CONCLUDING, S.CLOSED):
        ended = {"ended_at": now, "outcome": Outcome.NOTHING_HELD}
        return {**ended, "intelligence_ref": "INT-2026-0388"} if state == S.CLOSED else ended
    return {"told_at": now, "outcome": Outcome.DISCLOSED} if state == S.TOLD else {}


@pytest.fixture
def opened(disclosure_unit: Unit, perry: User) -> Application:
    """Rosa Field asks about Karl Field; being taken down, nothing missing."""
    return consideration(disclosure_unit, perry)


@pytest.fixture
def in_checks(disclosure_unit: Unit, perry: User) -> Application:
    """The same, sent to be checked."""
    return consideration(disclosure_unit, perry, "checks")


@pytest.fixture
def heard_of(disclosure_unit: Unit, perry: User) -> Application:
    """A right to know: an interview named Rosa Field as Karl Field’s new partner; to be checked."""
    return consideration(disclosure_unit, perry, "checks", route="know")
