"""The Python parts: one virtual environment, synchronised with the lock; a stamp makes a warm start free."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.local.paths import LOCAL, PYTHON, ROOT, VENV, locked, say, stop

STAMP = LOCAL / "python.stamp"


def _digest(lock: Path) -> str:
    return hashlib.sha256(f"{sys.version_info[:2]} {VENV}".encode() + lock.read_bytes()).hexdigest()


def ensure(testing: bool = False) -> None:
    """Make `.local/venv` hold what the lock names: requirements/dev.txt for tests, base.txt otherwise."""
    if sys.version_info[:2] != (3, 11):
        stop("This needs Python 3.11: run it again with python3.11 first on the PATH.")
    tested_before = (VENV / "bin" / "pytest").exists()  # then ./run keeps the test parts up to date as well
    lock = ROOT / "requirements" / ("dev.txt" if testing or tested_before else "base.txt")
    with locked("python"):
        if STAMP.exists() and PYTHON.exists() and STAMP.read_text() == _digest(lock):
            return
        STAMP.unlink(missing_ok=True)
        say("Installing the Python parts …")
        _sync(lock)
        STAMP.write_text(_digest(lock))


def _sync(lock: Path) -> None:
    if not _works():
        shutil.rmtree(VENV, ignore_errors=True)
        _must([sys.executable, "-m", "venv", str(VENV)], "The virtual environment could not be made")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not (VENV / "bin" / "uv").exists():
        subprocess.run([*pip, "uv"], capture_output=True, check=False)
    uv = VENV / "bin" / "uv"
    if uv.exists():
        quick = [str(uv), "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), str(lock)]
        if subprocess.run(quick, capture_output=True, check=False).returncode == 0:
            return
    _must([*pip, "--require-hashes", "-r", str(lock)], "The Python parts could not be installed")


def _works() -> bool:
    return PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0


def _must(command: list[str], failure: str) -> None:
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
        stop(f"{failure}: {reason[0]} (Is the package index reachable? Try again when it is.)")
