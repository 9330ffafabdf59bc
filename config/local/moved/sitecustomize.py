"""Loaded by each Python process under a moved clock (rehearsal.py names this folder to it) and by nothing else.

libfaketime 0.9.10 leaves monotonic time alone, as asked, but then refuses every sleep that ends at a monotonic moment,
and that is how Python sleeps. Waiting in select is the same pause by another door.
"""

import select
import time
from typing import SupportsIndex


def sleep(seconds: float | SupportsIndex) -> None:
    """As time.sleep."""
    select.select([], [], [], float(seconds))


time.sleep = sleep
