"""The end: what may be its outcome, what is still owed before it is closed, and the payload of the final report (A10, A11)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from dvds.models import (
    Application,
    Conclusion,
    FinalReport,
    ForumDecision,
    Management,
    Outcome,
    Part,
    Party,
    Ratification,
    Telling,
)
from people.services import births_for, names_for


def keep_end(application: Any, at: datetime) -> None:
    """It has come to its end, at the first of the moments (UTC) at which that is said."""
    application.ended_at = application.ended_at or at


def not_done(application: Application) -> list[str]:
    """What keeps it from being closed, as sentences: the same for every ending, of one that was not progressed too (I9, I10)."""
    of = {"application": application.pk}
    report = FinalReport.objects.standing().filter(**of).first()
    waits = Telling.objects.standing().filter(**of, state__in=[Telling.State.PLANNED, Telling.State.HELD_BACK])
    lacks = (
        ("Review how the subject is managed", Management.objects.standing().filter(**of).exists()),
        ("Say which support, helpline and pack were given", Conclusion.objects.standing().filter(**of).exists()),
        ("Submit the final intelligence report", report is not None and bool(report.reference)),
        ("Have the forum ratify what was told in danger", not ratification_waits(application)),
        ("End every telling", not waits.exists()),
    )
    return [sentence for sentence, done in lacks if not done]


def ratification_waits(application: Application) -> bool:
    return Ratification.objects.standing().filter(application=application.pk, ratified_at__isnull=True).exists()


def conclude(application: Application, said: dict[str, Any], by: User, at: datetime) -> FinalReport:
    """Its outcome and what was given; the final report is drafted with it."""
    kept = {"case": application.case, "application": application, "recorded_by": by, "recorded_at": at}
    Conclusion.objects.create(**kept, **said)
    payload = payload_of(application, said["outcome"], by)
    made: FinalReport = FinalReport.objects.create(payload=payload, state=FinalReport.State.DRAFTED, **kept)
    return made


def payload_of(application: Application, outcome: str, by: User) -> dict[str, Any]:
    """What the report says, for the systems of the police and the agencies: request, outcome, everybody in it, and how often
    the subject was asked about (S762). Never the words that were told.
    """
    parties = list(Party.objects.standing().filter(application=application.pk).order_by("pk"))
    ids = {row.person_id for row in parties}
    names, births = names_for(ids, by), births_for(ids, by)
    decisions = ForumDecision.objects.standing().filter(application=application.pk).order_by("pk")
    lines = Telling.objects.standing().filter(application=application.pk).order_by("pk")
    return {
        "reference": application.case.reference,
        "route": str(application.get_route_display()), "began_as": str(application.get_origin_route_display()),
        "channel": str(application.get_channel_display()), "first_contact": application.first_contact_at.isoformat(),
        "outcome": str(Outcome(outcome).label),
        "people": [
            {"part": str(row.get_part_display()), "name": names[row.person_id],
             "born": births[row.person_id].words if row.person_id in births else ""}
            for row in parties
        ],
        "decisions": [
            {"at": row.decided_at.isoformat(), "decision": str(row.get_decision_display()),
             "category": str(row.get_category_display()), "reasons": row.reasons}
            for row in decisions
        ],
        "recipients": [{"role": row.role, "outcome": str(row.get_outcome_display())} for row in lines],
        "other_considerations_of_the_subject": others_of_subject(application),
    }  # fmt: skip


def others_of_subject(application: Application) -> int:
    """How many other considerations there are of the same subject: a number alone. Index: considered_person."""
    subjects = Party.objects.standing().filter(application=application.pk, part=Part.SUBJECT).values("person")
    rows = Party.objects.standing().filter(part=Part.SUBJECT, person__in=subjects).exclude(application=application.pk)
    return rows.values("application").distinct().count()
