"""The letterbox: what was said becomes one row, inserted by a role that can read nothing back, not even that row."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import structlog
from psycopg import sql

from public.asking import Answers

log = structlog.get_logger(__name__)
TABLE = "dvds_publicrequest"
LIMITS = "-c statement_timeout=5s"


class NotTaken(Exception):
    """The database did not take it; nothing was kept."""


def put_in(said: Answers, *, key: str, language: str, letterbox: str) -> None:
    """Insert the request, once however often it is sent: the key decides. Raises NotTaken."""
    row: dict[str, Any] = {"key": uuid.UUID(key), **columns(said, language)}
    # no RETURNING and no conflict target: either would ask for a right to read
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING").format(
        sql.Identifier(TABLE),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(sql.Placeholder() * len(row)),
    )
    try:
        with psycopg.connect(letterbox, connect_timeout=5, options=LIMITS, autocommit=True) as line:
            line.execute(statement, list(row.values()))
    except psycopg.Error as problem:
        # its text repeats what was typed: the kind of the fault is all that a log may hold
        log.error("a request was not taken", kind=type(problem).__name__, sqlstate=problem.sqlstate)
        raise NotTaken from None


def columns(said: Answers, language: str) -> dict[str, Any]:
    """The answers as the columns of the row. Words are as they were typed; ours between them are English, as the record is."""
    return {
        "danger": said.get("danger", ""),
        "asks_as": said.get("asks_as", ""),
        "at_risk": joined(said, "at_risk_name", "at_risk_more"),
        "subject": joined(said, "subject_name", "subject_more"),
        "why": said.get("why", ""),
        "feared": said.get("feared", []),
        **safe_way(said),
        "never": said.get("never", ""),
        "asker": said.get("asker", ""),
        "language": said.get("language", "") or ("Welsh" if language == "cy" else "English"),
    }


def joined(said: Answers, *names: str) -> str:
    return ", ".join(words for name in names if (words := said.get(name, "")))


def safe_way(said: Answers) -> dict[str, str]:
    """By what means, where and when, of the way that was chosen."""
    way = said.get("reach", "none")
    number = said.get(f"{way}_number", "")
    means = {
        "friend": f"Phone somebody they trust: {number}",
        "me": f"Phone them: {number}",
        "meet": "Meet them",
        "none": "Cannot be reached safely: told to ring 101 or come to a station",
    }
    return {
        "safe_means": means[way],
        "safe_place": said.get(f"{way}_place", ""),
        "safe_times": said.get(f"{way}_when", ""),
    }
