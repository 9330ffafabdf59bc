"""What is asked of the record, by ids: an address of the explorer holds no name and nothing that was searched for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audit.models import Access, Event, Operation
from audit.stream import ACT, LOOK
from cases.models import Case
from cases.visibility import referred_to
from workflow.clock import LONDON
from workflow.forms import Choice, DayField, EvidenceForm, ShortText
from workflow.numbers import id_in

ACTS = "act"
KINDS: tuple[tuple[str, str], ...] = (
    ("", "Everything"), (ACTS, "Acts"), (Access.Kind.VIEW, "Looked at"), (Access.Kind.REASON, "Said why it was opened"),
    (Access.Kind.SEARCH, "Searched"), (Access.Kind.EXPORT, "Took a copy"), (Access.Kind.PRINT, "Printed"),
    (Access.Kind.READ, "Read by another system"), (Access.Kind.DENIED, "Was refused"),
)  # fmt: skip
OPERATIONS: tuple[tuple[str, str], ...] = (("", "Any"), *Operation.choices)
FIRST_YEAR, LAST_YEAR = 1900, 9999  # outside them there is no next day, or none in UTC
PERSON_SEARCH = "people.person"


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter. Everything empty is everything."""

    officer: int | None = None
    case: int | None = None
    person: int | None = None
    operation: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    closed: bool = False  # about what the reader may not be told of: nothing answers it

    @classmethod
    def read(cls, said: Any) -> Asked:
        """From an address or a kept export; what is no id, no day and no known word is not asked."""
        return cls(
            officer=id_in(said.get("officer")), case=id_in(said.get("case")), person=id_in(said.get("person")),
            operation=_one_of(said.get("operation"), OPERATIONS), kind=_one_of(said.get("kind"), KINDS),
            since=_day(said.get("since")), until=_day(said.get("until")), closed=bool(said.get("closed")),
        )  # fmt: skip

    def pairs(self) -> dict[str, str]:
        named = ("officer", "case", "person", "operation", "kind", "since", "until")
        return {name: str(value) for name in named if (value := getattr(self, name)) not in (None, "")}

    def query(self, **more: str) -> str:
        return urlencode({**self.pairs(), **more})

    def said(self) -> str:
        """What the record keeps of the question: ids and days."""
        return "; ".join(f"{name} {value}" for name, value in self.pairs().items())

    def sides(self) -> list[tuple[str, Any]]:
        """The questions that make up the stream; no row is in two of them."""
        if self.closed:
            return []
        looks = [(LOOK, self._narrowed(rows, LOOK)) for rows in self._looks()] if self.kind != ACTS else []
        acts = self.person is None and self.kind in ("", ACTS)
        return ([(ACT, self._narrowed(self._acts(), ACT))] if acts else []) + looks

    def _acts(self) -> Any:
        """Indexes: event_one_of_each_number (a case), event_of_person, event_rare_operation, event_by_moment."""
        rows = Event.objects.select_related("by")
        return rows.filter(chain=self.case) if self.case is not None else rows

    def _looks(self) -> list[Any]:
        """Indexes: access_of_folder and access_hits (a case), access_of_page and access_hits (a person), access_by_person,
        access_rare_kind (what was printed and taken out of them, too), access_rare_operation, access_by_moment.
        """
        rows = Access.objects.select_related("by")
        found = [rows]
        if self.case is not None:
            shown = rows.filter(hits__contains=[self.case]).exclude(what=PERSON_SEARCH).exclude(chain=self.case)
            found = [rows.filter(chain=self.case), shown]
        if self.person is not None:
            page = Q(chain__isnull=True, kind=Access.Kind.VIEW, what=f"{PERSON_SEARCH}:{self.person}")
            taken = Q(chain__isnull=True, kind__in=[Access.Kind.PRINT, Access.Kind.EXPORT])
            printed = taken & Q(what=f"{PERSON_SEARCH}:{self.person}")
            searched = Q(what=PERSON_SEARCH, hits__contains=[self.person])
            found = [each.filter(narrow) for each in found for narrow in (page, printed, searched)]
        if self.kind:
            found = [each.filter(kind=self.kind) for each in found]
        return found

    def _narrowed(self, rows: Any, letter: str) -> Any:
        column = {ACT: "recorded_at", LOOK: "at"}[letter]
        if self.officer is not None:
            rows = rows.filter(by=self.officer)
        if self.operation:
            rows = rows.filter(operation=self.operation)
        if self.since:
            rows = rows.filter(**{f"{column}__gte": _midnight(self.since)})
        if self.until:
            rows = rows.filter(**{f"{column}__lt": _midnight(self.until + timedelta(days=1))})
        return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), LONDON)


def _one_of(said: Any, words: tuple[tuple[str, str], ...]) -> str:
    return said if isinstance(said, str) and said in dict(words) else ""


def _day(said: Any) -> date | None:
    try:
        day = date.fromisoformat(str(said or ""))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year < LAST_YEAR else None


class OfficerField(ShortText):
    """Anybody who works here or did, by collar number or user name."""

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        if not said:
            return None
        found = (
            User.objects.filter(collar_number__iexact=said).first()
            or User.objects.filter(username__iexact=said).first()
        )
        if found is None:
            raise ValidationError("Nobody has worked here under that collar number. Check it and try again.")
        return found


class Ask(EvidenceForm):
    """The filter as somebody types it; the page that answers carries ids."""

    officer = OfficerField(
        label="Officer or member of staff", required=False, max_length=150, hint="Their collar number or user name"
    )
    reference = ShortText(label="Case", required=False, max_length=20, hint="For example DA-2026-000123")
    person = ShortText(
        label="Person recorded", called="The person", required=False, max_length=18,
        hint="The number in the address of their page",
    )  # fmt: skip
    kind = Choice(KINDS, label="What happened", required=False)
    operation = Choice(OPERATIONS, label="Operation of the Data Protection Act 2018, section 62", required=False)
    since = DayField(label="From", called="The first day", required=False)
    until = DayField(label="To", called="The last day", required=False)

    def __init__(self, *args: Any, user: User, held: frozenset[str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.user, self.held = user, held

    def clean_reference(self) -> Case | None:
        """A case of which the asker may not be told is one that never was."""
        said: str = self.cleaned_data["reference"]
        if not said:
            return None
        told = referred_to(Case.objects.all(), self.user, self.held)
        found: Case | None = told.filter(reference=said.strip().upper()).first()
        if found is None:
            raise ValidationError("There is no case with that reference that you may be told of.")
        return found

    def clean_person(self) -> int | None:
        said = str(self.cleaned_data["person"] or "").strip()
        if said and id_in(said) is None:
            raise ValidationError("The person must be a number, like 1234")
        return id_in(said)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", "The last day must not be before the first")
        return said

    def asked(self) -> Asked:
        said = self.cleaned_data
        officer, case = said["officer"], said["reference"]
        return Asked(
            officer=officer.pk if officer else None, case=case.pk if case else None, person=said["person"],
            operation=said["operation"] or "", kind=said["kind"] or "", since=said["since"], until=said["until"],
        )  # fmt: skip
