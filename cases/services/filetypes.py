"""Which files are taken: a table. What a file is, is read from its bytes; its name and what the browser says count for nothing."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

HEAD = 8192  # bytes enough to know what a file says it is
MOST_PIXELS = 80_000_000  # of a picture: more than any camera that is issued, less than a bomb
MOST_PARTS = 5000  # of a Word document
ZIP_END = 65_557  # bytes: the farthest from its end that a zip says how many parts it has
MEGABYTE = 1024 * 1024
MARKUP = re.compile(r"<\s*(!doctype|\?xml|html|head|body|script|svg|iframe|img|object|embed|style)\b", re.IGNORECASE)


class Unfit(Exception):
    """The file is not taken; `sentence` says why to whoever sent it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class FileType:
    """One row: what it is called here, what it is told to a browser, and what must hold of its bytes."""

    code: str
    label: str
    family: str  # picture, document, sound, film: the limit of size hangs on it
    content_type: str
    ending: str
    says: tuple[str, ...]  # what puremagic may call it
    proved: Callable[[BinaryIO], bool]
    preview: bool = False

    @property
    def most(self) -> int:
        """Bytes."""
        return int(settings.FILE_MEGABYTES[self.family] * MEGABYTE)


def is_picture(*formats: str) -> Callable[[BinaryIO], bool]:
    """Whether it can be decoded whole as one of these, and nothing else."""

    def decodes(file: BinaryIO) -> bool:
        try:
            with opened(file, *formats) as picture:
                picture.load()
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
            return False
        return True

    return decodes


def opened(file: BinaryIO, *formats: str) -> Image.Image:
    """The picture, its size looked at before a pixel is decoded. Raises ValueError where it is a bomb."""
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture = Image.open(file, formats=formats or ("JPEG", "PNG", "WEBP"))
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    return picture


def is_pdf(file: BinaryIO) -> bool:
    return head(file, 5) == b"%PDF-" and b"%%EOF" in tail(file, 2048)


def is_word(file: BinaryIO) -> bool:
    """A Word document without macros. Nothing in it is unpacked, and no long list of contents is read."""
    if not has_few_parts(tail(file, ZIP_END)):
        return False
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    wanted = {"[Content_Types].xml", "word/document.xml"} <= set(names)
    return wanted and len(names) <= MOST_PARTS and not any("vba" in name.lower() for name in names)


def has_few_parts(end: bytes) -> bool:
    """Whether the end of a zip says that its list of contents is short. A larger kind of zip (zip64) says nothing here."""
    place = end.rfind(b"PK\5\6")
    if place < 0 or len(end) - place < 22:
        return False
    parts, length = struct.unpack("<HI", end[place + 10 : place + 16])
    return bool(parts <= MOST_PARTS and length <= MOST_PARTS * 512)


def has_brand(*brands: bytes) -> Callable[[BinaryIO], bool]:
    """An ISO file (mp4, mov, m4a, heic) whose first box names one of these brands."""

    def holds(file: BinaryIO) -> bool:
        first = head(file, 64)
        return first[4:8] == b"ftyp" and any(first[8:12] == brand or brand in first[16:64] for brand in brands)

    return holds


def is_mp3(file: BinaryIO) -> bool:
    first = head(file, 3)
    return first == b"ID3" or (len(first) > 1 and first[0] == 0xFF and first[1] & 0xE0 == 0xE0)


def is_wave(file: BinaryIO) -> bool:
    first = head(file, 12)
    return first[:4] == b"RIFF" and first[8:12] == b"WAVE"


def is_text(file: BinaryIO) -> bool:
    """Words and nothing else: no markup that a browser would run, and no byte that is no letter."""
    if b"\0" in head(file, HEAD):
        return False
    file.seek(0)
    try:
        words = file.read().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(words.strip()) and "\0" not in words and not words.startswith("#!") and not MARKUP.search(words)


def head(file: BinaryIO, size: int) -> bytes:
    file.seek(0)
    return file.read(size)


def tail(file: BinaryIO, size: int) -> bytes:
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - size))
    return file.read(size)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# fmt: off
TABLE: tuple[FileType, ...] = (
    FileType("jpeg", "JPEG picture",       "picture",  "image/jpeg",      "jpg",  ("image/jpeg",),                    is_picture("JPEG"), preview=True),
    FileType("png",  "PNG picture",        "picture",  "image/png",       "png",  ("image/png",),                     is_picture("PNG"),  preview=True),
    FileType("webp", "WebP picture",       "picture",  "image/webp",      "webp", ("image/webp",),                    is_picture("WEBP"), preview=True),
    FileType("heic", "HEIC picture",       "picture",  "image/heic",      "heic", ("image/heif", "image/heic"),       has_brand(b"heic", b"heix", b"mif1")),
    FileType("pdf",  "PDF",                "document", "application/pdf", "pdf",  ("application/pdf",),               is_pdf),
    FileType("docx", "Word document",      "document", WORD,              "docx", (WORD,),                            is_word),
    FileType("txt",  "Plain text",         "document", "text/plain",      "txt",  (),                                 is_text),
    FileType("m4a",  "M4A sound",          "sound",    "audio/mp4",       "m4a",  ("audio/mp4", "audio/x-m4a"),       has_brand(b"M4A ")),
    FileType("mp3",  "MP3 sound",          "sound",    "audio/mpeg",      "mp3",  ("audio/mpeg",),                    is_mp3),
    FileType("wav",  "Wave sound",         "sound",    "audio/wav",       "wav",  ("audio/wave", "audio/x-wav"),      is_wave),
    FileType("mp4",  "MP4 film",           "film",     "video/mp4",       "mp4",  ("video/mp4",),                     has_brand(b"mp41", b"mp42", b"isom", b"iso2", b"avc1")),
    FileType("mov",  "QuickTime film",     "film",     "video/quicktime", "mov",  ("video/quicktime",),               has_brand(b"qt  ")),
)
# fmt: on
TYPES = {row.code: row for row in TABLE}
TAKEN = "JPEG, PNG, WebP, HEIC, PDF, Word (docx), plain text, M4A, MP3, WAV, MP4 and MOV"


def type_of(file: BinaryIO, size: int) -> FileType:
    """The row that the bytes themselves prove. Raises Unfit with the sentence for whoever sent it."""
    if size == 0:
        raise Unfit(_("This file is empty. Choose it again."))
    said = names_of(head(file, HEAD), tail(file, HEAD))
    likely = [row for row in TABLE if not row.says or said & set(row.says)]
    found = next((row for row in likely if size <= row.most and row.proved(file)), None)
    if found is None and size > max(row.most for row in likely):
        words = _("This file has %(size)s MB. At most %(most)s MB are taken of this kind.")
        raise Unfit(words % {"size": -(-size // MEGABYTE), "most": max(row.most for row in likely) // MEGABYTE})
    if found is None:
        words = _("This kind of file is not taken, or it is damaged. What is taken: %(kinds)s.")
        raise Unfit(words % {"kinds": TAKEN})
    return found


def names_of(first: bytes, last: bytes) -> set[str]:
    """What the bytes look like to puremagic: names, none of them believed until it is proved."""
    try:
        return {guess.mime_type for guess in puremagic.magic_string(first + last)} - {""}
    except puremagic.PureError:
        return set()
