"""Lists that leave as a file: made by the worker, packed, kept a day, and handed out only in a locked zip."""

from __future__ import annotations

import csv
import hashlib
import io
import uuid
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pyzipper  # type: ignore[import-untyped]
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from audit import services as audit
from audit.models import Access, Operation
from audit.stream import Entry, all_of
from reporting.explorer.asked import Asked
from reporting.explorer.lines import lines_of
from reporting.models import MARKING, STUCK, TRIES, UNHEARD, Export

MOST_ROWS = 100_000
AT_A_TIME = 2000
KEPT = timedelta(days=1)
#: What a spreadsheet would take for a formula, or for the end of a cell.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEADINGS = (
    "Number", "When (UTC)", "Who", "What", "Operation", "Case", "About", "Reason", "Searched for", "Shown",
)  # fmt: skip


def safe_cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula, whatever was typed; leading spaces do not hide one."""
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def ask_for_export(*, asked: Asked, by: User, recipient: str, basis: str) -> Export:
    """Ask for a list; written down as a disclosure at once, with who it is for and on what basis."""
    kept = asked.pairs() | ({"closed": "yes"} if asked.closed else {})
    with transaction.atomic():
        export = Export.objects.create(asked_by=by, asked=kept, recipient=recipient, basis=basis)
        write_down(export, Access.Kind.EXPORT)
    return export


def write_down(export: Export, kind: str) -> None:
    audit.looked(
        by=export.asked_by, kind=kind, what=f"reporting.export:{export.pk}", operation=Operation.DISCLOSURE,
        reason=f"To {export.recipient}. {export.basis}"[:1000], terms=Asked.read(export.asked).said(),
    )  # fmt: skip


@override(settings.LANGUAGE_CODE)  # lists are made in the language of the record
def make(export_id: int, *, again: bool = False) -> bool:
    """Make a list that waits; True if this call made it. Safe to run twice, at once or one after the other."""
    free = Q(stage=Export.Stage.QUEUED) | (Q(stage=Export.Stage.MAKING) if again else Q(pk__in=[]))
    taken = Export.objects.filter(free, pk=export_id, attempts__lt=TRIES).update(
        stage=Export.Stage.MAKING, run=uuid.uuid4(), attempts=F("attempts") + 1, taken_at=timezone.now(), rows=0
    )
    if not taken:
        return False
    export = Export.objects.select_related("asked_by").get(pk=export_id)
    packed, digest, rows = written(export)
    kept = own(export).update(
        stage=Export.Stage.MADE, made_at=timezone.now(), rows=rows, cut=rows >= MOST_ROWS, digest=digest, content=packed
    )
    return bool(kept)


def own(export: Export) -> Any:
    """The row, as long as it is still this attempt's."""
    return Export.objects.filter(pk=export.pk, run=export.run, stage=Export.Stage.MAKING)


def written(export: Export) -> tuple[bytes, str, int]:
    """The list packed, its digest and how many rows: streamed, so that memory holds only what is packed."""
    packer, digest, parts, rows = zlib.compressobj(), hashlib.sha256(), [], 0
    for rows, chunk in chunks(export):
        digest.update(chunk)
        parts.append(packer.compress(chunk))
        own(export).update(rows=rows)
    parts.append(packer.flush())
    return b"".join(parts), digest.hexdigest(), rows


def chunks(export: Export) -> Iterator[tuple[int, bytes]]:
    """How many rows so far, and the text of the latest; the first is the headings alone."""
    user = export.asked_by
    held, done = user.roles_over(None), 0
    yield 0, text_of([HEADINGS])
    for entries in grouped(all_of(Asked.read(export.asked).sides(), AT_A_TIME, MOST_ROWS)):
        done += len(entries)
        yield done, text_of(
            (
                line.id, line.at.isoformat(timespec="seconds"), line.who, line.what, line.operation, line.reference,
                line.about, line.reason, line.terms, line.shown or "",
            )
            for line in lines_of(entries, user, held)
        )  # fmt: skip


def grouped(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    group: list[Entry] = []
    for entry in entries:
        group.append(entry)
        if len(group) == AT_A_TIME:
            yield group
            group = []
    if group:
        yield group


def text_of(rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def locked_zip(export: Export, password: str) -> bytes:
    """The list in a zip that opens only with the password (AES-256). The password is kept nowhere."""
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as file:
        file.setpassword(password.encode())
        file.writestr(f"{MARKING} audit {export.pk}.csv", zlib.decompress(bytes(export.content or b"")))
    return out.getvalue()


def sweep(now: datetime) -> list[int]:
    """Ids of the exports that a worker must be told of again as at the moment (UTC). Those a day old are emptied."""
    old = Export.objects.filter(stage=Export.Stage.MADE, asked_at__lt=now - KEPT)
    old.update(stage=Export.Stage.GONE, content=None)
    stuck = Export.objects.filter(stage=Export.Stage.MAKING, taken_at__lt=now - STUCK)
    stuck.filter(attempts__gte=TRIES).update(stage=Export.Stage.FAILED)
    stuck.update(stage=Export.Stage.QUEUED)
    unheard = Export.objects.filter(stage=Export.Stage.QUEUED, asked_at__lt=now - UNHEARD)
    unheard.filter(attempts__gte=TRIES).update(stage=Export.Stage.FAILED)
    return list(unheard.order_by("asked_at").values_list("pk", flat=True)[:100])
