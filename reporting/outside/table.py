"""THE TABLE of what is brought in from outside: each kind of file with its columns, figures, codes and checks.

Codes of classes and reasons are ours until the publishers' own lists are confirmed [K]; who brings a file in puts theirs
into ours. Template, page, checks and the dictionary of each kind derive from here.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.models.outcome import CHOICES as OUTCOMES
from people.models.ethnicity import EIGHTEEN, GROUPS
from reporting.extract.columns import BANDS, OVER
from reporting.models.outside import OutsideKind
from reporting.outside import cells
from reporting.outside.cells import Read

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its heading, the field of the figure that it fills, what it means, how its cells are read.

    `empty`: a cell of it may be empty, which is all of them together.
    """

    name: str
    field: str
    means: str
    read: Read
    empty: bool = False
    choices: Choices = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row that could be read: where it stands in the file, and what it says by the names of the fields."""

    number: int
    said: dict[str, Any]

    def key(self) -> tuple[Any, ...]:
        """What it is a figure of: two lines of one file with the same key contradict each other or say a thing twice."""
        return tuple(sorted((name, str(value)) for name, value in self.said.items() if name not in ("value", "source")))


Check = Callable[[list[Line]], Iterator[tuple[int, str]]]  # the row that is wrong beside others, and why


@dataclass(frozen=True, slots=True)
class KindOf:
    """One kind of file. `figure`: what every row of it is, where no column says so. `months`: how many each is of."""

    code: str
    why: str
    columns: tuple[Column, ...]
    figure: str = ""
    months: int = 1
    checks: tuple[Check, ...] = ()

    @property
    def label(self) -> str:
        return str(OutsideKind(self.code).label)

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


RECORDED, OUTCOME = "recorded", "outcome"
CRIME_FIGURES = ((RECORDED, "Crimes recorded"), (OUTCOME, "Crimes by their outcome"))
ALL, VICTIM_BASED, VIOLENCE = "all", "victim_based", "violence"
#: Of all crime, for the share that is domestic abuse (M04); and without it, to set beside it (S3-065).
CLASSES = (
    (ALL, "All recorded crime, domestic abuse among it"), (VICTIM_BASED, "Victim-based crime, domestic abuse among it"),
    (VIOLENCE, "Violence against the person, domestic abuse among it"), ("sexual", "Sexual offences, domestic abuse among them"),
    ("harassment", "Stalking and harassment, domestic abuse among it"), ("damage", "Criminal damage and arson, domestic abuse among it"),
    ("public_order", "Public order offences, domestic abuse among them"),
    ("other_victim_based", "Victim-based crime that is not domestic abuse"),
    ("other_violence", "Violence against the person that is not domestic abuse"),
)  # fmt: skip
NO_OUTCOME = "none"
OUTCOME_CODES = ((NO_OUTCOME, "No outcome yet"), *OUTCOMES)

REFERRED, CHARGED, NO_ACTION, OUT_OF_COURT, ACTION_PLAN = (
    "referred",
    "charged",
    "no_action",
    "out_of_court",
    "action_plan",
)
COMPLETED, CONVICTED, UNSUCCESSFUL = "completed", "convicted", "unsuccessful"
GUILTY_PLEA, AFTER_TRIAL, IN_ABSENCE = "guilty_plea", "after_trial", "proved_in_absence"
EVIDENCE_LED, EVIDENCE_LED_CONVICTED = "evidence_led", "evidence_led_convicted"
COURT_FIGURES = (
    (REFERRED, "Suspects referred to the CPS for charge"), (CHARGED, "Suspects charged"),
    (NO_ACTION, "Suspects against whom no further action is taken"),
    (OUT_OF_COURT, "Suspects for whom an out-of-court disposal was recommended"),
    (ACTION_PLAN, "Files sent back with an action plan"), (COMPLETED, "Defendants whose prosecution was completed"),
    (CONVICTED, "Defendants convicted"), (GUILTY_PLEA, "Of them, after a guilty plea"),
    (AFTER_TRIAL, "Of them, after a trial"), (IN_ABSENCE, "Of them, proved in absence"),
    (UNSUCCESSFUL, "Defendants whose prosecution did not succeed"),
    (EVIDENCE_LED, "Of prosecutions completed, evidence-led: the victim did not support it"),
    (EVIDENCE_LED_CONVICTED, "Of the evidence-led, defendants convicted"),
)  # fmt: skip
REASONS = (
    ("evidence", "Not enough evidence"), ("public_interest", "Not in the public interest"),
    ("victim_withdrew", "The victim withdrew"), ("victim_absent", "The victim did not come to court"),
    ("victim_other", "What the victim said did not support the case"), ("witness", "Another witness"),
    ("file_quality", "The quality of the file"), ("disclosure", "Disclosure of unused material"),
    ("acquitted", "Acquitted after a trial"), ("other", "Another reason"),
)  # fmt: skip
CONSIDERED, NOT_PURSUED, AUTHORISED, NOT_AUTHORISED, ISSUED = (
    "considered",
    "not_pursued",
    "authorised",
    "not_authorised",
    "issued",
)
APPLIED, GRANTED, NOT_GRANTED, LAPSED, BREACHED = "applied", "granted", "not_granted", "lapsed", "breached"
ORDER_FIGURES = (
    (CONSIDERED, "Notices considered"), (NOT_PURSUED, "Of them, not pursued"), (AUTHORISED, "Notices authorised"),
    (NOT_AUTHORISED, "Notices that were not authorised"), (ISSUED, "Notices served"), (APPLIED, "Orders applied for"),
    (GRANTED, "Orders granted"), (NOT_GRANTED, "Orders that the court did not grant"),
    (LAPSED, "Notices that lapsed before a hearing"), (BREACHED, "Notices and orders breached"),
)  # fmt: skip
ORDERS = (
    ("dvpn", "Domestic Violence Protection Notice and Order"), ("dapn", "Domestic Abuse Protection Notice and Order"),
    ("spo", "Stalking Protection Order"),
)  # fmt: skip
NOT_PURSUED_REASONS = (
    ("bail", "Conditions of bail protect instead"), ("charged", "Charged and remanded"), ("other_order", "Another order protects"),
    ("no_grounds", "The grounds were not there"), ("time", "No time before release"), ("nobody", "Nobody of the rank was asked"),
    ("not_thought_of", "It was not thought of in time"), ("other", "Another reason"),
)  # fmt: skip
HOMICIDE, RELATED = "homicide", "related"
DEATH_FIGURES = (
    (HOMICIDE, "Domestic homicides"), ("homicide_known", "Of them, the police knew of abuse before"),
    ("homicide_reviewed", "Of them, a review of the death is decided on"),
    (RELATED, "Other deaths related to domestic abuse, suicide among them"),
    ("related_known", "Of them, the police knew of abuse before"), ("related_reviewed", "Of them, a review of the death is decided on"),
)  # fmt: skip
SEXES = (("F", "Female"), ("M", "Male"))
ADULTS = "16+"
AGES = (*((label, label) for _upper, label in BANDS), (OVER, OVER), (ADULTS, "16 and over"))
ETHNICITIES = (*EIGHTEEN, *GROUPS)


def reason_only_where_asked(*figures: str) -> Check:
    """A reason belongs to these figures and to no other."""

    def check(lines: list[Line]) -> Iterator[tuple[int, str]]:
        for line in lines:
            if line.said["reason"] and line.said["figure"] not in figures:
                yield line.number, _("Only of %(figures)s a reason is said.") % {"figures": ", ".join(figures)}

    return check


def outcome_said_where_asked(lines: list[Line]) -> Iterator[tuple[int, str]]:
    for line in lines:
        if (line.said["figure"] == OUTCOME) != bool(line.said["reason"]):
            yield line.number, _("A row of “outcome” says which one; a row of “recorded” says none.")


def parts_within_their_whole(lines: list[Line]) -> Iterator[tuple[int, str]]:
    """Of one month, area and group no part is more than what it is a part of, and reasons add up to no more than the figure."""
    cells_of: dict[Any, dict[tuple[str, str], Line]] = defaultdict(dict)
    for line in lines:
        cell = line.said["begins_on"], line.said["unit"], line.said.get("group", "")
        cells_of[cell][line.said["figure"], line.said.get("reason", "")] = line
    for found in cells_of.values():
        for whole, parts in WHOLES:
            yield from beyond(found.get((whole, "")), [found[part, ""] for part in parts if (part, "") in found])
        for figure in WITH_REASONS:
            named = [line for (of, reason), line in found.items() if of == figure and reason]
            yield from beyond(found.get((figure, "")), named)


#: What cannot be more than the first, added together.
WHOLES = (
    (COMPLETED, (CONVICTED, UNSUCCESSFUL)),
    (CONVICTED, (GUILTY_PLEA, AFTER_TRIAL, IN_ABSENCE)),
    (COMPLETED, (EVIDENCE_LED,)),
    (EVIDENCE_LED, (EVIDENCE_LED_CONVICTED,)),
    (CONSIDERED, (NOT_PURSUED, AUTHORISED, NOT_AUTHORISED)),
    (APPLIED, (GRANTED, NOT_GRANTED)),
    *((death, (f"{death}_{part}",)) for death in (HOMICIDE, RELATED) for part in ("known", "reviewed")),
)
WITH_REASONS = (NO_ACTION, ACTION_PLAN, UNSUCCESSFUL, NOT_PURSUED)


def beyond(whole: Line | None, parts: list[Line]) -> Iterator[tuple[int, str]]:
    together = sum((part.said["value"] for part in parts), Decimal(0))
    if whole is not None and together > whole.said["value"]:
        words = _("Of %(figure)s there are %(count)s, and its parts come to %(sum)s.")
        said = {"figure": whole.said["figure"], "count": whole.said["value"], "sum": together}
        yield whole.number, words % said


def whole_months(lines: list[Line]) -> Iterator[tuple[int, str]]:
    """Nothing that lies ahead: the months of each are over."""
    today = timezone.localdate()
    for line in lines:
        if cells.after(line.said["begins_on"], line.said["months"]) > today:
            yield line.number, _("These months are not over yet.")


def chosen(name: str, field: str, means: str, choices: Choices, what: str, *, empty: bool = False) -> Column:
    return Column(name, field, means, cells.one_of(choices, what), empty, choices)


MONTH = Column("month", "begins_on", gettext_noop("The month, like 2026-03; it must be over"), cells.month)
AREA = Column("area", "unit", gettext_noop("The code of a unit: of the force itself, or of the division"), cells.area)
COUNT = Column(
    "value", "value", gettext_noop("A whole number. Leave out what is not known: an empty row is not zero"), cells.count
)
SOURCE = Column("source", "source", gettext_noop("Where this one is published"), cells.words(300))

# fmt: off
TABLE: tuple[KindOf, ...] = (
    KindOf("crime", gettext_noop("How much of all crime is domestic abuse (M04), and how its outcomes compare with those of other victim-based and violent crime."), (
        MONTH, AREA,
        chosen("figure",  "figure", gettext_noop("What is counted"), CRIME_FIGURES, gettext_noop("figure")),
        chosen("class",   "group",  gettext_noop("Which crime"), CLASSES, gettext_noop("class of crime")),
        chosen("outcome", "reason", gettext_noop("Which outcome, by the Home Office’s code, where crimes by their outcome are counted; empty where crimes recorded are"), OUTCOME_CODES, gettext_noop("outcome"), empty=True),
        COUNT,
    ), checks=(outcome_said_where_asked,)),
    KindOf("prosecution", gettext_noop("What became of suspects at the CPS and at court (M14 to M17), and why a prosecution did not succeed."), (
        MONTH, AREA,
        chosen("figure",  "figure", gettext_noop("What is counted"), COURT_FIGURES, gettext_noop("figure")),
        chosen("reason",  "reason", gettext_noop("Why; only of no_action, action_plan and unsuccessful. Empty: all reasons together"), REASONS, gettext_noop("reason"), empty=True),
        COUNT,
    ), checks=(reason_only_where_asked(NO_ACTION, ACTION_PLAN, UNSUCCESSFUL), parts_within_their_whole)),
    KindOf("orders", gettext_noop("How notices and orders are used (M29), from the register that the force keeps of them, for as long as they are not recorded here."), (
        MONTH, AREA,
        chosen("order",   "group",  gettext_noop("Which notice and order"), ORDERS, gettext_noop("order")),
        chosen("figure",  "figure", gettext_noop("What is counted"), ORDER_FIGURES, gettext_noop("figure")),
        chosen("reason",  "reason", gettext_noop("Why; only of not_pursued. Empty: all reasons together"), NOT_PURSUED_REASONS, gettext_noop("reason"), empty=True),
        COUNT,
    ), checks=(reason_only_where_asked(NOT_PURSUED), parts_within_their_whole)),
    KindOf("deaths", gettext_noop("How many died (M43), and whether the police knew of abuse before. Numbers only, however few: nobody is named here."), (
        MONTH, AREA, chosen("figure", "figure", gettext_noop("What is counted"), DEATH_FIGURES, gettext_noop("figure")), COUNT,
    ), checks=(parts_within_their_whole,)),
    KindOf("population", gettext_noop("Who lives here, so that it is seen whom we hear of too seldom, and rates can be reckoned."), (
        Column("year", "begins_on", gettext_noop("The year of the estimate, like 2025"), cells.year), AREA,
        chosen("ethnicity", "ethnicity", gettext_noop("By the census, in the codes of 18+1 or their five groups. Empty: all"), ETHNICITIES, gettext_noop("ethnicity"), empty=True),
        chosen("age",       "age",       gettext_noop("The band of ages. Empty: all"), AGES, gettext_noop("band of ages"), empty=True),
        chosen("sex",       "sex",       gettext_noop("Empty: all"), SEXES, gettext_noop("sex"), empty=True),
        COUNT,
    ), figure="people", months=12),
    KindOf("benchmark", gettext_noop("What others publish of a measure, to stand beside our figure: England and Wales, a region, a similar force."), (
        Column("measure", "figure", gettext_noop("The number of the measure, like M06"), cells.measure),
        Column("month",  "begins_on", gettext_noop("The first month that it is of, like 2025-04"), cells.month),
        Column("months", "months", gettext_noop("How many months it is of: 12 for a year"), cells.months),
        Column("place",  "place",  gettext_noop("England and Wales, a region, another force"), cells.words(120)),
        Column("value",  "value",  gettext_noop("The value, with three decimals at most"), cells.amount), SOURCE,
    ), checks=(whole_months,)),
    KindOf("partner", gettext_noop("What partners count themselves: referrals to a refuge, children in need, attendances."), (
        MONTH, AREA,
        Column("figure", "figure", gettext_noop("What is counted, in a few words that are the same each month; nobody’s name"), cells.words(80)),
        COUNT, SOURCE,
    )),
)
# fmt: on
KINDS: dict[str, KindOf] = {row.code: row for row in TABLE}
