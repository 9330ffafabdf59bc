"""What is said when a referral goes to another forum, or comes from one (D.7). Never where she goes to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marac.forms.referral_steps import forums_offered
from marac.models import Forum
from workflow.forms import DayField, EvidenceForm, LongText, Pick, Reason, ShortText, YesNo

ADVISER = "Which adviser takes over from which? (optional)"


class NewTransfer(EvidenceForm):
    """To a forum of this force, or of another."""

    to_forum = Pick(
        (), label="To which forum of this force?", called="The forum", required=False,
        coerce=lambda said: Forum.objects.select_related("unit").get(pk=said), empty_value=None,
    )  # fmt: skip
    elsewhere = ShortText(
        label="Or to which forum elsewhere, and who is its coordinator?", called="The forum elsewhere", max_length=300,
        required=False, hint="Name, telephone, secure address of the coordinator",
    )  # fmt: skip
    why = LongText(
        label="Why does she move?", called="Why", needed="Say why she moves", min_length=10, max_length=2000, rows=3,
        hint="Do not say where to: the new address is told to the other forum alone.",
    )  # fmt: skip
    adviser = ShortText(label=ADVISER, called="The adviser", max_length=200, required=False)
    papers = YesNo(
        label="Do referral, minutes and actions go with it?",
        called="Whether papers go",
        needed="Say whether the papers go with it",
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        picked: Any = self.fields["to_forum"]
        picked.choices = [("", _("None of them")), *forums_offered()]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(said.get("to_forum")) == bool(said.get("elsewhere")) and "to_forum" not in self.errors:
            self.add_error("to_forum", _("Say to which forum it goes: one of this force, or one elsewhere"))
        return said


class CameFrom(EvidenceForm):
    """From a forum of another force."""

    elsewhere = ShortText(
        label="From which forum, and who is its coordinator?", called="The forum", needed="Say from which forum it comes",
        max_length=300,
    )  # fmt: skip
    heard_there_on = DayField(
        label="When was it last referred or heard there?", called="The day there", past=True, required=False,
        hint="A repeat counts from that day, where the rules of this forum say so.",
    )  # fmt: skip
    why = LongText(
        label="Why has she moved?", called="Why", needed="Say why she has moved", min_length=10, max_length=2000, rows=2
    )
    adviser = ShortText(label=ADVISER, called="The adviser", max_length=200, required=False)
    papers = YesNo(
        label="Have the papers come?", called="Whether papers came", needed="Say whether the papers have come"
    )


class TransferAnswered(Reason):
    reason = LongText(
        label="Who answered, and what?", called="The answer", needed="Say who answered, and what", min_length=10, max_length=2000,
        rows=3,
    )  # fmt: skip
