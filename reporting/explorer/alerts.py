"""What is unusual, raised for professional standards as it is found, hour by hour: nobody need open the list to know."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from audit import services as audit
from audit.models import Event
from cases.models import AccessConcern, Case
from cases.services import raise_concern
from reporting.explorer.unusual import Odd, Question, odd_in
from supervision.access_watch import FOUND
from workflow import reactions

UNUSUAL = AccessConcern.Kind.UNUSUAL
#: A day, and so much more that what is done between the last run before midnight and midnight is asked about once more.
BACK = timedelta(hours=26)
#: Raised at once elsewhere, or what a reason given at the door leads to anyhow: these stand on the list of the day.
LISTED_ONLY = frozenset({"tripped", "without-work"})


def raise_unusual(now: datetime) -> int:
    """Raise what the last day has shown (the moment is UTC), once for a person, a question and the case it is about; of a
    question that is about no case, a notice. Returns how many were new.
    """
    since = now - BACK
    found = [(question, odd) for question, rows in odd_in(since, now) for odd in rows]
    return sum(
        raised(question, odd, odd.case, since) if odd.case else told(question, odd, since, now)
        for question, odd in found
        if question.name not in LISTED_ONLY
    )


def raised(question: Question, odd: Odd, about: int, since: datetime) -> bool:
    known = AccessConcern.objects.filter(concerning=about, person=odd.officer, kind=UNUSUAL, code=question.name)
    case = Case.objects.select_related("unit").filter(pk=about).first()
    if case is None or known.filter(recorded_at__gte=since).exists():
        return False
    person = User.objects.get(pk=odd.officer)
    raise_concern(case=case, person=person, kind=UNUSUAL, code=question.name)
    return True


@transaction.atomic
def told(question: Question, odd: Odd, since: datetime, now: datetime) -> bool:
    """An act of the program, of which professional standards have a notice. It names the question, never what was searched
    for. Index: event_of_subject.
    """
    person, question_of = User.objects.get(pk=odd.officer), {"question": [None, question.name]}
    audit.lock_system_chain()
    acts = Event.objects.filter(name=FOUND, subject_type="accounts.user", subject_id=person.pk, at__gte=since)
    if acts.filter(changes__contains=question_of).exists():
        return False
    event = audit.record(
        name=FOUND, operation="consultation", subject=person, folder=None, by=User.objects.system(), at=now,
        changes=question_of | {"times": [None, odd.count]},
    )  # fmt: skip
    reactions.queue(event, person)
    return True
