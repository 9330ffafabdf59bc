"""`python3 -m config.local run | backup | restore | test`: what ./run and ./test call."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from config.local import backup, restore, running, supervisor, testing


def main() -> int:
    """Do what the first argument names; 130 when interrupted."""
    commands = {"run": running.main, "backup": backup.main, "restore": restore.main, "test": testing.main}
    commands |= {"process": supervisor.become}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        print("Say run, backup, restore or test.", file=sys.stderr)
        return 2
    os.environ["PATH"] += ":/usr/sbin:/sbin"  # runuser lives there, and not every shell looks
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a shell's background job ignores SIGINT by default
        signal.signal(number, _interrupted)
    try:
        return commands[sys.argv[1]](sys.argv[2:])
    except KeyboardInterrupt:
        return 130


def _interrupted(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: an impatient second Ctrl-C would break off the tidying
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
