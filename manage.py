#!/usr/bin/env python3
"""Django's command line. In a checkout that ./run or ./test has set up, it finds its own Python and database."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "DJANGO_ENV" not in os.environ and (ROOT / ".local" / "venv").exists():
        from config.local import door

        door.enter(ROOT, [str(ROOT / "manage.py"), *sys.argv[1:]])
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
