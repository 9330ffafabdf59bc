"""Figures about the service for its operators, asked of the database when they are asked for: counts and ages, never who."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import redis
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import Count, Q
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from audit.models import Access
from people.models import Unweighed
from people.services.weighing import longest_waiting
from supervision.health import redis_line
from supervision.models import Digest, Fault, Finding, Heartbeat, Notice
from supervision.views.health import passes
from workflow import reactions
from workflow.health import CHECKS
from workflow.models import Deadline, Outbox

PREFIX = "cases_"


class Gauges(Collector):
    """All of ours. A database that does not answer leaves out what is asked of it, and says so in `cases_well`."""

    def collect(self) -> Iterator[Metric]:
        try:
            yield from _well()
            yield from _of_clocks()
            yield from _of_work()
            yield from _of_beats()
        except DatabaseError:
            return
        finally:
            connections.close_all()  # each scrape has a thread of its own
        yield from _of_queues()


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}{name}", words, value=value)


def _by(name: str, words: str, label: str, rows: Iterable[tuple[str, float]]) -> Metric:
    family = GaugeMetricFamily(f"{PREFIX}{name}", words, labels=[label])
    for key, value in rows:
        family.add_metric([key], value)
    return family


def _well() -> Iterator[Metric]:
    answers = [(name, float(passes(check))) for name, check in CHECKS.items()]
    yield _by("well", "1 when the check of /readyz passes", "check", answers)
    found = Finding.objects.order_by().values_list("monitor").annotate(Count("pk"))
    yield _by("findings", "Rows that a monitor found and that must not be", "monitor", found)


def _of_clocks() -> Iterator[Metric]:
    now = timezone.now()
    rows = Deadline.objects.open().order_by().values_list("policy")
    counted = list(rows.annotate(running=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now))))
    yield _by("clocks_running", "Open deadlines", "policy", [(name, running) for name, running, _ in counted])
    yield _by(
        "clocks_overdue", "Open deadlines past their due moment", "policy", [(name, late) for name, _, late in counted]
    )
    yield _gauge(
        "clocks_unheard",
        "Open deadlines of which nobody could be told",
        Deadline.objects.open().filter(unheard_at__isnull=False).count(),
    )
    yield _gauge(
        "clocks_unreadable",
        "Open deadlines that the sweep cannot read",
        Fault.objects.filter(deadline__stopped_at__isnull=True).count(),
    )


def _of_work() -> Iterator[Metric]:
    now = timezone.now()
    yield _gauge("reactions_waiting", "Reactions not done yet", Outbox.objects.filter(done_at__isnull=True).count())
    yield _gauge("reactions_failing", "Reactions that failed and are not done", reactions.failing())
    yield _gauge("mails_waiting", "Notices due by mail and not sent", Notice.objects.unsent(now).count())
    yield _gauge(
        "digests_failing",
        "Daily mails that failed and are not sent",
        Digest.objects.filter(emailed_at__isnull=True, mail_failures__gt=0).count(),
    )
    unweighed = [("live", Unweighed.objects.live().count()), ("imported", Unweighed.objects.imported().count())]
    yield _by(
        "people_unweighed", "People of whom it is not asked yet whether they were recorded twice", "of", unweighed
    )
    yield _gauge(
        "seconds_unweighed",
        "How long the oldest of them that is no import has waited",
        longest_waiting(now).total_seconds(),
    )
    yield _gauge(
        "consultations_unsealed", "Consultations not sealed yet", Access.objects.filter(seal__isnull=True).count()
    )


def _of_beats() -> Iterator[Metric]:
    now = timezone.now()
    ages = [(beat.name, (now - beat.at).total_seconds()) for beat in Heartbeat.objects.all()]
    yield _by("seconds_since", "Seconds since it last happened", "what", ages)


def _of_queues() -> Iterator[Metric]:
    """How many tasks wait in the broker; nothing where it does not answer, which `cases_well` says."""
    names = sorted(
        {settings.CELERY_TASK_DEFAULT_QUEUE, *(row["queue"] for row in settings.CELERY_TASK_ROUTES.values())}
    )
    try:
        with redis_line() as line:
            lengths = [(name, float(line.llen(name))) for name in names]
    except (redis.RedisError, OSError, ValueError):
        return
    yield _by("tasks_waiting", "Tasks in the broker that no worker has taken", "queue", lengths)
