"""What acts of lower apps cause here."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case, Holding, Incident
from cases.models.arrest import WISH_ALONE
from cases.models.involvement import Involvement
from cases.services.brief_keeping import CHANGED
from cases.services.systems import settle_what_is_owed
from cases.steps.arrest import wish_alone
from people.models import SavedSearch
from people.services import watching
from supervision import decisions_logged, replay
from supervision.access_watch import FOUND as UNUSUAL_FOUND
from supervision.access_watch import of_a_watched_case, tell_of_look, tell_of_unusual
from supervision.agreements_lapsed import REACTIONS as OF_AGREEMENTS
from supervision.briefs import look_again, tell_reader, tell_sent
from supervision.considerations_renewed import REACTIONS as OF_RENEWED
from supervision.encompass_told import REACTIONS as OF_ENCOMPASS
from supervision.forums_decided import ROWS as OF_MEETINGS
from supervision.models import Notice
from supervision.papers_logged import ROWS as OF_PAPERS
from supervision.reactions_of_considered import OF_THE_FORUM
from supervision.reactions_of_disclosures import REACTIONS as OF_DISCLOSURES
from supervision.reactions_of_forums import REACTIONS as OF_FORUMS
from supervision.referrals_follow import ROWS as OF_REFERRALS
from supervision.reviews import REACTIONS as OF_RISK
from supervision.sentences import REACTIONS as OF_SENTENCES
from supervision.webhooks import send as webhooks
from workflow import engine, mentions
from workflow.reactions import Reaction, react


def names_somebody(event: Event, record: Any) -> bool:
    return mentions.KEY in event.changes and bool(event.chain)


def tell_the_named(event: Event) -> None:
    """One notice to each person named who may see the case now: a reference and a neutral sentence."""
    case = Case.objects.select_related("unit").get(pk=event.chain)
    now = timezone.now()
    heard = mentions.told(event.changes[mentions.KEY][1], case, event.by, now)
    text = f"You are named in what was written on {case.reference}."
    notices = [
        Notice(kind=Notice.Kind.MENTION, case=case, event=event, person=person, text=text, created_at=now, mail_at=now)
        for person in heard.values()
        if person is not None
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


SAVED_TEXT = "A search that you saved has a new result."
WHY = "Whoever held it no longer works here."


def release_holdings(event: Event) -> None:
    """Every open case of which somebody who left holds a part: held by nobody from now on, in the queue of its team."""
    system = User.objects.system()
    held = Holding.objects.filter(person_id=event.subject_id, person__state=User.State.LEFT, to_at__isnull=True)
    for case in Case.objects.filter(pk__in=held.values("case")).order_by("pk"):
        engine.perform(case, "release", by=system, evidence={"reason": WHY})


def sent_for_the_wish_alone(event: Event, incident: Any) -> bool:
    return wish_alone(incident)


def hand_back(event: Event) -> None:
    """A record sent with nothing but the wish of the person harmed against an arrest comes back by itself, once (A.7)."""
    incident = Incident.objects.get(pk=event.subject_id)
    if incident.state == Incident.State.SUBMITTED and wish_alone(incident):
        said = {"reason": WISH_ALONE}
        engine.perform(incident, "hand-back", by=User.objects.system(), evidence=said, seen=incident.version)


def of_a_suspect(event: Event, row: Any) -> bool:
    return bool(row.part == Involvement.Part.SUSPECT)


def ask_for_systems(event: Event) -> None:
    """A suspect is named: what other systems hold of him is owed, until every required check stands (S3-203)."""
    case = Case.objects.select_related("unit").get(pk=event.chain)
    if case.state == Case.State.OPEN:
        settle_what_is_owed(case, timezone.now())


react(
    Reaction("systems-owed", "involvement.add", ask_for_systems, when=of_a_suspect),
    Reaction("hand-back", "incident.submit", hand_back, when=sent_for_the_wish_alone),
    Reaction("release-holdings", "person.leave", release_holdings),
    Reaction("brief-sent", "call.dispatch", tell_sent),
    Reaction("brief-changed", CHANGED, tell_reader),
    Reaction("brief-again", "call.amend", look_again),
    Reaction("watched-look", "concern.raise", tell_of_look, when=of_a_watched_case),
    Reaction("unusual-looks", UNUSUAL_FOUND, tell_of_unusual),
    Reaction("replay-holiday", "holiday.approve", replay.wake),
    Reaction("resume-holiday", "holiday.resume", replay.wake),
)


def tell_who_saved(event: Event) -> None:
    """One notice to each person whose saved search has a new answer, if they keep it still. It says of nobody who it is."""
    told = SavedSearch.objects.live().filter(pk__in=event.changes["searches"][1], owner__is_active=True)
    owners = told.order_by("owner").distinct("owner").values_list("owner", flat=True)
    now = timezone.now()
    notices = [
        Notice(kind=Notice.Kind.SEARCH, event=event, person_id=owner, text=SAVED_TEXT, created_at=now, mail_at=now)
        for owner in owners
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


react(*decisions_logged.ROWS)
react(Reaction("saved-searches", watching.FOUND, tell_who_saved))
react(Reaction("mentions", "", tell_the_named, when=names_somebody))
react(Reaction("webhooks", "", webhooks.spread, when=webhooks.somebody_listens))

# --- looks at the risk that an act owes (B.2, B.7) ---
react(*OF_RISK)

# --- schools are told of children (E.7) ---
react(*OF_ENCOMPASS)
# --- referrals to others ---
react(*OF_REFERRALS)
# --- forums: referrals drafted by themselves (M1) ---
react(*OF_FORUMS)
# --- an agenda that was not sent ---
react(*OF_AGREEMENTS)
# --- what a forum decided comes to the police ---
react(*OF_MEETINGS)
react(*OF_SENTENCES)
# --- what a forum sends stands in the exchange log ---
react(*OF_PAPERS)
# --- considerations: something new about either of them ---
react(*OF_RENEWED)
# --- considerations: who runs a meeting, what an act elsewhere causes ---
# --- Clare’s Law ---
react(*OF_DISCLOSURES)
react(*OF_THE_FORUM)
