"""THE TABLES of instruments: a loaded version is published, and a unit uses an instrument, by two people each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from accounts.roles import roles
from risk.models import DASH, Instrument, InstrumentUse, InstrumentVersion
from risk.services import publish
from supervision.forms.instrument import NewPublication, NewUse
from supervision.models import UseChange, VersionPublication
from supervision.steps.two_people import Said, by_another, by_who_asked, decided, nothing_more
from workflow.clock import LONDON
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Approval, Refusal, Refused

S = VersionPublication.State
LOADERS = roles("administrator", "superintendent", "da_coordinator")
DECIDERS = roles("superintendent")
TAKEN_BACK = "Taken out of use: DASH again, as it came"
WAITS = "You cannot do this. It waits for a second person already."


def not_in_the_past(change: Any, user: User) -> str:
    """Guard: what was begun before stays on what it was begun with."""
    if change.valid_from < timezone.localdate():
        return "Not any more. Its first day has gone by: refuse it, and propose it from a day to come."
    return ""


def by_another_than_the_loader(publication: Any, user: User) -> str:
    """Guard: whoever loaded the file does not publish it."""
    if publication.instrument_version.loaded_by_id == user.pk:
        return "You cannot do this. You loaded it, so somebody else must decide."
    return ""


def keep_publication(publication: Any, said: Said, by: User, at: datetime) -> None:
    if VersionPublication.objects.waiting().filter(instrument_version=said["version"]).exists():
        raise Refused(Refusal.GUARD, WAITS)
    publication.unit, publication.instrument_version = Unit.objects.root(), said["version"]


def bring_out(publication: Any, said: Said, by: User, at: datetime) -> None:
    """Published from now on; if its first day lies before, its use does not: an assessment keeps the version it has."""
    version = InstrumentVersion.objects.select_for_update().get(pk=publication.instrument_version_id)
    if version.status != InstrumentVersion.Status.DRAFT:
        raise Refused(Refusal.GUARD, "Not any more. It is published already.")
    publish(version, by=by)


def is_published(publication: Any) -> bool:
    """the version is published"""
    return bool(publication.instrument_version.status == InstrumentVersion.Status.PUBLISHED)


def another_takes_its_place(publication: Any, user: User) -> str:
    """Guard: nobody is left without a version to begin on."""
    version = publication.instrument_version
    others = InstrumentVersion.objects.filter(
        instrument=version.instrument_id, status=InstrumentVersion.Status.PUBLISHED, valid_from__lte=timezone.localdate(),
    )  # fmt: skip
    if others.exclude(pk=version.pk).exists():
        return ""
    return "Not available. No other version of it is published to take its place."


def take_out(publication: Any, said: Said, by: User, at: datetime) -> None:
    """Nothing more is begun on it. What was is finished on it within the days of grace, and reads as it was asked."""
    version = InstrumentVersion.objects.select_for_update().get(pk=publication.instrument_version_id)
    version.status, version.valid_to = InstrumentVersion.Status.RETIRED, at.astimezone(LONDON).date()
    version.save(update_fields=["status", "valid_to"])


def is_in_use(change: Any) -> bool:
    """the instrument was approved for the unit, and is the one it uses"""
    if change.gave_id is None:
        return False
    newest = (
        InstrumentUse.objects.filter(unit=change.unit_id).order_by("-valid_from", "-pk").values_list("pk", flat=True)
    )
    return bool(newest.first() == change.gave_id)


def bring_back(change: Any, said: Said, by: User, at: datetime) -> None:
    """What the unit used before: from today, or from the day on which the other would have begun."""
    earlier = InstrumentUse.objects.filter(unit=change.unit_id, pk__lt=change.gave_id).order_by("-valid_from", "-pk")
    before = earlier.first()
    instrument = before.instrument if before else Instrument.objects.get(code=DASH)
    InstrumentUse.objects.create(
        unit=change.unit, instrument=instrument, authority=before.authority if before else TAKEN_BACK,
        valid_from=max(change.valid_from, at.astimezone(LONDON).date()),
    )  # fmt: skip


def keep_use(change: Any, said: Said, by: User, at: datetime) -> None:
    for name in ("unit", "instrument", "valid_from", "authority"):
        setattr(change, name, said[name])


def bring_in(change: Any, said: Said, by: User, at: datetime) -> None:
    change.gave = InstrumentUse.objects.create(
        unit=change.unit, instrument=change.instrument, valid_from=change.valid_from, authority=change.authority
    )


# fmt: off
PUBLICATION = Workflow("publication", VersionPublication, S,
    Step("propose",   "Propose to publish a draft", NEW,        S.PROPOSED,  LOADERS,  NewPublication, effect=keep_publication, done="Publication proposed"),
    Step("approve",   "Publish this version",       S.PROPOSED, S.APPROVED,  DECIDERS, guards=(by_another, by_another_than_the_loader), effect=decided("publication", Approval.Verdict.APPROVED, bring_out), done="Version published", proof=True),
    Step("refuse",    "Refuse this version",        S.PROPOSED, S.REFUSED,   DECIDERS, guards=(by_another,), effect=decided("publication", Approval.Verdict.RETURNED), done="Publication refused"),
    Step("take-back", "Take this proposal back",    S.PROPOSED, S.WITHDRAWN, LOADERS,  guards=(by_who_asked,), effect=nothing_more, done="Proposal taken back"),
    Step("retire",    "Take this version out of use now", ANY,   STAYS,       LOADERS,  when=is_published, guards=(another_takes_its_place,), effect=take_out, done="Version taken out of use"),
    finished=(S.APPROVED, S.REFUSED, S.WITHDRAWN), label="version of an instrument",
)
INSTRUMENT_USE = Workflow("instrument-use", UseChange, S,
    Step("propose",   "Propose an instrument for a unit", NEW,        S.PROPOSED,  LOADERS,  NewUse, effect=keep_use, done="Instrument proposed"),
    Step("approve",   "Approve this instrument",          S.PROPOSED, S.APPROVED,  DECIDERS, guards=(by_another, not_in_the_past), effect=decided("instrument-use", Approval.Verdict.APPROVED, bring_in), done="Instrument approved", proof=True),
    Step("refuse",    "Refuse this instrument",           S.PROPOSED, S.REFUSED,   DECIDERS, guards=(by_another,), effect=decided("instrument-use", Approval.Verdict.RETURNED), done="Instrument refused"),
    Step("take-back", "Take this proposal back",          S.PROPOSED, S.WITHDRAWN, LOADERS,  guards=(by_who_asked,), effect=nothing_more, done="Proposal taken back"),
    Step("withdraw",  "Take this instrument out of use now", ANY,     STAYS,       LOADERS,  when=is_in_use, effect=bring_back, done="Instrument taken out of use"),
    finished=(S.APPROVED, S.REFUSED, S.WITHDRAWN), label="instrument of a unit",
)
# fmt: on
