"""What is to be done about one deadline at a moment: pure, so that it can be read, and tested, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import override

from supervision.escalation.hearers import Ears
from supervision.models import Notice
from workflow.clock import moment_words
from workflow.models import Deadline
from workflow.policies import HOLDER, Rung
from workflow.templatetags.words import one_unit


@dataclass(frozen=True, slots=True)
class Plan:
    """The notices to write, when the ladder is looked at next (UTC; None: never), and since when nobody hears."""

    deadline: Deadline
    notices: list[Notice]
    next_rung_at: datetime | None
    unheard_at: datetime | None


def plan(
    deadline: Deadline, ladder: Sequence[tuple[datetime, Rung]], told: float | None, ears: Ears, now: datetime,
    retry: timedelta,
) -> Plan:  # fmt: skip
    """One notice to each person whom a rung passed since the last one `told` (hours) names: of the highest such rung.

    After an outage several rungs have passed at once; a person named by more than one of them still hears once.
    """
    rungs = [rung for _, rung in ladder]
    passed = [n for n, (moment, rung) in enumerate(ladder) if moment <= now and (told is None or rung.hours > told)]
    hearing: dict[int, tuple[Rung, bool]] = {}
    for n in passed:
        heard = ears.of(deadline, rungs[n], rungs[n + 1 :])
        hearing |= {person: (rungs[n], heard.widened) for person in heard.people}
    notices = [_notice(deadline, person, rung, widened, now) for person, (rung, widened) in sorted(hearing.items())]
    unheard = bool(passed) and not notices
    ahead = [moment for moment, _ in ladder if moment > now] + ([now + retry] if unheard else [])
    return Plan(deadline, notices, min(ahead, default=None), (deadline.unheard_at or now) if unheard else None)


def _notice(deadline: Deadline, person: int, rung: Rung, widened: bool, now: datetime) -> Notice:
    return Notice(
        case=deadline.case, deadline=deadline, person_id=person, rung=rung.hours, role=rung.who, due_at=deadline.due_at,
        text=sentence(deadline, rung, widened, now), created_at=now, mail_at=now,
    )  # fmt: skip


@override(settings.LANGUAGE_CODE)  # a notice is kept as it was told, in the language of the record
def sentence(deadline: Deadline, rung: Rung, widened: bool, now: datetime) -> str:
    """The neutral sentence: a reference and moments, and nothing that says who or what it is about."""
    what = "Something you hold" if rung.who == HOLDER and not widened else "Something your team owes"
    reference = f" on {deadline.case.reference}" if deadline.case is not None else ""
    late = now - deadline.due_at
    due = moment_words(deadline.due_at)
    if late < timedelta(minutes=1):
        said = f"{what}{reference} is due on {due}."
    else:
        said = f"{what}{reference} was due on {due}. Overdue by {one_unit(late)}."
    return f"{said} You are told because nobody nearer is on duty." if widened else said
