"""What is said when a feature is turned on or off."""

from __future__ import annotations

from typing import Any

from accounts.models import Unit
from workflow.flags import FLAGS
from workflow.forms import Choice, EvidenceForm, LongText, MomentField, YesNo


class NewFlag(EvidenceForm):
    """A feature, on or off, for a unit and all beneath it, for a time or until somebody ends it."""

    flag = Choice(
        label="Which feature?", called="The feature", choices=[(row.name, row.label) for row in FLAGS.values()]
    )
    is_on = YesNo(label="Should it be on?", called="Whether it is on")
    unit = Choice(label="For which unit?", called="The unit", hint="It holds for every unit beneath it too.")
    until = MomentField(
        label="Until when?",
        called="The end",
        hint="Leave empty to keep it until somebody ends it.",
        required=False,
        future=True,
    )
    reason = LongText(label="Why?", called="The reason", max_length=4000, rows=3)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["unit"]
        field.choices = [(str(unit.pk), unit.name) for unit in Unit.objects.order_by("lineage")]
