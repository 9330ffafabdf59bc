"""The first step of a consideration, taken by whoever takes the request down themselves; from an intake it is filled in."""

from __future__ import annotations

from typing import Any

from dvds.models import Channel, Route, Source
from workflow.forms import Choice, EvidenceForm, MomentField

SOURCES = [(one.value, one.label) for one in Source]


class FirstContact(EvidenceForm):
    route = Choice(
        Route, label="Does somebody ask, or do we know something?", called="The route",
        needed="Say whether somebody asks, or we know something",
        hints={
            Route.ASK: "Somebody asks about a partner or former partner, for themselves or for another.",
            Route.KNOW: "Nobody asked. We must consider telling somebody all the same, and alert neither of them.",
        },
        reveals={Route.KNOW: ["source"]},
        hint="A request and what we hold unasked go different ways, each with its own time limits.",
    )  # fmt: skip
    source = Choice(
        SOURCES, label="Where does it come from?", called="Where it comes from", required=False,
        hint="It shows how far it may be relied on, and what may be said of it later.",
    )  # fmt: skip
    channel = Choice(
        Channel, label="By which way did it come?", called="The way", needed="Say by which way it came",
        hint="Anybody may ask by any way, and counts as heard from that moment.",
    )  # fmt: skip
    first_contact_at = MomentField(
        label="When did the police first hear of it?", called="When it was first heard", past=True,
        needed="Say when the police first heard of it",
        hint="Every time limit runs from this moment, however late it is written down.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("route") == Route.KNOW and not said.get("source") and "source" not in self.errors:
            self.add_error("source", "Say where it comes from")
        return said
