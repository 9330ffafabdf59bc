"""THE TABLE of the quarterly return (D.9): what each figure is, and from which column it is counted.

Cases are counted as the meetings heard them, each referral once in a quarter. One that was put off is counted when it is
heard; one that was transferred, where it is heard. What nobody has said of somebody counts for nothing.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from marac.models import Outcome
from safeguarding.models import AgencyKind

#: Outcomes of a hearing that was held: not put off, not transferred before it was heard.
HEARD = (Outcome.ACTIONS, Outcome.NO_FORUM, Outcome.EMERGENCY)
POLICE, TRANSFER = "from_police", "from_transfer"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `counts` is asked of a hearing; None: it is counted in a way of its own (`services.counting`)."""

    code: str
    label: str
    definition: str
    counted_from: str
    group: str
    counts: Q | None = None


def yes(column: str) -> Q:
    return Q(**{f"referral__{column}": "yes"})


def from_kind(kind: AgencyKind) -> Figure:
    own = Q(referral__agency__kind=kind, came_over=False)
    if kind == AgencyKind.POLICE:
        own |= Q(referral__agency__isnull=True, came_over=False)
    label = f"From {kind.label[0].lower() + kind.label[1:]}" if kind not in ACRONYMS else f"From {kind.label}"
    return Figure(
        f"from_{kind.value}",
        label,
        "Cases whose referral this kind of agency wrote.",
        "referral: agency, its kind",
        "from",
        own,
    )


ACRONYMS = frozenset({AgencyKind.MASH, AgencyKind.IDVA})
# fmt: off
TABLE: tuple[Figure, ...] = (
    Figure("meetings",  "Meetings held",               "Meetings that were held in the quarter, emergency meetings among them.", "meeting: state, start", "volume"),
    Figure("cases",     "Cases heard",                 "Referrals heard in the quarter, each once; repeats among them.",         "hearing: outcome",      "volume", Q()),
    Figure("repeats",   "Repeat cases",                "Cases that are a repeat by the forum’s own definition.",                 "referral: repeat of, ground", "volume", Q(referral__repeat_of__isnull=False) | Q(referral__grounds__contains=["repeat"])),
    Figure("children",  "Children",                    "Children whom the referrals of these cases name, each once.",            "people of the referral: child", "volume"),
    *(from_kind(AgencyKind(kind)) for kind in AgencyKind),
    Figure(TRANSFER,    "Transferred in from another forum", "Cases that came from another forum; counted here and under no agency.", "transfer: way",   "from", Q(came_over=True)),
    Figure("ethnic_minority", "Black, Asian and minoritised victims", "Cases whose person harmed is said to be of these.",     "referral: ethnic minority", "who", yes("ethnic_minority")),
    Figure("lgbt",      "LGBT+ victims",               "Cases whose person harmed is said to be LGBT+.",                         "referral: LGBT",        "who", yes("lgbt")),
    Figure("disabled",  "Disabled victims",            "Cases whose person harmed is said to be disabled.",                      "referral: disabled",    "who", yes("disabled")),
    Figure("male",      "Male victims",                "Cases in which the person harmed is a man.",                             "referral: male",        "who", yes("male")),
    Figure("victim_16", "Victims aged 16 or 17",       "By the age when referred.",                                              "referral: age",         "who", Q(referral__age__in=(16, 17))),
    Figure("harming_17", "People harming aged 17 or below", "Cases in which the youngest person harming was 17 or younger.",     "referral: youngest suspect", "who", Q(referral__youngest_suspect__lte=17)),
)
# fmt: on
FIGURES: dict[str, Figure] = {figure.code: figure for figure in TABLE}
GROUPS = (("volume", "What was heard"), ("from", "Who referred"), ("who", "Who was heard"))
#: Kept with the figures of a quarter, said and not counted.
SAID = ("women_over_16", "cost")


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure worked out of twelve months."""

    code: str
    label: str
    definition: str
    unit: str = "%"


# fmt: off
DERIVED: tuple[Derived, ...] = (
    Derived("cases_12",   "Cases in twelve months", "This quarter and the three before it.", ""),
    Derived("per_10000",  "Cases for every 10,000 women", "Cases of twelve months, repeats among them, for every 10,000 women aged 16 and over who live in the area.", ""),
    Derived("repeat_share", "Repeat cases", "Repeat cases out of the cases of twelve months."),
    Derived("partner_share", "Referred by partners", "Cases that the police did not refer, out of the cases of twelve months."),
    Derived("male_share",     "Male victims", "Cases whose victim is a man, out of the cases of twelve months."),
    Derived("disabled_share", "Disabled victims", "Cases whose victim is said to be disabled, out of the cases of twelve months."),
    Derived("lgbt_share",     "LGBT+ victims", "Cases whose victim is said to be LGBT+, out of the cases of twelve months."),
    Derived("minority_share", "Black, Asian and minoritised victims", "Out of the cases of twelve months; to be read beside who lives in the area."),
    Derived("cost_case",  "Cost of a case", "What the forum cost in twelve months, for every case heard.", "£"),
)
# fmt: on
