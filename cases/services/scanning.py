"""The virus scanner: clamd's own protocol (INSTREAM), over TCP or a socket of this machine. It fails closed."""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
AT_ONCE = 1.0  # seconds: whoever asks for health does not wait


class Unanswered(Exception):
    """The scanner is set up and gave no verdict: nothing may be believed clean."""


class NoVerdict(Unanswered):
    """It answered, with an error about this one file (a limit, say): others may yet have their verdict."""


def is_set_up() -> bool:
    """Whether this installation has a scanner."""
    return bool(settings.CLAMD)


def found_in(file: BinaryIO) -> str:
    """The name of what was found in the file, or "" where it is clean. Raises Unanswered."""
    file.seek(0)
    try:
        with called(settings.CLAMD_PATIENCE) as line:
            pour(file, line)
            return verdict(answer_of(line))
    except OSError as problem:
        raise Unanswered(type(problem).__name__) from problem


def pour(file: BinaryIO, line: socket.socket) -> None:
    """Send the file; clamd hangs up on what is too long for it, in the middle, and has said so before it did."""
    try:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(CHUNK):
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return  # what it said, or its silence, is the answer


def answers() -> bool:
    """Whether the scanner is there: it is asked PING."""
    try:
        with called(AT_ONCE) as line:
            line.sendall(b"zPING\0")
            return answer_of(line) == "PONG"
    except OSError:
        return False


def called(patience: float) -> socket.socket:
    """A connection; `patience` in seconds. Raises OSError; an address that is none counts as no answer."""
    where = urlsplit(settings.CLAMD)
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(patience)
        try:
            line.connect(where.path)
        except OSError:
            line.close()
            raise
        return line
    if where.scheme != "tcp" or not where.hostname:
        raise OSError("CLAMD is neither tcp://host:port nor unix:///path")
    return socket.create_connection((where.hostname, where.port or 3310), patience)


def answer_of(line: socket.socket) -> str:
    """Its one line; ended by a zero byte or by hanging up."""
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def verdict(said: str) -> str:
    """stream: OK, stream: NAME FOUND; all else (an error, a limit, silence) is no verdict. Raises Unanswered."""
    if said == "stream: OK":
        return ""
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    if said:
        raise NoVerdict(said[:60])
    raise Unanswered("silence")
