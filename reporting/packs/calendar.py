"""Of which windows a pack is, what is offered, and what begins by itself."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import Unit, User
from reporting.measures.reckon import NotOffered, Window
from reporting.models import PackCode, Snapshot
from reporting.packs.declare import PACKS, QUARTER, YEAR, Pack, month_on, window_of
from workflow import engine
from workflow.clock import LONDON

MONTH_SAID = re.compile(r"(\d{4})-(\d{2})\Z")
OFFERED = 12  # windows of a pack


def windows(pack: Pack, today: date) -> list[Window]:
    """The windows of it that are over, the newest first."""
    step = pack.months if pack.months < YEAR or pack.by_calendar else 1
    last = month_on(today.replace(day=1), -pack.months)
    if pack.by_calendar:
        last = month_on(date(today.year, (today.month - 1) // step * step + 1, 1), -step)
    return [window_of(pack, month_on(last, -step * number)) for number in range(OFFERED)]


def window_said(pack: Pack, said: str, today: date) -> Window:
    """The window whose first month was typed: 2026-10. Raises NotOffered with what to type instead."""
    found = MONTH_SAID.match(said.strip())
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 2000:
        raise NotOffered("Enter the first month as year and month, for example 2026-10.")
    window = window_of(pack, date(int(found[1]), int(found[2]), 1))
    if pack.months == QUARTER and window.first.month % QUARTER != 1:
        raise NotOffered("This pack is of calendar quarters. They begin with January, April, July and October.")
    if pack.of_years and window.first.month != 1:
        raise NotOffered("This pack is of calendar years. They begin with January.")
    if window.last >= today:
        raise NotOffered("That time is not over yet. Choose one whose last day is past.")
    return window


def standing(pack: str, window: Window, unit: Unit, of: str = "", asked_on: date | None = None) -> Snapshot | None:
    """The one that stands of this pack, window and unit. Index: snapshot_one_stands."""
    rows = (
        Snapshot.objects.all()
        .standing()
        .filter(pack=pack, first_on=window.first, last_on=window.last, unit=unit, of=of, asked_on=asked_on)
    )
    found: Snapshot | None = rows.first()
    return found


def due(pack: Pack, at: datetime) -> Window | None:
    """The newest window that begins by itself by a moment (UTC); None for a pack that is asked for alone."""
    if pack.begins_after is None:
        return None
    day = at.astimezone(LONDON).date() - timedelta(days=pack.begins_after)
    return windows(pack, day + timedelta(days=1))[0]


def begin_due(at: datetime) -> list[int]:
    """Ask, as the system, for every pack of the force that is due and was never asked for. May run twice. Returns the new ones."""
    system, force = User.objects.system(), Unit.objects.filter(parent__isnull=True).first()
    made: list[int] = []
    if force is None:  # nothing is planted yet
        return made
    for pack in PACKS.values():
        window = due(pack, at)
        if window is not None and pack.code != PackCode.FIGURE and not ever(pack, window, force):
            with transaction.atomic():
                said = {"pack": pack.code, "begins": f"{window.first:%Y-%m}", "over": force.code}
                made.append(engine.perform(Snapshot(), "ask", by=system, evidence=said, at=at).pk)
    return made


def ever(pack: Pack, window: Window, unit: Unit) -> bool:
    """Whether there was one, withdrawn or not: what somebody withdrew does not come back by itself."""
    rows = Snapshot.objects.filter(pack=pack.code, first_on=window.first, last_on=window.last, unit=unit)
    return bool(rows.exists())
