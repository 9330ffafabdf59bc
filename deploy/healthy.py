"""Is this process well? Asked by the container's health check: exit 0 or 1. Only what Python itself brings."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

BEAT_WRITES_WITHIN = 600  # seconds; it notes its schedule every three minutes


def web() -> bool:
    """The web server answers, under a name that it answers to."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip()
    ask = urllib.request.Request("http://127.0.0.1:8000/livez", headers={"Host": host})  # noqa: S310
    return urllib.request.urlopen(ask, timeout=5).status == 200  # noqa: S310


def public() -> bool:
    """The public page answers, under a name that it answers to."""
    host = os.environ["PUBLIC_HOSTS"].split(",")[0].strip()
    ask = urllib.request.Request("http://127.0.0.1:8000/livez", headers={"Host": host})  # noqa: S310
    return urllib.request.urlopen(ask, timeout=5).status == 200  # noqa: S310


def metrics() -> bool:
    """The listener for metrics answers."""
    port = os.environ.get("METRICS_PORT", "9102")
    return urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).status == 200  # noqa: S310


def worker() -> bool:
    """The worker of this container answers through the broker."""
    command = [sys.executable, "-m", "celery", "-A", "config.celery:app", "inspect", "ping", "--timeout", "10"]
    mine = os.uname().nodename
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return f"@{mine}: OK" in said


def beat() -> bool:
    """Beat has noted its schedule lately."""
    notes = [path.stat().st_mtime for path in Path(os.environ["STATE"]).glob("beat*")]
    return bool(notes) and time.time() - max(notes) < BEAT_WRITES_WITHIN


if __name__ == "__main__":
    try:
        well = {"web": web, "public": public, "metrics": metrics, "worker": worker, "beat": beat}[sys.argv[1]]()
    except OSError:
        well = False
    sys.exit(0 if well else 1)
