"""What is said of something that a reader of a chart should know."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.forms.heard import NAMES_NOBODY, NamesNobody
from reporting.measures.asking import measure_of
from reporting.measures.reckon import NotOffered
from workflow.forms import DayField, LongText, Reason, ShortText, UnitField


class CodesField(ShortText):
    """Codes of measures that there are, with commas or spaces between them. Becomes a list, each once; empty is all."""

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        said = super().clean(", ".join(value) if isinstance(value, list) else value) or ""
        try:
            return list(dict.fromkeys(measure_of(code).code for code in re.split(r"[,;\s]+", said) if code))
        except NotOffered:
            raise ValidationError(_("One of these is no code of a measure. Codes are like M06.")) from None

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class Noted(NamesNobody):
    title = ShortText(
        label="What happened, in a few words?", called="What happened", needed="Say what happened", max_length=80,
        hint="As it is to stand beneath a chart: New system for calls, for example.",
    )  # fmt: skip
    from_on = DayField(label="On which day, or from which?", called="The first day")
    until_on = DayField(
        label="Until which day? (optional)", called="The last day", required=False,
        hint="Leave it empty for something of one day, such as a change that stays.",
    )  # fmt: skip
    words = LongText(
        label="What does it do to the figures?", called="What it does to the figures", needed="Say what it does to the figures",
        min_length=10, max_length=2000, rows=4, hint=f"What a reader would get wrong without it. {NAMES_NOBODY}",
    )  # fmt: skip
    measures = CodesField(
        label="Which measures does it concern? (optional)", called="The measures", required=False, max_length=200,
        hint="Their codes with commas between them, for example M06, M25. Leave it empty for all of them.",
    )  # fmt: skip
    unit = UnitField(
        label="Whose figures does it concern? (optional)", called="The unit", required=False,
        hint="The code of a unit, for example NR3; whatever is beneath it is meant too. Leave it empty for the whole force.",
    )  # fmt: skip
    source = ShortText(
        label="Who said so?", called="Who said so", needed="Say who said so", max_length=200,
        hint="A role or a body, not a person: the head of the control room, the Home Office.",
    )  # fmt: skip
    authority = ShortText(
        label="Where is it written down? (optional)", called="Where it is written down", required=False, max_length=300,
        hint="The circular, the minutes, the notice.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        first, last = said.get("from_on"), said.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day is before the first. Choose a later one, or leave it empty"))
        return said


class NoteCorrected(Noted, Reason):
    reason = LongText(
        label="Why does it change?", called="The reason", needed="Say why it changes", max_length=1000, rows=2
    )
    field_order = ("title", "from_on", "until_on", "words", "measures", "unit", "source", "authority", "reason")
