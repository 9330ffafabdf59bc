"""What must be well for escalations, notices and the record: the checks of /readyz, and the monitors of supervision."""

from __future__ import annotations

from datetime import timedelta

import redis
from django.conf import settings
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import Unit
from audit import services as audit
from audit.models import Access
from supervision import away, monitors, pruning
from supervision.models import Delivery, Fault, Heartbeat, Notice
from workflow import reactions
from workflow.health import Monitor, check, monitor
from workflow.models import Deadline, Holiday

SWEPT_WITHIN = timedelta(minutes=5)
SEALED_WITHIN = timedelta(minutes=10)
MAILED_WITHIN = timedelta(minutes=30)
PASSED_BY = timedelta(hours=2)
PATIENCE = 1  # seconds


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def broker() -> bool:
    """Redis answers. When it is down nothing is lost, but nothing is told either."""
    try:
        with redis_line() as found:
            return bool(found.ping())
    except (redis.RedisError, OSError, ValueError):
        return False


def redis_line() -> redis.Redis:
    """A short-tempered connection to the broker. Raises ValueError where its address is none."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def sweep() -> bool:
    """It lives. A heartbeat from the future was left by a clock that was wrong, and says nothing of now."""
    now = timezone.now()
    lately = Heartbeat.objects.filter(name=Heartbeat.SWEEP, at__gt=now - SWEPT_WITHIN, at__lt=now + SWEPT_WITHIN)
    return lately.exists()


def nothing_failing() -> bool:
    return not reactions.failing()


def all_heard() -> bool:
    """No open deadline stands of which nobody could be told."""
    return not Deadline.objects.open().filter(unheard_at__isnull=False).exists()


def all_readable() -> bool:
    return not Fault.objects.filter(deadline__stopped_at__isnull=True).exists()


def all_sealed() -> bool:
    return not Access.objects.filter(seal__isnull=True, at__lt=timezone.now() - SEALED_WITHIN).exists()


def all_anchored() -> bool:
    """The ends of the record were kept outside the database within two days."""
    return audit.anchored_lately(timezone.now())


def mail_goes_out() -> bool:
    """No mail that was due half an hour ago still waits: the mail server is down, or nobody sends."""
    return not Notice.objects.unsent(timezone.now() - MAILED_WITHIN).exists()


def webhooks_arrive() -> bool:
    """No other system has been tried in vain for an hour."""
    return not Delivery.objects.failing(timezone.now()).exists()


def holidays_known() -> bool:
    """The bank holidays of the next twelve months are loaded: a clock that needs a year without rows cannot start."""
    today = timezone.localdate()
    return {today.year, (today + timedelta(days=365)).year} <= Holiday.objects.calendar().years


def looked_at_night() -> bool:
    """The monitors were asked last night. What they found is said by their own names."""
    since = timezone.now() - monitors.RED_AFTER
    return Heartbeat.objects.filter(name=Heartbeat.MONITORS, at__gt=since).exists()


def pruned_lately() -> bool:
    """What is kept for a time was forgotten in one of the last two nights."""
    return pruning.went_well(timezone.now())


def passed_by() -> QuerySet[Deadline]:
    """A rung was due two hours ago and nobody was told, though the sweep lives."""
    return Deadline.objects.open().filter(next_rung_at__lt=timezone.now() - PASSED_BY)


def held_by_somebody_away() -> QuerySet[Deadline]:
    """Nobody off duty is the only holder of anything, for longer than an hour untold."""
    found: QuerySet[Deadline] = away.told_of_nobody(timezone.now())
    return found


def unit_off_its_line() -> QuerySet[Unit]:
    """A unit's line of ancestors is that of its parent and itself; what people may see hangs on it."""
    last = Q(lineage__len=F("parent__lineage__len") + 1) & Q(lineage__contains=F("parent__lineage"))
    return Unit.objects.exclude(Q(parent__isnull=True, lineage__len=1) | Q(parent__isnull=False) & last)


check(
    database=database, broker=broker, sweep=sweep, reactions=nothing_failing, unheard=all_heard, deadlines=all_readable,
    seals=all_sealed, anchors=all_anchored, holidays=holidays_known, mail=mail_goes_out, webhooks=webhooks_arrive,
    monitors=looked_at_night, pruning=pruned_lately,
)  # fmt: skip

monitor(
    Monitor(
        "rung-passed-by",
        "Was a step of a ladder due two hours ago, and nobody told?",
        passed_by,
        "An engineer, today: the sweep does not reach this clock.",
    ),
    Monitor(
        "unit-off-its-line",
        "Does a unit's line of ancestors differ from its parent's?",
        unit_off_its_line,
        "An engineer, today: people may see too much or too little beneath it.",
    ),
    Monitor(
        "held-by-somebody-away",
        "Is something held only by somebody off duty until after it is due, and no inspector asked to give it away?",
        held_by_somebody_away,
        "An engineer, today: the program does not look for it. Meanwhile an inspector of the unit gives it to somebody.",
    ),
)
