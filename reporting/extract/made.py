"""The extract as something that leaves: made in batches with the eyes of whoever asked, with its dictionary and manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from accounts.models import Unit, User
from accounts.roles import roles
from reporting.exports import Kind, Piece, ask_for, text_of
from reporting.extract.columns import DICTIONARY, FILES, VERSION, dictionary, fingerprint, heads
from reporting.extract.pseudonym import pseudonyms
from reporting.extract.reading import Window, areas_of_force, batches, read
from reporting.models import MARKING, Export

CODE = "extract"
#: Over the whole force only: nobody sends away single records of the force from a division.
EXTRACTS = roles("analyst", "superintendent", "command", "chief_officer")
PURPOSES = (("annual", "The annual data requirement"), ("national", "National analysts"))
MANIFEST = "manifest.json"
LEFT_OUT = (
    "Restricted cases, unless whoever asked is named on them, and cases that whoever asked is shut out of; what was found "
    "to be no domestic abuse; what was recorded after the moment of the extract."
)


def ask_for_extract(*, purpose: str, since: date, until: date, by: User, recipient: str, basis: str) -> Export:
    """Ask for one: reports from a day to a day, both included (London)."""
    asked = {"purpose": purpose, "since": since.isoformat(), "until": until.isoformat(), "version": VERSION}
    return ask_for(CODE, asked=asked, by=by, recipient=recipient, basis=basis)


def window_of(export: Export) -> Window:
    asked = export.asked
    since, until = date.fromisoformat(asked["since"]), date.fromisoformat(asked["until"])
    return Window(since, until, export.taken_at or export.asked_at, export.asked_by)


def pieces(export: Export) -> Iterator[Piece]:
    """The headings of every file, the dictionary, then the rows, a batch of reports at a time."""
    window, name, areas = window_of(export), pseudonyms(), areas_of_force()
    for file in FILES:
        yield Piece(file, 0, text_of([heads(file)]))
    yield Piece(DICTIONARY, len(dictionary()) - 1, text_of(dictionary()))
    for incidents in batches(window):
        for file, rows in read(incidents, window, name, areas).items():
            yield Piece(file, len(rows), text_of(rows))


def manifest(export: Export) -> dict[str, bytes]:
    """What is in it and how to tell whether it came whole: the checksum of each file."""
    asked = export.asked
    said: dict[str, Any] = {
        "schema": "domestic-abuse-extract", "version": asked["version"], "columns": fingerprint(), "marking": MARKING,
        "force": Unit.objects.root().code, "extract": export.pk, "purpose": dict(PURPOSES)[asked["purpose"]],
        "reported_from": asked["since"], "reported_to": asked["until"],
        "as_at": (export.taken_at or export.asked_at).isoformat(timespec="seconds"), "left_out": LEFT_OUT,
        "encoding": "UTF-8", "files": export.files,
    }  # fmt: skip
    return {MANIFEST: json.dumps(said, indent=2, ensure_ascii=False).encode()}


def said(export: Export) -> str:
    asked = export.asked
    return f"{asked['purpose']} {asked['version']}; since {asked['since']}; until {asked['until']}"


EXTRACT = Kind(CODE, "extract", EXTRACTS, pieces, said, back="extracts", over_force=True, more=manifest)
