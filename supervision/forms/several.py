"""What is said of several rows at once, and the keys somebody chooses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as N_

from cases.forms.safety import NewHolder
from supervision.keys import ACTS, keys_wrong
from workflow.forms import EvidenceForm, LongText, ShortText, Tick


class AllocateSeveral(NewHolder):
    """The same as giving one case to somebody; the reason is written to each."""


class AskForUpdate(EvidenceForm):
    reason = LongText(
        label=N_("What do you want to know?"), called=N_("What you want to know"), needed=N_("Say what you want to know"),
        min_length=10, max_length=2000, rows=3, hint=N_("Whoever holds each case reads this and has a day to answer."),
    )  # fmt: skip


class KeysChosen(EvidenceForm):
    """Whether the keys are on, and which they are."""

    on = Tick(label=N_("Turn the keys on"), required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for code, sentence in keys_wrong({act.code: said.get(act.code) or "" for act in ACTS}).items():
            if code not in self.errors:
                self.add_error(code, sentence)
        return said


def keys_form() -> type[KeysChosen]:
    """One box for each act of the table."""
    boxes: dict[str, Any] = {
        act.code: ShortText(
            label=act.words, called=act.words, max_length=1, needed=N_("Give one character, for example j")
        )
        for act in ACTS
    }
    return type("Keys", (KeysChosen,), boxes)
