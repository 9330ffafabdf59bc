"""Referrals made by the ordinary verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Posting, Unit, User
from cases.models import Case, Incident
from marac.models import Forum, Referral, ReferredPerson
from marac.services.people import name_new
from safeguarding.models import Agency
from tests import factories
from tests.cast import person, take
from workflow import engine

#: What a person adds to what the investigation says; the rest is filled in.
SAID: dict[str, Any] = {
    "contact": "PC Marsh, extension 4410, late turns", "changed": "She left on Friday and he knows it.",
    "afraid_of": "Him and his brother.", "aware": "yes", "consent": "refused",
    "no_consent_because": "He has said that he will kill her, and two agencies hold half of it each.", "basis": "public_task",
    "necessity": "Housing cannot move her without knowing why.", "done_already": "He is on bail not to go near her.",
    "safe_contact": "Her sister, after six.", "wishes": "That he stays away.", "latest": "He put both hands on her neck.",
    "judgement": "He knows where she has gone.", "grounds": ["judgement"],
}  # fmt: skip


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def high(by: User, **more: Any) -> Case:
    """An investigation graded High: Hannah Okoro harmed by Daniel Reeve, in a record that lacks nothing."""
    incident = factories.complete(by, grade="high", **more)
    return incident.case


def drafted(case: Case, by: User, forum: Forum) -> Referral:
    """As the officer begins it, everything known filled in."""
    made: Referral = take(Referral(case=case), "begin", by, forum=forum.pk)
    return made


def whole(referral: Referral, by: User, **said: Any) -> Referral:
    """With what only a person can say."""
    now = fresh(referral)
    kept = {name: value for name, value in SAID.items() if name in said or not getattr(now, name)}
    done: Referral = engine.amend(now, {**kept, **said}, by=by, seen=now.version)
    return done


def sent(case: Case, by: User, forum: Forum, **said: Any) -> Referral:
    done: Referral = take(whole(drafted(case, by, forum), by, **said), "submit", by, note="")
    return done


def by_agency(agency: Agency, by: User, forum: Forum, **said: Any) -> Referral:
    """An agency's own referral, being written: nobody is named yet."""
    begun = {"agency": agency.pk, "forum": forum.pk, "age": "34", "contact": "Cleo Banner, 01632 960111", **said}
    made: Referral = take(Referral(), "refer", by, **begun)
    return made


def name(referral: Referral, by: User, part: str, called: str) -> ReferredPerson:
    """Somebody new in it, as the page does it."""
    forename, _, surname = called.partition(" ")
    return name_new(fresh(referral), part, by, forename=forename, surname=surname)


def sent_by_agency(agency: Agency, by: User, forum: Forum, **said: Any) -> Referral:
    referral = by_agency(agency, by, forum)
    name(referral, by, "victim", "Rosa Field")
    name(referral, by, "suspect", "Karl Field")
    done: Referral = take(whole(referral, by, **said), "submit", by, note="")
    return done


#: In days: after the first report of the case (40 minutes ago), before the next (5 minutes ago).
LATELY = 20 / (24 * 60)


def ago(referral: Referral, days: float) -> Referral:
    """As if it had been sent so many days before now."""
    at = timezone.now() - timedelta(days=days)
    Referral.objects.filter(pk=referral.pk).update(submitted_at=at)
    found: Referral = fresh(referral)
    return found


def post(user: User, role: str, over: Unit) -> User:
    Posting.objects.create(user=user, role=role, unit=over, from_at=timezone.now() - timedelta(days=1))
    return user


def somebody(rank: str, collar: str, called: str, role: str, over: Unit) -> User:
    return person(rank, collar, called, (role, over))


def incident_in(case: Case) -> Incident:
    found: Incident = Incident.objects.filter(case=case).latest("pk")
    return found
