"""Work out a due moment at the command line, with its working."""

from collections.abc import Iterator
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError

from workflow.clock import (
    BadLength,
    BadStart,
    Calendar,
    Length,
    LocalStart,
    UnknownYear,
    Working,
    parse_local,
    working,
)
from workflow.models.holiday import Holiday, shipped_calendar

WRONG_QUESTION = 2


class Command(BaseCommand):
    help = "When is it due? For example: clock statutory-hours:48 2026-08-29T08:00"
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration; nothing here needs the checks

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "rule",
            help="hours:24, statutory-hours:48, working-days:10, days:28, days-beginning:28 or months-beginning:3",
        )
        parser.add_argument(
            "start",
            help="London time without offset, 2026-08-29T08:00; for a rule that counts days the day alone will do",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            length = Length.parse(options["rule"])
            start = parse_local(options["start"], date_alone=not length.rule.counts_hours)
            answer = working(start.at, length, _calendar())
        except (BadLength, BadStart, UnknownYear) as refused:
            _refuse(str(refused.args[0]))
        for line in told(answer, start):
            self.stdout.write(line)


def told(answer: Working, start: LocalStart) -> Iterator[str]:
    """The answer in lines: the due moment in ISO 8601, the same in words, the days, the steps."""
    yield answer.due_iso
    yield f"Due {answer.due_words}"
    if start.note:
        yield start.note
    yield answer.sum
    yield ""
    for box in answer.boxes():
        yield f"{box.name} {box.dates}".strip() + f": {box.label}. {box.note}"
    yield ""
    for step in answer.steps():
        yield f"{step.name}: {step.words}"


def _calendar() -> Calendar:
    """The calendar of the running system, or the one that ships with the product where no database answers."""
    try:
        return Holiday.objects.calendar()
    except DatabaseError:
        return shipped_calendar()


def _refuse(sentence: str) -> NoReturn:
    raise CommandError(sentence, returncode=WRONG_QUESTION)
