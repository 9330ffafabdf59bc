"""`visible_to` for many cases and people at once: who may be told that something is owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Value

from accounts.models import Posting, current
from accounts.roles import PARTNERS
from cases.visibility.rule import GATEKEEPERS, SEES


@dataclass(frozen=True, slots=True)
class Hearing:
    """`visible_to` for many cases and people at once, for the sweep: who may be told that something is owed."""

    named: frozenset[tuple[int, int]]
    shut: frozenset[tuple[int, int]]

    def may_hear(self, case: Any, person: int, role: str) -> bool:
        """Whether the person (id) may be told as whoever holds the role over the case's unit, or holds the case.

        `role` is "" for the holder. A shut-out beats everything; a restricted case is for people named only; otherwise
        the role must be one that sees cases of this kind. Professional standards hear of restricted cases in the last
        resort, by their reference alone: they are whom everybody else is sent to.
        """
        if (case.pk, person) in self.shut:
            return False
        if (case.pk, person) in self.named or role in GATEKEEPERS:
            return True
        return not case.restricted and (not role or (case.kind, role) in SEES)


def hearing(cases: Iterable[int], people: Iterable[int], at: datetime) -> Hearing:
    """Who of the people is named on, or shut out of, which of the cases at the moment (UTC). One query for all."""
    folders, heads = set(cases), set(people)
    out = apps.get_model("cases", "ShutOut").objects.in_force(at).filter(case__in=folders, person__in=heads)
    named = apps.get_model("cases", "NamedGrant").objects.filter(content_object__in=folders, user__in=heads)
    partner = Posting.objects.filter(current("from_at", "to_at", at), user=OuterRef("user"), role__in=PARTNERS)
    of_theirs = Q(content_object__kind="conference") | ~Q(Exists(partner))  # a partner is never named on a police file
    granted = named.filter(of_theirs, current("from_at", "until", at))
    posted = current("unit__postings__from_at", "unit__postings__to_at", at)
    agencies = apps.get_model("cases", "UnitGrant").objects.filter(
        current("from_at", "until", at), posted, case__in=folders, case__kind="conference", unit__postings__user__in=heads,
        unit__postings__role__in=PARTNERS,
    )  # fmt: skip
    shut_rows = out.order_by().values_list(Value(True), "case_id", "person_id")
    rows = set(shut_rows.union(
        granted.order_by().values_list(Value(False), "content_object_id", "user_id"),
        agencies.order_by().values_list(Value(False), "case_id", "unit__postings__user_id"), all=True,
    ))  # fmt: skip
    return Hearing(
        named=frozenset((case, person) for closed, case, person in rows if not closed),
        shut=frozenset((case, person) for closed, case, person in rows if closed),
    )
