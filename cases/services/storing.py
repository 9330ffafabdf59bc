"""Where the bytes of files lie: outside the web root and the database, each under its own digest, written once.

What is kept is never altered: a preview is another file, made from it without what the camera wrote into it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from cases.models.attachment import Taken
from cases.services import scanning
from cases.services.filetypes import TYPES, Unfit, opened, type_of

CHUNK = 1024 * 1024
PREVIEW = (1200, 1200)  # pixels: enough to see a bruise, small enough for a telephone


def take_in(file: Any) -> Taken:
    """Look at an uploaded file, have it scanned, put it on the disk. Raises Unfit; then nothing of it is kept."""
    body: BinaryIO = file.file if hasattr(file, "file") else file
    found = type_of(body, file.size)
    waits = False
    scanned_at = None
    if scanning.is_set_up():
        try:
            virus = scanning.found_in(body)
        except scanning.Unanswered:
            waits = True
        else:
            if virus:
                raise Unfit(
                    _("A virus was found in this file. It was not kept. Tell the service desk where it came from.")
                )
            scanned_at = timezone.now()
    return Taken(found.code, file.size, put(body), scanned_at, waits)


def place_of(digest: str, folder: str = "files") -> Path:
    """Where a file of that digest lies. Raises ValueError for what is no digest, so that no name leads elsewhere."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not a digest")
    return Path(settings.MEDIA_ROOT) / folder / digest[:2] / digest[2:4] / digest


def put(body: BinaryIO) -> str:
    """Write the bytes under their digest, unless they are there; returns it. Whole or not at all."""
    store = Path(settings.MEDIA_ROOT) / "files"
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    sum_ = hashlib.sha256()
    body.seek(0)
    with half_written(store) as (path, half):
        while piece := body.read(CHUNK):
            sum_.update(piece)
            half.write(piece)
        settle(path, half, place_of(sum_.hexdigest()))
    return sum_.hexdigest()


@contextmanager
def half_written(store: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file that nobody finds yet; gone again unless it was given its place."""
    handle, name = tempfile.mkstemp(prefix=".half-", dir=store)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as half:
            yield path, half
    finally:
        path.unlink(missing_ok=True)


def settle(path: Path, half: Any, place: Path) -> None:
    """Give it its place. What is there already has the same digest, so it has the same bytes, and stays."""
    half.flush()
    os.fsync(half.fileno())
    path.chmod(0o440)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(path, place)
    except FileExistsError:
        return
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def bytes_of(digest: str) -> BinaryIO:
    """The kept bytes, to be read. Raises FileNotFoundError."""
    return place_of(digest).open("rb")


def preview_of(digest: str, type_code: str) -> Path | None:
    """A small JPEG of a picture without what the camera wrote into it; made at the first look. None: it has no preview."""
    if not TYPES[type_code].preview:
        return None
    place = place_of(digest, "previews")
    if not place.exists():
        store = Path(settings.MEDIA_ROOT) / "previews"
        store.mkdir(mode=0o700, parents=True, exist_ok=True)
        with half_written(store) as (path, half), bytes_of(digest) as body:
            without_metadata(body).save(half, "JPEG", quality=80)
            settle(path, half, place)
    return place


def without_metadata(body: BinaryIO) -> Image.Image:
    """Pixels alone, turned the way the camera was held."""
    with opened(body) as picture:
        picture.draft("RGB", PREVIEW)
        turned = ImageOps.exif_transpose(picture)
        turned.thumbnail(PREVIEW)
        plain = Image.new("RGB", turned.size, "white")
        plain.paste(turned.convert("RGB"))
        return plain
