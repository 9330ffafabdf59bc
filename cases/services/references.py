"""Cases and records by a reference: of the case, of the log of a call, of custody, of an exhibit; whole, as it was given."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from django.db.models import F
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.models import ArrestDecision, Call, Case, Exhibit, Incident
from people.kinds import Asked, Hit, Hits, SearchKind, Watch, newest_of
from people.services.watching import fresh_like

NAME = "references"
#: {table: (its column, what a page calls it)}. Indexes: incident_of_log, call_of_log, arrest_of_custody,
#: exhibit_of_reference, and the unique one of the case's own reference.
SOURCES: dict[str, tuple[Any, str, str]] = {
    "incident": (Incident, "log_ref", N_("Log reference of an incident")),
    "call": (Call, "log_ref", N_("Log reference of a call")),
    "arrest": (ArrestDecision, "custody_ref", N_("Custody reference")),
    "exhibit": (Exhibit, "reference", N_("Exhibit")),
}
NUMBER = re.compile(r"0*(\d{1,6})")
YEARS = 15  # how far back a number alone is looked for


def typed(asked: Asked) -> str:
    """A reference has a digit in it, and is one thing: no name and no address."""
    said = asked.q.replace("\0", "").strip().upper()
    return said if re.search(r"\d", said) and len(said) <= 80 and len(said.split()) <= 3 else ""


def sources(asked: Asked, user: User) -> dict[str, Any]:
    return kept_in(Case.objects.visible_to(user), asked)


def kept_in(cases: Any, asked: Asked) -> dict[str, Any]:
    """{table: those of its rows in these cases (a question of cases) that have the reference}."""
    said = typed(asked)
    if not said:
        return {}
    found = {}
    for name, (model, column, _label) in SOURCES.items():
        within = model.objects.standing().filter(case__in=cases.order_by().values("pk")).exclude(**{column: ""})
        found[name] = within.alias(in_capitals=Upper(column)).filter(in_capitals=said)
    if references := of_cases(said):
        found["case"] = cases.filter(reference__in=references)
    return found


def of_cases(said: str) -> list[str]:
    """DA-2026-000123 from its number alone, of any year lately."""
    number = NUMBER.fullmatch(said)
    this_year = timezone.localtime().year
    return [f"DA-{this_year - ago}-{int(number[1]):06d}" for ago in range(YEARS)] if number else []


def rows(asked: Asked, user: User) -> list[Any]:
    return list(sources(asked, user).values())


def find(asked: Asked, user: User, after: str) -> Hits:
    """The newest first, in one statement."""
    asked_of = {}
    for name, found in sources(asked, user).items():
        if name == "case":
            asked_of[name] = found.annotate(at=F("opened_at"), of=F("pk"), folder=F("pk"), ref=F("reference"))
        else:
            of = F("incident_id") if name == "arrest" else F("pk")
            asked_of[name] = found.annotate(at=F("recorded_at"), of=of, folder=F("case_id"), ref=F("case__reference"))
    told, on = newest_of(asked_of, ("at", "of", "folder", "ref"), after)
    return Hits([hit_of(row, asked) for row in told], on)


def hit_of(row: Any, asked: Asked) -> Hit:
    name, pk, at, of, case, reference = row
    if name == "case":
        return Hit(pk, reference, reverse("case", args=[reference]), _("The number of the case"), at, case, reference)
    table = {"arrest": "incident"}.get(name, name)
    label = _(SOURCES[name][2])
    return Hit(pk, f"{label} {asked.q.strip()}", reverse("record", args=[table, of]), label, at, case, reference)


def is_reference(asked: Asked) -> bool:
    """Shown unasked: a short number, or one thing with digits and strokes in it."""
    said = typed(asked)
    return bool(NUMBER.fullmatch(said)) or (len(said.split()) == 1 and bool(re.search("[/-]", said)))


def is_same(said: str, kept: str) -> bool:
    """What `kept_in` asks, of one reference."""
    return kept.upper() == said


def watches() -> list[Watch]:
    """Not the number of a case: it is given out when the case is made, so nobody waits for it."""
    found = []
    for table, (model, column, _label) in SOURCES.items():
        name = f"{NAME}.{table}"
        fresh = partial(fresh_like, NAME, name, model.objects.exclude(**{column: ""}), (column,), typed, is_same)
        found.append(Watch(name, model, fresh))
    return found


KIND = SearchKind(NAME, "References", 40, find, rows, is_reference, watches=watches)
