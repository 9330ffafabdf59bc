"""What is said about an incident: how it is begun, where and when it was, what happened."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from cases.models import ArrestDecision, Incident
from cases.models.answers import (
    AbuseSign,
    AbuseType,
    Answer,
    Channel,
    PlaceKind,
)
from workflow.forms import Choice, Choices, EvidenceForm, LongText, ModelSection, MomentField, ShortText

POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.I)
LEAST_SENTENCE = 20  # characters: shorter than any sentence that says who did what
CONTROLLING = (
    "What happens when she or he says no?",
    "Who decides about money, telephone, clothes, friends, work?",
    "What has she or he stopped doing, and since when?",
    "Is anybody watched, tracked, checked or locked in or out?",
    "What was threatened: children, pets, pictures, immigration, suicide?",
)


class Report(EvidenceForm):
    """What begins a record: when somebody told the police, and how. No name is typed before people are looked for."""

    reported_at = MomentField(label="When was it reported?", called="Time of the report", past=True)
    channel = Choice(Channel, label="How did the report come?")
    log_ref = ShortText(
        label="Log reference", max_length=40, width=20, required=False, hint="If there is one, for example 0388"
    )


class Sent(EvidenceForm):
    """What goes with the record to the sergeant."""

    note = LongText(label="Anything your sergeant should look at first?", max_length=1000, rows=3, required=False)


class HowReported(ModelSection):
    reported_at = MomentField(label="When was it reported?", called="Time of the report", past=True)
    channel = Choice(Channel, label="How did the report come?")
    log_ref = ShortText(label="Log reference", max_length=40, width=20, hint="If there is one, for example 0388")
    needed = {"reported_at": "Say when it was reported", "channel": "Choose how the report came"}

    class Meta:
        model = Incident
        fields = ["reported_at", "channel", "log_ref"]

    def clean_reported_at(self) -> datetime | None:
        """Never empty once said, and never before what it reports."""
        said: datetime | None = self.cleaned_data["reported_at"]
        began: datetime | None = self.instance.occurred_from
        if said is None:
            raise ValidationError(self.needed["reported_at"])
        if began and said < began:
            words = _("Time of the report must be after it happened, %(moment)s")
            raise ValidationError(words % {"moment": spoken(began)})
        return said

    def clean_channel(self) -> str:
        if not self.cleaned_data["channel"]:
            raise ValidationError(self.needed["channel"])
        return str(self.cleaned_data["channel"])


class Place(ModelSection):
    place = ShortText(
        label="Address or place",
        max_length=300,
        hint="For example: Flat 2, 8 Sample Street. Or: bus stop outside the library",
    )
    postcode = ShortText(label="Postcode", max_length=10, width=10, hint="Leave empty if there is none.")
    place_kind = Choice(PlaceKind, label="What kind of place is it?")
    needed = {"place": "Say where it happened", "place_kind": "Choose what kind of place it is"}

    class Meta:
        model = Incident
        fields = ["place", "postcode", "place_kind"]

    def clean_postcode(self) -> str:
        said = str(self.cleaned_data["postcode"] or "").strip().upper()
        if said and not POSTCODE.fullmatch(said):
            raise ValidationError("Enter a full postcode, like NR3 4QX, or leave it empty")
        return said if " " in said or not said else f"{said[:-3]} {said[-3:]}"


class WhatHappened(ModelSection):
    occurred_from = MomentField(label="When did it happen?", called="Time it happened", past=True)
    occurred_to = MomentField(
        label="When did it end?",
        called="Time it ended",
        past=True,
        hint="Leave empty if it went on, or if nobody knows.",
    )
    account = LongText(
        label="What was done, and by whom?",
        called="What happened",
        max_length=8000,
        rows=7,
        hint="Plain facts in order. Three or four sentences are enough.",
        prompts=CONTROLLING,
        prompts_title="Prompts for controlling behaviour",
    )
    weapon = Choice(Answer, label="Was a weapon or object used?", reveals={Answer.YES: ["weapon_what"]})
    weapon_what = ShortText(label="What, and where is it now?", max_length=300)
    needed = {
        "occurred_from": "Say when it happened",
        "account": "Say what happened, in at least one sentence",
        "weapon": "Say whether a weapon or object was used",
    }
    needed_when = {"weapon_what": (lambda incident: incident.weapon == Answer.YES, "Say what weapon or object it was")}

    class Meta:
        model = Incident
        fields = ["occurred_from", "occurred_to", "account", "weapon", "weapon_what"]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        log = f" ({_('log')} {self.instance.log_ref})" if self.instance.log_ref else ""
        words = _("The report came %(moment)s%(log)s. Use the 24-hour clock.")
        self.fields["occurred_from"].help_text = words % {"moment": spoken(self.instance.reported_at), "log": log}

    def clean_account(self) -> str:
        said = str(self.cleaned_data["account"] or "")
        if said and len(said.strip()) < LEAST_SENTENCE:
            raise ValidationError("Say what happened, in at least one sentence")
        return said

    def clean(self) -> dict[str, Any]:
        """In order: it happened, it was reported; it ended after it began."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        began, ended, reported = said.get("occurred_from"), said.get("occurred_to"), self.instance.reported_at
        if began and began > reported:
            self._out_of_order(
                "occurred_from",
                _("Time it happened must be before the call %(moment)s") % {"moment": spoken_near(reported, began)},
                began,
                reported,
            )
        if began and ended and ended < began:
            words = _("Time it ended must be after it happened %(moment)s")
            self._out_of_order("occurred_to", words % {"moment": spoken_near(began, ended)}, began, ended)
        if ended and not began and "occurred_from" not in self.errors:
            self.add_error("occurred_from", "Say when it happened")
        if began and (arrested := self._arrested_before(began)):
            words = _("Time it happened must be before the arrest, %(moment)s")
            self.add_error("occurred_from", words % {"moment": spoken(arrested)})
        return said

    def _arrested_before(self, began: datetime) -> datetime | None:
        """The first arrest that stands, then or later, if it was made before this moment; one query."""
        standing = Q(suspect__isnull=True) | Q(suspect__struck_out_at__isnull=True)
        rows = ArrestDecision.objects.standing().filter(standing, incident=self.instance.pk, arrested_at__lt=began)
        first: datetime | None = rows.order_by("arrested_at").values_list("arrested_at", flat=True).first()
        return first

    def _out_of_order(self, name: str, sentence: str, one: datetime, other: datetime) -> None:
        """Only the time is wrong where the day is the same."""
        self.add_error(name, sentence)
        same_day = timezone.localdate(one) == timezone.localdate(other)
        self.fields[name].widget.wrong = {"time"} if same_day else {"day", "month", "year"}  # type: ignore[attr-defined]


class KindsOfAbuse(ModelSection):
    abuse_types = Choices(
        AbuseType,
        label="Which kinds of abuse?",
        hint="Choose all that were said or seen, then or before.",
        hints={
            AbuseType.CONTROLLING: "For example watching, isolating, rules about everyday things",
            AbuseType.ECONOMIC: "Money, work, property, food or a telephone taken or withheld",
        },
    )
    abuse_signs = Choices(AbuseSign, label="Was any of this part of it?", hint="Leave empty if none was said or seen.")
    needed = {"abuse_types": "Choose which kinds of abuse"}

    class Meta:
        model = Incident
        fields = ["abuse_types", "abuse_signs"]


def spoken(moment: datetime) -> str:
    """at 13:20 today, or on 29 August at 02:10, for the middle of a sentence. London's time."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return _("today at %(time)s") % {"time": f"{local:%H:%M}"}
    year = "" if local.year == timezone.localdate().year else f" {local.year}"
    said = {"day": f"{local.day} {MONTHS[local.month]}{year}", "time": f"{local:%H:%M}"}
    return _("on %(day)s at %(time)s") % said


def spoken_near(moment: datetime, beside: datetime) -> str:
    """at 13:20 where both lie on one day, else with its day."""
    if timezone.localdate(moment) == timezone.localdate(beside):
        return _("at %(time)s") % {"time": f"{timezone.localtime(moment):%H:%M}"}
    return spoken(moment)
