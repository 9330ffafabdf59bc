"""./run: set up, serve, say where, and stop everything at the end."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from config.local import assets, environment, python, system
from config.local.paths import LOCAL, PYTHON, ROOT, say, stop
from config.local.supervisor import LOGS, Supervisor, commands


def main(arguments: list[str]) -> int:
    """Serve until interrupted."""
    if arguments:
        stop("./run takes no arguments; its settings are in the environment (PORT, DATABASE_URL, …: see README.md).")
    port = chosen_port()
    free_or_stop(port)
    system.ensure()
    python.ensure()
    assets.ensure()
    seat = environment.Guest()
    try:
        surroundings = environment.prepare() | {"PORT": str(port)}
        set_up(surroundings)
        serve(port, surroundings)
    finally:
        say("Stopping …")
        seat.leave()
    return 0


def chosen_port() -> int:
    """The port from PORT, 8000 by default."""
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        stop(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def free_or_stop(port: int) -> None:
    """End with a sentence when somebody listens on the port already."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            stop(f"Port {port} is taken on this machine. Choose another: PORT={min(port + 1, 65535)} ./run")


def set_up(surroundings: dict[str, str]) -> None:
    """Migrate, grant, seed, collect: one call."""
    done = subprocess.run([str(PYTHON), "manage.py", "setup"], cwd=ROOT, env=surroundings, check=False)
    if done.returncode:
        stop("The set-up failed; the reason is above. Nothing is running.")


def serve(port: int, surroundings: dict[str, str]) -> None:
    """Start the processes, say where they are, and tend them until interrupted."""
    state = LOCAL / f"state-{port}"
    state.mkdir(exist_ok=True)
    private = int(os.environ.get("METRICS_PORT") or port + 1)
    ours = surroundings | {"DATABASE_POOL_SIZE": "8", "PROMETHEUS_MULTIPROC_DIR": str(empty(state / "metrics"))}
    public = port + 2 if "PUBLIC_DATABASE_URL" in ours else 0
    supervisor = Supervisor(commands(port, state, private, public=public), ours, LOGS / str(port))
    supervisor.start()
    try:
        signins = subprocess.run(
            [str(PYTHON), "manage.py", "demo_signins"], cwd=ROOT, env=surroundings, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        wait_for(port)
        say(f"\nManage domestic abuse cases is at http://127.0.0.1:{port}/\n")
        if signins.returncode == 0:
            say(signins.stdout)
        if public:
            say(f"The public page, a program of its own, is at http://127.0.0.1:{public}/\n")
        say(f"Metrics, for this machine alone, are at http://127.0.0.1:{private}/metrics")
        say(f"Logs are in {LOGS / str(port)}. Ctrl-C stops everything.")
        supervisor.forever()
    finally:
        supervisor.stop()


def empty(folder: Path) -> Path:
    """The folder with nothing in it: what processes that are gone have counted would be counted on for ever."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def wait_for(port: int, seconds: float = 60) -> None:
    """Return when something accepts on the port; end with a sentence when nothing does in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    stop(f"The web server does not answer on port {port}; why is in {LOGS / str(port) / 'web.log'}.")
