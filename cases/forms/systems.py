"""What is said of a check of another system: what was looked for, what came of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import CheckedSystem, SystemCheck
from cases.models.known_here import KnownHere, known_here
from cases.models.systems import LONGEST, as_typed
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, Pick, Reason, ShortText, Tick

MOST_NAMES, MOST_BIRTHS = 30, 10
DAY = re.compile(r"(?:(\d{1,2})[/. -])?(?:(\d{1,2})[/. -])?(\d{4})")
ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
EARLIEST = 1900
Found = SystemCheck.Found


class SearchedFor(EvidenceForm):
    """Whom, under which names and birth dates: what is sent to a system, and what a nil result is worth."""

    wants_subject = True

    person = Choice(
        label="Who was looked for?", required=False, coerce=int, empty_value=None,
        hint="Each person is searched for by themselves: a result says nothing of anybody else.",
    )  # fmt: skip
    names = LongText(
        label="Names and spellings searched", max_length=3000, rows=3, required=False,
        hint="One on each line. Add every spelling you tried.",
    )  # fmt: skip
    births = LongText(
        label="Dates of birth searched", max_length=300, rows=2, required=False,
        hint="One on each line: 30/01/1988, or 01/1988 or 1988 where no more is known.",
    )  # fmt: skip
    births_unknown = Tick(
        label="No date of birth is known, so none was searched", required=False,
        hint="A search by name alone finds too many or too few. Whoever relies on it must know that it was one.",
    )  # fmt: skip
    places = ShortText(
        label="Addresses or numbers searched (optional)", called="Addresses or numbers searched", max_length=300,
        required=False,
        hint="Where an address or a number was searched, the result is worth that much and no more.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.here = here = known_here(getattr(subject, "case_id", None))
        field: Any = self.fields["person"]
        field.choices = [("", _("Nobody: an address, or the case as a whole")), *here.choices]
        self.offer(here, getattr(subject, "person_id", None))

    def offer(self, here: KnownHere, person: int | None) -> None:
        """What the case itself knows of somebody stands in the boxes already; one spelling more is a line more."""
        chosen = person or here.looked_for_first
        offered = {"person": chosen, "names": "\n".join(here.names.get(chosen or 0, []))}
        offered["births"] = "\n".join(as_typed(text) for text in here.births.get(chosen or 0, []))
        for name, value in offered.items():
            self.initial[name] = value or ""

    def clean_names(self) -> list[str]:
        names = lines_of(self.cleaned_data["names"])
        if len(names) > MOST_NAMES:
            raise ValidationError(_("Enter %(count)s names or fewer") % {"count": MOST_NAMES})
        if any(len(name) > LONGEST for name in names):
            raise ValidationError(_("A name must be %(count)s characters or fewer") % {"count": LONGEST})
        return names

    def clean_births(self) -> list[str]:
        """As 1988-01-30, 1988-01 or 1988."""
        said = lines_of(self.cleaned_data["births"])
        if len(said) > MOST_BIRTHS:
            raise ValidationError(_("Enter %(count)s dates or fewer") % {"count": MOST_BIRTHS})
        return list(dict.fromkeys(birth_of(line) for line in said))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        person, names = said.get("person"), set(said.get("names") or [])
        others = {name for other, known in self.here.names.items() if other != person for name in known}
        if person and names & others and not names & set(self.here.names.get(person, [])):
            self.add_error(
                "names",
                ValidationError(
                    _("These are names of somebody else in this case. Enter the names of whoever was looked for")
                ),
            )
        if said.get("births_unknown") and said.get("births"):
            self.add_error("births_unknown", ValidationError(_("You give a date of birth, and say that none is known")))
        return said

    def require_terms(self, said: dict[str, Any]) -> None:
        """Without names and dates nobody can say later what was not found."""
        if said.get("person") is None and said.get("places") and not said.get("names"):
            return
        if not said.get("names") and "names" not in self.errors:
            self.add_error("names", ValidationError(_("Enter the names and spellings that were searched")))
        if not said.get("births") and not said.get("births_unknown") and "births" not in self.errors:
            self.add_error(
                "births", ValidationError(_("Enter the dates of birth that were searched, or tick that none is known"))
            )


class ToAsk(SearchedFor):
    """What a system is asked that answers by itself."""

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self.require_terms(said)
        return said


class NewCheck(SearchedFor):
    system = Pick(
        label="Which system?", needed="Choose the system",
        hint="Each system holds something else, so each search is recorded by itself.",
    )  # fmt: skip
    checked_at = MomentField(
        label="When was it checked?", called="Time of the check", past=True,
        hint="When the search was run, not when it is written down. What was entered there later is not in it.",
    )  # fmt: skip
    checked_by = ShortText(
        label="Who looked, if not you? (optional)", called="Who looked", max_length=100, required=False,
        hint="For example the name of the PNC operator",
    )  # fmt: skip
    found = Choice(
        Found, label="What came of it?", needed="Say whether anything was found", reveals={Found.SOMETHING: ["result"]},
        hint="“Nothing” is a result too. It is worth as much as the names and dates that were searched.",
    )  # fmt: skip
    result = LongText(
        label="What does it say?", called="What it says", needed="Enter what it says", max_length=4000, rows=5,
        hint="What matters for this case: warnings, convictions, conditions, other victims.",
    )  # fmt: skip
    reference = ShortText(
        label="Reference (optional)", called="Reference", max_length=100, width=20, required=False,
        hint="The number of the record or of the search",
    )  # fmt: skip
    field_order = (
        "system", "person", "names", "births", "births_unknown", "places", "checked_at", "checked_by", "found", "result",
        "reference",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, subject=subject, **rest)
        field: Any = self.fields["system"]
        field.choices = [("", "")] + [(row.code, row.label) for row in CheckedSystem.objects.offered()]
        if getattr(subject, "system_id", None):
            self.initial["system"] = subject.system.code
        if not self.initial.get("checked_at"):
            self.initial["checked_at"] = self.at or timezone.now()

    def clean_system(self) -> CheckedSystem:
        return CheckedSystem.objects.get(code=self.cleaned_data["system"], ended=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("found") == Found.NOTHING:
            self.require_terms(said)
        if said.get("person") is None and not said.get("places") and not said.get("names") and not self.errors:
            self.add_error("person", ValidationError(_("Say who or what was looked for")))
        return said


class CheckStruck(Reason):
    reason = LongText(
        label="What is wrong with it?", called="What is wrong", needed="Say what is wrong with it", min_length=10,
        max_length=4000, rows=3,
    )  # fmt: skip


def lines_of(text: Any) -> list[str]:
    """The lines that say something, each once. A program may send a list."""
    return list(dict.fromkeys(" ".join(line.split()) for line in str(text or "").splitlines() if line.strip()))


def birth_of(line: str) -> str:
    """30/1/1988 as 1988-01-30, 1/1988 as 1988-01, 1988 as it is. Raises ValidationError with a sentence."""
    wrong = ValidationError(_("Enter each date of birth like 30/01/1988, 01/1988 or 1988, one on each line"))
    if written := ISO.fullmatch(line):
        year, month, day = written.groups()
    elif typed := DAY.fullmatch(line):
        first, second, year = typed.groups()
        day, month = (first, second) if second else (None, first)
    else:
        raise wrong
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise wrong from None
    if not EARLIEST <= whole.year <= timezone.localdate().year:
        raise wrong
    return "-".join(
        part
        for part in (f"{whole.year:04}", f"{whole.month:02}" if month else "", f"{whole.day:02}" if day else "")
        if part
    )
