"""Where figures are read: from a streaming copy when there is one that keeps up, otherwise from the database itself.

Only what is counted over many cases may be asked here. What a person may open is always asked of the first database:
a copy that is minutes behind does not know yet that somebody was shut out.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

COPY = "replica"
LEFT_ALONE = 30.0  # seconds; a copy that is down is not tried again by every page
BEHIND = "SELECT extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())"
Answer = TypeVar("Answer")

log = structlog.get_logger(__name__)
_not_before = {COPY: 0.0}


def read(question: Callable[[str], Answer]) -> Answer:
    """The answer to `question(alias)`, which must be complete: a list or a number, never a queryset still to be read.

    A copy that lags, is down, or dies while it answers costs time, not the page.
    """
    if COPY in settings.DATABASES and time.monotonic() >= _not_before[COPY]:
        try:
            if _keeps_up():
                return question(COPY)
        except (OperationalError, InterfaceError) as problem:
            _not_before[COPY] = time.monotonic() + LEFT_ALONE
            connections[COPY].close()
            log.warning("replica_left_alone", kind=type(problem).__name__)
    return question(DEFAULT_DB_ALIAS)


def _keeps_up() -> bool:
    """Whether the newest thing it knows is recent: beat writes each minute, so a copy in step is never far behind."""
    with connections[COPY].cursor() as cursor:
        cursor.execute(BEHIND)
        (seconds,) = cursor.fetchone() or (None,)
    return seconds is not None and float(seconds) <= settings.REPLICA_BEHIND_SECONDS
