"""`python3 manage.py …` in a checkout that was set up: the right Python, the private database, no ceremony."""

import os
import sys
from pathlib import Path

from config.local import environment
from config.local.paths import PYTHON


def enter(root: Path, command: list[str]) -> None:
    """Begin `command` again with the environment and the Python of this checkout. Does not return."""
    seat = environment.Guest()
    seat.stay()
    sys.stdout.flush()
    os.chdir(root)
    os.execve(str(PYTHON), [str(PYTHON), *command], environment.prepare())  # noqa: S606
