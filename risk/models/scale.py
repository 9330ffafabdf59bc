"""How a question may be answered: the one table of the answers, their keys, and what each asks of the officer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils.translation import gettext_noop as N_

if TYPE_CHECKING:
    from risk.models.instrument import Question


class AnswerType(models.TextChoices):
    YES_NO = "yes_no", "Yes, No, Don’t know, Not asked, Declined"
    FREQUENCY = "frequency", "Never, Occasionally, Often, All the time, Declined"
    RATING = "rating", "Rated by the options of the question"


class Value(models.TextChoices):
    """What may be answered; a rating adds the codes of its own options."""

    YES = "yes", "Yes"
    NO = "no", "No"
    DONT_KNOW = "dont_know", "Don’t know"
    NOT_ASKED = "not_asked", "Not asked"
    DECLINED = "declined", "Declined"
    NEVER = "never", "Never"
    OCCASIONALLY = "occasionally", "Occasionally"
    OFTEN = "often", "Often"
    ALL_THE_TIME = "all_the_time", "All the time"


YES_NEEDS = N_("Yes needs a sentence or two")
WHAT_HAPPENS = N_("Say what happens, in a sentence or two")
WHY_NOT_ASKED = N_("Say why it was not asked")
WHY_SO_RATED = N_("Say why you rate it so")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: its words, the key that gives it, and the sentence for words that it needs (none: "")."""

    value: str
    label: str
    key: str
    needs: str = ""
    says_yes: bool = False  # it says that the thing happens: it opens what Yes opens
    points: int = 0


NOT_SAID: Final = (
    Option(Value.DONT_KNOW, Value.DONT_KNOW.label, "?"),
    Option(Value.NOT_ASKED, Value.NOT_ASKED.label, "r", WHY_NOT_ASKED),
    Option(Value.DECLINED, Value.DECLINED.label, "d"),
)
# fmt: off
SCALES: Final[Mapping[str, Sequence[Option]]] = {
    AnswerType.YES_NO: (
        Option(Value.YES, Value.YES.label, "y", YES_NEEDS, says_yes=True),
        Option(Value.NO,  Value.NO.label,  "n"),
        *NOT_SAID,
    ),
    AnswerType.FREQUENCY: (
        Option(Value.NEVER,        Value.NEVER.label,        "0"),
        Option(Value.OCCASIONALLY, Value.OCCASIONALLY.label, "1", WHAT_HAPPENS, says_yes=True),
        Option(Value.OFTEN,        Value.OFTEN.label,        "2", WHAT_HAPPENS, says_yes=True),
        Option(Value.ALL_THE_TIME, Value.ALL_THE_TIME.label, "3", WHAT_HAPPENS, says_yes=True),
        *NOT_SAID,
    ),
}
# fmt: on
#: Answers that say a thing happens; and those that say that nothing is known of it.
SAYS_YES: Final = frozenset(option.value for scale in SCALES.values() for option in scale if option.says_yes)
UNKNOWN: Final = frozenset(option.value for option in NOT_SAID)


def options_of(question: Question) -> Sequence[Option]:
    """The answers of a question, in the order of the page. A rating has its own, the least first, without words for it."""
    if question.answer_type != AnswerType.RATING:
        return SCALES[question.answer_type]
    return (*(_rated(place, said) for place, said in enumerate(question.options)), *NOT_SAID)


def _rated(place: int, said: Mapping[str, Any]) -> Option:
    return Option(
        said["code"], said["label"], str(place), WHY_SO_RATED if place else "", says_yes=bool(place),
        points=int(said.get("points", 0)),
    )  # fmt: skip


def option_of(question: Question, value: str) -> Option | None:
    """The option that this answer is; None where the question has no such answer."""
    return next((option for option in options_of(question) if option.value == value), None)
