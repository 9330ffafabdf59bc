"""What a file of an instrument must say. Each fault is a sentence with the place, the field and the reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from risk.models import AnswerType, Instrument, InstrumentVersion

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
SCORING = InstrumentVersion.Scoring
#: Field, the most characters, whether it may be left out.
HEAD = (("name", 60, False), ("source", 300, False))
TEXTS = (("label", 200, False), ("help", 200, True), ("prompt", 200, True))
QUESTION_KEYS = frozenset(
    {"number", "key", "label", "help", "prompt", "critical", "counts", "answers", "options", "weight"}
)


def faults_of(said: Any) -> list[str]:
    """Every fault of the content of a file; none where it can be loaded."""
    if not isinstance(said, dict):
        return ["The file: it must hold one object with code, name, number, valid_from, scoring, source and sections."]
    sections = said.get("sections")
    if not isinstance(sections, list) or not sections:
        return [*_head(said), "The file, sections: there must be at least one section with questions."]
    return [*_head(said), *_bands(said), *_sections(sections), *_numbers(sections)]


def _head(said: dict[str, Any]) -> Iterator[str]:
    yield from _slug("The file, code", said.get("code"), 20)
    for field, most, _ in HEAD:
        yield from _text(f"The file, {field}", said.get(field), most, optional=False)
    if not _whole(said.get("number"), 1, 32767):
        yield "The file, number: the number of the version must be a whole number from 1."
    try:
        date.fromisoformat(str(said.get("valid_from")))
    except ValueError:
        yield "The file, valid_from: the first day must be written like 2026-11-01."
    yield from _one_of("The file, scoring", said.get("scoring"), SCORING.values)
    yield from _one_of("The file, kind", said.get("kind", "primary"), Instrument.Kind.values)


def _bands(said: dict[str, Any]) -> Iterator[str]:
    bands = said.get("bands", [])
    if bands and said.get("scoring") != SCORING.WEIGHTED:
        yield "The file, bands: only where points are added up (scoring weighted)."
    fits = isinstance(bands, list) and all(
        isinstance(band, dict) and _whole(band.get("least"), 0, 32767) and isinstance(band.get("name"), str)
        for band in bands
    )
    if not fits:
        yield "The file, bands: each needs least (a whole number) and name."


def _sections(sections: list[Any]) -> Iterator[str]:
    for place, part in enumerate(sections, 1):
        where = f"Section {place}"
        if not isinstance(part, dict):
            yield f"{where}: it must be an object with key, label and questions."
            continue
        yield from _slug(f"{where}, key", part.get("key"), 30)
        yield from _text(f"{where}, label", part.get("label"), 100, optional=False)
        questions = part.get("questions")
        if not isinstance(questions, list) or not questions:
            yield f"{where}, questions: there must be at least one."
            continue
        for row, question in enumerate(questions, 1):
            yield from _question(f"{where}, question {row}", question)


def _question(where: str, said: Any) -> Iterator[str]:
    if not isinstance(said, dict):
        yield f"{where}: it must be an object with number, key and label."
        return
    if unknown := sorted(said.keys() - QUESTION_KEYS):
        yield f"{where}: nothing here is called {unknown[0]}."
    if not _whole(said.get("number"), 1, 999):
        yield f"{where}, number: it must be a whole number from 1 to 999."
    yield from _slug(f"{where}, key", said.get("key"), 30)
    for field, most, optional in TEXTS:
        yield from _text(f"{where}, {field}", said.get(field, "" if optional else None), most, optional=optional)
    yield from _one_of(f"{where}, answers", said.get("answers", AnswerType.YES_NO.value), AnswerType.values)
    if not _whole(said.get("weight", 1), 0, 1000):
        yield f"{where}, weight: it must be a whole number from 0 to 1000."
    if not isinstance(said.get("critical", False), bool):
        yield f"{where}, critical: it must be true or false."
    counts = said.get("counts", [])
    if not isinstance(counts, list) or not all(isinstance(one, str) and SLUG.fullmatch(one) for one in counts):
        yield f"{where}, counts: it must be a list of the counts it belongs to, such as ric24."
    yield from _options(where, said)


def _options(where: str, said: dict[str, Any]) -> Iterator[str]:
    options, rated = said.get("options", []), said.get("answers") == AnswerType.RATING
    if not rated:
        if options:
            yield f"{where}, options: only a rating has options of its own."
        return
    if not isinstance(options, list) or not 2 <= len(options) <= 10:
        yield f"{where}, options: a rating needs two to ten options, the least first."
        return
    for place, option in enumerate(options, 1):
        if not isinstance(option, dict):
            yield f"{where}, option {place}: it must be an object with code, label and points."
            continue
        yield from _slug(f"{where}, option {place}, code", option.get("code"), 20)
        yield from _text(f"{where}, option {place}, label", option.get("label"), 60, optional=False)
        if not _whole(option.get("points", 0), 0, 1000):
            yield f"{where}, option {place}, points: it must be a whole number from 0 to 1000."


def _numbers(sections: list[Any]) -> Iterator[str]:
    """No number and no key twice in the file."""
    rows = [
        row
        for part in sections
        if isinstance(part, dict) and isinstance(part.get("questions"), list)
        for row in part["questions"]
        if isinstance(row, dict)
    ]
    yield from _twice("question", "number", rows)
    yield from _twice("question", "key", rows)
    yield from _twice("section", "key", [part for part in sections if isinstance(part, dict)])


def _twice(what: str, field: str, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for value, count in Counter(str(row.get(field)) for row in rows).items():
        if count > 1:
            yield f"The {what}s, {field}: {value} stands {count} times; each must have its own."


def _slug(where: str, value: Any, most: int) -> Iterator[str]:
    if not isinstance(value, str) or not SLUG.fullmatch(value) or len(value) > most:
        yield f"{where}: it must be {most} or fewer small letters, digits, hyphens and underscores."


def _text(where: str, value: Any, most: int, *, optional: bool) -> Iterator[str]:
    if not isinstance(value, str) or (not optional and not value.strip()):
        yield f"{where}: it must be words."
    elif len(value) > most:
        yield f"{where}: it must be {most} characters or fewer, and has {len(value)}."


def _one_of(where: str, value: Any, choices: list[str]) -> Iterator[str]:
    if value not in choices:
        yield f"{where}: it must be one of {', '.join(choices)}."


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
