"""What beat asks for each minute. Tasks carry nothing: everything that matters is a row, found again after any loss."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from dvds.services.sample import draw_if_due
from marac.services.asked import ask_nobody_who_cannot_see
from people.services import watching
from supervision import agreements_lapsed, away, escalation, monitors, pruning, replay, services
from supervision.models import Heartbeat
from supervision.webhooks import send as webhooks
from workflow import reactions


@shared_task(name="supervision.sweep")
def sweep() -> int:
    """Tell whoever a missed or nearing clock names; then leave word that the sweep lives."""
    done = escalation.sweep(timezone.now())
    Heartbeat.beat(Heartbeat.SWEEP, timezone.now())
    return done.notices


@shared_task(name="supervision.send_notices")
def send_notices() -> int:
    return services.send_notices(timezone.now())


@shared_task(name="supervision.run_reactions")
def run_reactions() -> int:
    return reactions.run_due()


@shared_task(name="supervision.replay_holidays")
def replay_holidays() -> int:
    """Go on with every decided change to the bank holidays, from where it stopped."""
    return replay.replay(timezone.now())


@shared_task(name="supervision.send_digests")
def send_digests() -> int:
    return services.send_digests(timezone.now())


@shared_task(name="supervision.monitor")
def monitor() -> int:
    """Asked for each minute; looks once a night. Returns how many rows are wrong."""
    now = timezone.now()
    return sum(monitors.look(now).values()) if monitors.is_due(now) else 0


@shared_task(name="supervision.prune")
def prune() -> int:
    """Asked for each minute; once a night, forget what is of no use to anybody. Returns how many rows went."""
    now = timezone.now()
    return sum(pruning.prune(now).values()) if pruning.is_due(now) else 0


@shared_task(name="supervision.watch_searches")
def watch_searches() -> int:
    """Find new answers to saved searches; whoever saved one is told by a reaction."""
    return watching.sweep(timezone.now())


@shared_task(name="supervision.deliver_webhooks")
def deliver_webhooks() -> int:
    """Tell other systems of what has happened, each until it has taken it."""
    return webhooks.send_due(timezone.now())


@shared_task(name="supervision.look_for_away")
def look_for_away() -> int:
    """Tell an inspector of what only somebody off duty holds and that falls due before they are back."""
    return away.tell(timezone.now())


@shared_task(name="supervision.keep_sight_true")
def keep_sight_true() -> int:
    """What an agreement that lapsed let agencies see ends, and nothing is asked of whoever cannot see. Returns how much ended."""
    ended = agreements_lapsed.sight_that_lapsed(timezone.now())
    return ended + ask_nobody_who_cannot_see()


@shared_task(name="supervision.draw_second_looks")
def draw_second_looks() -> int:
    """Draw the decisions of last month that are read again, once; returns how many were drawn."""
    return len(draw_if_due(timezone.now()))
