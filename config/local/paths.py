"""Where everything of this checkout lives: `.local`, and short socket folders."""

import fcntl
import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent.parent
LOCAL = ROOT / ".local"
VENV = LOCAL / "venv"
PYTHON = VENV / "bin" / "python"


def socket_folder(purpose: str) -> Path:
    """A folder for sockets, named by user and checkout. Short: a socket's whole path may have 107 bytes."""
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"da-{purpose}-{os.getuid()}-{mark}"


def private_folder(path: Path, *owners: int) -> None:
    """Make it 0700, or end with a sentence if somebody else has made it: temporary folders are everybody's."""
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.getuid(), *owners}:
        stop(f"{path} belongs to somebody else. Remove it, then start again.")
    path.chmod(0o700)


def say(sentence: str) -> None:
    """Tell the person at the terminal what is being done."""
    print(sentence, flush=True)


def stop(sentence: str) -> NoReturn:
    """End with one sentence that says what is wrong and what to do about it."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(1)


def locked(name: str) -> "Lock":
    """A lock between the processes of this checkout; `with locked("postgres"):`."""
    return Lock(LOCAL / f"{name}.lock")


class Lock:
    """An flock. The kernel lets go when the process dies, so an interrupted set-up leaves nothing behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.handle = self.path.open("a")
        fcntl.flock(self.handle, fcntl.LOCK_EX)

    def __exit__(self, *ignored: object) -> None:
        self.handle.close()
