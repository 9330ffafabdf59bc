"""Real files made in the test, a place to keep them, and what a case holds besides its records."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, PngImagePlugin

from accounts.models import User
from cases.models import Attachment, Case, Device, Exhibit, Footage, Incident
from cases.services import storing
from people.models import Person
from workflow import engine

CAMERA = "Fictional Phone 9"  # what the camera writes into a picture, with where it was
PLACE = "51.75N 1.25W"
WORDS = b"I heard shouting at about ten past two. Then a door.\n"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
#: The harmless file by which every virus scanner shows that it works, in two parts so that this one is left alone.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    """Where files are kept, for this test alone."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    return Path(settings.MEDIA_ROOT)


def jpeg(colour: str = "red", size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture as a telephone writes it: with the camera's name and the place in it."""
    exif = Image.Exif()
    exif[0x0110], exif[0x010E] = CAMERA, PLACE
    body = io.BytesIO()
    Image.new("RGB", size, colour).save(body, "JPEG", exif=exif)
    return body.getvalue()


def png(size: tuple[int, int] = (64, 48)) -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", PLACE)
    body = io.BytesIO()
    Image.new("RGB", size, "blue").save(body, "PNG", pnginfo=told)
    return body.getvalue()


def webp() -> bytes:
    body = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(body, "WEBP")
    return body.getvalue()


def word(*more: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as packed:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            packed.writestr(name, "<x/>")
    return body.getvalue()


def boxed(brand: bytes) -> bytes:
    """The head of an ISO file (mp4, mov, m4a, heic) of that brand."""
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + brand + b"isom" + b"\0" * 64


def wave() -> bytes:
    return b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 64


def sent(body: bytes, name: str = "holiday.jpg", says: str = "image/jpeg") -> SimpleUploadedFile:
    """As a browser sends it, its name and type whatever the sender says."""
    return SimpleUploadedFile(name, body, says)


def kept(case: Case, by: User, body: bytes = b"", **said: Any) -> Attachment:
    """A file that was added and lies on the disk."""
    taken = storing.take_in(sent(body or jpeg()))
    evidence = {"kind": "photograph", "words": "Hall, seen from the door", **said}
    made: Attachment = engine.perform(Attachment(case=case), "keep", by=by, evidence=evidence, files={"file": taken})
    return made


def listed(case: Case, by: User, kind: str = "video", reference: str = "BW-2877-14") -> Exhibit:
    evidence = {"kind": kind, "reference": reference}
    made: Exhibit = engine.perform(Exhibit(case=case), "list", by=by, evidence=evidence)
    return made


def handed_over(case: Case, by: User, person: Person) -> Device:
    hour_ago = (timezone.localtime() - timedelta(hours=1)).replace(microsecond=0).isoformat()
    evidence = {"person": str(person.pk), "kind": "alarm", "serial": "AL-0042", "issued_at": hour_ago}
    made: Device = engine.perform(Device(case=case), "issue", by=by, evidence=evidence)
    return made


def attended(incident: Incident, by: User, officer: User, used: str = "yes", why_not: str = "") -> Footage:
    """Another officer who attended."""
    row = Footage(incident=incident, officer=officer, unit=incident.case.unit, used=used, why_not=why_not)
    made: Footage = engine.add(row, beneath=incident, by=by)
    return made
