"""System parts: looked for by their files, so that a prepared machine runs no package manager at all."""

import glob
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from config.local.paths import say, stop

LIBRARY_FOLDERS = ("/usr/lib/*/", "/usr/lib/", "/usr/lib64/", "/usr/local/lib/", "/opt/homebrew/lib/", "/lib/*/")


def _library(name: str) -> Callable[[], bool]:
    return lambda: any(glob.glob(f"{folder}{name}*") for folder in LIBRARY_FOLDERS)


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _postgres() -> bool:
    return postgres_binaries() is not None


def _venv_module() -> bool:
    return subprocess.run(["python3", "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0


def _font() -> bool:
    return bool(glob.glob("/usr/share/fonts/**/*.ttf", recursive=True) or glob.glob("/System/Library/Fonts/*"))


#: Debian's package, and how to see whether what it brings is there.
TO_RUN: tuple[tuple[str, Callable[[], bool]], ...] = (
    ("postgresql", _postgres),
    ("redis-server", _program("redis-server")),
    ("libpango-1.0-0", _library("libpango-1.0")),
    ("libpangoft2-1.0-0", _library("libpangoft2-1.0")),
    ("libharfbuzz-subset0", _library("libharfbuzz-subset")),
    ("fonts-dejavu-core", _font),
    ("python3-venv", _venv_module),
)
TO_TEST: tuple[tuple[str, Callable[[], bool]], ...] = (
    ("chromium", _program("chromium", "chromium-browser", "google-chrome")),
    ("poppler-utils", _program("pdftotext")),
    ("libfaketime", _library("faketime/libfaketimeMT.so")),
)


def postgres_binaries() -> Path | None:
    """The folder that holds initdb and pg_ctl: $PG_BINDIR, the newest Debian one, Homebrew's, or the path's."""
    newest = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(Path(p).parent.name), reverse=True)
    brewed = sorted(glob.glob("/opt/homebrew/opt/postgresql@*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    named = [os.environ["PG_BINDIR"]] if "PG_BINDIR" in os.environ else []
    for folder in [*named, *newest, *brewed, *([str(Path(on_path).parent)] if on_path else [])]:
        if Path(folder, "initdb").exists() and Path(folder, "pg_ctl").exists():
            return Path(folder)
    return None


def chromium() -> str | None:
    """The browser that the browser tests drive, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def faketime() -> str | None:
    """The library that moves a program's clock (the one for programs with threads), or None."""
    found = (p for folder in LIBRARY_FOLDERS for p in glob.glob(f"{folder}faketime/libfaketimeMT.so*"))
    return next(found, None)


def missing(testing: bool) -> list[str]:
    """Packages whose files are not on this machine. Given DATABASE_URL and REDIS_URL, no server of ours is needed."""
    given = {"postgresql": "DATABASE_URL" in os.environ, "redis-server": "REDIS_URL" in os.environ}
    parts = TO_RUN + (TO_TEST if testing else ())
    return [package for package, present in parts if not given.get(package) and not present()]


def ensure(testing: bool = False) -> None:
    """Install what is missing when that is possible; otherwise end with the command that would."""
    wanted = missing(testing)
    if not wanted:
        return
    command = f"apt-get install {' '.join(wanted)}"
    if not shutil.which("apt-get"):
        stop(f"Not found on this machine: {', '.join(wanted)} (Debian's names). Install them, then start again.")
    if os.getuid() != 0:
        stop(f"Not found on this machine: {', '.join(wanted)}. Run: sudo {command}")
    say(f"Installing {', '.join(wanted)} …")
    _no_cluster_of_debians_own()
    _apt(wanted, command)
    if still := missing(testing):
        stop(f"Installed, but still not found: {', '.join(still)}. Try: {command}")


def _no_cluster_of_debians_own() -> None:
    """Debian's package starts a cluster when it is installed; it would take port 5432, and nobody would use it."""
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n")


def _apt(packages: list[str], command: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    install += ["-o", "Dpkg::Options::=--force-confold", *packages]
    for arguments in (install, ["apt-get", "update", "-qq"], install):
        done = subprocess.run(arguments, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode == 0 and arguments is install:
            return
    stop(f"This could not be installed: {done.stderr.strip().splitlines()[-1:] or 'apt-get failed'}. Try: {command}")
