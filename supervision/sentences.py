"""What a sentence causes: somebody looks at whether MAPPA applies (R-40). The program tests nothing that it does not know."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import Event
from cases.models import CourseEvent
from cases.services import raise_task
from workflow.reactions import Reaction

#: Criminal Justice Act 2003 section 325; controlling or coercive behaviour since 3 February 2025 (E.1).
ASKED = (
    "A sentence is recorded. MAPPA applies by itself to a registered sexual offender (category 1); and to a sentence of twelve"
    " months or more, suspended ones included, or a hospital order, for violence, another sexual offence or controlling or"
    " coercive behaviour (category 2). If one holds, tell the MAPPA coordinator and record category, level and contact on the"
    " person: the MARAC referral takes it from there. If none holds, consider category 3 and say why not."
)


def is_a_sentence(event: Event, row: Any) -> bool:
    return bool(row.kind == CourseEvent.Kind.SENTENCE)


def ask_how_managed(event: Event) -> None:
    """Once for the sentence, done or not."""
    row = CourseEvent.objects.select_related("case__unit").get(pk=event.subject_id)
    system = User.objects.system()
    raise_task(case=row.case, kind="managed", why=_(ASKED), by=system, at=timezone.now(), about=row, once=True)


REACTIONS: tuple[Reaction, ...] = (Reaction("managed", "course.record", ask_how_managed, when=is_a_sentence),)
