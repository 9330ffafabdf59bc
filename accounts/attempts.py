"""The limit on wrong passwords and codes: a name from one address, and an address that tries many names."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from accounts.models import Attempt, User

GUESSES = 5  # wrong answers for one name from one address
NAMES = 30  # names tried from one address: many hands share a police station's, but not so many are wrong at once
WITHIN = timedelta(minutes=15)  # both the time in which they are counted and the time for which they lock

Kind = Attempt.Kind


class LockedOut(Exception):
    """Nothing more is tried for now; raised for names that exist and names that do not."""


@transaction.atomic
def begin(*, kind: str, login: str, address: str | None, at: datetime) -> Attempt:
    """Write an attempt down before it is tried, so that a hundred at once are still counted. Raises LockedOut."""
    digest = digest_of(login)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{digest} {address}"])
    if is_locked(kind=kind, login=login, address=address, at=at):
        raise LockedOut
    person = User.objects.filter(username=login).only("pk").first()
    return Attempt.objects.create(kind=kind, login=digest, person=person, address=address, at=at)


def right(attempt: Attempt, at: datetime) -> None:
    """The answer was right: what was wrong before it, of the same kind and from the same address, is forgiven."""
    same = Attempt.objects.filter(
        kind=attempt.kind, login=attempt.login, address=attempt.address, forgiven_at__isnull=True
    )
    same.update(forgiven_at=at)


def is_locked(*, kind: str, login: str, address: str | None, at: datetime) -> bool:
    """Whether this name may not be tried from this address, at the moment (UTC)."""
    wrong = Attempt.objects.filter(address=address, forgiven_at__isnull=True, at__lte=at)
    last = wrong.filter(kind=kind, login=digest_of(login), at__gt=at - 2 * WITHIN).order_by("-at")
    moments = list(last.values_list("at", flat=True)[:GUESSES])
    if len(moments) == GUESSES and moments[0] - moments[-1] < WITHIN and at - moments[0] < WITHIN:
        return True
    tried = wrong.filter(at__gt=at - WITHIN).aggregate(names=Count("login", distinct=True))
    return bool(tried["names"] >= NAMES)


def locked_people(at: datetime) -> QuerySet[User]:
    """Who may be locked out somewhere at the moment (UTC): for the administrator's page."""
    wrong = Q(attempts__forgiven_at__isnull=True, attempts__at__gt=at - WITHIN)
    return User.objects.annotate(wrong=Count("attempts", filter=wrong)).filter(wrong__gte=GUESSES).order_by("pk")


def lift(person: User, *, at: datetime) -> int:
    """Let somebody try again at once, from wherever they are; the step that calls this writes it down."""
    return person.attempts.filter(forgiven_at__isnull=True).update(forgiven_at=at)


def digest_of(login: str) -> str:
    """The name as typed, so that it can be counted and not read."""
    said = login.strip().lower()[:150]
    return hmac.new(settings.SECRET_KEY.encode(), f"sign-in {said}".encode(), sha256).hexdigest()
