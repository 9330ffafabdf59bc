"""What acts of a record cause in Operation Encompass: children found, receipts, bells reckoned again, a school to be rung."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from audit.models import Event
from cases.models import Incident, Involvement
from cases.models.answers import Answer
from cases.services.tasks import raise_task
from safeguarding.models import Encompass, EncompassLetter, Establishment, SchoolDates
from safeguarding.services import find_children, latest_letter, look_at_facts, reckon_bells
from workflow import engine
from workflow.reactions import Reaction

RING = "A school that was told of a child asks to be rung. Read what it asks on the notification."


def is_of_a_child(event: Event, row: Any) -> bool:
    return bool(row.part == Involvement.Part.CHILD)


def find_in_incident(event: Event) -> None:
    """The record was sent: every child whose school is to be told, and what changed of those told already."""
    _look(Incident.objects.select_related("case__unit").get(pk=event.subject_id), event)


def find_of_child(event: Event) -> None:
    row = Involvement.objects.select_related("incident__case__unit").get(pk=event.subject_id)
    _look(row.incident, event)


def _look(incident: Incident, event: Event) -> None:
    find_children(incident, event.at)
    look_at_facts(incident)


def suspect_works_there(event: Event, notice: Any) -> bool:
    return bool(notice.works_there == Answer.YES and notice.state == Encompass.State.DRAFTED)


def ask_for_decision(event: Event) -> None:
    """A suspect works at the school: a supervisor decides who is told, whoever named the school."""
    notice = Encompass.objects.select_related("case__unit").get(pk=event.subject_id)
    if suspect_works_there(event, notice) and not notice.decided_because:
        said = {"reason": "A suspect works at the school."}
        engine.perform(notice, "ask", by=User.objects.system(), evidence=said, seen=notice.version)


def keep_receipt(event: Event) -> None:
    """Read where they sign in: that is the receipt, unless a later letter waits still."""
    letter = EncompassLetter.objects.select_related("notice__case__unit").get(pk=event.subject_id)
    notice, newest = letter.notice, latest_letter(letter.notice)
    if notice.state == Encompass.State.SENT and newest == letter:
        read = {"received_at": event.at.replace(microsecond=0).isoformat(), "received_by": event.by.title()}
        engine.perform(notice, "receive", by=User.objects.system(), evidence=read, seen=notice.version)


def ring_the_school(event: Event) -> None:
    letter = EncompassLetter.objects.select_related("notice__case__unit").get(pk=event.subject_id)
    raise_task(
        case=letter.notice.case, kind="other", why=RING, by=User.objects.system(), at=event.at, about=letter.notice
    )


def reckon_again(event: Event) -> None:
    """The days of a school changed, or those of every school of its authority."""
    dates = SchoolDates.objects.get(pk=event.subject_id)
    whose = {"pk": dates.establishment_id} if dates.establishment_id else {"authority": dates.authority_id}
    reckon_bells(Establishment.objects.filter(**whose))


REACTIONS: tuple[Reaction, ...] = (
    Reaction("encompass-found", "incident.submit", find_in_incident),
    *(
        Reaction(f"encompass-child-{act}", f"involvement.{act}", find_of_child, when=is_of_a_child)
        for act in ("add", "amend")
    ),
    Reaction("encompass-works-there", "encompass.place", ask_for_decision, when=suspect_works_there),
    Reaction("encompass-read", "encompass-letter.read", keep_receipt),
    Reaction("encompass-asked", "encompass-letter.ask", ring_the_school),
    *(
        Reaction(f"school-calendar-{act}", f"school-calendar.{act}", reckon_again)
        for act in ("record", "withdraw", "restore")
    ),
)
