"""THE TABLE of the extract: its files, their columns, what each means. The dictionary, the page and the rows derive.

Who is who is said by a pseudonym that holds within one extract and in no other (`reporting.extract.pseudonym`). Days, no
times; the division, no address; a band of ages, no birth date. What somebody may read only of one person in need
(disability, orientation, belief, immigration) is not in it at all.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from cases.models.answers import (
    AbuseType,
    Aggravator,
    Answer,
    Channel,
    Classed,
    Disposal,
    NoArrest,
    PlaceKind,
    Release,
    Support,
    YesOrNo,
)
from cases.models.outcome import CHOICES as OUTCOMES
from cases.models.relationship import CHOICES as RELATIONSHIPS
from people.models.ethnicity import EIGHTEEN
from people.models.topic import GENDERS, UNKNOWN, WHY_NOT
from risk.models import Grade

#: Goes up with every change of the table: a receiver knows by it what a column means.
VERSION = "1.0"
UNDER, OVER = "0-15", "75+"
BANDS: tuple[tuple[int, str], ...] = (
    (16, UNDER), (18, "16-17"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (55, "45-54"), (65, "55-64"), (75, "65-74"),
)  # fmt: skip  # up to which age, not included
PARTS = (("victim", "Person harmed"), ("suspect", "Suspect"))
DAY = "Day in London, year-month-day"
KEY = "Pseudonym, 24 characters; the same thing has the same one in every file of this extract, and in no other extract"
NOT_SAID = (*WHY_NOT, (UNKNOWN, "Nothing recorded"))


def named(choices: Any) -> str:
    """no: No; yes: Yes."""
    return "; ".join(f"{code}: {label}" for code, label in getattr(choices, "choices", choices))


class Column(NamedTuple):
    """One column: its heading, what it means, what may stand in it. An empty cell: nobody has said."""

    name: str
    means: str
    holds: str


# fmt: off
FILES: dict[str, tuple[Column, ...]] = {
    "incidents.csv": (
        Column("incident",      "The report of domestic abuse, of one person harmed", KEY),
        Column("case",          "The case that it belongs to: reports about the same person harmed may share one", KEY),
        Column("reported_on",   "When it was reported", DAY),
        Column("occurred_on",   "When it happened, or began", DAY),
        Column("channel",       "How the report came", named(Channel)),
        Column("area",          "The division that works it", "Code of the division; of the force where no division does"),
        Column("place_kind",    "What kind of place it happened in", named(PlaceKind)),
        Column("stage",         "How far its record has got", "recording: being written; submitted: with a sergeant; checked: checked by one"),
        Column("confirmed",     "Whether it was confirmed to be domestic abuse; what was found to be none is not in the extract", named(YesOrNo)),
        Column("in_statute",    "Whether it is domestic abuse within the Domestic Abuse Act 2021, by the facts recorded", named(Answer)),
        Column("classed",       "Whether it was recorded as a crime", named(Classed)),
        Column("abuse_types",   "Kinds of abuse, of the Act’s s1(3)", f"Several are parted by a space. {named(AbuseType)}"),
        Column("weapon",        "Whether a weapon was used or shown", named(Answer)),
        Column("children",      "Whether a child was there", named(Answer)),
        Column("grade_first",   "The first risk grade of this report", named(Grade)),
        Column("grade_last",    "The latest risk grade of this report", named(Grade)),
    ),
    "people.csv": (
        Column("incident",      "The report", KEY),
        Column("person",        "Whom it is about", KEY),
        Column("part",          "Their part in it; children and witnesses are not in the extract", named(PARTS)),
        Column("age",           "Band of ages when it was reported", f"{UNDER} to {OVER}"),
        Column("gender",        "As they describe it", named((*GENDERS, *NOT_SAID))),
        Column("ethnicity",     "As they define it (18+1)", named((*EIGHTEEN, *NOT_SAID))),
        Column("relationship",  "Of a suspect: what they are to the person harmed", named(RELATIONSHIPS)),
        Column("cohabiting",    "Of a suspect: whether they live together", named(Answer)),
    ),
    "crimes.csv": (
        Column("crime",         "The crime; cancelled and transferred ones are not in the extract", KEY),
        Column("incident",      "The report", KEY),
        Column("recorded_on",   "When it was recorded", DAY),
        Column("offence",       "The offence, by the force’s own code", "Code"),
        Column("group",         "Its group", "Words"),
        Column("ho_class",      "Its Home Office class, where the force has loaded it", "Words"),
        Column("counted",       "Whether it is the one that counts: of a report since June 2023 the principal one alone", named(YesOrNo)),
        Column("suspect_named", "Whether a suspect is named for it", named(YesOrNo)),
        Column("aggravators",   "What made it worse", f"Several are parted by a space. {named(Aggravator)}"),
    ),
    "outcomes.csv": (
        Column("crime",         "The crime", KEY),
        Column("outcome",       "The outcome, by the Home Office’s code", named(OUTCOMES)),
        Column("support",       "Whether the person harmed supports going on", named(Support)),
        Column("settled_on",    "From when it stands", DAY),
        Column("latest",        "Whether no later one stands", named(YesOrNo)),
    ),
    "arrests.csv": (
        Column("incident",      "The report", KEY),
        Column("person",        "The suspect", KEY),
        Column("arrested",      "Whether they were arrested, then or later", named(YesOrNo)),
        Column("arrested_on",   "When", DAY),
        Column("reasons",       "Why not", f"Several are parted by a space. {named(NoArrest)}"),
        Column("attends_on",    "The day of a voluntary attendance instead", DAY),
        Column("disposal",      "What custody came to", named(Disposal)),
        Column("release",       "How they left custody", named(Release)),
    ),
}
# fmt: on
DICTIONARY = "dictionary.csv"
DICTIONARY_HEADS = ("file", "column", "meaning", "values")


def heads(file: str) -> tuple[str, ...]:
    return tuple(column.name for column in FILES[file])


def dictionary() -> list[tuple[str, ...]]:
    """The table as rows, its headings first."""
    rows = [(file, column.name, column.means, column.holds) for file, columns in FILES.items() for column in columns]
    return [DICTIONARY_HEADS, *rows]


def fingerprint() -> str:
    """Of files and headings in their order: another one wants another version."""
    said = "|".join(f"{file}:{','.join(heads(file))}" for file in FILES)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def band(age: int | None) -> str:
    """18-24 for 20; "" where no age is known."""
    if age is None:
        return ""
    return next((label for upper, label in BANDS if age < upper), OVER)
