"""What the page draws for each question: what is typed or saved, what is wrong, what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from risk.forms import Questions, answer_name, words_name
from risk.further import Opening
from risk.models import Answer, Row, Section, needed_by, option_of
from risk.services.page import as_seen
from workflow.forms import Problem
from workflow.models import Refused

NOT_ANSWERED = gettext_noop("Choose an answer")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands typed on the page, if anything: a draft, or what was just sent and refused."""

    fields: QueryDict | None = None
    form: Questions | None = None
    refusal: Refused | None = None
    seen: int = 0
    saved_at: Any = None
    finishing: bool = False

    def get(self, name: str, otherwise: str) -> str:
        """The newest of what was typed; what is saved where nothing was."""
        if self.fields is None or name not in self.fields:
            return otherwise
        return str(self.fields.get(name) or "")

    @property
    def clashes(self) -> Sequence[Any]:
        stale = self.refusal is not None and isinstance(self.refusal.errors, list)
        return self.refusal.errors if stale and self.refusal else ()


@dataclass(frozen=True, slots=True)
class Line:
    """One question as the page draws it. `theirs` is what somebody else saved meanwhile, `original` what it was."""

    row: Row
    value: str
    words: str
    error: str
    theirs: Any = None
    original: str = ""
    earlier: Answer | None = None  # what was answered before about the same two, where nothing is answered yet
    begins: Opening | None = None  # the further set that Yes asks for, where it is not begun

    @property
    def needs(self) -> str:
        """The sentence for words that this answer needs; "" where it needs none."""
        return needed_by(self.row.question, self.value)

    @property
    def opens(self) -> bool:
        """Whether the words stand open: they are needed, or some are there."""
        return bool(self.needs or self.words.strip())

    @property
    def lacks_words(self) -> bool:
        return bool(self.needs) and not self.words.strip()

    @property
    def sentence(self) -> str:
        return self.error or (self.needs if self.lacks_words else "")


@dataclass(frozen=True, slots=True)
class Part:
    """A section of questions, and how many of them are answered."""

    section: Section
    lines: list[Line] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(bool(line.value) for line in self.lines)


def lines_of(
    rows: Sequence[Row], typed: Typed, earlier: Mapping[int, Answer], begins: Mapping[str, Opening]
) -> list[Line]:
    errors = typed.form.errors if typed.form else {}
    clashing = [row for row in rows if row.number in typed.clashes and row.answer]
    was = as_seen(clashing, typed.seen)
    return [
        replace(
            line_of(row, typed, errors, was.get(row.number) if row in clashing else None),
            earlier=earlier.get(row.number), begins=begins.get(row.question.key),
        )
        for row in rows
    ]  # fmt: skip


def line_of(row: Row, typed: Typed, errors: Mapping[str, Any], was: tuple[str, str] | None) -> Line:
    number = row.question.number
    value = typed.get(answer_name(number), row.value) or row.value
    wrong = [*errors.get(answer_name(number), []), *errors.get(words_name(number), [])]
    if typed.finishing and not value:
        wrong.append(NOT_ANSWERED)
    return Line(
        row, value, typed.get(words_name(number), row.words), str(wrong[0]) if wrong else "",
        theirs=row.answer if was else None, original=said(row, *was) if was else "",
    )  # fmt: skip


def said(row: Row, value: str, words: str) -> str:
    """An answer in one line: "Yes. Both hands." """
    option = option_of(row.question, value)
    label = _(str(option.label) if option else gettext_noop("Not answered"))
    return f"{label}. {words}" if words else label


def parts_of(lines: Sequence[Line]) -> list[Part]:
    parts: dict[int, Part] = {}
    for line in lines:
        section = line.row.question.section
        parts.setdefault(section.pk, Part(section)).lines.append(line)
    return list(parts.values())


#: What is said beside the questions, by the name of its field.
NAMED = ("reasons", "grade", "why_below", "honour", "honour_words")


def errors_of(typed: Typed) -> dict[str, str]:
    """The sentence beside the reasons, the grade and why not High."""
    refused: Any = getattr(typed.refusal, "errors", None)
    found = dict(typed.form.errors) if typed.form else {}
    if hasattr(refused, "errors"):
        found |= dict(refused.errors)
    return {name: str(found[name][0]) for name in NAMED if name in found}


def grade_error_of(typed: Typed) -> str:
    """The sentence beside the grades: what is wrong with the choice, or why it was refused."""
    errors = errors_of(typed)
    if errors or typed.clashes or typed.refusal is None:
        return errors.get("grade", "")
    return typed.refusal.sentence


def problems_of(
    lines: Sequence[Line], typed: Typed, no_grade: str, besides: Sequence[tuple[str, str]] = ()
) -> list[Problem]:
    """The summary at the top: (id to jump to, sentence), in the order of the page. `besides`: what else is missing."""
    rows = [found for line in lines if (found := problem_of(line, typed))]
    rows += [Problem(f"id_{name}", sentence) for name, sentence in errors_of(typed).items()]
    if typed.finishing:
        rows += [Problem(place, sentence) for place, sentence in besides if sentence]
    if typed.refusal is not None and not rows:
        rows.append(Problem("grade", typed.refusal.sentence))
    if typed.finishing and no_grade:
        rows.append(Problem("grade", no_grade))
    return rows


def problem_of(line: Line, typed: Typed) -> Problem | None:
    """What is wrong at one question, if anything: a gap only counts when somebody wants to finish."""
    number = line.row.question.number
    if line.theirs:
        who = line.theirs.answered_by.short_title()
        words = _("Question %(number)s: %(person)s saved another answer. Look at both")
        return Problem(f"id_{answer_name(number)}", words % {"number": number, "person": who})
    shown = line.sentence if typed.finishing else line.error
    target = words_name(number) if line.lacks_words else answer_name(number)
    words = _("Question %(number)s: %(problem)s") % {"number": number, "problem": _(shown)}
    return Problem(f"id_{target}", words) if shown else None
