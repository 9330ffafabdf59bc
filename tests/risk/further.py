"""Further sets: begun and answered, by the ordinary verbs."""

from __future__ import annotations

from accounts.models import User
from risk.models import Assessment, rows_of
from risk.services.page import Said, keep_page
from tests.risk.story import answer, fresh, wordy
from workflow import engine


def follow(dash: Assessment, by: User, code: str) -> Assessment:
    blank = Assessment(incident=dash.incident, case=dash.case)
    begun: Assessment = engine.perform(blank, "follow", by=by, evidence={"code": code})
    return begun


def answer_set(found: Assessment, by: User, *, yes: tuple[int, ...] = ()) -> Assessment:
    """All its questions: these Yes, the rest No."""
    numbers = [row.question.number for row in rows_of(found)]
    return answer(found, by, {number: "yes" if number in yes else "no" for number in numbers})


def say(dash: Assessment, by: User, answers: dict[int, str] | None = None, **said: object) -> Assessment:
    """One sending of the page: answers by number, and what else is said on it."""
    now = fresh(dash)
    rows = {number: (value, wordy(value)) for number, value in (answers or {}).items()}
    return keep_page(now, Said(rows, **said), by=by, seen=now.version)  # type: ignore[arg-type]


def all_no(*, yes: tuple[int, ...] = ()) -> dict[int, str]:
    return {number: "yes" if number in yes else "no" for number in range(1, 28)}
