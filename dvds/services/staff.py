"""A subject who works for the police or a partner agency: who must hear of it, and who has not yet (S337-354)."""

from __future__ import annotations

from typing import Any

from dvds.models import PoliceSubject, StaffTold, ToldWho

#: Who hears, by whom the subject works for. The last is told of officers elsewhere, and of partners’ staff.
MUST_HEAR: dict[str, tuple[ToldWho, ...]] = {
    PoliceSubject.POLICE: (
        ToldWho.INSPECTOR, ToldWho.COMMANDER, ToldWho.NOMINATED, ToldWho.COORDINATOR, ToldWho.STANDARDS,
    ),
    PoliceSubject.OTHER_FORCE: (ToldWho.INSPECTOR, ToldWho.NOMINATED, ToldWho.EMPLOYER),
    PoliceSubject.AGENCY: (ToldWho.INSPECTOR, ToldWho.EMPLOYER),
}  # fmt: skip


def of_staff(application: Any) -> bool:
    """the subject works for the police or a partner agency"""
    return application.subject_staff in MUST_HEAR


def not_told_yet(application: Any) -> list[ToldWho]:
    """Who must hear of it and has not been told, in the order in which they are told. One query; none where nobody must."""
    must = MUST_HEAR.get(application.subject_staff, ())
    if not must:
        return []
    told = set(StaffTold.objects.standing().filter(application=application).values_list("who", flat=True))
    return [who for who in must if who not in told]
