"""The people of a referral: those of the investigation with the few facts that a forum needs, or somebody new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from accounts.models import User
from cases.models import Case, CourseEvent, Involvement
from marac.models import Part, Referral, ReferredPerson
from marac.services.known import Named
from people.models import Address, Birth, Managed, Person, PersonName, Telephone
from people.services import affirm, create
from workflow import engine
from workflow.templatetags.words import day

#: What a conference learns with somebody: who they are, their own home, their number. Where somebody hides is none of it:
#: an address for a time, of family or of friends goes in only when a person says so.
LEARNED = (PersonName, Birth, Address, Telephone)
HOME = ("", Address.Whose.OWN)
K = CourseEvent.Kind
#: What is said of custody, bail, orders and licence.
STANDING = (
    K.ARREST, K.CHARGE, K.BAIL, K.BAIL_VARIED, K.INVESTIGATION, K.NO_ACTION, K.FIRST_HEARING, K.TRIAL, K.SENTENCE, K.BREACH,
    K.ORDER, K.ORDER_ENDS, K.RELEASE, K.RELEASE_HDC, K.RELEASE_TEMPORARY,
)  # fmt: skip


def take_over(referral: Referral, named: Iterable[Named], case: Case, by: User, at: datetime) -> None:
    """Name the people of an investigation in a referral that is being written; its conference learns of each what that case
    knows. Raises Refused.
    """
    rows = list(named)
    for one in rows:
        learn_from(case, one.person, referral, by, at)
        engine.add(row_of(referral, one, case), beneath=referral, by=by, at=at)


def learn_from(case: Any, person: int, referral: Referral, by: User, at: datetime) -> None:
    """What one case knows of somebody, the newest of each but of names: the conference has it from there."""
    for kind in LEARNED:
        facts: Any = kind.objects.standing().filter(case=case, person=person).newest_first()
        if kind is PersonName:
            facts = facts.exclude(kind=PersonName.Kind.NOT_KNOWN)
        if kind is Address:
            facts = facts.now().filter(whose__in=HOME)
        found = list(facts if kind is PersonName else facts[:1])
        for fact in reversed(found):
            affirm(fact, beneath=referral, by=by, at=at)


def row_of(referral: Referral, one: Named, case: Case) -> ReferredPerson:
    row = ReferredPerson(referral=referral, person_id=one.person, part=one.part)
    if one.part == Part.SUSPECT:
        row.connection = str(one.row.get_relationship_display())[:200]
        row.standing, row.mappa = standing_of(case, one.row), mappa_of(case, one.person)
    if one.part == Part.CHILD:
        row.school = one.row.school
    return row


def standing_of(case: Case, suspect: Involvement) -> str:
    """Custody, bail, orders and licence, from the course of the case, newest first."""
    of_him = [None, *Involvement.objects.filter(case=case, person=suspect.person_id).values_list("pk", flat=True)]
    rows = CourseEvent.objects.standing().filter(case=case, kind__in=STANDING).order_by("-at", "-pk")
    lines = [
        f"{day(row.at)}: {row.get_kind_display()}{f', {row.words}' if row.words else ''}"
        for row in rows
        if row.suspect_id in of_him
    ]
    return "\n".join(lines)[:2000]


def mappa_of(case: Case, person: int) -> str:
    """Category and level, where this case knows that somebody is managed (MARAC must ask, E.1)."""
    known = Managed.objects.standing().filter(case=case, person=person).newest_first().first()
    return known.short_words if known and not known.over else ""


def name_new(
    referral: Referral, part: str, by: User, *, forename: str, surname: str, born_on: date | None = None,
    age_said: int | None = None, address: str = "", postcode: str = "", telephone: str = "", **row: Any,
) -> ReferredPerson:  # fmt: skip
    """Somebody whom the conference did not know: a new person, whom only it knows until somebody finds them the same."""
    person: Person = create(
        beneath=referral, by=by, forename=forename, surname=surname, born_on=born_on, age_said=age_said, address=address,
        postcode=postcode, telephone=telephone,
    )  # fmt: skip
    return named(referral, person, part, by, **row)


def named(referral: Referral, person: Person, part: str, by: User, **row: Any) -> ReferredPerson:
    made: ReferredPerson = engine.add(
        ReferredPerson(referral=referral, person=person, part=part, **row), beneath=referral, by=by
    )
    return made
