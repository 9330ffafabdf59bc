"""Faults of the record, drawn by chance beside a force: planted in its rows, and reckoned again in plain Python."""

# ruff: noqa: E501 - the table stays whole

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models import Incident, Involvement
from cases.models.arrest import ArrestDecision
from people.models import Birth, Description, Person, PersonName
from tests.reporting.measures import oracle
from tests.reporting.measures.generated import HOURS, NOW, REPORT, Told, plant

WHERE = {"": ("", ""), "house": ("12 Mill Lane", "NS1 4AB"), "vague": ("the park", "")}
FAULTS = st.fixed_dictionaries({
    "suspect_known": st.sampled_from(("", "yes", "no")), "suspect": st.booleans(), "children": st.sampled_from(("", "yes", "no", "not_known")),
    "child": st.sampled_from((None, "saw", "elsewhere")), "place": st.sampled_from(tuple(WHERE)), "timed": st.booleans(), "abuse": st.booleans(),
    "late": HOURS, "relationship": st.sampled_from(("", "NK", "SP")), "named": st.booleans(),
    "born": st.sampled_from((None, "whole", "about", "later")), "ethnicity": st.sampled_from(("", "W1", "declined")),
    "gender": st.sampled_from(("", "F", "NK")), "arrest_said": st.booleans(), "arrest_late": HOURS,
})  # fmt: skip
FAULTY_FORCE = st.lists(st.tuples(REPORT, FAULTS), max_size=7)
Drawn = list[tuple[dict[str, Any], dict[str, Any]]]
One = tuple[Told, dict[str, Any]]
DAY = timedelta(days=1)


def plant_faulty(drawn: Drawn, units: list[Unit], by: User) -> list[One]:
    """The force, each report with its faults."""
    told = plant([report for report, _ in drawn], units, by)
    for number, (one, (_, faults)) in enumerate(zip(told, drawn, strict=True)):
        spoil(one, faults, Incident.objects.get(case__reference=f"DA-2026-G{number:05d}"), by)
    return [(one, faults) for one, (_, faults) in zip(told, drawn, strict=True)]


def spoil(told: Told, faults: dict[str, Any], incident: Incident, by: User) -> None:
    place, postcode = WHERE[faults["place"]]
    Incident.objects.filter(pk=incident.pk).update(
        suspect_known=faults["suspect_known"], children_present=faults["children"], place=place, postcode=postcode,
        occurred_from=told.reported - DAY if faults["timed"] else None, abuse_types=["physical"] if faults["abuse"] else [],
        recorded_at=told.reported + timedelta(hours=faults["late"], minutes=1),
    )  # fmt: skip
    ArrestDecision.objects.filter(incident=incident).update(
        recorded_at=told.reported + timedelta(hours=faults["arrest_late"], minutes=1)
    )
    if not faults["arrest_said"]:
        ArrestDecision.objects.filter(incident=incident).update(arrested="")
    suspects = Involvement.objects.filter(incident=incident, part="suspect")
    suspects.update(relationship=faults["relationship"], struck_out_at=None if faults["suspect"] else NOW)
    mine: dict[str, Any] = {"case": incident.case, "recorded_by": by}
    if faults["child"]:
        child = Person.objects.create()
        Involvement.objects.create(**mine, incident=incident, person=child, part="child", whereabouts=faults["child"])
    for harmed in Involvement.objects.filter(incident=incident, part="victim"):
        describe(told, faults, mine | {"person": harmed.person})


def describe(told: Told, faults: dict[str, Any], mine: dict[str, Any]) -> None:
    """What the case knows of whoever was harmed."""
    if faults["named"]:
        PersonName.objects.create(**mine, forename="Leanne", surname="Farrow")
    else:
        PersonName.objects.create(**mine, kind="not_known")
    if faults["born"]:
        day = told.reported.date() + 10 * DAY if faults["born"] == "later" else date(1990, 5, 1)
        Birth.objects.create(**mine, born_on=day, approximate=faults["born"] == "about")
    for topic in ("ethnicity", "gender"):
        if faults[topic]:
            Description.objects.create(**mine, topic=topic, answer=faults[topic])


def reports(force: list[One], window: oracle.Window) -> list[One]:
    return [one for one in force if one[0].counts and window.holds(one[0].reported, one[0])]


def harmed(force: list[One], window: oracle.Window) -> list[One]:
    return [one for one in reports(force, window) if one[0].harmed is not None]


def suspects(force: list[One], window: oracle.Window) -> list[One]:
    return [one for one in reports(force, window) if one[1]["suspect"]]


def every(force: list[One], window: oracle.Window) -> list[One]:
    return [one for one in force if window.holds(one[0].reported, one[0])]


def records(force: list[One], window: oracle.Window) -> list[One]:
    return [one for one in every(force, window) if not one[0].said["struck"]]


def assessed(force: list[One], window: oracle.Window) -> list[One]:
    hours = [(one, one[0].said["dash"]) for one in force if one[0].said["dash"] is not None]
    return [one for one, late in hours if window.holds(one[0].reported + timedelta(hours=late), one[0])]


def crimes(force: list[One], window: oracle.Window) -> list[tuple[Told, dict[str, Any]]]:
    return oracle.crimes([told for told, _ in force], window)


Base = Callable[[list[One], oracle.Window], list[Any]]
#: {check: (what could have it, whether one of those has)}
BY_HAND: dict[str, tuple[Base, Callable[[Any, Any], bool]]] = {
    "no-harmed": (reports, lambda told, said: told.harmed is None),
    "no-place": (reports, lambda told, said: said["place"] == ""),
    "no-time": (reports, lambda told, said: not said["timed"]),
    "no-abuse": (reports, lambda told, said: not said["abuse"]),
    "no-dash": (reports, lambda told, said: told.said["dash"] is None),
    "no-name": (harmed, lambda told, said: not said["named"]),
    "no-birth": (harmed, lambda told, said: said["born"] in (None, "about")),
    "no-arrest-said": (suspects, lambda told, said: not said["arrest_said"]),
    "suspect-unnamed": (reports, lambda told, said: said["suspect_known"] == "yes" and not said["suspect"]),
    "suspect-named": (reports, lambda told, said: said["suspect_known"] == "no" and said["suspect"]),
    "child-named": (reports, lambda told, said: said["children"] == "no" and said["child"] == "saw"),
    "born-later": (harmed, lambda told, said: said["born"] == "later"),
    "charge-unlisted": (crimes, lambda told, crime: oracle.code(crime) in ("1", "1A") and oracle.charged(told) is None),
    "crime-of-none": (records, lambda told, said: told.said["no_abuse"] and bool(told.live)),
    "report-late": (reports, lambda told, said: said["late"] >= 24),
    "crime-late": (crimes, lambda told, crime: crime["at"] > told.reported + DAY),
    "dash-late": (assessed, lambda told, said: told.said["dash"] > 24),
    "arrest-late": (every, lambda told, said: said["arrest_late"] >= 24),
    "connection": (suspects, lambda told, said: said["relationship"] != "SP"),
    "ethnicity": (harmed, lambda told, said: said["ethnicity"] != "W1"),
    "gender": (harmed, lambda told, said: said["gender"] != "F"),
    "children": (reports, lambda told, said: said["children"] in ("", "not_known")),
    "unplaced": (reports, lambda told, said: said["place"] == "vague"),
}  # fmt: skip


def counted(code: str, force: list[One], window: oracle.Window) -> tuple[int, int]:
    """(how many have the fault, of how many)."""
    base, wrong = BY_HAND[code]
    found = base(force, window)
    return sum(bool(wrong(told, said)) for told, said in found), len(found)
