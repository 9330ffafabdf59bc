"""Two people at the same moment, each with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

PATIENCE = 60  # seconds; a test that waits longer is a deadlock


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave, or the exception it raised, in the order given; all are let go at one moment."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait(PATIENCE)
        try:
            return act()
        except Exception as raised:
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        running = [pool.submit(run, act) for act in acts]
        return [future.result(PATIENCE) for future in running]


def raised(results: list[Any]) -> list[Exception]:
    return [found for found in results if isinstance(found, Exception)]
