"""A virus scanner made for the test: it speaks clamd's protocol on a socket of this machine, and can be switched off."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from typing import Any

import pytest

MARK = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Answering(socketserver.StreamRequestHandler):
    """One call: PING, or INSTREAM with its pieces."""

    def handle(self) -> None:
        asked = self._to_zero()
        if asked == b"zPING":
            self.wfile.write(b"PONG\0")
        elif asked == b"zINSTREAM":
            body = self._pieces()
            self.server.seen.append(len(body))  # type: ignore[attr-defined]
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if MARK in body else b"stream: OK\0")

    def _to_zero(self) -> bytes:
        said = b""
        while (one := self.rfile.read(1)) not in (b"", b"\0"):
            said += one
        return said

    def _pieces(self) -> bytes:
        body = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            body += self.rfile.read(size)
        return body


class Scanner:
    """The scanner of a test: `seen` are the sizes of what it looked at."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.server: Any = None
        self.start()

    def start(self) -> None:
        where = self.address if self.server else ("127.0.0.1", 0)
        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self.server = socketserver.ThreadingTCPServer(where, Answering)
        self.server.seen = self.seen
        self.address = self.server.server_address
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def scanner(settings: Any) -> Iterator[Scanner]:
    """Set up and answering."""
    made = Scanner()
    settings.CLAMD = f"tcp://127.0.0.1:{made.address[1]}"
    settings.CLAMD_PATIENCE = 2.0
    yield made
    made.stop()
