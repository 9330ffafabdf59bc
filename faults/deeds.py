"""What people do while parts of the system fall: each deed is one form of the real pages, marked so that it is found."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from faults.hands import DOORS, REDIRECT, Answer, Hands
from faults.ledger import Entry, Ledger, Told

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Record:
    """An incident as a person finds it when the round begins."""

    pk: int
    reference: str
    state: str
    complete: bool
    unsafe: bool


@dataclass(frozen=True, slots=True)
class Form:
    """Where a deed is sent, and what is typed into it."""

    kind: str
    path: str
    said: dict[str, str]


Deed = Callable[[Record, str, datetime], Form]


def begin(record: Record, mark: str, now: datetime) -> Form:
    at = (now - timedelta(minutes=20)).astimezone(LONDON)
    when = {"reported_at_day": str(at.day), "reported_at_month": str(at.month), "reported_at_year": str(at.year)}
    said = when | {"reported_at_time": f"{at:%H:%M}", "channel": "999", "log_ref": mark}
    return Form("begin", "/work/incident/new/begin/", said)


def amend(record: Record, mark: str, now: datetime) -> Form:
    said = {"place": mark, "postcode": "NR3 4QX", "place_kind": "street"}
    return Form("amend", f"/work/incident/{record.pk}/sections/place/", said)


def add(record: Record, mark: str, now: datetime) -> Form:
    said = {"forename": "Somebody", "surname": mark, "new": "1"}
    return Form("add", f"/incidents/{record.pk}/people/witness/", said)


def send(record: Record, mark: str, now: datetime) -> Form:
    return Form("send", f"/work/incident/{record.pk}/submit/", {"note": mark})


def approve(record: Record, mark: str, now: datetime) -> Form:
    said = {"decision": "incident-approve", "incident-approve-reason": mark}
    return Form("approve", f"/work/incident/{record.pk}/decide/record/", said)


def give_back(record: Record, mark: str, now: datetime) -> Form:
    said = {"decision": "incident-return", "incident-return-reason": mark}
    return Form("return", f"/work/incident/{record.pk}/decide/record/", said)


def correct(record: Record, mark: str, now: datetime) -> Form:
    return Form("correct", f"/work/incident/{record.pk}/correct/", {"reason": mark})


def unsafe(record: Record, mark: str, now: datetime) -> Form:
    return Form("unsafe", f"/work/incident/{record.pk}/unsafe/", {"what": mark})


def safe(record: Record, mark: str, now: datetime) -> Form:
    return Form("safe", f"/work/incident/{record.pk}/safe/", {"answer": mark})


def warn(record: Record, mark: str, now: datetime) -> Form:
    return Form("warn", f"/work/incident/{record.pk}/warn/", {"what": mark})


def paper(record: Record, mark: str, now: datetime) -> Form:
    return Form("print", f"/cases/{record.reference}/case-file/", {})


#: What an officer may do with a record in each state; what a sergeant may. A name said twice is chosen twice as often.
OFFICER: dict[str, tuple[Deed, ...]] = {
    "recording": (amend, amend, add, send, send, send, unsafe, warn, paper, begin),
    "submitted": (unsafe, warn, paper, begin),
    "checked": (correct, correct, warn, paper, begin),
}
SERGEANT: dict[str, tuple[Deed, ...]] = {
    "recording": (unsafe, warn, paper),
    "submitted": (approve, give_back, give_back, warn),
    "checked": (paper, warn),
}


def choose(table: dict[str, tuple[Deed, ...]], record: Record, draw: random.Random) -> Deed:
    """One of the deeds that the record's state allows; whoever is unsafe is often answered."""
    if record.unsafe and draw.random() < 0.5:
        return safe
    deed = draw.choice(table[record.state])
    return amend if deed is send and not record.complete else deed


def do(hands: Hands, form: Form, record: Record, mark: str, ledger: Ledger) -> Entry:
    """Open the page, send its form once, write down what was answered."""
    page = form.path if form.kind != "print" else f"/cases/{record.reference}/"
    hidden = hands.form(page)
    said = {name: hidden[name] for name in ("csrfmiddlewaretoken", "token", "seen") if name in hidden} | form.said
    ledger.begin()
    answer = hands.post(form.path, said)
    entry = Entry(form.kind, hands.username, record.pk, mark, form.path, said, told_by(answer), answer.location)
    ledger.write(entry)
    return entry


def again(hands: Hands, entry: Entry) -> None:
    """Send the very same form once more, as a person does who saw no answer: it must come out as one act."""
    hands.get("/")
    answer = hands.post(entry.path, entry.said)
    entry.sent += 1
    told = told_by(answer)
    if told is Told.DONE:
        entry.told, entry.answer = told, answer.location


def told_by(answer: Answer) -> Told:
    """Onward is a promise; a door or a sentence is none; silence and faults say nothing."""
    if answer.status in REDIRECT:
        return Told.REFUSED if answer.location.startswith(DOORS) else Told.DONE
    return Told.UNKNOWN if answer.status == 0 or answer.status >= 500 else Told.REFUSED
