"""Something new about either of them, wherever it is recorded, and the risk of each open consideration is judged again (I7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from audit.models import Event
from cases.models import Intelligence, Involvement, SystemCheck
from cases.models.intelligence import IntelligenceAbout
from dvds.models import Application, Part, Party
from dvds.services.heard_of import renew_beside
from workflow.reactions import Reaction


def of_involvement(pk: int) -> Any:
    return Involvement.objects.filter(pk=pk).values_list("person_id", flat=True)


def of_incident(pk: int) -> Any:
    return Involvement.objects.standing().filter(incident=pk).values_list("person_id", flat=True)


def of_intelligence(pk: int) -> Any:
    others = IntelligenceAbout.objects.standing().filter(intelligence=pk).values_list("person_id", flat=True)
    return [*Intelligence.objects.filter(pk=pk, person__isnull=False).values_list("person_id", flat=True), *others]


def of_check(pk: int) -> Any:
    rows = SystemCheck.objects.filter(pk=pk, found=SystemCheck.Found.SOMETHING, person__isnull=False)
    return rows.values_list("person_id", flat=True)


def of_consideration(pk: int) -> Any:
    """Another consideration names them too: of each the other learns no more than that there is something to look at."""
    rows = Party.objects.standing().filter(application=pk, part__in=[Part.SUBJECT, Part.AT_RISK])
    return rows.values_list("person_id", flat=True)


def renews(people: Callable[[int], Any]) -> Callable[[Event], None]:
    def run(event: Event) -> None:
        renew_beside(list(people(event.subject_id)), event.chain, timezone.now())

    return run


def found_something(event: Event, record: Any) -> bool:
    return bool(record.found == SystemCheck.Found.SOMETHING)


def goes_on(event: Event, record: Any) -> bool:
    return isinstance(record, Application)


REACTIONS: tuple[Reaction, ...] = (
    Reaction("renew-named", "involvement.add", renews(of_involvement)),
    Reaction("renew-incident", "incident.submit", renews(of_incident)),
    Reaction("renew-intelligence", "intelligence.record", renews(of_intelligence)),
    Reaction("renew-also", "intelligence.also", renews(of_intelligence)),
    Reaction("renew-check", "system-check.record", renews(of_check), when=found_something),
    Reaction("renew-considered", "consideration.forward", renews(of_consideration), when=goes_on),
)
