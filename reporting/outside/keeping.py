"""How a file becomes figures: kept as it was sent, read again when it is confirmed, and only then rows that count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from reporting.models import OutsideFigure, OutsideFile, OutsideImport
from reporting.outside.reading import NotAFile, Reading, read_text
from reporting.outside.table import KINDS, Line
from workflow.clock import LONDON
from workflow.models import Refusal, Refused

AT_ONCE = 1000
S = OutsideImport.State
LIVE = (S.WAITING, S.IN_FORCE)


def keep(run: OutsideImport, said: dict[str, Any]) -> None:
    """Fill an import from what was said and what its file says. Raises Refused where the same file is here already; of two
    who send it at one moment the second waits for the first, and is told the same.
    """
    reading: Reading = said["file"]
    run.unit, run.kind, run.source = Unit.objects.root(), said["kind"], said["source"]
    run.published_on, run.words = said["published_on"], said["words"]
    run.file = file_of(reading)
    refuse_twice(run)
    run.rows = len(reading.lines)
    run.rejects = [list(row) for row in reading.rejects]
    run.rejected = len({number for number, _why in reading.rejects})
    run.first_on, run.last_on = reading.first_on, reading.last_on


def file_of(reading: Reading) -> OutsideFile:
    """The file, once however often it is sent, locked until this is done."""
    made: OutsideFile = OutsideFile.objects.get_or_create(
        kind=reading.kind, digest=reading.digest, defaults={"content": reading.content}
    )[0]
    return OutsideFile.objects.select_for_update().get(pk=made.pk)


def refuse_twice(run: OutsideImport) -> None:
    before = OutsideImport.objects.filter(file=run.file, state__in=LIVE).first()
    if before is not None:
        words = _("This very file was brought in already: it is import %(number)s, %(state)s.")
        said = {"number": before.pk, "state": _(str(before.get_state_display())).lower()}
        raise Refused(Refusal.GUARD, words % said)


def read_again(run: OutsideImport, at: datetime) -> Reading:
    """The same file as it reads now: an area may have been renamed since. Raises NotAFile."""
    return read_text(KINDS[run.kind], run.file.content, run.file.digest, at.astimezone(LONDON).date())


def still_reads(run: OutsideImport, at: datetime) -> str:
    """Why its rows can no longer be taken; "" where they can."""
    try:
        rejects = read_again(run, at).rejects
    except NotAFile as problem:
        return str(problem)
    if not rejects:
        return ""
    words = _("Not any more. Row %(row)s can no longer be taken: %(why)s Take it back and bring it in anew.")
    return words % {"row": rejects[0][0], "why": rejects[0][1]}


def write_figures(run: OutsideImport, at: datetime) -> None:
    """Each row of the file as a figure. They count from here on; what said the same before does not."""
    lines = read_again(run, at).lines
    OutsideFigure.objects.bulk_create([figure_of(run, line) for line in lines], batch_size=AT_ONCE)


def figure_of(run: OutsideImport, line: Line) -> OutsideFigure:
    return OutsideFigure(**{"run": run, "kind": run.kind, "unit": run.unit, **line.said})
