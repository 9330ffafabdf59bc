"""`python -m faults --rounds N --seed S [--summary FILE]`: kill, flush, restart; count what was lost. Exit 1 if anything was."""

import argparse
import os
import sys
from pathlib import Path

from faults.rounds import Run
from faults.stage import Stage
from faults.summary import markdown


def main(arguments: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="faults", description=__doc__)
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--summary", type=Path, help="write the figures to this file, as markdown")
    chosen = asked.parse_args(arguments)
    stage = Stage(f"f{os.getpid()}")
    run = Run(stage, chosen.seed, say)
    try:
        stage.start()
        run.rehearse(chosen.rounds)
        said = markdown(run)
    finally:
        stage.stop()
    say(said)
    if chosen.summary:
        chosen.summary.write_text(said)
    return 0 if run.verdict.sound else 1


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
