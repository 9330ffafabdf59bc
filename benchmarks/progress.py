"""A bar that says how far the work is, how fast it goes and what is being done."""

from __future__ import annotations

import sys
import time

WIDTH = 28


class Progress:
    """One bar of a known number of rows. On a terminal it moves; in a file each task is one line."""

    def __init__(self, total: int) -> None:
        self.total, self.done = max(total, 1), 0
        self.started = time.monotonic()
        self.moves = sys.stderr.isatty()
        self.last = ""

    def add(self, rows: int, doing: str) -> None:
        """So many more rows are done, and this is what is being done."""
        self.done += rows
        if self.moves or doing != self.last:
            sys.stderr.write(("\r\x1b[K" if self.moves else "") + self.line(doing) + ("" if self.moves else "\n"))
            sys.stderr.flush()
        self.last = doing

    def line(self, doing: str) -> str:
        part = min(self.done / self.total, 1.0)
        bar = "#" * int(part * WIDTH)
        rate = self.done / max(time.monotonic() - self.started, 0.001)
        return f"[{bar:<{WIDTH}}] {part:4.0%} {self.done:>11,} rows {rate:>9,.0f} a second  {doing}"

    def end(self) -> float:
        """Seconds that it took."""
        took = time.monotonic() - self.started
        self.add(0, f"done in {took:.0f} s")
        if self.moves:
            sys.stderr.write("\n")
        return took
