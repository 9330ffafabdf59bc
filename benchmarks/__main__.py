"""`python -m benchmarks [--scale N ...]`; or `load --people N`, `search [--scale N ...]`, `years [--scale N ...]` instead."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import stage
from config.local.environment import Guest
from config.local.paths import say


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["measure", "load", "search", "years"], default="measure")
    parser.add_argument(
        "--scale",
        type=int,
        action="append",
        help="open deadlines, people to search, or reports of five years; several times (10000)",
    )
    parser.add_argument("--rounds", type=int, default=100, help="times that each operation is measured (at most 150)")
    parser.add_argument("--people", type=int, default=200, help="load: signed-in people")
    parser.add_argument("--seconds", type=int, default=60, help="load: for how long (at most 600)")
    parser.add_argument("--questions", type=int, default=100, help="search: questions of each damage (at most 2000)")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--markdown", type=Path, help="also write the tables here, between the marks of the file")
    read = parser.parse_args(given)
    read.scale = sorted(set(read.scale or [10_000]))
    for name, low, high in (("rounds", 2, 150), ("people", 1, 840), ("seconds", 1, 600), ("questions", 1, 2000)):
        if not low <= getattr(read, name) <= high:
            parser.error(f"--{name} may be {low} to {high}.")
    if not all(100 <= scale <= 5_000_000 for scale in read.scale):
        parser.error("--scale may be 100 to 5,000,000.")
    return read


def main(given: list[str]) -> int:
    read = arguments(given)
    seat = Guest()
    redis = stage.prepare()
    # models are there only once the settings are: what needs them is imported now
    from benchmarks.running import load, measure, search, years

    try:
        with stage.migrated():
            {"load": load, "search": search, "measure": measure, "years": years}[read.what](read)
    finally:
        redis.remove()
        seat.leave()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("Stopped; what was made has been removed.")
        sys.exit(130)
