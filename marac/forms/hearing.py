"""The boxes of a case being heard: each a section of its own, so that two people who write in two boxes never meet."""

from __future__ import annotations

from typing import Any

from marac.models import Hearing
from marac.models.seats import agencies_of
from risk.models import Grade
from safeguarding.models import Agency
from workflow.forms import Choice, DayField, LongText, ModelSection, Pick, ShortText


class Harm(ModelSection):
    harm = LongText(label="Harm to whom, by what", max_length=4000, rows=2)

    class Meta:
        model = Hearing
        fields = ["harm"]


class Likely(ModelSection):
    likely = LongText(label="How likely, and when", max_length=4000, rows=2)

    class Meta:
        model = Hearing
        fields = ["likely"]


class Worse(ModelSection):
    worse = LongText(label="Makes it worse / protects", max_length=4000, rows=2)

    class Meta:
        model = Hearing
        fields = ["worse"]


class Risks(ModelSection):
    risks = LongText(label="Risks to answer, one on a line", called="The risks", max_length=2000, rows=3)

    class Meta:
        model = Hearing
        fields = ["risks"]


class Recommended(ModelSection):
    """A meeting may recommend a grade; the police grade stays as it is until the police look (R-33)."""

    recommends = Choice(
        Grade, label="Which grade does the meeting recommend?", called="The grade", required=False, inline=True,
        hint="The grade of the police stays as it is. They are asked to look at it.",
    )  # fmt: skip

    class Meta:
        model = Hearing
        fields = ["recommends"]


class Tells(ModelSection):
    """Who tells her: always somebody named, a place and a day."""

    tells = Pick(
        label="Which agency tells her?",
        called="The agency",
        required=False,
        coerce=lambda pk: Agency.objects.get(pk=pk),
        empty_value=None,
    )
    tells_who = ShortText(label="Who?", called="Who tells her", max_length=120)
    tells_where = ShortText(label="Where, and when is it safe?", called="The place", max_length=200)
    tells_by = DayField(label="By which day?", called="The day", future=True)
    needed = {
        "tells": "Say which agency tells her",
        "tells_who": "Say who tells her",
        "tells_where": "Say where she is told",
        "tells_by": "Say by which day she is told",
    }

    class Meta:
        model = Hearing
        fields = ["tells", "tells_who", "tells_where", "tells_by"]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        agencies = agencies_of(self.instance.item.meeting) if self.instance.item_id else []
        self.fields["tells"].choices = [(one.pk, str(one)) for one in agencies]  # type: ignore[attr-defined]
