"""What happened at a place: incidents and calls in one list, newest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Call, Incident, Involvement
from cases.models.answers import AbuseType
from cases.models.answers.call import CallResult
from people.models import Place
from people.services import names_for

PAGE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
#: In this order within one moment; the letter stands in the address of the next page.
LISTED: tuple[tuple[str, Any, str], ...] = (("i", Incident, "reported_at"), ("c", Call, "received_at"))


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Where a page ended. Everything after it in the list is less."""

    at: datetime
    letter: str
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICRO}-{self.letter}-{self.pk}"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The mark in an address; anything that is none begins at the newest."""
        parts = text.split("-")
        if len(parts) != 3 or parts[1] not in {letter for letter, _model, _moment in LISTED}:
            return None
        if not all(part.isascii() and part.isdecimal() and len(part) < 18 for part in (parts[0], parts[2])):
            return None
        try:
            return cls(EPOCH + int(parts[0]) * MICRO, parts[1], int(parts[2]))
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True)
class Happened:
    """One line. `words` is empty where its case does not stand open to the reader: that there was one is all it says."""

    at: datetime
    label: str
    words: str
    reference: str
    url: str
    closed: bool


@dataclass(slots=True)
class Happenings:
    """A page of the list. `more`: where the next begins; "" at the end."""

    lines: list[Happened] = field(default_factory=list)
    more: str = ""

    def __bool__(self) -> bool:
        return bool(self.lines)


def happenings(place: Place, user: User, opened: Collection[int], after: str = "") -> Happenings:
    """Incidents and calls there that the reader may see, newest first; three queries, and one for names.

    Indexes: incident_of_place, call_of_place.
    """
    mark = Mark.read(after)
    found = [row for kind in LISTED for row in of_kind(place, user, kind, mark)]
    rows = sorted(found, key=itemgetter(0), reverse=True)
    shown = rows[:PAGE]
    records = {(letter, pk): record for (_at, letter, pk), record in shown}
    said = words_of(records, user, opened)
    lines = [
        Happened(
            at, _("Incident") if letter == "i" else _("Call"), said.get((letter, pk), ""),
            records[letter, pk].case.reference, records[letter, pk].case.get_absolute_url(),
            records[letter, pk].case_id not in opened,
        )
        for (at, letter, pk), _record in shown
    ]  # fmt: skip
    end = shown[-1][0] if len(rows) > PAGE else None
    return Happenings(lines, str(Mark(*end)) if end else "")


def of_kind(place: Place, user: User, kind: tuple[str, Any, str], mark: Mark | None) -> list[Any]:
    """The rows of one kind that come next, each beneath what it is sorted by."""
    letter, model, moment = kind
    rows = model.objects.standing().visible_to(user).filter(place_key=place.key).select_related("case")
    if mark:
        same = Q(pk__lt=mark.pk) if letter == mark.letter else Q(pk__gt=0) if letter < mark.letter else Q(pk__lt=0)
        rows = rows.filter(Q(**{f"{moment}__lt": mark.at}) | Q(**{moment: mark.at}) & same)
    found = rows.order_by(f"-{moment}", "-pk")[: PAGE + 1]
    return [((getattr(row, moment), letter, row.pk), row) for row in found]


def words_of(records: dict[tuple[str, int], Any], user: User, opened: Collection[int]) -> dict[tuple[str, int], str]:
    """What was reported, of those whose case stands open: who was harmed by whom, and how; or how the call ended."""
    told = {key: record for key, record in records.items() if record.case_id in opened}
    parts = parts_in([pk for letter, pk in told if letter == "i"], user)
    said = {}
    for (letter, pk), record in told.items():
        said[letter, pk] = incident_words(record, parts.get(pk, {})) if letter == "i" else call_words(record)
    return said


def parts_in(incidents: list[int], user: User) -> dict[int, dict[str, list[str]]]:
    """{incident: {part: names}}, of those harmed and suspected. Two queries."""
    if not incidents:
        return {}
    both = (Involvement.Part.VICTIM, Involvement.Part.SUSPECT)
    rows = Involvement.objects.standing().visible_to(user).filter(incident__in=incidents, part__in=both)
    found = list(rows.order_by("pk").values_list("incident_id", "part", "person_id"))
    names = names_for({person for _incident, _part, person in found}, user)
    parts: dict[int, dict[str, list[str]]] = {}
    for incident, part, person in found:
        parts.setdefault(incident, {}).setdefault(part, []).append(names[person])
    return parts


def incident_words(record: Incident, parts: dict[str, list[str]]) -> str:
    """Hannah Okoro, by Daniel Reeve: physical, controlling."""
    harmed, suspects = ", ".join(parts.get("victim", [])), ", ".join(parts.get("suspect", []))
    who = _("%(harmed)s, by %(suspects)s") % {"harmed": harmed or _("Somebody not named yet"), "suspects": suspects}
    who = who if suspects else harmed or _("Nobody named yet")
    kinds = ", ".join(_(str(AbuseType(code).label)) for code in record.abuse_types).lower()
    return f"{who}: {kinds}" if kinds else who


def call_words(record: Call) -> str:
    """Immediate: resolved without a crime. Without its result where it is open."""
    result = _(str(CallResult(record.result).label)) if record.result else _("open")
    return f"{_(str(record.get_grade_display()))}: {result[:1].lower()}{result[1:]}"
