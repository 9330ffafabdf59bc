"""WHERE AN ANSWER AND WHAT IS ON RECORD DIFFER (B.8): one table of pure questions. Each must be explained in words.

The officer may be right and the record wrong: nothing is changed by itself, and nothing is hidden.
"""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from risk.models import Explanation, OnRecord, Row, Value

NOT_SO = frozenset({Value.NO, Value.NEVER})


@dataclass(frozen=True, slots=True)
class Differs:
    """One row: No to the question with this key, although the fact is on record, in the sentence that is shown."""

    key: str
    question: str
    sentence: str
    holds: Callable[[OnRecord, int], bool]  # the facts, and the number of incidents from which they are often


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One that stands, in words for whoever answers; `explained` is why, "" while nobody has said."""

    key: str
    sentence: str
    question_number: int
    explained: str = ""


def marked(*codes: str) -> Callable[[OnRecord, int], bool]:
    return lambda known, often: bool(known.marks & set(codes))


# fmt: off
TABLE: tuple[Differs, ...] = (
    Differs("convictions",   "police_history",     N_("a conviction, a caution or an entry in a police system is on record for the suspect"), lambda known, often: known.convicted),
    Differs("arrests",       "police_history",     N_("an arrest of the suspect is on record"),                        lambda known, often: known.arrested and not known.convicted),
    Differs("often",         "more_often",         N_("several incidents of the last twelve months are on record"),     lambda known, often: known.incidents >= often),
    Differs("children",      "other_children",     N_("a child is recorded with this case"),                            lambda known, often: known.children),
    Differs("breach",        "breaches",           N_("a breach of bail or of an order is on record"),                  lambda known, often: known.breached),
    Differs("others_harmed", "hurt_others",        N_("somebody else is recorded as harmed by the suspect"),            lambda known, often: known.hurt_others),
    Differs("separated",     "separation",         N_("a separation within the year is recorded with this incident"),   lambda known, often: known.separated),
    Differs("weapon",        "weapons",            N_("a weapon or object is recorded as used in this incident"),       lambda known, often: known.weapon),
    Differs("strangled",     "strangulation",      N_("strangulation or suffocation is recorded with this incident"),   marked("strangled", "strangulation")),
    Differs("threat",        "threats_to_kill",    N_("threats to kill are recorded with this incident"),               marked("threat_to_kill")),
    Differs("stalked",       "stalking",           N_("stalking or harassment is recorded with this incident"),         marked("stalking", "harassment")),
    Differs("pregnant",      "pregnancy",          N_("the case is marked: pregnant"),                                  marked("pregnant")),
)
# fmt: on


def differing(rows: Collection[Row], known: OnRecord, often: int) -> Iterator[tuple[Differs, int]]:
    """The rows of the table that hold, each with the number of its question."""
    answered_no = {row.question.key: row.number for row in rows if row.value in NOT_SO}
    for one in TABLE:
        if one.question in answered_no and one.holds(known, often):
            yield one, answered_no[one.question]


def contradictions(
    rows: Sequence[Row], known: OnRecord, often: int, explanations: Collection[Explanation], say: Callable[[str], str]
) -> list[Contradiction]:
    """Those that stand, in the order of the questions. `say` puts a sentence of the table in the reader's language."""
    told: Mapping[str, str] = {row.key: row.words for row in explanations}
    found = [
        Contradiction(one.key, say(one.sentence), number, told.get(one.key, ""))
        for one, number in differing(rows, known, often)
    ]
    return sorted(found, key=lambda one: one.question_number)
