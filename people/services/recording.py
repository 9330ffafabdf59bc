"""Recording a person, and what a case learns about one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from people.models import Address, Birth, Fact, Person, PersonName, Telephone
from workflow import engine
from workflow.models import CaseRecord, Refusal, Refused

HIDDEN = "There is no such person, or you may not see them."


@transaction.atomic
def create(
    *, beneath: Any, by: User, forename: str = "", surname: str = "", kind: str = PersonName.Kind.LEGAL,
    born_on: date | None = None, approximate: bool = False, age_said: int | None = None, address: str = "",
    postcode: str = "", telephone: str = "", at: datetime | None = None,
) -> Person:  # fmt: skip
    """Record somebody nobody has recorded before: the hub, and each fact that was said, learned by `beneath`'s case.

    Without a forename and a surname "Name not known" is itself the fact: it was asked. `at` is UTC, now if none.
    Raises Refused where `beneath` may not be edited by this person.
    """
    forename, surname = forename.strip(), surname.strip()
    kind = kind if forename or surname else PersonName.Kind.NOT_KNOWN
    facts: list[Fact] = [PersonName(forename=forename, surname=surname, kind=kind)]
    if born_on is not None or age_said is not None:
        facts.append(Birth(born_on=born_on, approximate=approximate, age_said=age_said))
    if address.strip() or postcode.strip():
        facts.append(Address(line=address.strip(), postcode=postcode.strip().upper()))
    if telephone.strip():
        facts.append(Telephone(number=telephone.strip()))
    person = Person.objects.create(**({"created_at": at} if at else {}))
    for fact in facts:
        fact.person = person
        engine.add(fact, beneath=beneath, by=by, at=at)
    return person


def learn(fact: Fact, *, beneath: Any, by: User, at: datetime | None = None, reason: str = "") -> Any:
    """Add one fact about somebody already recorded. Raises Refused, as hidden where `by` may know nothing of them, or of
    the other whom the fact ties them to.
    """
    whom = {person for person, _side in fact.sides()}
    if Person.objects.visible_to(by).filter(pk__in=whom).count() != len(whom):
        raise Refused(Refusal.HIDDEN, HIDDEN)
    return engine.add(fact, beneath=beneath, by=by, at=at, reason=reason)


def affirm(fact: Any, *, beneath: Any, by: User, at: datetime | None = None) -> Any:
    """Somebody said that a fact learned elsewhere is still true: this case has now learned it too. Raises Refused."""
    columns = {name: getattr(fact, name) for name in own_columns(fact)} | fact.said_again()
    said = type(fact)(**columns, person_id=fact.person_id)
    return learn(said, beneath=beneath, by=by, at=at, reason="Still true")


def take_out(fact: Any, *, beneath: Any, by: User, reason: str, at: datetime | None = None) -> Any:
    """A fact is wrong, or holds no longer: struck out with the reason, kept as history. One that another case learned is
    first said here and struck out here, since this case may not write in that one. Raises Refused.
    """
    if fact.case_id != beneath.case_id:
        fact = affirm(fact, beneath=beneath, by=by, at=at)
    return engine.strike_out(fact, beneath=beneath, by=by, seen=fact.version, reason=reason, at=at)


def own_columns(fact: Any) -> list[str]:
    """What a kind of fact says, without its provenance and without what the database works out."""
    provenance = {field.name for field in CaseRecord._meta.get_fields()} | {"id", "person"}
    return [f.name for f in fact._meta.concrete_fields if f.name not in provenance and not f.generated]
