"""THE TABLES of the schools that are told: local authorities, establishments, key adults, calendars (E.7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import roles
from safeguarding.forms.establishment import (
    EstablishmentChanged,
    NewDates,
    NewEncompassTerms,
    NewEstablishment,
    NewKeyAdult,
    NewLocalAuthority,
    SettingsChanged,
)
from safeguarding.models import EncompassTerms, Establishment, KeyAdult, LocalAuthority, SchoolDates
from safeguarding.steps.agency import NOT_YOUR_UNIT
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.engine import keep_said
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
L, S, K, D = LocalAuthority.State, Establishment.State, KeyAdult.State, SchoolDates.State
KEEPERS = roles("marac_coordinator", "da_coordinator", "da_specialist", "administrator")
#: Who sets what holds for every school of the force.
ANSWERS = roles("da_coordinator", "administrator")
BEGUN_THERE = "Not available here. Record it on the page of the school."


def keep_authority(authority: Any, said: Said, by: User, at: datetime) -> None:
    """Raises Refused where the role does not reach the unit that is to keep its schools."""
    if not by.holds(KEEPERS, said["unit"], at):
        raise Refused(Refusal.ROLE, NOT_YOUR_UNIT)
    authority.name, authority.unit = said["name"], said["unit"]
    keep_settings(authority, said, by, at)


def keep_settings(authority: Any, said: Said, by: User, at: datetime) -> None:
    authority.profile, authority.basis = said["profile"], said["basis"]
    authority.early_years = said["early_years"]


def keep_terms(authority: Any, said: Said, by: User, at: datetime) -> None:
    """A new edition, for every authority: the old one is read for the days before it."""
    columns = ("valid_from", "authority", "statutory", "bell", "ring_from", "youngest", "grown")
    EncompassTerms.objects.create(**{name: said[name] for name in columns})


def keep_establishment(establishment: Any, said: Said, by: User, at: datetime) -> None:
    """Its unit is the one that keeps the schools of its authority. Raises Refused where the role does not reach it."""
    if not by.holds(KEEPERS, said["authority"].unit, at):
        raise Refused(Refusal.ROLE, NOT_YOUR_UNIT)
    keep_said(establishment, said, by, at)
    establishment.unit = said["authority"].unit


def of_an_open_school(row: Any, user: User) -> str:
    """Guard: begun on the page of an establishment that is open."""
    if row.establishment_id is None:
        return BEGUN_THERE
    return "" if row.establishment.state == S.WORKING else "Not available. It is closed for good."


def keep_adult(adult: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(adult, said, by, at)
    adult.unit = adult.establishment.unit


def keep_dates(dates: Any, said: Said, by: User, at: datetime) -> None:
    """Of this school, or of every school of its authority."""
    place = dates.establishment
    dates.authority, dates.unit = place.authority, place.unit
    dates.establishment = place if said["whose"] == "own" else None
    dates.kind, dates.words, dates.from_on, dates.to_on = said["kind"], said["words"], said["from_on"], said["to_on"]


# fmt: off
AUTHORITY = Workflow("local-authority", LocalAuthority, L,
    Step("record", "Record a local authority",        NEW,       L.WORKING,   KEEPERS, NewLocalAuthority, effect=keep_authority, done="Local authority recorded"),
    Step("change", "Change what its schools are told", ANY,      STAYS,       KEEPERS, SettingsChanged,   effect=keep_settings,  done="Scheme of a local authority changed"),
    Step("terms",  "Change the times of Operation Encompass", L.WORKING, STAYS, ANSWERS, NewEncompassTerms, effect=keep_terms,   done="Times of Operation Encompass changed"),
    Step("close",  "Its schools are told no longer",  L.WORKING, L.CLOSED,    KEEPERS, Reason, done="Local authority closed"),
    Step("reopen", "Its schools are told again",      L.CLOSED,  L.WORKING,   KEEPERS, Reason, done="Local authority opened again"),
    label="local authority", finished=(L.CLOSED,),
)
ESTABLISHMENT = Workflow("establishment", Establishment, S,
    Step("record", "Record a school",                 NEW,       S.WORKING,   KEEPERS, NewEstablishment,     effect=keep_establishment, done="School recorded"),
    Step("change", "Change how it is reached",        ANY,       STAYS,       KEEPERS, EstablishmentChanged, effect=keep_said,          done="School changed"),
    Step("close",  "It is closed for good",           S.WORKING, S.CLOSED,    KEEPERS, Reason, done="School closed"),
    Step("reopen", "It is open again",                S.CLOSED,  S.WORKING,   KEEPERS, Reason, done="School opened again"),
    label="school", finished=(S.CLOSED,),
)
KEY_ADULT = Workflow("key-adult", KeyAdult, K,
    Step("record", "Record who answers there",        NEW,       K.HOLDS,     KEEPERS, NewKeyAdult, guards=(of_an_open_school,), effect=keep_adult, done="Key adult recorded"),
    Step("change", "Change how they are reached",     ANY,       STAYS,       KEEPERS, NewKeyAdult, effect=keep_said, done="Key adult changed"),
    Step("end",    "They answer there no longer",     K.HOLDS,   K.ENDED,     KEEPERS, Reason,      done="Key adult ended"),
    label="key adult", finished=(K.ENDED,),
)
CALENDAR = Workflow("school-calendar", SchoolDates, D,
    Step("record",   "Record a term or closed days",  NEW,       D.STANDS,    KEEPERS, NewDates, guards=(of_an_open_school,), effect=keep_dates, done="Days of a school recorded"),
    Step("withdraw", "Withdraw these days",           D.STANDS,  D.WITHDRAWN, KEEPERS, Reason,   done="Days of a school withdrawn"),
    Step("restore",  "They stand after all",          D.WITHDRAWN, D.STANDS,  KEEPERS, Reason,   done="Days of a school restored"),
    Step("note",     "Write a note about these days", ANY,       STAYS,       KEEPERS, Reason,   done="Note about the days of a school"),
    label="days of a school", finished=(D.WITHDRAWN,),
)
# fmt: on
