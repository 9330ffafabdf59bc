"""Verbs on the folder that several steps share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction

from accounts.models import User
from audit import services as audit
from audit.models import Access
from cases import visibility
from cases.models import AccessConcern, Case, FactAsked, Holding, Incident, Involvement, NamedGrant
from people.models import Birth, Person
from people.services import Known, affirm, births_for, create, learn, still_true
from workflow import engine


def name_person(*, case: Case, person: User, until: datetime | None = None) -> NamedGrant:
    """Name somebody on a case, for good or until a moment (UTC); a newer naming replaces the older."""
    permission = Permission.objects.get(codename="view_case", content_type__app_label="cases")
    grant, _ = NamedGrant.objects.update_or_create(
        permission=permission, user=person, content_object=case, defaults={"until": until}
    )
    return grant


def hold(*, case: Case, part: str, person: User, at: datetime) -> Holding:
    """Give a part of the case to somebody; whoever held it holds it no longer. `at` is UTC."""
    case.holdings.filter(part=part, to_at__isnull=True).update(to_at=at)
    return Holding.objects.create(case=case, part=part, person=person, from_at=at)


def break_glass(*, cases: Any, by: User, said: Any, proved: bool) -> list[Case]:
    """Open restricted investigations in an emergency; returns those that opened. Raises Refused where the role may not.

    Nothing else keeps anybody out but a shut-out: whoever is shut out of one of `cases` finds nothing, it is written down
    as denied, and professional standards are told. `proved` is kept, never asked for.
    """
    for case in visibility.shut_out_of(cases, by):
        audit.looked(by=by, kind=Access.Kind.DENIED, what="emergency", folder=case)
        raise_concern(case=case, person=by, kind=AccessConcern.Kind.REFUSED)
    opened = list(cases.filter(pk__in=visibility.closed_to(by).values("pk")).select_related("unit"))
    for case in opened:
        engine.perform(AccessConcern(concerning=case, proved=proved), "emergency", by=by, evidence=said)
    return opened


def raise_concern(*, case: Case, person: User, kind: str) -> None:
    """Tell professional standards of an access, once while they have not looked into it."""
    about = {"concerning": case, "person": person, "kind": kind}
    if AccessConcern.objects.waiting().filter(**about).exists():
        return
    system = User.objects.system()
    engine.perform(AccessConcern(**about), "raise", by=system, evidence={"reason": "Noticed by the program itself."})


def hear_search(user: User, terms: str) -> None:
    """Whatever is searched for passes here; professional standards hear of what the tripwire says they must."""

    def tell(person: User, case: int) -> None:
        kind = AccessConcern.Kind.SEARCHED
        raise_concern(case=Case.objects.select_related("unit").get(pk=case), person=person, kind=kind)

    visibility.tripwire(user, terms, tell)


def restrict(*, case: Case, by: User) -> Any:
    """Close the case to all but people named: whoever restricts it and whoever holds a part of it are named at once."""
    case.restricted = True
    case.save(update_fields=["restricted"])
    name_person(case=case, person=by)
    for holding in case.holdings.filter(to_at__isnull=True).select_related("person"):
        name_person(case=case, person=holding.person)


@transaction.atomic
def involve_known(
    *, incident: Incident, part: str, person: Person, by: User, born_on: date | None = None, age_said: int | None = None
) -> Involvement:
    """Somebody already recorded takes part in an incident: this case learns the name and birth date they were found by.

    A birth said now is learned only where none was known. Other facts are asked again first ("Still true?").
    """
    row = _take_part(incident, person, part, by)
    offered = still_true(person, by, case=incident.case)
    for known in offered:
        if not known.fact.withheld:
            affirm(known.fact, beneath=incident, by=by)
    said = born_on is not None or age_said is not None
    if said and not births_for([person.pk], by):
        learn(Birth(person=person, born_on=born_on, age_said=age_said), beneath=incident, by=by)
    return row


@transaction.atomic
def involve_new(*, incident: Incident, part: str, by: User, **said: Any) -> Involvement:
    """Somebody nobody has recorded before takes part in an incident; `said` is what `people.services.create` takes."""
    return _take_part(incident, create(beneath=incident, by=by, **said), part, by)


# Adding somebody answers the question whether there is anybody: it is not asked twice.
SAID_BY_ADDING = {
    Involvement.Part.SUSPECT: "suspect_known",
    Involvement.Part.CHILD: "children_present",
    Involvement.Part.WITNESS: "witnesses_seen",
}


def _take_part(incident: Incident, person: Person, part: str, by: User) -> Involvement:
    row: Involvement = engine.add(Involvement(incident=incident, person=person, part=part), beneath=incident, by=by)
    question = SAID_BY_ADDING.get(Involvement.Part(part))
    now = Incident.objects.get(pk=incident.pk)
    if question and not getattr(now, question):
        engine.amend(now, {question: "yes"}, by=by, seen=now.version)
    return row


@transaction.atomic
def answer_still_true(*, incident: Incident, person: Person, fact: Any, still: bool, by: User) -> None:
    """A fact of another case was asked again: kept as this case's own where it is still true, noted where not."""
    asked = FactAsked(incident=incident, person=person, fact=f"{fact._meta.label_lower}:{fact.pk}", still_true=still)
    engine.add(asked, beneath=incident, by=by)
    if still:
        affirm(fact, beneath=incident, by=by)


def to_ask(*, incident: Incident, person: Person, by: User) -> list[Known]:
    """The facts about somebody in an incident that are still to be asked again: withheld ones, each asked once."""
    answered = set(incident.facts_asked.filter(person=person).values_list("fact", flat=True))
    offered = still_true(person, by, case=incident.case)
    return [
        known
        for known in offered
        if known.fact.withheld and f"{known.fact._meta.label_lower}:{known.fact.pk}" not in answered
    ]
