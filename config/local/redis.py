"""A private Redis on a socket in a 0700 folder, every write kept on disk: a killed broker forgets no task."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from config.local.paths import LOCAL, locked, private_folder, socket_folder, stop


class Redis:
    """One Redis server. `name` tells a test's own server from the checkout's."""

    def __init__(self, name: str = "") -> None:
        self.name = f"redis{name}"
        self.folder = socket_folder(self.name)
        self.data = LOCAL / self.name
        self.path = self.folder / "redis.sock"

    @property
    def url(self) -> str:
        """Its address, as redis-py reads it."""
        return f"unix://{self.path}?db=0"

    def ensure(self) -> None:
        """Start the server unless one answers. Safe to call from several processes, and after kill -9."""
        with locked(self.name):
            if self._answers():
                return
            program = shutil.which("redis-server") or shutil.which("valkey-server")
            if program is None:
                stop("Redis is not on this machine. Run: apt-get install redis-server (or set REDIS_URL).")
            self.data.mkdir(parents=True, exist_ok=True)
            private_folder(self.folder)
            self._start(program)

    def stop(self) -> None:
        """Ask it to write down what it has and go."""
        self._signal(signal.SIGTERM)
        self._wait(until=False)

    def remove(self) -> None:
        """Stop it and forget everything it held. For a test's own server."""
        self.stop()
        for place in (self.folder, self.data):
            shutil.rmtree(place, ignore_errors=True)

    def kill(self) -> None:
        """SIGKILL, no warning. For tests of exactly that."""
        self._signal(signal.SIGKILL)

    def flush(self) -> None:
        """Forget everything at once, while it runs: tasks, and what the workers have in hand. For tests."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(self.path))
            line.sendall(b"FLUSHALL\r\n")
            line.recv(16)

    def _start(self, program: str) -> None:
        log = self.data / "server.log"
        subprocess.run(
            [program, "--port", "0", "--unixsocket", str(self.path), "--unixsocketperm", "700", "--appendonly", "yes",
             "--save", "", "--dir", str(self.data), "--daemonize", "yes", "--logfile", str(log),
             "--pidfile", str(self.data / "server.pid")],
            capture_output=True, check=False, start_new_session=True, cwd="/",
            env={key: value for key, value in os.environ.items() if key != "LD_PRELOAD"},
        )  # fmt: skip
        if not self._wait(until=True):
            stop(f"The private Redis does not start. Its own words are in {log}.")

    def _wait(self, until: bool, seconds: float = 15) -> bool:
        end = time.monotonic() + seconds
        while self._answers() is not until:
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            try:
                line.connect(str(self.path))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def _signal(self, number: signal.Signals) -> None:
        if self._answers():
            os.kill(int(Path(self.data, "server.pid").read_text()), number)
