"""The door of a folder, as a program meets it: the same coded reasons as the page asks for, in a header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from workflow.api.problems import Problem

HEADER = "X-Reason"
ASKED = f"This is not your own work. Send the header {HEADER} with one of these codes; it lasts for a turn of duty."


@dataclass(frozen=True, slots=True)
class Asking:
    """What the folder's app asks: (code, words) of each reason, and the verb that writes an answer down."""

    reasons: Sequence[tuple[str, str]]
    keep: Callable[[User, Any, str], None]


_ASKED: list[Asking] = []


def asks_why(reasons: Sequence[tuple[str, str]], keep: Callable[[User, Any, str], None]) -> None:
    """Said once, by the app that owns the folder."""
    _ASKED[:] = [Asking(reasons, keep)]


def codes() -> list[str]:
    return [code for asking in _ASKED for code, _ in asking.reasons]


def said_why(request: Any) -> str:
    """The reason that came with the request, if one did. Raises Problem for a code that is none."""
    code: str = request.headers.get(HEADER, "")
    if code and code not in codes():
        raise Problem("malformed", f"{HEADER} must be one of the codes of the docs.", codes=codes())
    return code


def pass_the_door(request: Any, folder: Any) -> None:
    """Let the request through where the folder stands open to this person, or once it says why."""
    if folder is None or getattr(folder, "door_open", False) or not folder.door(request.user):
        return
    code = said_why(request)
    for asking in _ASKED:
        if not code:
            reasons = [{"code": code, "words": words} for code, words in asking.reasons]
            raise Problem("reason-needed", ASKED, header=HEADER, reasons=reasons)
        asking.keep(request.user, folder, code)
