"""What is said at the door: the basics of a request, or of information; the rest is taken down when it is taken up (S610)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from dvds.models import Asks, Channel, Danger, Feared, Source
from workflow.forms import Choice, Choices, EvidenceForm, LongText, MomentField, Reason, ShortText

DANGER_HINT = (
    "If somebody is in danger now, act first: this waits, she does not. Police must act at once, at any stage."
)
SUBJECT_HINT = "A name, a nickname, a vehicle, an account: one is enough to begin. Nothing waits for a date of birth."
CHANNELS = [(way.value, way.label) for way in Channel if way is not Channel.PROGRAM]
SOURCES = [(one.value, one.label) for one in Source]


class Basics(EvidenceForm):
    """What both kinds have in common."""

    first_contact_at = MomentField(
        label="When did the police first hear of it?", called="When it was first heard", past=True,
        needed="Say when the police first heard of it",
        hint="Every time limit runs from this moment, however late it is written down. If somebody else heard it before you, "
        "give their time.",
    )  # fmt: skip
    subject = ShortText(
        label="Whom is it about?", called="Whom it is about", needed="Say whom it is about", max_length=300,
        required=False, hint=SUBJECT_HINT,
    )  # fmt: skip
    at_risk = ShortText(
        label="Who may be at risk from them?", called="Who is at risk", max_length=200, required=False,
        hint="Who they are decides who must be protected and who may be told. A name, or what people call them, is "
        "enough.",
    )  # fmt: skip
    feared = Choices(
        Feared, label="What is feared or was seen? (optional)", called="What is feared", required=False,
        hint="Strangling, a separation and a pregnancy raise the danger to life. What is seen now decides how fast we "
        "act.",
    )  # fmt: skip
    danger = Choice(
        Danger, label="Is somebody in danger now?", called="Whether somebody is in danger",
        needed="Say whether somebody is in danger now", hint=DANGER_HINT,
    )  # fmt: skip
    danger_words = LongText(
        label="What was done about it? (if in danger, or it is possible)", called="What was done about the danger",
        max_length=2000, rows=2, required=False,
        hint="Who went, who was spoken with, where everybody is now. Police must act at once on danger, at any stage.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("danger") == Danger.YES and not said.get("danger_words") and "danger_words" not in self.errors:
            self.add_error("danger_words", "Say what was done about the danger: nobody waits for this request")
        if not self.errors and not (said.get("subject") or said.get("at_risk")):
            raise ValidationError("Say whom it is about, or who is at risk: one name is enough")
        return said


class RequestHeard(Basics):
    """Somebody asks. How they are reached safely is asked at once: the first wrong call can be the dangerous one (S590)."""

    channel = Choice(
        CHANNELS, label="How did they ask?", called="How they asked", needed="Say how they asked",
        hint="Anybody may ask, by any way: at a station, on the street, by telephone, through a partner.",
    )  # fmt: skip
    asker = ShortText(
        label="Who asks? (optional)", called="Who asks", max_length=200, required=False,
        hint="So that the right person is asked for. Whoever does not want to give a name may still ask.",
    )  # fmt: skip
    asks_as = Choice(
        Asks, label="Who are they to the person at risk? (optional)", called="Who they are to the person at risk", required=False,
        hint="The person at risk, or anybody who worries about them. Whoever asks is not always who is told.",
    )  # fmt: skip
    at_risk = ShortText(
        label="Who may be at risk from them?", called="Who is at risk", max_length=200, required=False,
        hint="Leave empty where it is whoever asks.",
    )  # fmt: skip
    why = LongText(
        label="Why do they ask, and what prompted it? (optional)", called="Why they ask", max_length=4000, rows=4, required=False,
        hint="In their own words. It tells what to look for, and how near the danger is.",
    )  # fmt: skip
    safe_means = ShortText(
        label="How may they be reached safely?", called="How they may be reached", max_length=300, required=False,
        hint="A number or a person. “Cannot be reached safely” is an answer.",
    )  # fmt: skip
    safe_place = ShortText(
        label="Where?", called="Where", max_length=300, required=False,
        hint="Where they are alone. No contact is made before place, means and times are known.",
    )  # fmt: skip
    safe_times = ShortText(
        label="On which days, at what times?", called="When", max_length=300, required=False,
        hint="When nobody else sees or hears it. No contact is made before place, means and times are known.",
    )  # fmt: skip
    never = ShortText(
        label="What must never be used?", called="What must never be used", max_length=300, required=False,
        hint="A number that somebody else answers, a street where a car is noticed. A wrong call can put them in danger.",
    )  # fmt: skip
    language = ShortText(
        label="Language to speak (optional)", called="Language", max_length=60, required=False,
        hint="An interpreter is found before the first call. Never a relative, a child or the subject.",
    )  # fmt: skip
    field_order = (
        "danger", "danger_words", "first_contact_at", "channel", "asker", "asks_as", "subject", "at_risk", "why", "feared",
        "safe_means", "safe_place", "safe_times", "never", "language",
    )  # fmt: skip


class InformationHeard(Basics):
    """Nobody asks: the police or a partner came to know something that somebody at risk may need to know (S663-666)."""

    source = Choice(
        SOURCES, label="Where does it come from?", called="Where it comes from", needed="Say where it comes from",
        hint="Police who learn that somebody may be at risk from a partner must consider telling them, asked or not.",
    )  # fmt: skip
    why = LongText(
        label="What do we know, and from whom?", called="What we know", needed="Say what we know and from whom", rows=5,
        max_length=4000, hint="What was said or seen, by whom, and where it is recorded. Do not tell either of them of this.",
    )  # fmt: skip
    field_order = ("danger", "danger_words", "source", "first_contact_at", "subject", "at_risk", "why", "feared")


class InDanger(EvidenceForm):
    what = LongText(
        label="Who is in danger, and what was done about it?", called="The danger", max_length=2000, rows=3, min_length=10,
        needed="Say who is in danger and what was done about it", hint=DANGER_HINT,
    )  # fmt: skip


class TakenUp(EvidenceForm):
    """Nothing is asked: what was said comes along, and is completed in its sections."""

    note = LongText(
        label="Anything that whoever works it should know (optional)", called="The note", max_length=2000, rows=2,
        required=False,
        hint="For what no other box asks. It stays with the case, and nothing of it goes to whoever asked.",
    )  # fmt: skip


class SetAside(Reason):
    reason = LongText(
        label="Why is it set aside?", called="The reason", needed="Say why it is set aside", min_length=15, max_length=2000,
        rows=3, hint="Only what was put down twice, by mistake or as a trial. Whatever asks or worries is taken up: it may be "
        "stopped there, with support given and a second person’s agreement.",
    )  # fmt: skip
