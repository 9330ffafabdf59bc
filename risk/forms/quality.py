"""What a supervisor says of the quality of somebody's work: pass, advise or return, row by row, and which questions to mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_noop as N_

from risk.models import QualityCheck, QualityVerdict, rows_of
from risk.quality import CHECKLISTS, Look
from workflow.forms import Choice, Choices, EvidenceForm, LongText

VERDICTS = QualityVerdict.Verdict
MARKED = "marked"
NOTHING_SAID = N_("Decide at least one row")
NOTHING_MARKED = N_("Decide at least one row, or mark a question")


def words_of(code: str) -> str:
    return f"{code}_words"


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the page draws it: what is looked at, the three answers, the words."""

    look: Look
    verdict: BoundField
    words: BoundField


class QualitySaid(EvidenceForm):
    """Nothing is passed in advance, so nothing is required; what is not a pass says what is to be better."""

    kind = ""
    nothing_said = NOTHING_SAID

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for look in CHECKLISTS[self.kind]:
            bare = said.get(look.code) in (VERDICTS.ADVISE, VERDICTS.RETURN) and not said.get(words_of(look.code))
            if bare and words_of(look.code) not in self.errors:
                self.add_error(words_of(look.code), "Say what is to be better")
        if not self.errors and not said.get(MARKED) and not any(said.get(row.code) for row in CHECKLISTS[self.kind]):
            self.add_error(CHECKLISTS[self.kind][0].code, self.nothing_said)
        return said

    def lines(self) -> Iterator[Line]:
        """The rows of the checklist, in its order."""
        return (Line(look, self[look.code], self[words_of(look.code)]) for look in CHECKLISTS[self.kind])

    @property
    def passed(self) -> int:
        """How many rows stand passed, so that only the others lie open."""
        return sum(line.verdict.value() == VERDICTS.PASS for line in self.lines())


class Marking(QualitySaid):
    """With the questions that are to be mended, by their numbers."""

    wants_subject = True
    nothing_said = NOTHING_MARKED

    def __init__(self, *args: Any, subject: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields[MARKED]
        field.choices = [(str(row.number), f"{row.number} {row.label}") for row in rows_of(subject)]


#: Work that is made of numbered questions; of other work whole parts are marked where it is returned.
MARKS = frozenset({QualityCheck.Kind.DASH})


def quality_form(kind: str) -> type[QualitySaid]:
    """The form of one checklist, made from its rows."""
    fields: dict[str, Any] = {"kind": kind}
    for look in CHECKLISTS[kind]:
        fields[look.code] = Choice(VERDICTS, label=look.words, called=look.words, required=False, inline=True)
        fields[words_of(look.code)] = LongText(
            label=N_("What is to be better?"),
            called=N_("What is to be better"),
            required=False,
            max_length=1000,
            rows=2,
        )
    if kind not in MARKS:
        return type(f"{kind.title()}Quality", (QualitySaid,), fields)
    fields[MARKED] = Choices(label=N_("Questions to mend"), called=N_("A question to mend"), required=False)
    return type(f"{kind.title()}Quality", (Marking,), fields)
