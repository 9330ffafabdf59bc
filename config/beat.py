"""Celery's scheduler, but for a clock that was wrong: put back an hour, it would otherwise be silent until that hour came again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler

SLACK = timedelta(seconds=2)  # between two looks at a clock that is right


class Steady(PersistentScheduler):
    """What seems to have been done in the future was done under a wrong clock, so it is due from now on."""

    def tick(self, *args: Any, **options: Any) -> Any:
        ahead = [entry for entry in self.schedule.values() if _ahead(entry)]
        for entry in ahead:
            entry.last_run_at = entry.default_now()
        if ahead:
            self._heap = None  # its order was made by the wrong clock: Celery makes it anew
        return super().tick(*args, **options)


def _ahead(entry: Any) -> bool:
    return entry.last_run_at is not None and entry.last_run_at > entry.default_now() + SLACK
