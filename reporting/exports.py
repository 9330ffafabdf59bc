"""What leaves as a file: made by the worker, packed in parts, kept a day, and handed out only in a locked zip."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO, Any, NamedTuple

import pyzipper  # type: ignore[import-untyped]
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Unit, User
from audit import services as audit
from audit.models import Access, Operation
from reporting.models import MARKING, STUCK, TRIES, UNHEARD, Export, ExportPart

KEPT = timedelta(days=1)
PART = 1 << 20  # bytes, packed: what one row of the database holds, and what is in memory of one file
QUICK = 1  # how hard the zip packs again: whoever takes it waits for it
#: What a spreadsheet would take for a formula, or for the end of a cell.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Piece(NamedTuple):
    """Some rows of one file, as text."""

    file: str
    rows: int
    text: bytes


@dataclass(frozen=True, slots=True)
class Kind:
    """What may leave. `who` takes it away, over the whole force where `over_force`; `pieces` makes it with the eyes of who
    asked, streamed; `said` is what the record keeps of the question, by ids and days; `more` makes small files when it is
    taken; `back` names the page it is asked for on. Of several files the first is the one whose rows are counted.
    """

    code: str
    label: str
    who: frozenset[str]
    pieces: Callable[[Export], Iterator[Piece]]
    said: Callable[[Export], str]
    back: str
    over_force: bool = False
    most: int | None = None
    more: Callable[[Export], dict[str, bytes]] = field(default=lambda export: {})

    def may_be_taken_by(self, user: User) -> bool:
        return user.holds(self.who, Unit.objects.root() if self.over_force else None)


KINDS: dict[str, Kind] = {}


def offer(kind: Kind) -> None:
    """Declare what may leave, in the app's panels.py: every process knows it from its start."""
    KINDS[kind.code] = kind


def safe_cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula, whatever was typed; leading spaces do not hide one."""
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def text_of(rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def ask_for(kind: str, *, asked: dict[str, Any], by: User, recipient: str, basis: str) -> Export:
    """Ask for one; written down as a disclosure at once, with who it is for and on what basis."""
    with transaction.atomic():
        export = Export.objects.create(kind=kind, asked_by=by, asked=asked, recipient=recipient, basis=basis)
        write_down(export, Access.Kind.EXPORT)
    return export


def write_down(export: Export, kind: str) -> None:
    audit.looked(
        by=export.asked_by, kind=kind, what=f"reporting.export:{export.pk}", operation=Operation.DISCLOSURE,
        reason=f"To {export.recipient}. {export.basis}"[:1000], terms=KINDS[export.kind].said(export),
    )  # fmt: skip


@override(settings.LANGUAGE_CODE)  # lists are made in the language of the record
def make(export_id: int, *, again: bool = False) -> bool:
    """Make what waits; True if this call made it. Safe to run twice, at once or one after the other."""
    free = Q(stage=Export.Stage.QUEUED) | (Q(stage=Export.Stage.MAKING) if again else Q(pk__in=[]))
    taken = Export.objects.filter(free, pk=export_id, attempts__lt=TRIES).update(
        stage=Export.Stage.MAKING, run=uuid.uuid4(), attempts=F("attempts") + 1, taken_at=timezone.now(), rows=0
    )
    if not taken:
        return False
    export = Export.objects.select_related("asked_by").get(pk=export_id)
    kind, files = KINDS[export.kind], written(export)
    if files is None:
        return False
    rows = files[0]["rows"]
    kept = own(export).update(
        stage=Export.Stage.MADE, made_at=timezone.now(), rows=rows, cut=kind.most is not None and rows >= kind.most,
        digest=digest_of(files), files=files,
    )  # fmt: skip
    return bool(kept)


def own(export: Export) -> Any:
    """The row, as long as it is still this attempt's."""
    return Export.objects.filter(pk=export.pk, run=export.run, stage=Export.Stage.MAKING)


def digest_of(files: list[dict[str, Any]]) -> str:
    """That of the one file; of several, of the list of theirs."""
    if len(files) == 1:
        return str(files[0]["sha256"])
    lines = "".join(f"{one['sha256']}  {one['name']}\n" for one in files)
    return hashlib.sha256(lines.encode()).hexdigest()


class Packing:
    """One file on its way into the database: packed as it comes, put down a part at a time."""

    def __init__(self, export: Export, place: int, name: str) -> None:
        self.export, self.place, self.name = export, place, name
        self.packer, self.digest = zlib.compressobj(), hashlib.sha256()
        self.waiting, self.parts, self.rows, self.bytes = bytearray(), 0, 0, 0

    def take(self, piece: Piece) -> None:
        self.rows, self.bytes = self.rows + piece.rows, self.bytes + len(piece.text)
        self.digest.update(piece.text)
        self.waiting += self.packer.compress(piece.text)
        while len(self.waiting) >= PART:
            self.put(PART)

    def put(self, most: int) -> None:
        content, self.parts = bytes(self.waiting[:most]), self.parts + 1
        del self.waiting[:most]
        ExportPart.objects.create(
            export=self.export, run=self.export.run, file=self.place, number=self.parts, content=content
        )

    def end(self) -> dict[str, Any]:
        self.waiting += self.packer.flush()
        while self.waiting:
            self.put(PART)
        return {"name": self.name, "rows": self.rows, "bytes": self.bytes, "sha256": self.digest.hexdigest()}


def written(export: Export) -> list[dict[str, Any]] | None:
    """Every file packed, and what each is; None where another attempt has taken over. Memory holds one part of each."""
    packed: dict[str, Packing] = {}
    for piece in KINDS[export.kind].pieces(export):
        if piece.file not in packed:
            packed[piece.file] = Packing(export, len(packed), piece.file)
        packed[piece.file].take(piece)
        if not own(export).update(rows=next(iter(packed.values())).rows):
            return None
    return [one.end() for one in packed.values()]


def text_in(export: Export, place: int) -> Iterator[bytes]:
    """One file of an export that was made, a part at a time."""
    packer = zlib.decompressobj()
    parts = ExportPart.objects.filter(export=export, run=export.run, file=place).order_by("number")
    for part in parts.values_list("content", flat=True).iterator(chunk_size=1):
        yield packer.decompress(bytes(part))
    yield packer.flush()


def locked_zip(export: Export, password: str) -> IO[bytes]:
    """The files in a zip that opens only with the password (AES-256), in a file of its own on the disk, which holds nothing
    that is not locked. The password is kept nowhere.
    """
    out = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - whoever sends it closes it
    names = {"compression": pyzipper.ZIP_DEFLATED, "encryption": pyzipper.WZ_AES, "compresslevel": QUICK}
    with pyzipper.AESZipFile(out, "w", allowZip64=True, **names) as zipped:
        zipped.setpassword(password.encode())
        for place, one in enumerate(export.files):
            with zipped.open(one["name"], "w", force_zip64=True) as inside:
                for text in text_in(export, place):
                    inside.write(text)
        for name, content in KINDS[export.kind].more(export).items():
            zipped.writestr(name, content)
    out.seek(0)
    return out


def file_name(export: Export) -> str:
    return f"{MARKING} {KINDS[export.kind].label} {export.pk}"


def sweep(now: datetime) -> list[int]:
    """Ids of the exports that a worker must be told of again as at the moment (UTC). Those a day old are emptied."""
    old = Export.objects.filter(stage=Export.Stage.MADE, asked_at__lt=now - KEPT)
    old.update(stage=Export.Stage.GONE)
    stuck = Export.objects.filter(stage=Export.Stage.MAKING, taken_at__lt=now - STUCK)
    stuck.filter(attempts__gte=TRIES).update(stage=Export.Stage.FAILED)
    stuck.update(stage=Export.Stage.QUEUED)
    unheard = Export.objects.filter(stage=Export.Stage.QUEUED, asked_at__lt=now - UNHEARD)
    unheard.filter(attempts__gte=TRIES).update(stage=Export.Stage.FAILED)
    given_up = ~Q(run=F("export__run")) | Q(export__stage__in=[Export.Stage.GONE, Export.Stage.FAILED])
    ExportPart.objects.filter(given_up).delete()
    return list(unheard.order_by("asked_at").values_list("pk", flat=True)[:100])
