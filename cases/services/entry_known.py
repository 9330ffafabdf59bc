"""What was typed at a call, and what is known of it: the words that the check at entry answers in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.models import Case
from cases.models.answers.call import CallMark
from cases.services.repeat import within_words
from workflow.templatetags.words import day

HIGH = "high"


def reports_words(count: int, last: datetime, months: int | None) -> str:
    """3 reports in 12 months, last 2 August."""
    words = ngettext("%(count)s report%(within)s, on %(day)s", "%(count)s reports%(within)s, last %(day)s", count)
    return words % {"count": count, "within": within_words(months), "day": day(last)}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed at the call. `harmed` is the id of whoever was chosen as the person at risk, if anybody was."""

    at_risk: str = ""
    suspect: str = ""
    place: str = ""
    postcode: str = ""
    telephone: str = ""
    harmed: int | None = None

    @property
    def says_something(self) -> bool:
        return any((self.at_risk, self.suspect, self.postcode, self.telephone, self.place, self.harmed))


@dataclass(frozen=True, slots=True)
class Eyes:
    """With whose eyes it is asked. `plainly`: only of cases that are kept from nobody, for what many will read.

    `heard`: somebody asked, so the search is written down and whoever hears searches hears it.
    """

    user: User
    plainly: bool = False
    heard: bool = True

    def sift(self, rows: Any) -> Any:
        return rows.filter(case__in=Case.objects.kept_from_nobody().values("pk")) if self.plainly else rows

    def seen(self, rows: Any) -> Any:
        return self.sift(rows.visible_to(self.user))


@dataclass(slots=True)
class Somebody:
    """Somebody it may be. `certain`: more than the name speaks for them. `how` says in words what does. `months`: those in
    which `reports` are counted, by the definition in force; `enough` of them, with what is reported now, are a repeat.
    """

    person_id: int
    name: str = ""
    born: str = ""
    how: list[str] = field(default_factory=list)
    certain: bool = False
    by_name: bool = False  # what was typed is their name
    doubt: str = ""  # what to ask, where it may be somebody else
    reports: int = 0
    months: int | None = None
    enough: int | None = None
    last: datetime | None = None
    grade: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def repeat(self) -> bool:
        return self.enough is not None and self.reports + 1 >= self.enough

    @property
    def vulnerable(self) -> bool:
        return self.grade == HIGH or bool(self.warnings)

    @property
    def reasons(self) -> list[str]:
        said = [reports_words(self.reports, self.last, self.months)] if self.last else []
        said += [_("High grade in force")] if self.grade == HIGH else []
        return said + self.warnings


@dataclass(slots=True)
class Known:
    """The whole answer. `marks` are the flags that are certain, `reasons` why; `open_calls` may be the same call."""

    people: list[Somebody] = field(default_factory=list)
    suspects: list[Somebody] = field(default_factory=list)
    here: list[str] = field(default_factory=list)
    calls: list[Any] = field(default_factory=list)
    repeat: bool = False
    vulnerable: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.people or self.suspects or self.here or self.calls or self.reasons)

    @property
    def marks(self) -> list[str]:
        return [
            str(mark)
            for mark, holds in ((CallMark.REPEAT, self.repeat), (CallMark.VULNERABLE, self.vulnerable))
            if holds
        ]
